"""Whether a database is sound: what a doctor asks it.

Rule of the file: it looks and changes nothing, but for ``settle``.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import func, inspect, select, text
from sqlalchemy.exc import DBAPIError

from storage import deliveries, incidents, settings
from storage.database import Database, Transaction
from storage.migrating import revision_in
from storage.tables import process, survey


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """What was found. Numbers are 0 where there are no tables yet."""

    server: str
    """"SQLite 3.40.1", "PostgreSQL 15.8"."""
    journal: str
    """SQLite's journal_mode, "" on a server."""
    revision: str
    """Of the tables, "" where there are none."""
    keys: str = ""
    """Fingerprint of the key file that belongs to it."""
    open_surveys: int = 0
    waiting: deliveries.Waiting = field(default_factory=lambda: deliveries.Waiting(0, 0))
    unseen: int = 0
    """Incidents nobody looked at."""
    processes: int = 0
    last_beat: datetime | None = None
    last_backup: str = ""
    """The day of the last nightly copy."""


async def examine(transaction: Transaction) -> Health:
    """Everything but the long look (``faults``). Raises StorageError."""
    if transaction.sqlite:
        server = f"SQLite {await _one(transaction, 'SELECT sqlite_version()')}"
        journal = str(await _one(transaction, "PRAGMA journal_mode"))
    else:
        server = f"PostgreSQL {str(await _one(transaction, 'SHOW server_version')).split()[0]}"
        journal = ""
    revision = await transaction.connection.run_sync(revision_in)
    present = await transaction.connection.run_sync(lambda connection: set(inspect(connection).get_table_names()))
    if not {"setting", "survey", "process", "delivery", "incident"} <= present:
        return Health(server=server, journal=journal, revision=revision)
    names = await transaction.first(
        select(func.count(survey.c.name.distinct())).select_from(survey).where(survey.c.state == "open")
    )
    living = await transaction.first(select(func.count(), func.max(process.c.beat_at)).select_from(process))
    return Health(
        server=server,
        journal=journal,
        revision=revision,
        keys=await settings.value(transaction, "keys"),
        open_surveys=names[0] if names is not None else 0,
        waiting=await deliveries.waiting(transaction),
        unseen=await incidents.unseen(transaction),
        processes=living[0] if living is not None else 0,
        last_beat=living[1] if living is not None else None,
        last_backup=await settings.value(transaction, "backed_up"),
    )


async def faults(transaction: Transaction) -> list[str]:
    """What SQLite finds wrong with its file, [] if nothing; a server looks after its own. Raises StorageError."""
    if not transaction.sqlite:
        return []
    found = [str(row[0]) for row in await transaction.all(text("PRAGMA quick_check(20)"))]
    found = [] if found == ["ok"] else found
    loose = await transaction.all(text("PRAGMA foreign_key_check"))
    return found + [f"{row[0]}: a row points at nothing in {row[2]}" for row in loose[:20]]


async def settle(database: Database) -> bool:
    """Write SQLite's log into its file, outside any transaction. False where the file is too damaged for that."""
    if not database.sqlite:
        return True
    try:
        async with database.engine.connect() as connection:
            driver: Any = (await connection.get_raw_connection()).driver_connection
            async with driver.execute("PRAGMA wal_checkpoint(TRUNCATE)"):
                return True
    except (sqlite3.Error, DBAPIError):
        return False


async def _one(transaction: Transaction, statement: str) -> object:
    row = await transaction.first(text(statement))
    return row[0] if row is not None else ""
