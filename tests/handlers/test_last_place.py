"""The last places are wanted by many at once, in three processes: each place goes to one, and nobody is lost."""

from __future__ import annotations

import asyncio
import multiprocessing
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from multiprocessing.synchronize import Barrier
from typing import Literal

from handlers import taking_part
from outreach.enrolment import Enrolment
from storage import enrolments, people, trainings
from storage.database import Database, open_database
from storage.errors import Busy
from storage.migrating import migrate
from storage.unit_of_work import UnitOfWork
from storage.vault import Vault
from tests.handlers.learners import PRIMA, SESSION
from tests.office import NOW, WITA

PLACES, PROCESSES, EACH = 5, 3, 12
PERSONS = [enrolments.person_of(number) for number in range(1, PROCESSES * EACH + 1)]
VAULT = Vault({"k1": b"k" * 32}, "k1", b"p" * 32)
"""The processes share it."""
What = Literal["enrol", "call_off"]


def run(url: str, mine: Sequence[str], start: Barrier, what: What) -> None:
    """One process: all of ``mine`` at once, each in a transaction of their own."""
    asyncio.run(_run(url, mine, start, what))


async def _run(url: str, mine: Sequence[str], start: Barrier, what: What) -> None:
    database = open_database(url)
    try:
        start.wait(timeout=60)
        await asyncio.gather(*(_one(database, person, what) for person in mine))
    finally:
        await database.close()


async def _one(database: Database, person: str, what: What) -> None:
    """Once more while others hold the lock for too long, as the door does it."""
    while True:
        try:
            async with database.write() as transaction:
                unit = UnitOfWork(transaction, VAULT, now=NOW + timedelta(milliseconds=int(person)))
                if what == "enrol":
                    await taking_part.enrol(unit, SESSION.key, person, timezone=WITA)
                else:
                    await taking_part.call_off(unit, SESSION.key, person, "Sakit", timezone=WITA)
                await unit.flush()
        except Busy:
            continue
        return


def at_once(url: str, persons: Sequence[str], what: What) -> None:
    """In three processes that begin together."""
    context = multiprocessing.get_context("spawn")
    start = context.Barrier(PROCESSES)
    processes = [
        context.Process(target=run, args=(url, persons[number::PROCESSES], start, what)) for number in range(PROCESSES)
    ]
    for process in processes:
        process.start()
    for process in processes:
        process.join(timeout=120)
    assert [process.exitcode for process in processes] == [0] * PROCESSES


def prepare(url: str) -> None:
    """A session with few places, and people."""

    async def work() -> None:
        database = open_database(url)
        await migrate(database)
        async with database.write() as transaction:
            about = {"kind": "asn", "language": "id", "opted_out": False, "created_on": NOW.date()}
            await people.insert_respondents(transaction, [{"id": int(person), **about} for person in PERSONS])
            await trainings.put(transaction, PRIMA, NOW)
            await trainings.announce(transaction, VAULT, replace(SESSION, capacity=PLACES))
        await database.close()

    asyncio.run(work())


def stored(url: str) -> list[Enrolment]:
    """Everybody of the session."""

    async def work() -> list[Enrolment]:
        database = open_database(url)
        async with database.read() as transaction:
            found = await enrolments.of_session(transaction, VAULT, SESSION.key)
        await database.close()
        return found

    return asyncio.run(work())


def in_state(url: str, state: str) -> list[str]:
    return sorted((one.person for one in stored(url) if one.state == state), key=int)


def test_each_place_goes_to_one(database_url: str) -> None:
    prepare(database_url)
    at_once(database_url, PERSONS, "enrol")
    enrolled, waiting = in_state(database_url, "enrolled"), in_state(database_url, "waiting")
    assert (len(enrolled), len(waiting)) == (PLACES, len(PERSONS) - PLACES)
    assert sorted([*enrolled, *waiting], key=int) == PERSONS
    by_since = sorted(stored(database_url), key=lambda one: (one.since, one.person))
    line = [one.person for one in by_since if one.state == "waiting"]
    # Those who have a place call it off at the same moment: as many of those who wait longest get theirs.
    at_once(database_url, enrolled, "call_off")
    assert in_state(database_url, "cancelled") == enrolled
    assert in_state(database_url, "enrolled") == sorted(line[:PLACES], key=int)
    assert in_state(database_url, "waiting") == sorted(line[PLACES:], key=int)
