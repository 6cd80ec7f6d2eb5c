"""Reminders by the ticker of several processes, on either database: planned in few statements, sent once."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import text

from bot.reminders import Reminders
from bot.wording import catalogue
from handlers import firing, reminding
from handlers.library import Library
from handlers.reminding import PLAN, SESSION, subject
from handlers.visit import House
from outreach.enrolment import Enrolment
from outreach.training import Day, Training, TrainingSession
from storage import enrolments, people, reminders, trainings
from storage.database import Database, Transaction, open_database
from storage.dues import Due
from storage.migrating import migrate
from storage.people import Keeping, lookup_of
from storage.unit_of_work import UnitOfWork
from storage.vault import Vault
from surveys.messages import Address
from tests.reminded import employ

WITA = ZoneInfo("Asia/Makassar")
NOW = datetime(2026, 11, 24, 9, tzinfo=WITA)
DAY = date(2026, 12, 8)
H7 = datetime(2026, 12, 1, 9, tzinfo=WITA)


@dataclass
class Process:
    """What the chores need of one."""

    database: Database
    vault: Vault
    number: int
    house: House
    library: Library


def process(database: Database, vault: Vault, number: int = 1) -> Process:
    library = Library()
    house = House(
        surveys=library,
        say=lambda language: catalogue(language).gettext,
        languages=("id",),
        timezone=WITA,
        office="",
        seal=vault.lookup,
    )
    return Process(database, vault, number, house, library)


@pytest.fixture
async def office(database_url: str) -> AsyncIterator[Process]:
    database = open_database(database_url)
    await migrate(database)
    yield process(database, Vault.new())
    await database.close()


async def enrolled(office: Process, key: str, many: int) -> None:
    """A session in which so many civil servants take part, all proven; the last is everybody's superior."""
    async with office.database.write() as transaction:
        unit = UnitOfWork(transaction, office.vault, now=NOW)
        addresses = {}
        for number in range(1, many + 1):
            where = Address("telegram", f"{key}{number}")
            addresses[lookup_of(where, office.vault)] = where
        known = await people.known(transaction, addresses, office.vault)
        ids = []
        for one in known.values():
            ids.append(unit.new_id())
            unit.add_respondent(ids[-1], kind="asn", language="id", opted_out=False)
            unit.keep_visit(
                Keeping(
                    address_id=one.address_id, respondent_id=ids[-1], kind="asn", language="id", opted_out=False,
                    dialog={}, gone=False,
                )
            )  # fmt: skip
        await unit.flush()
        await employ(transaction, office.vault, ids, superior=many)
        await trainings.put(transaction, Training(key="t", title="Prima", form="bimtek", jp=Decimal(8)), NOW)
        session = TrainingSession(key=key, training="t", days=(Day(DAY, time(8), time(15)),), place="Aula")
        await trainings.announce(transaction, office.vault, session)
        rows = [Enrolment(person=str(one), session=key, state="enrolled", since=NOW) for one in ids]
        await enrolments.keep(transaction, office.vault, rows)


async def plan(office: Process, key: str) -> None:
    await Reminders(office).plan(Due(0, "", PLAN, NOW, subject(SESSION, key), 0), NOW)


@contextmanager
def counted(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """How often the database is asked or written."""
    asked: list[str] = []
    with monkeypatch.context() as patch:
        for name in ("all", "first", "raw", "number", "run", "run_for", "insert_returning"):
            before = getattr(Transaction, name)

            async def asking(
                self: Transaction, *given: Any, _before: Any = before, _name: str = name, **more: Any
            ) -> Any:
                asked.append(_name)
                return await _before(self, *given, **more)

            patch.setattr(Transaction, name, asking)
        yield asked


async def due(office: Process) -> list[int]:
    async with office.database.read() as transaction:
        return await reminders.people_due(transaction, H7, 100)


async def number(office: Process, statement: str) -> int:
    async with office.database.read() as transaction:
        row = await transaction.first(text(statement))
    assert row is not None
    return int(row[0])


async def test_planning_takes_as_many_statements_for_many_as_for_few(
    office: Process, monkeypatch: pytest.MonkeyPatch
) -> None:
    took = {}
    for many in (2, 40):
        await enrolled(office, f"s{many}", many)
        with counted(monkeypatch) as asked:
            await plan(office, f"s{many}")
        took[many] = len(asked)
        assert await number(office, f"SELECT count(*) FROM reminder WHERE subject = 'session:s{many}'") == 9 * many - 2
        async with office.database.write() as transaction:  # the next ones are other employees
            await transaction.run(text("DELETE FROM employee"))
    assert took[2] == took[40] <= 12


async def test_sending_takes_as_many_statements_for_many_as_for_few(
    office: Process, monkeypatch: pytest.MonkeyPatch
) -> None:
    took = {}
    for many in (2, 40):
        await enrolled(office, f"s{many}", many)
        await plan(office, f"s{many}")
        with counted(monkeypatch) as asked:
            async with office.database.write() as transaction:
                unit = UnitOfWork(transaction, office.vault, now=H7)
                fired = await firing.fire(unit, office.house, await reminders.people_due(transaction, H7, 100))
        took[many] = len(asked)
        assert (fired.messages, fired.skipped, fired.put_off) == (many, 0, 0)
        async with office.database.write() as transaction:
            await transaction.run(text("DELETE FROM employee"))
    assert took[2] == took[40]


async def test_what_three_send_at_once_is_sent_once(database_url: str) -> None:
    database, vault = open_database(database_url), Vault.new()
    await migrate(database)
    offices = [process(database if database.sqlite else open_database(database_url), vault, one) for one in (1, 2, 3)]
    try:
        await enrolled(offices[0], "s", 30)
        await plan(offices[0], "s")
        await asyncio.gather(*(Reminders(one).fire(H7) for one in offices), *(plan(one, "s") for one in offices))
        assert await number(offices[0], "SELECT count(*) FROM delivery") == 30
        assert await number(offices[0], "SELECT count(*) FROM reminder_log WHERE outcome = 'sent'") == 30
        assert await number(offices[0], "SELECT count(*) FROM reminder WHERE rule = 'h7'") == 0
    finally:
        for one in {id(one): one for one in (database, *(office.database for office in offices))}.values():
            await one.close()


async def test_what_cannot_be_read_of_one_keeps_nobody_waiting(office: Process) -> None:
    await enrolled(office, "s", 3)
    await plan(office, "s")
    async with office.database.write() as transaction:
        await transaction.run(
            text("UPDATE reminder SET payload = 'x' WHERE key = (SELECT min(key) FROM reminder WHERE rule = 'h7')")
        )
    await Reminders(office).fire(H7)
    assert await number(office, "SELECT count(*) FROM delivery") == 2
    assert await number(office, "SELECT count(*) FROM reminder WHERE rule = 'h7'") == 1
    assert await due(office) == []


async def test_a_death_in_the_middle_undoes_all_of_it(office: Process, monkeypatch: pytest.MonkeyPatch) -> None:
    await enrolled(office, "s", 3)
    await plan(office, "s")
    with monkeypatch.context() as patch:

        async def dies(_unit: UnitOfWork) -> None:
            raise ZeroDivisionError

        patch.setattr(UnitOfWork, "flush", dies)
        with pytest.raises(ZeroDivisionError):
            await Reminders(office)._fire(await due(office), H7)
    assert await number(office, "SELECT count(*) FROM reminder_log") == 0
    await Reminders(office).fire(H7)
    await Reminders(office).fire(H7 + timedelta(minutes=1))
    assert await number(office, "SELECT count(*) FROM delivery") == 3


async def test_the_night_plans_everything_and_the_next_night_again(office: Process) -> None:
    await enrolled(office, "s", 3)
    chores = Reminders(office)
    await chores.plan_everything(NOW)
    await chores.plan(Due(0, "", PLAN, NOW, reminding.EVERYTHING, 0), NOW)
    assert await number(office, "SELECT count(*) FROM reminder") == 25
    async with office.database.read() as transaction:
        row = await transaction.first(text("SELECT due_at FROM due"))
    assert row is not None
    at = row[0] if isinstance(row[0], datetime) else datetime.fromisoformat(row[0])
    assert at.astimezone(WITA) == datetime(2026, 11, 25, 4, tzinfo=WITA)
