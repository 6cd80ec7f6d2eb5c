"""For commands that look into the database as it is: without making one, and without changing its tables."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.config import Config
    from bot.terminal import Terminal
    from storage.database import Database, Transaction
    from storage.unit_of_work import UnitOfWork
    from storage.vault import Vault


def check_there(terminal: Terminal) -> None:
    """Raises Conflict where there is no database yet: looking into a SQLite file would make it."""
    from handlers.errors import Conflict
    from storage.database import file_of

    file = file_of(terminal.config.database_url)
    if file is not None and not file.exists():
        _ = terminal.gettext
        raise Conflict(_("There are no data yet: start the program once (suara serve)."))


async def note(config: Config, act: str) -> None:
    """Write into the audit what was done here. Without the keys, or before the tables are brought up to date, it is
    owed; where there is no database there is nothing to be done to it. Raises StorageError."""
    from bot.app import clock
    from handlers.auditing import owe, record
    from handlers.permissions import TERMINAL
    from storage.database import file_of
    from storage.migrating import newest, revision

    file = file_of(config.database_url)
    if file is not None and not file.exists():
        return
    async with opened(config) as database:
        tables = await revision(database)
        if not tables:
            return
        async with database.write() as transaction:
            vault = await _vault(config, transaction)
            if vault is None or tables != newest():
                await owe(transaction, TERMINAL, act, now=clock())
            else:
                await record(transaction, vault, TERMINAL, act, now=clock())


async def _vault(config: Config, transaction: Transaction) -> Vault | None:
    """The keys of these data, None where they are not there."""
    from storage import settings
    from storage.errors import Sealed
    from storage.vault import fingerprints, open_vault

    known = await settings.value(transaction, "keys")
    try:
        vault = open_vault(config.key_file, create=False)
    except Sealed:
        return None
    return vault.belonging_to(known) if known in fingerprints(vault) else None


@asynccontextmanager
async def opened(config: Config) -> AsyncIterator[Database]:
    """The database, closed at the end."""
    from storage.audit_mark import AuditMark
    from storage.database import open_database

    database = open_database(config.database_url)
    database.audit_mark = AuditMark(config.audit_mark)
    try:
        yield database
    finally:
        await database.close()


@asynccontextmanager
async def working(config: Config) -> AsyncIterator[UnitOfWork]:
    """What is done in the block is done whole or not at all."""
    from bot.app import clock, open_store
    from storage.unit_of_work import UnitOfWork

    database, vault, _before = await open_store(config)
    try:
        async with database.write() as transaction:
            unit = UnitOfWork(transaction, vault, now=clock())
            yield unit
            await unit.flush()
    finally:
        await database.close()
