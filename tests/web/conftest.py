"""A house for each test of the pages."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from surveys.messages import Button, Incoming, Outgoing, Press, Text
from tests.chromium import CHROMIUM_ARGUMENTS
from tests.web.house import House, house

KIND = Outgoing(
    text="Selamat pagi.\nBapak/Ibu mengisi sebagai apa?",
    rows=((Button("ASN"), Button("Warga")), (Button("Bantuan"),)),
    placeholder="ASN / Warga",
    tag="1",
)
TOGGLES = Outgoing(text="Layanan apa?", rows=((Button("KTP", "2:a"),), (Button("Selesai", "2:done"),)), tag="2")


def conversation(incoming: Incoming) -> list[Outgoing]:
    """A survey of two questions, told by hand."""
    match incoming.reply:
        case Text(text) if text.startswith("/start"):
            return [KIND]
        case Text("Warga"):
            return [TOGGLES]
        case Press("2:a", under):
            rows = ((Button("✅ KTP", "2:a"),), (Button("Selesai", "2:done"),))
            return [Outgoing(text="Layanan apa?", rows=rows, edits=under, tag="2")]
        case Press("2:done", under):
            return [Outgoing(text="", edits=under), Outgoing(text="Terima kasih.")]
        case Text("pin"):
            return [Outgoing(text="Nomor ALK-26-0418-P, PIN 4831", secret=True)]
        case _:
            return []


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    """A Chromium for one file of tests; none of them may be asynchronous, since it keeps a loop of its own."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=list(CHROMIUM_ARGUMENTS))
        yield browser
        browser.close()


@pytest.fixture
async def home(tmp_path: Path) -> AsyncIterator[House]:
    async with house(tmp_path, conversation, reply_seconds=0.3) as built:
        yield built
