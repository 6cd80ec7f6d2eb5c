"""For commands that look into the database as it is: without making one, and without changing its tables."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.config import Config
    from bot.terminal import Terminal
    from storage.database import Database
    from storage.unit_of_work import UnitOfWork


def check_there(terminal: Terminal) -> None:
    """Raises Conflict where there is no database yet: looking into a SQLite file would make it."""
    from handlers.errors import Conflict
    from storage.database import file_of

    file = file_of(terminal.config.database_url)
    if file is not None and not file.exists():
        _ = terminal.gettext
        raise Conflict(_("There are no data yet: start the program once (suara serve)."))


@asynccontextmanager
async def opened(config: Config) -> AsyncIterator[Database]:
    """The database, closed at the end."""
    from storage.database import open_database

    database = open_database(config.database_url)
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
