"""One file and several processes: whoever comes and goes takes nothing from those who stay."""

from __future__ import annotations

import asyncio
import stat
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import text

from storage import settings
from storage.database import Database, Transaction, open_database
from storage.migrating import migrate

VISITOR = """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1])
print([row[0] for row in connection.execute("SELECT value FROM setting WHERE key = 'word'")])
connection.close()
"""


def visited(file: Path) -> str:
    """What a process finds that opens the file, looks, and leaves."""
    done = subprocess.run([sys.executable, "-c", VISITOR, str(file)], capture_output=True, text=True, check=True)
    return done.stdout.strip()


@pytest.fixture
async def file(tmp_path: Path) -> Path:
    return tmp_path / "suara.sqlite3"


@pytest.fixture
async def database(file: Path) -> AsyncIterator[Database]:
    database = open_database(f"sqlite:///{file}")
    await migrate(database)
    yield database
    await database.close()


async def count(transaction: Transaction) -> int:
    return len(await transaction.all(text("SELECT 1 FROM setting")))


async def test_a_visitor_leaves_the_log_and_what_is_in_it(file: Path, database: Database) -> None:
    log = file.with_name("suara.sqlite3-wal")
    async with database.write() as transaction:
        await settings.keep(transaction, "word", "one")
    before = log.stat().st_ino

    async def look() -> int:
        async with database.read() as transaction:
            await asyncio.sleep(0)
            return await count(transaction)

    await asyncio.gather(*(look() for _ in range(6)))  # as many connections as there are, the later ones opened late
    assert visited(file) == "['one']"
    assert log.stat().st_ino == before
    async with database.write() as transaction:
        await settings.keep(transaction, "word", "two")
    assert visited(file) == "['two']"
    assert log.stat().st_ino == before


async def test_a_new_file_is_read_by_nobody_else(file: Path, database: Database) -> None:
    for one in (file, file.with_name("suara.sqlite3-wal"), file.with_name("suara.sqlite3-shm")):
        assert stat.S_IMODE(one.stat().st_mode) == 0o600
