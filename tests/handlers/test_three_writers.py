"""People enrol at the door, the office names people, others check in, reminders are planned and sent: all at once, on
the same session and the same people. Nobody waits for another in a circle, and nothing is lost."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Awaitable, Callable
from datetime import timedelta

from sqlalchemy import text

from handlers import firing, reminding, taking_part
from storage import attendance, people
from storage.attendance import CheckedIn
from storage.database import open_database
from storage.enrolments import person_of
from storage.migrating import migrate
from storage.unit_of_work import UnitOfWork
from storage.vault import Vault
from tests.bot.test_reminders import DAY, H7, WITA, Process, enrolled, number, plan, process

ROUNDS, PEOPLE = 6, 12
Work = Callable[[UnitOfWork, list[int]], Awaitable[None]]


async def at_the_door(unit: UnitOfWork, ids: list[int]) -> None:
    """A batch: its people are locked, then each says something about their place."""
    await people.of_respondents(unit.transaction, sorted(ids), unit.vault)
    for place, one in enumerate(ids):
        await taking_part.enrol(unit, "s", person_of(one), timezone=WITA)
        if place % 2:
            await taking_part.call_off(unit, "s", person_of(one), "", timezone=WITA)


async def at_the_office(unit: UnitOfWork, ids: list[int]) -> None:
    """A list of employees, in the order in which they were typed."""
    for one in ids:
        await taking_part.enrol(unit, "s", person_of(one), timezone=WITA, by="office")
        await taking_part.enrol(unit, "other", person_of(one), timezone=WITA, by="office")


async def in_the_room(unit: UnitOfWork, ids: list[int]) -> None:
    """A batch of the door, in which everybody checks in."""
    await people.of_respondents(unit.transaction, sorted(ids), unit.vault)
    for one in ids:
        await attendance.check_in(
            unit.transaction, "s", CheckedIn(person=person_of(one), day=DAY, at=unit.now, how="code")
        )
        await reminding.plan_session(unit, "s")


async def test_nobody_waits_in_a_circle(database_url: str) -> None:
    vault, first = Vault.new(), open_database(database_url)
    await migrate(first)
    offices = [process(first if first.sqlite else open_database(database_url), vault, one) for one in (1, 2, 3, 4)]
    try:
        await enrolled(offices[0], "s", PEOPLE)
        async with first.write() as transaction:
            ids = [int(row[0]) for row in await transaction.all(text("SELECT id FROM respondent ORDER BY id"))]
            await transaction.run(text("DELETE FROM enrolment"))
            copied = (
                "INSERT INTO training_session SELECT 'other', training, notation, first_on, last_on, settled, secret"
            )
            await transaction.run(text(f"{copied} FROM training_session WHERE key = 's'"))
        trouble: list[str] = []
        for turn in range(ROUNDS):
            await plan(offices[0], "s")
            await asyncio.gather(
                *(
                    _carry_out(office, work, ids, turn, trouble)
                    for office, work in zip(offices, (at_the_door, at_the_office, in_the_room), strict=False)
                ),
                _fire(offices[3], ids, trouble),
                plan(offices[3], "s"),
            )
        assert trouble == []
        assert await number(offices[0], "SELECT count(*) FROM attendance") == PEOPLE
    finally:
        for one in {id(one): one for one in (first, *(office.database for office in offices))}.values():
            await one.close()


async def _carry_out(office: Process, work: Work, ids: list[int], turn: int, trouble: list[str]) -> None:
    mixed = random.Random(f"{work.__name__}{turn}").sample(ids, len(ids))
    try:
        async with office.database.write() as transaction:
            unit = UnitOfWork(transaction, office.vault, now=H7 - timedelta(days=3), process=office.number)
            await work(unit, mixed)
            await unit.flush()
    except Exception as error:  # noqa: BLE001 -- each is told
        trouble.append(f"{work.__name__}: {error!r}")


async def _fire(office: Process, ids: list[int], trouble: list[str]) -> None:
    try:
        async with office.database.write() as transaction:
            await firing.fire(UnitOfWork(transaction, office.vault, now=H7, process=office.number), office.house, ids)
    except Exception as error:  # noqa: BLE001 -- each is told
        trouble.append(f"firing: {error!r}")
