"""The bundled surveys, answered from the first button to the receipt in a real browser, on the real program."""

from __future__ import annotations

import asyncio
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from bot.app import Process, serve
from bot.config import Config, Data, Web

pytestmark = [pytest.mark.chromium, pytest.mark.xdist_group("chromium"), pytest.mark.timeout(240)]

WAYS = frozenset({"Kembali", "Lewati", "Bantuan", "Hapus pilihan", "Ubah"})
"""Buttons that answer nothing."""
STORY = "Petugas loket belum menjelaskan syarat surat pindah dengan jelas."


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def url(folder: Path) -> Iterator[str]:
    """The program in trial mode, on a loop of its own."""
    started = threading.Event()
    running: list[tuple[asyncio.AbstractEventLoop, asyncio.Event, int]] = []
    failed: list[BaseException] = []

    async def run() -> None:
        stopped = asyncio.Event()

        def ready(process: Process) -> None:
            assert process.server is not None
            running.append((asyncio.get_running_loop(), stopped, process.server.port))
            started.set()

        await serve(Config(data=Data(folder=folder), web=Web(port=0)), stopped=stopped, started=ready)

    def thread() -> None:
        try:
            asyncio.run(run())
        except BaseException as error:  # noqa: BLE001 -- told below
            failed.append(error)
            started.set()

    runner = threading.Thread(target=thread)
    runner.start()
    started.wait()
    if failed:
        raise failed[0]
    loop, stopped, port = running[0]
    yield f"http://127.0.0.1:{port}"
    loop.call_soon_threadsafe(stopped.set)
    runner.join()
    assert failed == []


@pytest.fixture
def page(browser: Browser, url: str) -> Iterator[Page]:
    context: BrowserContext = browser.new_context(viewport={"width": 360, "height": 640}, base_url=url)
    context.set_default_timeout(20_000)
    yield context.new_page()
    context.close()


def rows(folder: Path, query: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(folder / "suara.sqlite3")) as database:
        return database.execute(query).fetchall()


def answers(page: Page) -> Locator:
    """Every button that may be pressed now."""
    return page.locator("#tombol button:enabled, .bubble form[action='/chat'] button:enabled")


def revision(page: Page) -> int:
    return int(page.locator("#tulis input[name=seen]").input_value())


def wait_for_more(page: Page, before: int) -> None:
    """Until the screen shows a reply that was not there before."""
    page.wait_for_function(
        "before => Number(document.querySelector('#tulis input[name=seen]').value) > before"
        " && !document.querySelector('.pending')"
        " && document.querySelector('#log').lastElementChild?.classList.contains('ours')",
        arg=before,
    )


def press(page: Page, label: str) -> None:
    before = revision(page)
    answers(page).get_by_text(label, exact=True).first.click()
    wait_for_more(page, before)


def write(page: Page, text: str) -> None:
    before = revision(page)
    page.get_by_label("Pesan Bapak/Ibu").fill(text)
    page.get_by_role("button", name="Kirim", exact=True).last.click()
    wait_for_more(page, before)


def answered_through(page: Page, most: int = 120) -> int:
    """Answer whatever is asked until all is ready to be sent; how many answers that took."""
    for number in range(most):
        if page.get_by_text("Mohon periksa jawaban Bapak/Ibu:").count():  # in several messages, buttons under the last
            expect(answers(page).get_by_text("Ubah", exact=True)).to_be_visible()
            return number
        labels = answers(page).all_inner_texts()
        inline = page.locator(".bubble form[action='/chat'] button").count() > 0
        choices = [label for label in labels if label not in WAYS]
        if inline and "Selesai" in choices:
            press(page, "Selesai")
        elif choices:
            press(page, choices[0])
        else:
            write(page, STORY)
    raise AssertionError(f"still asked: {page.locator('.bubble').last.inner_text()}")


def test_the_training_needs_survey_from_the_first_button_to_the_record(page: Page, folder: Path) -> None:
    page.goto("/chat?survey=tna_asn")
    page.get_by_role("button", name="Mulai", exact=True).click()
    expect(answers(page).get_by_text("Setuju", exact=True)).to_be_visible()
    press(page, "Setuju")
    assert answered_through(page) > 28
    press(page, "Kirim")
    expect(page.locator(".bubble").last).to_contain_text("✅ Terima kasih.")
    expect(page.locator("#tombol button")).to_have_count(0)
    assert rows(folder, "SELECT state, completed_at IS NOT NULL FROM response") == [("complete", 1)]
    ((count,),) = rows(folder, "SELECT count(*) FROM answer")
    assert isinstance(count, int)
    assert count > 28
    page.reload()
    expect(page.locator(".bubble").last).to_contain_text("✅ Terima kasih.")


def test_an_anonymous_aspiration_leaves_its_receipt_and_nothing_else(page: Page, folder: Path) -> None:
    page.goto("/chat")
    page.get_by_role("button", name="Mulai", exact=True).click()
    expect(answers(page).get_by_text("Warga", exact=True)).to_be_visible()
    press(page, "Warga")
    write(page, STORY)
    press(page, "Ya")
    press(page, "Anonim")
    answered_through(page)
    expect(page.locator("#log")).to_contain_text("syarat surat pindah")
    press(page, "Kirim")
    expect(page.locator(".bubble").last).to_contain_text("Aspirasi anonim tercatat dengan nomor ALK-")
    expect(page.locator("#log")).to_contain_text("(jawaban anonim terkirim dan dihapus dari halaman ini)")
    expect(page.locator("#log")).not_to_contain_text("syarat surat pindah")
    page.reload()
    expect(page.locator("#log")).not_to_contain_text("syarat surat pindah")
    press_noted = page.get_by_role("button", name="Sudah saya catat")
    press_noted.click()
    expect(page.locator("#log")).not_to_contain_text("ALK-")
    assert rows(folder, "SELECT count(*) FROM session") == [(0,)]
    assert rows(folder, "SELECT count(*) FROM answer") == [(0,)]
    assert rows(folder, "SELECT count(*) FROM pending_response") == [(1,)]
