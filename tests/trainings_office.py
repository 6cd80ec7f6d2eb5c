"""A synthetic office with a training: units, a superior with their people, a session that was attended.

Nobody here exists. Employee numbers are shaped like real ones and belong to nobody.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from outreach.enrolment import Enrolment
from outreach.roster import Changes, Entry, Unit
from outreach.training import Day, Training, TrainingSession
from storage import enrolments, roster, trainings
from storage.database import Database, Transaction
from storage.identifiers import random_id
from storage.tables import respondent
from storage.vault import Vault
from tests.office import WITA

UNITS = (
    Unit("kel_nbd", "Kantor Lurah Nunbaun Delha", "lurah"),
    Unit("kel_nbs", "Kantor Lurah Nunbaun Sabu", "lurah"),
)
HEAD = Entry(number="197003051995031002", name="Yohanes Lay", kind="PNS", unit="kel_nbd", position="pengawas")
NAMES = (
    "Maria Tefa", "Agustinus Nope", "Dorkas Benu", "Elisabet Kase", "Frans Manu", "Gerson Tanu", "Hana Sabat",
    "Irma Lodo", "Jefri Bale", "Kornelia Dima",
)  # fmt: skip
STAFF = tuple(
    Entry(
        number=f"1986{place:02d}262015052001",
        name=name,
        kind="PNS",
        unit="kel_nbd",
        position="pelaksana",
        superior=HEAD.number,
    )
    for place, name in enumerate(NAMES, start=1)
)
TRAINING = Training(
    key="pelayanan_prima",
    title="Pelayanan Prima",
    form="bimtek",
    jp=Decimal(16),
    provider="Kecamatan Alak",
    competences=("pelayanan_publik", "tek_layanan"),
    units=frozenset({"kel_nbd"}),
)
SESSION = TrainingSession(
    key="pelayanan_prima-2026-12-01",
    training=TRAINING.key,
    days=(
        Day(date(2026, 12, 1), time(8), time(15, 30)),
        Day(date(2026, 12, 2), time(8), time(15, 30)),
    ),
    place="Aula Kantor Camat Alak",
    capacity=30,
    instructor="Widyaiswara",
)
AFTER = datetime(2026, 12, 3, 9, 0, tzinfo=WITA)
"""The morning after the session, a Thursday."""


async def set_up(transaction: Transaction, vault: Vault, *, now: datetime) -> None:
    """The roster, the training and its session. Raises StorageError."""
    await roster.keep_units(transaction, UNITS)
    await roster.save(transaction, vault, Changes(new=(HEAD, *STAFF)), [], today=now.date())
    await trainings.put(transaction, TRAINING, now)
    await trainings.announce(transaction, vault, SESSION)


async def known(transaction: Transaction, vault: Vault, entry: Entry, respondent_id: int) -> None:
    """That respondent proved to be that employee."""
    found = await roster.claimed(transaction, vault, entry.number)
    assert found is not None
    await roster.link(transaction, found.id, respondent_id)


async def respondents(database: Database, vault: Vault, *, entries: Sequence[Entry], now: datetime) -> tuple[int, ...]:
    """These employees as respondents without a chat, all of them proven, in their order."""
    numbers = [random_id() for _ in entries]
    async with database.write() as transaction:
        for number, entry in zip(numbers, entries, strict=True):
            await transaction.run(
                respondent.insert().values(
                    id=number, kind="asn", language="id", opted_out=False, verified=False, created_on=now.date()
                )
            )
            await known(transaction, vault, entry, number)
    return tuple(numbers)


async def attended(transaction: Transaction, vault: Vault, people: Sequence[int], *, now: datetime) -> None:
    """They took part in the session to its end."""
    await enrolments.keep(
        transaction,
        vault,
        [
            Enrolment(person=enrolments.person_of(one), session=SESSION.key, state="attended", since=now)
            for one in people
        ],
    )


def session_of(first: date, *, days: int = 2) -> TrainingSession:
    """The same session on other days."""
    return replace(
        SESSION,
        key=f"{TRAINING.key}-{first.isoformat()}",
        days=tuple(Day(first + timedelta(days=number), time(8), time(15, 30)) for number in range(days)),
    )
