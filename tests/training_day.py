"""A training of two days for tests, with people on the roster who prove who they are in the chat."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Protocol
from zoneinfo import ZoneInfo

from outreach.attendance import code
from outreach.enrolment import Enrolment
from outreach.roster import Changes, Entry, Unit
from outreach.training import Day, Training, TrainingSession
from storage import enrolments, roster, trainings
from storage.database import Database
from storage.vault import Vault

WITA = ZoneInfo("Asia/Makassar")
KEY = "pelayanan_prima-2026-12-01"
FIRST, SECOND = date(2026, 12, 1), date(2026, 12, 2)
MORNING = datetime(2026, 11, 30, 23, 50, tzinfo=UTC)
"""07.50 of the first day in Alak: ten minutes before it begins."""
TRAINING = Training(key="pelayanan_prima", title="Pelayanan Prima", form="bimtek", jp=Decimal(16))
SESSION = TrainingSession(
    key=KEY,
    training="pelayanan_prima",
    days=(Day(FIRST, time(8), time(15, 30)), Day(SECOND, time(8), time(15, 30))),
    place="Aula Kantor Camat Alak",
    capacity=30,
)
MARIA, YOHANES, ANA = (
    Entry(number="199001012015032001", name="Maria T. Lado", phone="+6281234567801", kind="PNS", unit="kel_nbd"),
    Entry(number="199102022016041002", name="Yohanes Bria", phone="+6281234567802", kind="PPPK", unit="kel_nbs"),
    Entry(number="199203032017052003", name="Ana Tefa", phone="+6281234567803", kind="PNS", unit="kel_nbd"),
)
UNITS = (Unit("kel_nbd", "Kelurahan Nunbaun Delha", ""), Unit("kel_nbs", "Kelurahan Nunbaun Sabu", ""))


class Place(Protocol):
    """Where the training is held: any of the offices of the tests."""

    database: Database
    vault: Vault


@dataclass(slots=True)
class Store:
    """One that is no more than its data."""

    database: Database
    vault: Vault


async def announced(
    place: Place, now: datetime, session: TrainingSession = SESSION, *, people: Sequence[Entry] = (MARIA, YOHANES, ANA)
) -> None:
    """The session is announced, and there is a roster."""
    async with place.database.write() as transaction:
        await roster.keep_units(transaction, UNITS)
        known = await roster.employees(transaction, place.vault)
        if not known:
            await roster.save(transaction, place.vault, Changes(new=tuple(people)), known, today=now.date())
        await trainings.put(transaction, TRAINING, now)
        await trainings.announce(transaction, place.vault, session)


async def changed(place: Place, **what: object) -> None:
    """The session is another one now."""
    async with place.database.write() as transaction:
        offered = await trainings.session_of(transaction, KEY)
        assert offered is not None
        await trainings.change(transaction, replace(offered.session, **what))  # type: ignore[arg-type]


async def enrol(place: Place, now: datetime, *people: str) -> None:
    """These take part, by person."""
    async with place.database.write() as transaction:
        rows = [Enrolment(person=one, session=KEY, state="enrolled", since=now) for one in people]
        await enrolments.keep(transaction, place.vault, rows)


async def employee(place: Place, entry: Entry) -> str:
    """Who they are as long as they have not written."""
    async with place.database.read() as transaction:
        known = await roster.employees(transaction, place.vault)
    return enrolments.employee_called(next(one.id for one in known if one.entry.number == entry.number))


async def person(place: Place, entry: Entry) -> str:
    """Who they are once they proved it."""
    async with place.database.read() as transaction:
        known = await roster.employees(transaction, place.vault)
    respondent_id = next(one.respondent_id for one in known if one.entry.number == entry.number)
    assert respondent_id is not None
    return enrolments.person_of(respondent_id)


async def shown(place: Place, now: datetime, *, session: str = KEY, day: date = FIRST) -> str:
    """The code in the room."""
    async with place.database.read() as transaction:
        secret = await trainings.secret_of(transaction, place.vault, session)
    assert secret is not None
    return code(secret, session, day, now)


def other_than(right: str) -> str:
    """A code that is wrong."""
    return f"{(int(right) + 1) % 10**6:06}"
