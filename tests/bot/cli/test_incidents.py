"""``suara incidents``: what went wrong, without anything personal."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime

from storage import incidents
from storage.database import open_database
from tests.bot.cli.conftest import Installation

AT = datetime(2026, 11, 24, 1, 2, 3, tzinfo=UTC)


def note(office: Installation, *codes: str) -> None:
    async def write() -> None:
        database = open_database(office.url or f"sqlite:///{office.data / 'suara.sqlite3'}")
        async with database.write() as transaction:
            rows = [
                {"code": code, "channel": "telegram", "external_id": "815", "detail": "ZeroDivisionError", "at": AT}
                for code in codes
            ]
            await incidents.insert(transaction, rows)
        await database.close()

    asyncio.run(write())


def test_listed_seen_and_cleared(on_each: Installation) -> None:
    office = on_each
    assert office("migrate").code == 0
    assert office("incidents") == (0, "Nothing went wrong.\n", "")
    note(office, "failed", "quarantined")
    line = "2026-11-24 09:02:03  {}  telegram update 815  ZeroDivisionError\n"
    assert office("incidents") == (0, line.format("failed") + line.format("quarantined"), "")
    assert office("incidents", "--most", "1").out == line.format("quarantined")
    assert "✓ No new incidents" in office("doctor").out
    note(office, "failed")
    assert "! 1 new incidents" in office("doctor").out
    assert office("incidents", "--clear") == (0, "3 incidents deleted.\n", "")
    assert office("incidents") == (0, "Nothing went wrong.\n", "")
    note(office, "failed")
    assert "! 1 new incidents" in office("doctor").out


def test_before_there_are_data(suara: Installation) -> None:
    assert suara("incidents") == (1, "", "There are no data yet: start the program once (suara serve).\n")
