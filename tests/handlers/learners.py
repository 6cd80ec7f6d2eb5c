"""An office that offers trainings to people of a small roster: written to the database as the office would."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from handlers import training_office
from handlers.permissions import TERMINAL
from outreach.roster import Changes, Entry, Unit
from outreach.training import Day, Training, TrainingSession
from storage import roster
from storage.database import Database
from storage.unit_of_work import UnitOfWork
from storage.vault import Vault
from tests.handlers.desk_of_one import DeskOfOne
from tests.office import WITA

TUESDAY = Day(date(2026, 12, 1), time(8), time(15, 30))
WEDNESDAY = Day(date(2026, 12, 2), time(8), time(15, 30))
PRIMA = Training(key="prima", title="Pelayanan Prima", form="bimtek", jp=Decimal(16))
SESSION = TrainingSession(
    key="prima-1", training="prima", days=(TUESDAY, WEDNESDAY), place="Aula Kantor Camat Alak", capacity=2
)
UNITS = ("lurah", "kel_nbd", "kel_nbs")
LURAH, STAFF, OTHER = "197001011990031001", "198502022010012002", "199003032015031003"


def unit_of(desk: DeskOfOne, transaction: Any) -> UnitOfWork:
    """As the door has it."""
    return UnitOfWork(transaction, desk.process.vault, now=desk.now, process=desk.process.number)


async def offer(desk: DeskOfOne, session: TrainingSession = SESSION, training: Training = PRIMA) -> None:
    """The office announces it."""
    await offer_at(desk.process.database, desk.process.vault, desk.now, session, training)


async def offer_at(
    database: Database, vault: Vault, now: datetime, session: TrainingSession = SESSION, training: Training = PRIMA
) -> None:
    """The same, wherever there is a database."""
    async with database.write() as transaction:
        unit = UnitOfWork(transaction, vault, now=now)
        await training_office.put(unit, TERMINAL, training, units=UNITS, positions=("pelaksana", "pengawas"))
        await training_office.announce(unit, TERMINAL, replace(session, training=training.key), timezone=WITA)
        await unit.flush()


async def act(desk: DeskOfOne, what: Any, *arguments: Any, **more: Any) -> Any:
    """One act of ``training_office`` or ``taking_part``."""
    async with desk.process.database.write() as transaction:
        unit = unit_of(desk, transaction)
        done = await what(unit, *arguments, timezone=WITA, **more)
        await unit.flush()
        return done


async def employ(desk: DeskOfOne) -> None:
    """A head of a kelurahan, one of her people, and somebody of another one."""
    entries = (
        Entry(number=LURAH, name="Maria T.", phone="+6281200000001", superior="", kind="PNS", unit="kel_nbd",
              position="pengawas", grade="", rank=""),
        Entry(number=STAFF, name="Yohanes B.", phone="+6281200000002", superior=LURAH, kind="PNS", unit="kel_nbd",
              position="pelaksana", grade="", rank=""),
        Entry(number=OTHER, name="Anna K.", phone="+6281200000003", superior="", kind="PPPK", unit="kel_nbs",
              position="pelaksana", grade="", rank=""),
    )  # fmt: skip
    async with desk.process.database.write() as transaction:
        units = (Unit("lurah", "Kantor Lurah"), Unit("kel_nbd", "Kelurahan Nunbaun Delha", "lurah"))
        await roster.keep_units(transaction, (*units, Unit("kel_nbs", "Kelurahan Nunbaun Sabu", "lurah")))
        await roster.save(transaction, desk.process.vault, Changes(new=entries), [], today=desk.now.date())


async def civil_servant(desk: DeskOfOne, name: str, number: str = "", phone: str = "") -> None:
    """Somebody who agreed; with a number and a phone, who proved who they are."""
    await desk.tell(name, "/start", "ASN", "Setuju")
    if number:
        await desk.tell(name, number, phone)


async def due(desk: DeskOfOne) -> None:
    """Whatever is due is done."""
    for _every, chore in [one for name, one in desk.chores.all().items() if name == "what is due"]:
        await chore(desk.now)


async def heard(desk: DeskOfOne) -> list[str]:
    """What is sent to people without their asking."""
    return [one.text for one in await desk.deliver() if one.text]
