"""SIGTERM while the dashboard works on something long: a quick end, and nothing half done."""

from __future__ import annotations

import io
import random
import signal
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Self

import httpx
import pytest
import xlsxwriter

from tests.bot.cli.conftest import Installation, Serving
from tests.bot.cli.records import rows_of
from tests.web.browser import Page

EMPLOYEES = 25_000


class Admin:
    """The owner, signed in."""

    def __init__(self, office: Installation, serving: Serving) -> None:
        code = next(word for word in office("admin", "invite", "--role", "owner").out.split() if "/enter/" in word)
        self.client = httpx.Client(
            base_url=serving.address, trust_env=False, follow_redirects=True, timeout=60,
            headers={"origin": serving.address},
        )  # fmt: skip
        page = Page(self.client.get(code[code.index("/admin/enter/") :]))
        assert self.press(page, "Accept").status == 200

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.client.close()

    def press(self, page: Page, label: str, *, files: dict[str, tuple[str, bytes]] | None = None) -> Page:
        form, fields = page.form(label)
        return Page(self.client.post(form.action, data=fields, files=files))

    def look(self, name: str, content: bytes) -> Page:
        page = Page(self.client.get("/admin/roster"))
        return self.press(page, "Look it through", files={"list": (name, content)})


def employees() -> bytes:
    rng = random.Random(7)
    numbers: set[str] = set()
    while len(numbers) < EMPLOYEES:
        year = rng.randrange(1966, 1998)
        numbers.add(
            f"{year}{rng.randrange(1, 13):02}{rng.randrange(1, 28):02}{year + rng.randrange(22, 27)}"
            f"{rng.randrange(1, 13):02}{rng.randrange(1, 3)}{rng.randrange(1, 1000):03}"
        )
    rows = (f"Pegawai Alak;{number};PNS;NBD" for number in sorted(numbers))
    return "\n".join(("Nama;NIP;Status;Unit", *rows)).encode()


def workbook(rows: bytes) -> bytes:
    """Reading it takes seconds."""
    written = io.BytesIO()
    with xlsxwriter.Workbook(written, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Pegawai")
        for number, row in enumerate(rows.decode().splitlines()):
            sheet.write_row(number, 0, row.split(";"))
    return written.getvalue()


def ended_within_five_seconds(serving: Serving, working: Callable[[], object], after: float) -> None:
    """Tell it to end while it works."""

    def work() -> None:
        with suppress(httpx.HTTPError):  # cut off, or answered in time
            working()

    thread = threading.Thread(target=work)
    thread.start()
    thread.join(after)
    begun = time.monotonic()
    serving.process.send_signal(signal.SIGTERM)
    code = serving.process.wait(30)
    took = time.monotonic() - begun
    thread.join()
    assert (code, took < 5) == (0, True), took


@pytest.mark.parametrize("after", [0.1, 0.3, 0.5])
def test_an_end_while_a_roster_is_saved(suara: Installation, after: float) -> None:
    assert suara("migrate").code == 0
    with suara.serving() as serving, Admin(suara, serving) as admin:
        looked = admin.look("daftar.csv", employees())
        assert looked.status == 200, looked.text
        ended_within_five_seconds(serving, lambda: admin.press(looked, "Save the list"), after)
    rows = rows_of(suara)
    assert len(rows["employee"]) in {0, EMPLOYEES}
    assert rows["process"] == []
    assert suara("audit", "verify").code == 0


def test_an_end_while_a_roster_is_read(suara: Installation) -> None:
    assert suara("migrate").code == 0
    content = workbook(employees())
    with suara.serving() as serving, Admin(suara, serving) as admin:
        ended_within_five_seconds(serving, lambda: admin.look("daftar.xlsx", content), 1.0)
    rows = rows_of(suara)
    assert (rows["employee"], rows["process"]) == ([], [])
