"""The projector's page in a real browser: a new code without loading it anew, also without a script, from afar."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests import training_day as day
from tests.web.admin.desk import Dashboard, dashboard
from tests.web.admin.test_chromium import look
from tests.web.serving import served_by

pytestmark = [pytest.mark.chromium, pytest.mark.xdist_group("chromium")]

SCREENS: list[Any] = [{"width": 1280, "height": 720}, {"width": 1024, "height": 768}, {"width": 360, "height": 640}]
LIST = f"/admin/attendance/{day.KEY}"


@asynccontextmanager
async def planted(folder: Path, public_url: str) -> AsyncIterator[tuple[Dashboard, str]]:
    async with dashboard(folder, public_url=public_url) as desk:
        await day.announced(desk, desk.clock())
        for entry in (day.MARIA, day.YOHANES, day.ANA):
            await day.enrol(desk, desk.clock(), await day.employee(desk, entry))
        desk.clock.now = day.MORNING
        yield desk, await desk.invite("evaluator", name="Pak Anton")


@contextmanager
def opened(
    browser: Browser, folder: Path, *, script: bool = True, public_url: str = ""
) -> Iterator[tuple[Page, Dashboard]]:
    with served_by(planted(folder, public_url), lambda made: made[0].app) as (url, (desk, code)):
        context = browser.new_context(viewport=SCREENS[0], base_url=url, java_script_enabled=script)
        context.set_default_timeout(20_000)
        page = context.new_page()
        page.goto(f"/admin/enter/{code}?lang=id")
        page.get_by_role("button", name="Terima", exact=True).click()
        yield page, desk
        context.close()


def code_of(desk: Dashboard) -> str:
    shown = asyncio.run(day.shown(desk, desk.clock()))
    return f"{shown[:3]} {shown[3:]}"


def test_a_new_code_comes_without_loading_the_page_anew(browser: Browser, tmp_path: Path) -> None:
    with opened(browser, tmp_path) as (page, desk):
        page.goto(f"{LIST}/layar")
        before = page.locator("#angka").inner_text()
        picture = page.locator("#gambar").get_attribute("src")
        page.evaluate("window.here = true")
        desk.clock.now += timedelta(seconds=61)
        expect(page.locator("#angka")).not_to_have_text(before)
        assert page.evaluate("window.here")
        assert page.locator("#gambar").get_attribute("src") != picture
        assert page.evaluate("document.querySelector('#gambar').naturalWidth") > 0
        desk.clock.now += timedelta(days=5)
        page.goto("/admin/sign-in")


def test_the_code_fills_the_screen_and_nothing_is_cut_off(browser: Browser, tmp_path: Path) -> None:
    amiss: list[object] = []
    with opened(browser, tmp_path, public_url="http://suara.example.go.id") as (page, _desk):
        for size in SCREENS:
            page.set_viewport_size(size)
            for path in ("/admin/attendance", LIST, f"{LIST}/layar"):
                page.goto(path)
                amiss += look(page, f"{path} {size['width']}")
        page.set_viewport_size(SCREENS[0])
        page.goto(f"{LIST}/layar")
        digits = page.locator("#angka").bounding_box()
        picture = page.locator("#gambar").bounding_box()
        height = page.evaluate("document.documentElement.scrollHeight")
    assert amiss == []
    assert digits is not None
    assert picture is not None
    assert (digits["height"] > 100, picture["height"] > 350, height <= 720) == (True, True, True)


def test_without_a_script_the_page_loads_itself_anew(browser: Browser, tmp_path: Path) -> None:
    with opened(browser, tmp_path, script=False) as (page, _desk):
        page.goto(f"{LIST}/layar")
        assert (
            page.locator("noscript meta[http-equiv=refresh]").count() == 1 or 'http-equiv="refresh"' in page.content()
        )
        assert page.locator("#angka").inner_text().replace(" ", "").isdecimal()
        page.goto(LIST)
        page.get_by_label("Maria T. Lado, Selasa, 1 Desember 2026").check()
        page.get_by_role("button", name="Simpan", exact=True).click()
        expect(page.get_by_role("status")).to_have_text("Tercatat.")
        expect(page.get_by_label("Maria T. Lado, Selasa, 1 Desember 2026")).to_be_checked()


WARNING = "Alamat ini tidak dapat dibuka dari ponsel karena hanya berlaku di komputer ini."


def test_an_address_of_this_computer_alone_is_said_and_the_page_still_fits(browser: Browser, tmp_path: Path) -> None:
    amiss: list[object] = []
    with opened(browser, tmp_path) as (page, _desk):
        for size in SCREENS:
            page.set_viewport_size(size)
            page.goto(f"{LIST}/layar")
            expect(page.get_by_role("alert")).to_contain_text(WARNING)
            amiss += look(page, f"projector without a public address {size['width']}")
        page.set_viewport_size(SCREENS[0])
        assert page.evaluate("document.documentElement.scrollHeight") <= SCREENS[0]["height"]
    assert amiss == []


def test_an_address_that_phones_can_open_brings_no_warning(browser: Browser, tmp_path: Path) -> None:
    with opened(browser, tmp_path, public_url="http://suara.example.go.id") as (page, _desk):
        page.goto(f"{LIST}/layar")
        assert "suara.example.go.id/chat" in page.inner_text("body")
        assert WARNING not in page.inner_text("body")
