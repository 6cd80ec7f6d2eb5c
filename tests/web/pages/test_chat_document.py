"""A file made for one visitor: a button on their screen, theirs alone, gone once it was erased."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from storage import documents, people
from storage.database import Database, open_database
from storage.documents import Document, Documents
from storage.migrating import migrate
from storage.vault import Vault
from surveys.messages import Address, Outgoing
from tests.web.browser import Browser
from tests.web.house import START, House
from web.app import build

BODY = b'{"answers": []}'


@dataclass(slots=True)
class Office:
    """A database with documents behind the web chat."""

    database: Database
    vault: Vault
    browser: Browser
    home: House
    documents: Documents

    async def made_for(self, visitor: str) -> str:
        """A document for that visitor; its reference."""
        where = Address("webchat", visitor)
        async with self.database.write() as transaction:
            found = await people.known(transaction, {people.lookup_of(where, self.vault): where}, self.vault)
            address = next(iter(found.values())).address_id
            made = Document("data-saya.json", "application/json", BODY)
            return await documents.keep(transaction, self.vault, address, made, now=START)


@pytest.fixture
async def office(home: House, tmp_path: Path) -> AsyncIterator[Office]:
    database, vault = open_database(f"sqlite+aiosqlite:///{tmp_path / 'documents.sqlite3'}"), Vault.new()
    await migrate(database)
    kept = Documents(database, vault)
    assert home.site.chat is not None
    app = build(replace(home.site, chat=replace(home.site.chat, documents=kept)))
    try:
        yield Office(database, vault, Browser(app), home, kept)
    finally:
        await database.close()


def visitor(browser: Browser) -> str:
    return browser.client.cookies["suara_visitor"].partition(".")[0]


async def test_it_is_handed_to_its_visitor_alone(office: Office) -> None:
    browser = office.browser
    await browser.open("/chat")
    reference = await office.made_for(visitor(browser))
    await office.home.channel.send(visitor(browser), Outgoing(text="Salinan", media=(("file", reference),)))
    page = await browser.open("/chat")
    address = f"/chat/document/{reference.removeprefix('document:')}"
    assert f'href="{address}" download' in page.html
    response = await browser.client.get(address)
    assert (response.status_code, response.content) == (200, BODY)
    assert response.headers["content-disposition"] == 'attachment; filename="data-saya.json"'
    assert response.headers["cache-control"] == "no-store"
    browser.client.cookies.clear()
    assert (await browser.client.get(address)).status_code == 404
    await browser.open("/chat")  # somebody else on the same computer
    assert (await browser.client.get(address)).status_code == 404


async def test_one_that_was_erased_is_no_file(office: Office) -> None:
    await office.browser.open("/chat")
    reference = await office.made_for(visitor(office.browser))
    await office.documents.handed(reference)
    address = f"/chat/document/{reference.removeprefix('document:')}"
    assert (await office.browser.client.get(address)).status_code == 404
    assert (await office.browser.client.get("/chat/document/tidak-ada")).status_code == 404
