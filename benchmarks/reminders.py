"""How quickly reminders are planned, and what a tick costs that finds nothing, also beside a million rows to come.

Rule of the file: the program's own chores on a SQLite file; rows are what sessions of trainings give.
"""

from __future__ import annotations

import asyncio
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from datetime import time as hour
from decimal import Decimal
from pathlib import Path
from statistics import median
from zoneinfo import ZoneInfo

from sqlalchemy import insert, text

from benchmarks.table import Row, show
from bot.reminders import Reminders
from bot.wording import catalogue
from handlers.library import Library
from handlers.reminding import PLAN, SESSION, subject
from handlers.visit import House
from outreach.enrolment import Enrolment
from outreach.training import Day, Training, TrainingSession
from storage import dues, enrolments, trainings
from storage.database import Database, Transaction, open_database
from storage.dues import Due
from storage.migrating import migrate
from storage.tables import respondent
from storage.vault import Vault

NOW = datetime(2027, 1, 4, 1, tzinfo=UTC)
PEOPLE, A_PERSON = 200, 7
"""People of a session, and rows that each gives."""
MOST_PLANNING, MOST_TICK = 30.0, 5.0
"""Seconds for ``rows``; milliseconds."""
TICKS = 200


@dataclass
class _Process:
    """What the chores need."""

    database: Database
    vault: Vault
    number: int
    house: House
    library: Library


def measure(rows: int, to_come: int) -> None:
    """Plan ``rows``, then tick beside them and beside ``to_come``."""
    asyncio.run(_measure(rows, to_come))


async def _measure(rows: int, to_come: int) -> None:
    with tempfile.TemporaryDirectory(prefix="suara-bench-") as folder:
        async with _opened(Path(folder)) as process:
            sessions = max(1, rows // (PEOPLE * A_PERSON))
            keys = await _announce(process, sessions)
            chores = Reminders(process)
            took = await _seconds(lambda: _plan(chores, keys))
            count = await _count(process.database)
            show(
                Row(
                    f"seconds to plan {count:,} reminders", f"{took:.1f}", f"≤ {MOST_PLANNING:.0f}",
                    took <= MOST_PLANNING, f"{sessions} sessions of {PEOPLE} people",
                )
            )  # fmt: skip
            alone = await _ticks(process, chores)
            again = await _seconds(lambda: _plan(chores, keys[:1]))
            await _fill(process.database, to_come)
            count = await _count(process.database)
            beside = await _ticks(process, chores)
            again_beside = await _seconds(lambda: _plan(chores, keys[:1]))
            show(
                Row(
                    "ms a tick that finds nothing", f"{alone:.2f}", f"≤ {MOST_TICK:.0f}", alone <= MOST_TICK,
                    "looking for due rows of every kind",
                ),
                Row(
                    f"the same beside {count:,} reminders to come", f"{beside:.2f}", f"≤ {MOST_TICK:.0f}",
                    beside <= MOST_TICK,
                    f"a session planned again: {again * 1000:.0f} ms, beside them {again_beside * 1000:.0f} ms",
                ),
            )  # fmt: skip


@asynccontextmanager
async def _opened(folder: Path) -> AsyncIterator[_Process]:
    database = open_database(f"sqlite+aiosqlite:///{folder / 'suara.sqlite3'}")
    try:
        await migrate(database)
        vault, library = Vault.new(), Library()
        house = House(
            surveys=library,
            say=lambda language: catalogue(language).gettext,
            languages=("id",),
            timezone=ZoneInfo("Asia/Makassar"),
            office="",
            seal=vault.lookup,
        )
        yield _Process(database, vault, 1, house, library)
    finally:
        await database.close()


async def _announce(process: _Process, sessions: int) -> list[str]:
    people = range(1, PEOPLE + 1)
    async with process.database.write() as transaction:
        rows = [{"id": one, "kind": "asn", "language": "", "opted_out": False, "created_on": NOW} for one in people]
        await transaction.run(insert(respondent), rows)
        await trainings.put(transaction, Training(key="t", title="Pelatihan", form="bimtek", jp=Decimal(8)), NOW)
    keys = []
    for number in range(sessions):
        day = date(2027, 3, 1) + timedelta(days=number)
        key = f"t-{number}"
        session = TrainingSession(key=key, training="t", days=(Day(day, hour(8), hour(15)),), place="Aula")
        async with process.database.write() as transaction:
            await trainings.announce(transaction, process.vault, session)
            enrolled = [Enrolment(person=str(one), session=key, state="enrolled", since=NOW) for one in people]
            await enrolments.keep(transaction, process.vault, enrolled)
        keys.append(key)
    return keys


async def _plan(chores: Reminders, keys: list[str]) -> None:
    for key in keys:
        await chores.plan(Due(0, "", PLAN, NOW, subject(SESSION, key), 0), NOW)


async def _fill(database: Database, rows: int) -> None:
    """As many more to come, like those there are."""
    async with database.write() as transaction:
        there = await _counted(transaction)
        for turn in range(max(0, rows - there) // there):
            await transaction.run(
                text(
                    "INSERT INTO reminder SELECT :turn || key, rule, :turn || subject, respondent_id, due_at, payload "
                    "FROM reminder WHERE key LIKE 'reminder:%'"
                ),
                {"turn": f"x{turn}:"},
            )


async def _count(database: Database) -> int:
    async with database.read() as transaction:
        return await _counted(transaction)


async def _counted(transaction: Transaction) -> int:
    return await transaction.number(text("SELECT count(*) FROM reminder"))


async def _ticks(process: _Process, chores: Reminders) -> float:
    """Milliseconds of one, the median."""

    async def tick() -> None:
        async with process.database.write() as transaction:
            assert not await dues.claim(transaction, 1, NOW, 100)
        await chores.fire(NOW)

    return median([await _seconds(tick) for _ in range(TICKS)]) * 1000


async def _seconds(work: Callable[[], Awaitable[None]]) -> float:
    begun = time.perf_counter()
    await work()
    return time.perf_counter() - begun
