"""The dashboard in a real browser: every page, on a phone and on a desk, in both languages."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from PIL import Image
from playwright.sync_api import Browser, Page
from sqlalchemy import insert, text

from storage import incidents, tasks
from storage.tables import media
from storage.tables_training import submission
from tests import training_day
from tests.trainings_office import attended
from tests.web.admin.desk import Dashboard, dashboard
from tests.web.admin.test_pages import FORM, aspiration, published
from tests.web.admin.test_privacy import WORDS, asked
from tests.web.admin.test_rates import fill
from tests.web.admin.test_sessions import taking_part
from tests.web.admin.test_tasks import task
from tests.web.serving import served_by
from web.admin.pages import pages

pytestmark = [pytest.mark.chromium, pytest.mark.xdist_group("chromium")]

PHONE: Any = {"width": 360, "height": 640}
DESK: Any = {"width": 1280, "height": 800}
TASK, WORK = f"{training_day.KEY}-1", 4711
BELOW = (
    "surveys/usul",
    "aspirations/ALK-26-0417-K",
    "rates/tna",
    "audit/verify",
    "trainings/pelayanan_prima",
    "trainings/pelayanan_prima/ubah",
    "sessions?bulan=2026-12",
    f"sessions/{training_day.KEY}",
    f"sessions/{training_day.KEY}/ubah",
    f"evidence/{training_day.KEY}",
    "tasks/_new",
    f"tasks/{TASK}",
    f"tasks/{TASK}/ubah",
    f"tasks/menilai/{WORK}",
    "sessions/_new?training=pelayanan_prima",
)
"""Pages of one thing."""
BAD = "Nama;NIP;Status;Unit\nMaria Tefa;1.98609E+17;PNS;NBD\nYohanes Lay;197003051995031002;PNS;Bulan\n"


async def plant(desk: Dashboard) -> str:
    """Something on every page; a code to come in with."""
    await published(await desk.signed_in())
    await aspiration(desk, "ALK-26-0417-K", "alak", confidential=True)
    await training_day.announced(desk, desk.clock())
    await taking_part(desk)
    await fill(desk)
    await handed_in(desk)
    await asked(desk, 17, days_ago=4)
    await asked(desk, 2733617811273544, days_ago=1, note=WORDS)
    fault = {"code": "failed", "channel": "telegram", "external_id": "815", "detail": "ZeroDivisionError"}
    async with desk.database.write() as transaction:
        await incidents.insert(transaction, [{**fault, "at": desk.clock() - timedelta(hours=3)}])
        await transaction.run(
            text(
                "INSERT INTO consent (respondent_id, purpose, notice_version, action, at, channel)"
                " VALUES (1000, 'broadcast', '2', 'given', '2026-11-24', 'telegram')"
            )
        )
    return await desk.invite(name="Bu Rina")


async def handed_in(desk: Dashboard) -> None:
    """Two attended and have a task; one of them handed it in with a photo that is wider than any phone."""
    folder = desk.house().media
    assert folder is not None
    folder.mkdir(exist_ok=True)
    Image.new("RGB", (3000, 400), "navy").save(folder / "lebar.png")
    photo = {"id": "lebar", "kind": "image", "channel": "webchat", "state": "fetched", "mime": "image/png"}
    async with desk.database.write() as transaction:
        await attended(transaction, desk.vault, [1000, 1001, 1002], now=desk.clock())
        await tasks.put(transaction, task())
        one, _other = await tasks.assign(transaction, task(), [1000, 1001], twice=(), now=desk.clock())
        await transaction.run(insert(media), [{**photo, "size": 4000, "path": "lebar.png"}])
        row = {"id": WORK, "assignment_id": one.id, "turn": 1, "at": desk.clock(), "words": None, "files": "lebar"}
        await transaction.run(insert(submission), [row])
        await tasks.move(transaction, one.id, "handed_in", desk.clock())


@asynccontextmanager
async def planted(folder: Path) -> AsyncIterator[tuple[Dashboard, str]]:
    """A dashboard with something in it, and a code to come in with."""
    async with dashboard(folder) as desk:
        yield desk, await plant(desk)


@contextmanager
def served(folder: Path) -> Iterator[tuple[str, str]]:
    """The same behind a real web server; its address and the code."""
    with served_by(planted(folder), lambda opened: opened[0].app) as (url, opened):
        yield url, opened[1]


def look(page: Page, where: str) -> list[object]:
    """What is amiss with what is on the screen."""
    found = Axe().run(page, options={"rules": {"target-size": {"enabled": True}}})
    amiss: list[object] = [
        (where, one["id"], one["nodes"][0]["html"][:200])
        for one in found.response["violations"]
        if one["impact"] in {"serious", "critical"}
    ]
    width = page.evaluate("document.documentElement.scrollWidth")
    given = page.viewport_size
    if given is not None and width > given["width"]:
        amiss.append((where, "wide", width))
    return amiss


def choose(page: Page, address: str, field: str, name: str, content: bytes, button: str) -> None:
    """Hand a file in."""
    page.goto(address)
    page.locator(f"input[name={field}]").set_input_files({"name": name, "mimeType": "text/plain", "buffer": content})
    page.get_by_role("button", name=button, exact=True).click()


def test_every_page_fits_and_is_accessible_in_both_languages(browser: Browser, tmp_path: Path) -> None:
    amiss: list[object] = []
    with served(tmp_path) as (url, code):
        context = browser.new_context(viewport=PHONE, base_url=url)
        context.set_default_timeout(20_000)
        page = context.new_page()
        page.goto(f"/admin/enter/{code}?lang=id")
        amiss += look(page, "enter")
        page.get_by_role("button", name="Terima", exact=True).click()
        for size in (PHONE, DESK):
            page.set_viewport_size(size)
            for language in ("id", "en"):
                for name in (*pages, *BELOW):
                    answer = page.goto(f"/admin/{name}{'&' if '?' in name else '?'}lang={language}")
                    assert answer is not None
                    assert answer.status == 200, name
                    amiss += look(page, f"{name} {language} {size['width']}")
            page.goto("/admin/overview?lang=id")
            choose(page, "/admin/roster", "list", "daftar.csv", BAD.encode(), "Periksa")
            amiss += look(page, f"bad list {size['width']}")
            good = BAD.replace("1.98609E+17", "198609262015052001").replace("Bulan", "Namosain")
            choose(page, "/admin/roster", "list", "daftar.csv", good.encode(), "Periksa")
            page.get_by_role("button", name="Simpan daftar").wait_for()
            amiss += look(page, f"good list {size['width']}")
            choose(page, "/admin/surveys", "form", "usul.md", FORM.replace(b"| text |", b"| tekst |"), "Periksa")
            amiss += look(page, f"bad form {size['width']}")
            page.goto("/admin/privacy")
            page.get_by_role("button", name="Buka").last.click()
            amiss += look(page, f"request {size['width']}")
            page.goto(f"/admin/sessions/{training_day.KEY}")
            for summary in page.locator("main summary").all():
                summary.click()
            amiss += look(page, f"session opened {size['width']}")
            page.locator("textarea[name=reason]").fill("Menyusun daftar tempat duduk")
            page.get_by_role("button", name="Tampilkan nama", exact=True).click()
            amiss += look(page, f"who takes part {size['width']}")
            page.goto(f"/admin/sessions/{training_day.KEY}/ubah")
            page.locator("textarea[name=days]").fill("8-9 Desember 2026, 08.00-15.30")
            page.get_by_role("button", name="Periksa", exact=True).click()
            page.get_by_role("button", name="Ubah sekarang").wait_for()
            amiss += look(page, f"a change {size['width']}")
            page.goto(f"/admin/tasks/menilai/{WORK}")
            photo = page.locator(".sent img")
            photo.scroll_into_view_if_needed()
            photo.evaluate("image => image.decode()")  # it has come, and is a picture
            shown = photo.bounding_box()
            if shown is None or not 250 < shown["width"] <= size["width"] - 2 * shown["x"]:
                amiss.append(("photo", shown))
            for radio in page.locator("input[type=radio][value='3']").all():
                radio.check()
            page.get_by_role("button", name="Lihat nilainya", exact=True).click()
            page.get_by_role("button", name="Simpan penilaian").wait_for()
            amiss += look(page, f"a score {size['width']}")
            page.goto(f"/admin/evidence/{training_day.KEY}")
            page.locator("main summary").click()
            page.locator("textarea[name=reason]").fill("Laporan akhir tahun kepada Camat")
            page.get_by_role("button", name="Tampilkan semua angka", exact=True).click()
            amiss += look(page, f"every count {size['width']}")
            page.goto("/admin/rates/tna")
            page.get_by_role("button", name="Tampilkan nama").click()
            amiss += look(page, f"names {size['width']}")
        page.get_by_role("button", name="Keluar", exact=True).click()
        amiss += look(page, "sign-in")
        context.close()
    assert amiss == []
