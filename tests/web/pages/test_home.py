"""The front page."""

from __future__ import annotations

from dataclasses import replace

from tests.web.browser import Browser
from tests.web.house import House
from web.app import build


async def test_the_front_page_says_what_this_is_and_leads_to_the_chat(home: House) -> None:
    page = await Browser(home.app).open("/")
    assert page.status == 200
    assert "Bapak/Ibu berbicara dengan layanan otomatis (bot), bukan dengan petugas." in page.text
    assert 'href="/chat"' in page.html
    assert "t.me" not in page.html


async def test_the_bot_on_telegram_is_named_where_there_is_one(home: House) -> None:
    app = build(replace(home.site, telegram_name=lambda: "suara_alak_bot"))
    page = await Browser(app).open("/?lang=en")
    assert '<a href="https://t.me/suara_alak_bot">@suara_alak_bot</a>' in page.html
    assert "Your voice for better service" in page.text
