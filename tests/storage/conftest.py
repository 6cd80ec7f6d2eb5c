"""A migrated database of each kind, with fresh keys."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from storage.database import Database, open_database
from storage.migrating import migrate
from storage.vault import Vault


@pytest.fixture(scope="session")
def vault() -> Vault:
    return Vault.new()


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    opened = open_database(database_url)
    try:
        await migrate(opened)
        yield opened
    finally:
        await opened.close()
