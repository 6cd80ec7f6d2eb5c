"""A training that took place on Tuesday, 1 December 2026, with people on the roster who were there."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time
from decimal import Decimal

from sqlalchemy import select

from outreach.enrolment import Enrolment
from outreach.roster import Changes, Entry, Unit
from outreach.training import Day, Training, TrainingSession
from storage import attendance, enrolments, roster, trainings
from storage.attendance import CheckedIn
from storage.enrolments import person_of
from storage.people import lookup_of
from storage.tables import address
from tests.handlers.counter import Counter, Person

TRAINING = Training(
    key="pelayanan_prima",
    title="Pelayanan Prima",
    form="bimtek",
    jp=Decimal(16),
    competences=("pelayanan_publik",),
    skills=("menjelaskan syarat layanan", "mencatat pengaduan"),
)
SESSION = TrainingSession(
    key="pelayanan_prima-2026-12-01",
    training=TRAINING.key,
    days=(Day(date(2026, 12, 1), time(8), time(15, 30)), Day(date(2026, 12, 2), time(8), time(15, 30))),
    place="Aula Kantor Camat Alak",
)
OTHER = replace(SESSION, key="pelayanan_prima-2026-12-08", days=(Day(date(2026, 12, 2), time(16), time(17)),))
BEFORE = datetime(2026, 11, 30, 1, 0, tzinfo=UTC)
"""Monday, 09.00 in Alak."""
OVER = datetime(2026, 12, 2, 7, 35, tzinfo=UTC)
"""Five minutes after the end."""


async def hold(counter: Counter) -> None:
    """It is announced, twice."""
    async with counter.database.write() as transaction:
        await trainings.put(transaction, TRAINING, counter.now)
        for session in (SESSION, OTHER):
            await trainings.announce(transaction, counter.vault, session)


async def number_of(person: Person) -> int:
    """Their number as a respondent."""
    counter = person.counter
    async with counter.database.read() as transaction:
        row = await transaction.first(
            select(address.c.respondent_id).where(address.c.lookup == lookup_of(person.address, counter.vault))
        )
    assert row is not None
    return int(row[0])


async def enrol(person: Person, session: TrainingSession = SESSION, *, attended: bool = False) -> int:
    """They have a place (and were there on the first day); their number."""
    counter, number = person.counter, await number_of(person)
    async with counter.database.write() as transaction:
        one = Enrolment(person=person_of(number), session=session.key, state="enrolled", since=counter.now)
        await enrolments.keep(transaction, counter.vault, [one])
        if attended:
            day = CheckedIn(person=person_of(number), day=session.days[0].date, at=counter.now, how="code")
            await attendance.check_in(transaction, session.key, day)
    return number


async def on_roster(superior: Person, *staff: Person) -> None:
    """These work for ``superior``, and all proved it."""
    counter, people = superior.counter, (superior, *staff)
    entries = [
        Entry(
            number=f"19800101200501100{place}",
            name=f"Maria Uji {place}" if place else "Yohanes Uji",
            superior="198001012005011000" if place else "",
            kind="PNS",
            unit="kel_nbd",
        )
        for place in range(len(people))
    ]
    numbers = [await number_of(person) for person in people]
    async with counter.database.write() as transaction:
        await roster.keep_units(transaction, [Unit("kel_nbd", "Kantor Lurah Nunbaun Delha")])
        await roster.save(transaction, counter.vault, Changes(new=tuple(entries)), [], today=counter.now.date())
        stored = {one.entry.number: one.id for one in await roster.employees(transaction, counter.vault)}
        for entry, number in zip(entries, numbers, strict=True):
            await roster.link(transaction, stored[entry.number], number)
