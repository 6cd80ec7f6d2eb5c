"""An installation's database, filled and looked at without the program."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

from sqlalchemy import text

from storage.database import Database, open_database
from tests.bot.cli.conftest import Installation
from tests.rows import everything, fill

Result = TypeVar("Result")


def url_of(office: Installation) -> str:
    return office.url or f"sqlite+aiosqlite:///{office.data / 'suara.sqlite3'}"


def in_database(office: Installation, work: Callable[[Database], Awaitable[Result]]) -> Result:
    """Work on the office's database, without the program."""

    async def connected() -> Result:
        database = open_database(url_of(office))
        try:
            return await work(database)
        finally:
            await database.close()

    return asyncio.run(connected())


def rows_of(office: Installation) -> dict[str, list[tuple[Any, ...]]]:
    """Every row but those of the audit, which tell of the commands themselves."""
    rows = in_database(office, everything)
    del rows["audit"]
    rows["setting"] = [row for row in rows["setting"] if not str(row[0]).startswith("audit")]
    return rows


def execute(office: Installation, *statements: str) -> None:
    async def work(database: Database) -> None:
        async with database.write() as transaction:
            for statement in statements:
                await transaction.run(text(statement))

    in_database(office, work)


def filled(office: Installation) -> None:
    """Tables with rows, keys, and a photo."""
    assert office("migrate").code == 0
    in_database(office, fill_beside_keys)
    execute(office, "DELETE FROM process")  # none works on it
    (office.data / "media" / "ab").mkdir(parents=True)
    (office.data / "media" / "ab" / "abcd.jpg").write_bytes(os.urandom(5000))
    (office.data / "survey_media").mkdir()
    (office.data / "survey_media" / "peta.png").write_bytes(b"peta")


async def fill_beside_keys(database: Database) -> None:
    async with database.write() as transaction:
        keys = (await transaction.all(text("SELECT value FROM setting WHERE key = 'keys'")))[0][0]
        await transaction.run(text("DELETE FROM setting"))
    await fill(database)
    async with database.write() as transaction:
        await transaction.run(text("DELETE FROM audit"))  # it is no chain
        await transaction.run(text("INSERT INTO setting (key, value) VALUES ('keys', :keys)"), {"keys": keys})
