"""Trainings of the invented Alak: two that were held and one that comes, with whoever enrolled, came and did the task.

Rule of the file: the office acts as the office does, people say what they would say; only that somebody was in the room
is written down directly, since nobody scans a code here.
"""

from __future__ import annotations

import random
from collections.abc import Awaitable, Callable, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from bot.demo.people import Occasion, Person
from bot.units import units_of
from handlers import crediting, tasks, training_office
from handlers.permissions import TERMINAL
from handlers.tasks import Wanted
from handlers.visit import House
from outreach.roster import Changes, Entry, Unit
from outreach.training import Day, Training, TrainingSession
from storage import attendance, roster
from storage.attendance import CheckedIn
from storage.database import Database
from storage.enrolments import person_of
from storage.unit_of_work import UnitOfWork
from storage.vault import Vault

Staff = Sequence[tuple[Person, int]]
"""Civil servants, and who they are in the data; the first is everybody's superior."""
Play = Callable[[Occasion], Awaitable[None]]

PRIMA = Training(
    key="pelayanan_prima",
    title="Pelayanan Prima di Loket",
    form="bimtek",
    jp=Decimal(16),
    provider="Kecamatan Alak",
    competences=("pelayanan_publik", "tek_layanan"),
    description="Menjelaskan syarat layanan dengan sederhana dan menanggapi keluhan dengan tenang.",
    skills=("menjelaskan syarat layanan", "menanggapi keluhan warga"),
)
DATA = Training(
    key="pengolahan_data",
    title="Pengolahan Data Kelurahan",
    form="lokakarya",
    jp=Decimal(8),
    provider="BKPPD Kota Kupang",
    competences=("tek_data",),
    description="Dari buku register ke lembar kerja yang rapi.",
)
HALL = "Aula Kantor Camat Alak"
INSTRUCTION = "Susun teks syarat satu layanan yang paling sering diminta, lalu uji pada 5 warga."
_NAMES = ("Maria", "Yohanes", "Agustina", "Paulus", "Dorkas", "Frans", "Hana", "Jefri", "Kornelia", "Marthen")
_FAMILIES = ("Tefa", "Nope", "Benu", "Kase", "Manu", "Lado", "Bria", "Sabat")
_SENT = "Kami menyusun syarat surat pindah dalam bahasa sederhana dan mengujinya pada lima warga; empat langsung paham."


async def hold(
    database: Database,
    vault: Vault,
    house: House,
    staff: Staff,
    *,
    rng: random.Random,
    now: datetime,
    play: Play,
    district: str,
) -> None:
    """Everything of these trainings up to ``now`` (the office's time). Raises StorageError."""
    if len(staff) < 3:
        return
    await _employ(database, vault, staff, now, district)
    office = _Office(database, vault, house, rng, play)
    held = _working(now.date() - timedelta(days=38))
    long_ago = await office.announce(PRIMA, [held, _working(held + timedelta(days=1))], capacity=30)
    lately = await office.announce(DATA, [_working(now.date() - timedelta(days=4))], capacity=20)
    to_come = await office.announce(PRIMA, [_working(now.date() + timedelta(days=9))], capacity=max(2, len(staff) // 4))
    people = staff[1:]
    came = await office.take_place(long_ago, rng.sample(people, max(1, round(len(people) * 0.75))))
    await office.judged(long_ago, came, now)
    await office.task(long_ago, came, staff[0][0], now)
    await office.judged(lately, await office.take_place(lately, rng.sample(people, max(1, len(people) // 2))), now)
    for person, _respondent_id in rng.sample(people, max(1, len(people) // 3)):
        await play(Occasion(now - timedelta(days=2), person, "", says=(f"/start t-{to_come.key}", "Daftar")))


class _Office:
    def __init__(self, database: Database, vault: Vault, house: House, rng: random.Random, play: Play) -> None:
        self._database = database
        self._vault = vault
        self._house = house
        self._rng = rng
        self._play = play

    def _unit(self, transaction: object, at: datetime) -> UnitOfWork:
        return UnitOfWork(transaction, self._vault, now=at)  # type: ignore[arg-type]  # of this database

    async def announce(self, training: Training, days: Sequence[date], *, capacity: int) -> TrainingSession:
        at = self._at(days[0], 9) - timedelta(days=14)
        hours = tuple(Day(day, time(8), time(15, 30)) for day in days)
        session = TrainingSession(key="", training=training.key, days=hours, place=HALL, capacity=capacity)
        async with self._database.write() as transaction:
            unit = self._unit(transaction, at)
            await training_office.put(unit, TERMINAL, training, units=(), positions=())
            made = await training_office.announce(unit, TERMINAL, session, timezone=self._house.timezone)
            await unit.flush()
        return made.session

    async def take_place(self, session: TrainingSession, people: Staff) -> Staff:
        """They enrol, sit the test before where there is one, and most of them come; who came."""
        first = session.first.date
        for person, _respondent_id in people:
            at = self._at(first, 10) - timedelta(days=self._rng.randrange(3, 12))
            await self._play(Occasion(at, person, "", says=(f"/start t-{session.key}", "Daftar")))
            if session.training == PRIMA.key:
                await self._play(Occasion(self._at(first, 7), person, f"s-l2-{session.key}"))
        came = [one for one in people if self._rng.random() < 0.85] or list(people[:1])
        async with self._database.write() as transaction:
            for _person, respondent_id in came:
                for day in session.days:
                    at = self._at(day.date, 7, self._rng.randrange(45, 60))
                    there = CheckedIn(person=person_of(respondent_id), day=day.date, at=at, how="code")
                    await attendance.check_in(transaction, session.key, there)
            unit = self._unit(transaction, self._at(session.last.date, 19))
            await crediting.credit(unit, session.key)
            await unit.flush()
        return came

    async def judged(self, session: TrainingSession, came: Staff, now: datetime) -> None:
        """Feedback, the test after, and what they apply after 30 days."""
        last = session.last.date
        asked = [("s-l1", self._at(last, 16), 0.85), ("s-l3-30", self._at(last, 10) + timedelta(days=31), 0.7)]
        if session.training == PRIMA.key:
            asked.insert(1, ("s-l2", self._at(last, 17), 0.9))
        for what, at, share in asked:
            for person, _respondent_id in came:
                if at < now and self._rng.random() < share:
                    await self._play(Occasion(at, person, f"{what}-{session.key}"))

    async def task(self, session: TrainingSession, came: Staff, boss: Person, now: datetime) -> None:
        """A task, what most of them hand in, and what their superior says of it."""
        given = self._at(session.last.date, 9) + timedelta(days=1)
        house = self._house
        async with self._database.write() as transaction:
            unit = self._unit(transaction, given)
            wanted = Wanted(session=session.key, title="Teks syarat layanan", instruction=INSTRUCTION)
            one = await tasks.put(unit, TERMINAL, wanted, calendar=house.calendar)
            await tasks.assign(unit, TERMINAL, one.key, rng=self._rng, calendar=house.calendar)
            await unit.flush()
        did_it = [person for person, _respondent_id in came if self._rng.random() < 0.8]
        for person in did_it:
            at = given + timedelta(days=self._rng.randrange(4, 12))
            await self._play(
                Occasion(at, person, "", says=("TUGAS", "Kirim tugas", _SENT, "Kirim", "Tetap kirim", "Menu"))
            )
        for _person in did_it[:-1]:
            levels = tuple(str(self._rng.choice((2, 3, 3, 3, 4))) for _criterion in one.rubric)
            at = min(given + timedelta(days=16), now)
            await self._play(Occasion(at, boss, "", says=("TUGAS", "Nilai tugas", *levels, "Lewati", "Simpan", "Menu")))

    def _at(self, day: date, hour: int, minute: int = 0) -> datetime:
        return datetime.combine(day, time(hour, minute), self._house.timezone)


def _working(day: date) -> date:
    """That day, or the Monday after it."""
    while day.weekday() > 4:
        day += timedelta(days=1)
    return day


async def _employ(database: Database, vault: Vault, staff: Staff, now: datetime, district: str) -> None:
    """A roster of invented names in units of the district; all of them have proved who they are."""
    labels = units_of(district)
    keys = [key for key in labels if key.startswith(("camat_", "kel_"))] or list(labels)
    numbers = [
        f"19{70 + place % 28}0{1 + place % 9}152015{1 + place % 9:02}{1 + place % 2}{place:03}"
        for place in range(1, len(staff) + 1)
    ]
    entries = tuple(
        Entry(
            number=number,
            name=f"{_NAMES[place % len(_NAMES)]} {_FAMILIES[place // len(_NAMES) % len(_FAMILIES)]}",
            kind="PNS" if place % 3 else "PPPK",
            unit=keys[place % len(keys)] if place else keys[0],
            position="pelaksana" if place else "pengawas",
            superior=numbers[0] if place else "",
        )
        for place, number in enumerate(numbers)
    )
    async with database.write() as transaction:
        await roster.keep_units(transaction, tuple(Unit(key, labels[key]["id"]) for key in keys))
        await roster.save(transaction, vault, Changes(new=entries), [], today=now.date())
        known = {one.entry.number: one.id for one in await roster.employees(transaction, vault)}
        for number, (_person, respondent_id) in zip(numbers, staff, strict=True):
            await roster.link(transaction, known[number], respondent_id)
