"""Pictures of questions."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from surveys.messages import Outgoing
from tests.web.browser import Browser
from tests.web.house import House
from web.app import build


@pytest.fixture
def browser(home: House, tmp_path: Path) -> Browser:
    folder = tmp_path / "survey_media"
    folder.mkdir()
    (folder / "peta.png").write_bytes(b"\x89PNG")
    (folder / "catatan.txt").write_text("rahasia")
    (tmp_path / "luar.png").write_bytes(b"\x89PNG")
    (folder / "pintu.png").symlink_to(tmp_path / "luar.png")
    assert home.site.chat is not None
    return Browser(build(replace(home.site, chat=replace(home.site.chat, media=folder))))


async def test_a_picture_is_shown_under_its_name(browser: Browser) -> None:
    response = await browser.client.get("/chat/media/peta.png")
    assert (response.status_code, response.content, response.headers["content-type"]) == (200, b"\x89PNG", "image/png")


@pytest.mark.parametrize(
    "name",
    ["tidak-ada.png", "catatan.txt", "pintu.png", "..%2fluar.png", "%2e%2e/luar.png", "/etc/passwd", "%00.png", ""],
)
async def test_nothing_else_is(browser: Browser, name: str) -> None:
    assert (await browser.client.get(f"/chat/media/{name}")).status_code == 404


async def test_a_question_shows_its_picture(home: House, browser: Browser) -> None:
    await browser.open("/chat")
    name = browser.client.cookies["suara_visitor"].partition(".")[0]
    await home.channel.send(name, Outgoing(text="Jalan yang mana?", media=(("image", "peta.png"),)))
    page = await browser.open("/chat")
    assert '<img src="/chat/media/peta.png" alt="Gambar pada pertanyaan" loading="lazy">' in page.html
