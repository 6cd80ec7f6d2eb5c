"""A counter with trainings, and the ticker's part in reminders: time passes, what is due is planned and shown.

Rule of the file: rows are written as the office's own acts write them; nothing is decided here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from sqlalchemy import text as sql

from bot.reminders import Reminders
from handlers import pairing
from handlers.library import Library
from handlers.permissions import TERMINAL
from handlers.reminding import PLAN, plan_session
from handlers.visit import House
from outreach.enrolment import Enrolment, State
from outreach.roster import Entry, Unit, compare
from outreach.training import Day, Training, TrainingSession
from storage import attendance, dues, enrolments, outgoing_notation, people, roster, trainings
from storage.attendance import CheckedIn
from storage.database import Database, Transaction
from storage.enrolments import person_of
from storage.people import lookup_of
from storage.unit_of_work import UnitOfWork
from storage.vault import Vault
from surveys.messages import Address
from tests.handlers.counter import WITA, Counter

PRIMA = Training(key="pelayanan_prima", title="Pelayanan Prima", form="bimtek", jp=Decimal(16))
HALL = "Aula Kantor Camat Alak"
EIGHT, HALF_PAST_THREE = time(8), time(15, 30)


def at(day: date, hour: int, minute: int = 0) -> datetime:
    """By the office's clock."""
    return datetime.combine(day, time(hour, minute), WITA)


def session_on(*days: date, key: str = "", training: str = PRIMA.key, **more: Any) -> TrainingSession:
    """From eight to half past three on each of these days."""
    return TrainingSession(
        key=key or f"{training}-{days[0]}",
        training=training,
        days=tuple(Day(day, EIGHT, HALF_PAST_THREE) for day in days),
        place=HALL,
        **more,
    )


MENTORING = Training(key="dampingan", title="Mendampingi", form="mentoring", jp=Decimal(10))


def number_of(place: int) -> str:
    """An employee number, made up."""
    return f"19860917201001{1 + place % 2}{place:03}"


async def employ(transaction: Transaction, vault: Vault, respondents: Sequence[int], *, superior: int = 0) -> None:
    """They are employees 1, 2 … of the district's office and proved it. ``superior``: the place of everybody's."""
    await roster.keep_units(transaction, [Unit("kantor", "Kantor Camat", "")])
    entries = [
        Entry(
            number=number_of(place), name=f"Pegawai {place}", kind="PNS", unit="kantor",
            superior=number_of(superior) if superior and place != superior else "",
        )
        for place in range(1, len(respondents) + 1)
    ]  # fmt: skip
    await roster.save(transaction, vault, compare(entries, {}, {}), [], today=date(2026, 11, 1))
    for one in await roster.employees(transaction, vault):
        await roster.link(transaction, one.id, respondents[int(one.entry.name.split()[1]) - 1])


@dataclass
class _Process:
    """What the chores need."""

    database: Database
    vault: Vault
    number: int
    house: House
    library: Library


def process_of(counter: Counter) -> _Process:
    """The counter as the chores see it."""
    return _Process(counter.database, counter.vault, counter.processes, counter.reception.house, counter.library)


@dataclass
class Trainings:
    """The office's side of a counter."""

    counter: Counter

    async def offer(self, session: TrainingSession, *, training: Training = PRIMA, **reminders: Any) -> str:
        """The session is announced; its key."""
        training = replace(training, reminders=replace(training.reminders, **reminders))
        async with self.counter.database.write() as transaction:
            await trainings.put(transaction, training, self.counter.now)
            await trainings.announce(transaction, self.counter.vault, session)
            await self._planned(transaction, session.key)
        return session.key

    async def change(self, session: TrainingSession) -> None:
        async with self.counter.database.write() as transaction:
            await trainings.change(transaction, session)
            await self._planned(transaction, session.key)

    async def enrol(self, session: str, *who: int, state: State = "enrolled", confirmed: bool = False) -> None:
        async with self.counter.database.write() as transaction:
            rows = [
                Enrolment(
                    person=enrolments.person_of(one), session=session, state=state, since=self.counter.now,
                    confirmed=confirmed,
                )
                for one in who
            ]  # fmt: skip
            await enrolments.keep(transaction, self.counter.vault, rows)
            await self._planned(transaction, session)

    async def was_there(self, session: str, day: date, *who: int) -> None:
        async with self.counter.database.write() as transaction:
            for one in who:
                there = CheckedIn(person=person_of(one), day=day, at=self.counter.now, how="code")
                await attendance.check_in(transaction, session, there)
            await self._planned(transaction, session)

    async def pair(self, mentor: Address, mentee: Address, starts: date) -> str:
        """The office names two people who write here already, who meet twice; the pair's key."""
        async with self.counter.database.write() as transaction:
            unit = UnitOfWork(transaction, self.counter.vault, now=self.counter.now)
            await trainings.put(transaction, MENTORING, self.counter.now)
            await employ(
                transaction, self.counter.vault, [await self.respondent(mentor), await self.respondent(mentee)]
            )
            known = await pairing.put(
                unit, TERMINAL, training=MENTORING.key, mentor=number_of(1), mentee=number_of(2), starts=starts,
                every_days=14, times=2, calendar=self.counter.reception.house.calendar,
            )  # fmt: skip
        return known.pair.key

    async def _planned(self, transaction: Transaction, session: str) -> None:
        await plan_session(UnitOfWork(transaction, self.counter.vault, now=self.counter.now), session)

    # ---- time ---------------------------------------------------------------------------------------

    async def everything(self, moment: datetime | None = None) -> None:
        """The night's planning."""
        self.counter.now = moment or self.counter.now
        await Reminders(process_of(self.counter)).plan_everything(self.counter.now)
        await self.tick()

    async def tick(self, moment: datetime | None = None) -> None:
        """The ticker does its work, at ``moment``; what is sent stands on the screens."""
        counter = self.counter
        counter.now = moment or counter.now
        chores = Reminders(process_of(counter))
        while True:
            async with counter.database.write() as transaction:
                claimed = await dues.claim(transaction, counter.processes, counter.now, 100)
            if not claimed:
                break
            for due in claimed:
                if due.kind == PLAN:
                    await chores.plan(due, counter.now)
                async with counter.database.write() as transaction:
                    await dues.done(transaction, due.id, counter.processes)
        await chores.fire(counter.now)
        await self._shown()

    async def _shown(self) -> None:
        counter = self.counter
        rows = await counter.rows(
            "SELECT d.id, d.body, a.id, a.channel, a.external FROM delivery d JOIN address a ON a.id = d.address_id "
            "WHERE d.state = 'queued' ORDER BY d.id"
        )
        async with counter.database.write() as transaction:
            await transaction.run(sql("UPDATE delivery SET state = 'sent', body = NULL WHERE state = 'queued'"))
        for number, body, address_id, channel, external in rows:
            opened = counter.vault.unseal(f"delivery/body/{number}".encode(), body)  # type: ignore[arg-type]
            where = Address(str(channel), people.external_of(address_id, external, counter.vault))  # type: ignore[arg-type]
            counter.screens.show(where, outgoing_notation.load(opened))

    # ---- looking ------------------------------------------------------------------------------------

    async def respondent(self, address: Address) -> int:
        lookup = lookup_of(address, self.counter.vault).hex()
        [(number,)] = await self.counter.rows(f"SELECT respondent_id FROM address WHERE lookup = X'{lookup}'")
        return int(str(number))

    async def planned(self, *rules: str) -> list[tuple[str, str]]:
        """Rule and time by the office's clock of what stands."""
        rows = await self.counter.rows("SELECT rule, due_at FROM reminder ORDER BY due_at, rule, key")
        return [(str(rule), _local(at_)) for rule, at_ in rows if not rules or rule in rules]

    async def log(self) -> list[tuple[str, str, str, str]]:
        """Rule, the time it was planned for, what became of it, the button."""
        rows = await self.counter.rows(
            "SELECT rule, due_at, outcome, answer FROM reminder_log ORDER BY due_at, rule, key"
        )
        return [(str(rule), _local(at_), str(outcome), str(answer)) for rule, at_, outcome, answer in rows]


def _local(moment: object) -> str:
    return f"{datetime.fromisoformat(str(moment)).astimezone(WITA):%Y-%m-%d %H.%M}"
