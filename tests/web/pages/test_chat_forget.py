"""Leaving a shared phone."""

from __future__ import annotations

import pytest

from bot.channels.base import SendError
from surveys.messages import Outgoing
from tests.web.browser import Browser
from tests.web.house import House


async def test_clearing_takes_the_conversation_and_the_visitor_away(home: House) -> None:
    browser = Browser(home.app)
    await browser.press(await browser.open("/chat"), "Mulai")
    before = browser.client.cookies["suara_visitor"]
    page = await browser.open("/chat/forget")
    assert page.buttons == ["Bersihkan"]
    assert len(await home.transcripts.read(before.partition(".")[0])) == 2
    page = await browser.press(page, "Bersihkan")
    assert "Suara Bapak/Ibu untuk layanan yang lebih baik" in page.text
    assert "suara_visitor" not in browser.client.cookies
    assert await home.transcripts.read(before.partition(".")[0]) == ()
    assert (await browser.open("/chat")).talk == []
    assert browser.client.cookies["suara_visitor"] != before


async def test_whoever_left_is_reported_as_gone(home: House) -> None:
    browser = Browser(home.app)
    await browser.press(await browser.open("/chat"), "Mulai")
    name = browser.client.cookies["suara_visitor"].partition(".")[0]
    await browser.press(await browser.open("/chat/forget"), "Bersihkan")
    with pytest.raises(SendError) as raised:
        await home.channel.send(name, Outgoing(text="pengumuman"))
    assert raised.value.address_gone


async def test_who_never_came_has_nothing_to_clear(home: House) -> None:
    page = await Browser(home.app).open("/chat/forget")
    assert "Suara Bapak/Ibu untuk layanan yang lebih baik" in page.text


async def test_clearing_needs_the_form(home: House) -> None:
    browser = Browser(home.app)
    await browser.press(await browser.open("/chat"), "Mulai")
    assert (await browser.post("/chat/forget", {"ticket": "x"})).status == 403
    page = await browser.open("/chat/forget")
    _form, fields = page.form("Bersihkan")
    assert (await browser.post("/chat/forget", fields, origin="https://elsewhere.example")).status == 403
    assert len((await browser.open("/chat")).talk) == 2
