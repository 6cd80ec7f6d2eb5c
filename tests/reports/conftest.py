"""A migrated database of each kind, with fresh keys."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from storage.database import Database, open_database
from storage.migrating import migrate
from storage.vault import Vault
from tests.reports.office import Office


@pytest.fixture
async def office(database_url: str) -> AsyncIterator[Office]:
    opened = open_database(database_url)
    try:
        await migrate(opened)
        yield Office(opened, Vault.new())
    finally:
        await opened.close()


@pytest.fixture
def database(office: Office) -> Database:
    return office.database


@pytest.fixture
def vault(office: Office) -> Vault:
    return office.vault
