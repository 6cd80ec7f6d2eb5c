"""JP: how much of this year, against the target, and what it is made of."""

from __future__ import annotations

from collections.abc import AsyncIterator
from decimal import Decimal
from pathlib import Path

import pytest

from handlers import hours
from handlers.errors import Conflict, NotAllowed, NotFound
from handlers.permissions import TERMINAL, Actor
from storage.unit_of_work import UnitOfWork
from tests import training_day as day
from tests.handlers import test_crediting as crediting
from tests.handlers.desk_of_one import DeskOfOne, desk_of_one

NO_NUMBER = "“{}” is no number of learning hours: it is more than 0 and at most 2000, such as 8 or 10,5."


@pytest.fixture
async def desk(database_url: str, tmp_path: Path) -> AsyncIterator[DeskOfOne]:
    async with desk_of_one(database_url, tmp_path / "data") as opened:
        await day.announced(opened.process, opened.now)
        yield opened


async def noted(
    desk: DeskOfOne, number: str, jp: str, evidence: str, year: int = 2026, by: Actor = TERMINAL
) -> Decimal:
    async with desk.process.database.write() as transaction:
        unit = UnitOfWork(transaction, desk.process.vault, now=desk.now)
        return (await hours.note(unit, by, number, year, jp, evidence, say=str)).earned


async def test_this_year_against_the_target(desk: DeskOfOne) -> None:
    await desk.tell("7", "/start", "ASN", "Setuju", day.MARIA.number, day.MARIA.phone)
    maria = await day.person(desk.process, day.MARIA)
    await crediting.there(desk, maria, day.FIRST)
    desk.now = crediting.OVER
    await crediting.credit(desk)
    said = await desk.tell("7", "JP saya")
    assert said[0].text == (
        "Tahun 2026 Bapak/Ibu memiliki 8 dari 20 jam pelajaran (JP), kurang 12.\n· Pelayanan Prima: 8 JP"
    )
    assert await noted(desk, day.MARIA.number, "12,5", "No. 12/BPSDM/2026") == Decimal("20.5")
    said = await desk.tell("7", "/jp")
    assert said[0].text == (
        "Tahun 2026 Bapak/Ibu memiliki 20,5 jam pelajaran (JP): sasaran 20 sudah tercapai.\n"
        "· Pelayanan Prima: 8 JP\n· No. 12/BPSDM/2026: 12,5 JP"
    )
    assert await noted(desk, day.MARIA.number, "-12,5", "dicatat dua kali") == Decimal(8)


async def test_whoever_proved_nothing_is_told_how(desk: DeskOfOne) -> None:
    words = "Jam pelajaran (JP) dihitung sesudah Bapak/Ibu terbukti sebagai pegawai. Mohon ketik VERIFIKASI dengan NIP."
    assert (await desk.tell("8", "jp"))[0].text == words
    assert await desk.number("SELECT count(*) FROM attendance") == 0


async def test_what_was_noted_before_they_wrote_is_theirs(desk: DeskOfOne) -> None:
    await noted(desk, day.YOHANES.number, "6", "seminar")
    await desk.tell("7", "/start", "ASN", "Setuju", day.YOHANES.number, day.YOHANES.phone)
    assert (await desk.tell("7", "JP"))[
        0
    ].text == "Tahun 2026 Bapak/Ibu memiliki 6 jam pelajaran (JP).\n· seminar: 6 JP"


@pytest.mark.parametrize(
    ("jp", "evidence", "year", "words"),
    [
        ("0", "a", 2026, NO_NUMBER.format("0")),
        ("8 JP", "a", 2026, NO_NUMBER.format("8 JP")),
        ("8", " ", 2026, "Please say what shows it, such as the number of the certificate."),
        ("8", "a" * 121, 2026, "The evidence has 121 characters; at most 120."),
        ("8", "a", 2027, "The year is from 2000 to 2026."),
        ("-8", "a", 2026, "That would leave fewer than 0 JP."),
    ],
)  # fmt: skip
async def test_what_cannot_be_noted(desk: DeskOfOne, jp: str, evidence: str, year: int, words: str) -> None:
    with pytest.raises(Conflict) as refused:
        await noted(desk, day.MARIA.number, jp, evidence, year)
    assert str(refused.value) == words
    assert await desk.number("SELECT count(*) FROM learning_hours") == 0


async def test_nobody_and_nobody_of_theirs(desk: DeskOfOne) -> None:
    with pytest.raises(NotFound):
        await noted(desk, "199001012015032999", "8", "a")
    bound = Actor(name="admin:1", role="admin", units=frozenset({"kel_nbs"}))
    with pytest.raises(NotAllowed):
        await noted(desk, day.MARIA.number, "8", "a", by=bound)
    assert await noted(desk, day.YOHANES.number, "8", "a", by=bound) == Decimal(8)


async def test_what_is_noted_is_in_the_audit_without_the_number(desk: DeskOfOne) -> None:
    await noted(desk, day.MARIA.number, "8", f"ijazah {day.MARIA.number}")
    rows = await desk.rows("SELECT act, whom, reason FROM audit")
    person = await day.employee(desk.process, day.MARIA)
    assert rows == [("learning_hours.note", person, "ijazah [NIP disamarkan]")]
