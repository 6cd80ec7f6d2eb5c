"""``suara training pairs`` and ``suara training reminders``: pairs of mentoring, and what became of reminders."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import date, time, timedelta
from decimal import Decimal

from sqlalchemy import text

from bot.app import clock
from outreach.training import Day, Training, TrainingSession
from storage import reminders, trainings
from storage.database import Transaction, open_database
from storage.reminders import Logged
from storage.unit_of_work import UnitOfWork
from storage.vault import Vault, open_vault
from surveys.speaking import day as day_in_words
from tests.bot.cli.conftest import Installation
from tests.bot.cli.test_roster import MARIA, ROWS, write
from tests.office import WITA

YOHANES = ROWS[0][1]
TRAINING = Training(key="dampingan", title="Mendampingi", form="mentoring", jp=Decimal(10))
NOW = clock()
STARTS = (NOW + timedelta(days=40)).date()


def written(office: Installation, work: Callable[[Transaction, Vault], Awaitable[None]]) -> None:
    async def carried_out() -> None:
        database, vault = (
            open_database(office.url or f"sqlite:///{office.data / 'suara.sqlite3'}"),
            open_vault(office.data / "suara.key", create=False),
        )
        try:
            async with database.write() as transaction:
                await work(transaction, vault)
        finally:
            await database.close()

    asyncio.run(carried_out())


def put(office: Installation, *more: str, mentee: str = MARIA, starts: date = STARTS) -> tuple[int, str, str]:
    return office(
        "training", "pairs", "put", "dampingan", "--mentor", YOHANES, "--mentee", mentee, "--from", str(starts), *more
    )


def test_a_pair_from_its_naming_to_its_end(on_each: Installation) -> None:
    office = on_each
    office("roster", "import", write(office, *ROWS), "--apply")

    async def trained(transaction: Transaction, _vault: Vault) -> None:
        await trainings.put(transaction, TRAINING, NOW)
        await trainings.put(transaction, replace(TRAINING, key="kelas", form="bimtek", title="Kelas"), NOW)

    written(office, trained)
    assert office("training", "pairs", "list").err == "There are no pairs yet.\n"
    code, out, _err = put(office, "--times", "3")
    assert code == 0
    first, days = out.splitlines()
    assert first == "dampingan-m1  Yohanes Lay → Maria Tefa  0 of 3 meetings told"
    assert len(days.split(",")) == 3
    assert office("training", "pairs", "list").out == out
    assert office("training", "pairs", "list", "--training", "kelas").out == ""
    assert office("training", "pairs", "show", "dampingan-m1").out == out
    assert office("training", "pairs", "end", "dampingan-m1").out == "dampingan-m1 has ended.\n"
    assert office("training", "pairs", "list").out == f"{first}  ended\n"
    assert put(office)[1].startswith("dampingan-m2")


def test_what_hinders_a_pair_is_one_sentence_and_nothing_is_saved(on_each: Installation) -> None:
    office = on_each
    office("roster", "import", write(office, *ROWS), "--apply")

    async def trained(transaction: Transaction, _vault: Vault) -> None:
        await trainings.put(transaction, replace(TRAINING, form="bimtek"), NOW)

    assert put(office)[2] == "There is no training dampingan.\n"
    written(office, trained)
    assert put(office)[2] == "“Mendampingi” is no mentoring: choose a training of that form.\n"

    async def mentoring(transaction: Transaction, _vault: Vault) -> None:
        await trainings.put(transaction, TRAINING, NOW)

    written(office, mentoring)
    assert put(office, "--times", "0")[2] == "Name from 1 to 60 meetings, with at least one day between.\n"
    assert put(office, mentee=YOHANES)[2] == "Mentor and mentee are the same person: name two people.\n"
    assert put(office, mentee="198801012015011001")[2] == (
        "The mentor or the mentee is not on the list of employees.\n"
    )
    assert put(office, starts=date(2020, 1, 6))[2] == (
        "The first meeting lies in the past: name a day from today on.\n"
    )
    assert office("training", "pairs", "end", "x").err == "There is no pair x.\n"
    assert office("training", "pairs", "list").out == ""


def test_what_became_of_reminders_is_counted(on_each: Installation) -> None:
    office = on_each
    office("roster", "import", write(office, *ROWS), "--apply")
    assert office("training", "reminders").out == "Planned:\n  nothing\nIn the last 30 days:\n  nothing\n"
    due_at = NOW - timedelta(days=1)

    async def sent(transaction: Transaction, vault: Vault) -> None:
        await trainings.put(transaction, TRAINING, NOW)
        days = (Day(STARTS, time(8), time(15)),)
        await trainings.announce(transaction, vault, TrainingSession(key="d1", training="dampingan", days=days))
        unit = UnitOfWork(transaction, vault, now=NOW)
        for number in (1, 2):
            unit.add_respondent(number, kind="asn", language="id", opted_out=False)
        await unit.flush()
        lines = [
            Logged(
                key=f"k{number}", due_at=due_at, rule="h7", subject="session:d1", respondent_id=number, outcome=outcome,
                at=due_at,
            )
            for number, outcome in ((1, "sent"), (2, "opted_out"))
        ]  # fmt: skip
        await reminders.note(transaction, lines)
        await transaction.run(text("UPDATE reminder_log SET answer = 'come' WHERE key = 'k1'"))

    written(office, sent)
    said = office("training", "reminders", "--session", "d1").out.splitlines()
    local = due_at.astimezone(WITA)
    when = f"{day_in_words(local.date(), str)}, at {local:%H.%M} WITA"
    assert said[3:] == [
        f"  {when}  a week before (H-7)  session d1  1 people  does not want it",
        f"  {when}  a week before (H-7)  session d1  1 people  sent  pressed: I will come",
    ]
    assert office("training", "reminders", "--session", "x").err == "There is no session x.\n"
