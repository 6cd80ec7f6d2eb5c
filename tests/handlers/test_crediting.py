"""A session that is over: who attended, who was absent, and the JP; the same however often, and as it is corrected."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from handlers import crediting
from handlers.copying import Copy
from storage import attendance, certificates, dossier, enrolments, learning_hours, trainings
from storage.attendance import CheckedIn
from storage.unit_of_work import UnitOfWork
from tests import training_day as day
from tests.handlers.desk_of_one import DeskOfOne, desk_of_one

OVER = day.MORNING + timedelta(days=1, hours=8, minutes=11)
"""16.01 of the second day: it ended at 15.30, and half an hour is for those who check in late."""


@pytest.fixture
async def desk(database_url: str, tmp_path: Path) -> AsyncIterator[DeskOfOne]:
    async with desk_of_one(database_url, tmp_path / "data") as opened:
        await day.announced(opened.process, opened.now)
        yield opened


async def there(desk: DeskOfOne, person: str, *days: date) -> None:
    async with desk.process.database.write() as transaction:
        for one in days:
            came = CheckedIn(person=person, day=one, at=day.MORNING, how="list")
            await attendance.check_in(transaction, day.KEY, came)


async def not_there(desk: DeskOfOne, person: str, one: date) -> None:
    async with desk.process.database.write() as transaction:
        assert await attendance.take_back(transaction, day.KEY, one, person)


async def states(desk: DeskOfOne) -> dict[str, str]:
    async with desk.process.database.read() as transaction:
        found = await enrolments.of_session(transaction, desk.process.vault, day.KEY)
    return {one.person: one.state for one in found}


async def hours(desk: DeskOfOne, person: str, year: int = 2026) -> Decimal:
    async with desk.process.database.read() as transaction:
        return await learning_hours.total(transaction, person, year)


async def credit(desk: DeskOfOne) -> None:
    async with desk.process.database.write() as transaction:
        unit = UnitOfWork(transaction, desk.process.vault, now=desk.now)
        await crediting.credit(unit, day.KEY)


async def people(desk: DeskOfOne) -> tuple[str, str, str]:
    return (
        await day.employee(desk.process, day.MARIA),
        await day.employee(desk.process, day.YOHANES),
        await day.employee(desk.process, day.ANA),
    )


async def test_the_ticker_settles_what_is_over(desk: DeskOfOne) -> None:
    maria, yohanes, ana = await people(desk)
    await day.enrol(desk.process, desk.now, maria, yohanes)
    await there(desk, maria, day.FIRST, day.SECOND)
    await there(desk, ana, day.SECOND)
    desk.now = OVER - timedelta(minutes=2)
    await desk.tick(timedelta(0))
    assert await states(desk) == {maria: "enrolled", yohanes: "enrolled"}
    desk.now = OVER
    await desk.tick(timedelta(0))
    assert await states(desk) == {maria: "attended", yohanes: "absent", ana: "attended"}
    assert [await hours(desk, one) for one in (maria, yohanes, ana)] == [Decimal(16), Decimal(0), Decimal(8)]
    before = (
        await desk.rows("SELECT * FROM enrolment ORDER BY id"),
        await desk.number("SELECT count(*) FROM learning_hours"),
    )
    await desk.tick(timedelta(hours=1))
    await credit(desk)
    assert (
        await desk.rows("SELECT * FROM enrolment ORDER BY id"),
        await desk.number("SELECT count(*) FROM learning_hours"),
    ) == before


async def test_settled_by_two_at_once_it_is_settled_once(desk: DeskOfOne) -> None:
    maria, _yohanes, ana = await people(desk)
    await day.enrol(desk.process, desk.now, maria)
    await there(desk, maria, day.FIRST)
    await there(desk, ana, day.FIRST)
    desk.now = OVER
    await asyncio.gather(*(credit(desk) for _process in range(4)))
    assert await states(desk) == {maria: "attended", ana: "attended"}
    assert await desk.number("SELECT count(*) FROM learning_hours") == 2


async def test_a_corrected_list_corrects_what_follows(desk: DeskOfOne) -> None:
    maria, yohanes, _ana = await people(desk)
    await day.enrol(desk.process, desk.now, maria, yohanes)
    await there(desk, maria, day.FIRST, day.SECOND)
    desk.now = OVER
    await credit(desk)
    await not_there(desk, maria, day.FIRST)
    await there(desk, yohanes, day.FIRST)
    await credit(desk)
    assert await states(desk) == {maria: "attended", yohanes: "attended"}
    assert [await hours(desk, one) for one in (maria, yohanes)] == [Decimal(8), Decimal(8)]
    await not_there(desk, maria, day.SECOND)
    await credit(desk)
    assert (await states(desk))[maria] == "absent"
    assert await hours(desk, maria) == 0


async def test_a_session_that_was_called_off_earns_nothing(desk: DeskOfOne) -> None:
    maria, _yohanes, _ana = await people(desk)
    await day.enrol(desk.process, desk.now, maria)
    await there(desk, maria, day.FIRST)
    await day.changed(desk.process, cancelled=True)
    desk.now = OVER
    await desk.tick(timedelta(0))
    assert (await states(desk), await hours(desk, maria)) == ({maria: "enrolled"}, Decimal(0))
    async with desk.process.database.read() as transaction:
        assert await trainings.unsettled(transaction, date(2027, 1, 1), 10) == []


async def test_a_certificate_that_is_no_longer_true_counts_no_more(desk: DeskOfOne) -> None:
    await desk.tell("7", "/start", "ASN", "Setuju", day.MARIA.number, day.MARIA.phone)
    maria = await day.person(desk.process, day.MARIA)
    await there(desk, maria, day.FIRST, day.SECOND)
    desk.now = OVER
    await credit(desk)
    async with desk.process.database.write() as transaction:
        await certificates.issue(
            transaction, desk.process.vault, number="001/2026", respondent_id=int(maria), session=day.KEY,
            name="Maria T. Lado", jp=Decimal(16), on=date(2026, 12, 3),
        )  # fmt: skip
    await credit(desk)
    revoked = "SELECT count(*) FROM certificate WHERE revoked_on IS NOT NULL"
    assert await desk.number(revoked) == 0
    await not_there(desk, maria, day.FIRST)
    await credit(desk)
    assert await desk.number(revoked) == 1


async def test_whoever_proves_who_they_are_takes_their_days_and_hours_along(desk: DeskOfOne) -> None:
    maria, _yohanes, _ana = await people(desk)
    await there(desk, maria, day.FIRST)
    desk.now = day.MORNING + timedelta(days=1)
    await desk.tell("7", f"HADIR {await day.shown(desk.process, desk.now, day=day.SECOND)}")
    desk.now = OVER
    await desk.tick(timedelta(0))
    assert await hours(desk, maria) == 8
    await desk.tell("7", "/start", "ASN", "Setuju", day.MARIA.number, day.MARIA.phone)
    person = await day.person(desk.process, day.MARIA)
    await desk.tick(timedelta(minutes=2))
    assert (await hours(desk, maria), await hours(desk, person)) == (Decimal(0), Decimal(16))
    assert await desk.number("SELECT count(*) FROM attendance WHERE employee_id IS NOT NULL") == 0


async def test_of_two_records_that_become_one_the_better_day_stays(desk: DeskOfOne) -> None:
    desk.now = day.MORNING + timedelta(minutes=40)
    code = await day.shown(desk.process, desk.now)
    await desk.tell("7", f"HADIR {code}", "/start", "ASN", "Setuju", day.MARIA.number, day.MARIA.phone)
    maria = await day.person(desk.process, day.MARIA)
    desk.now = day.MORNING
    await desk.tell("8", f"HADIR {await day.shown(desk.process, desk.now)}")
    assert await desk.rows("SELECT late FROM attendance ORDER BY late") == [(False,), (True,)]
    moved = (await desk.tell("7", "/pindah"))[0].text
    code = moved.split("/pindah ")[-1].split()[0] if "/pindah " in moved else moved.split("/move ")[-1].split()[0]
    await desk.tell("8", f"/pindah {code}", "Ya")
    assert await desk.rows("SELECT respondent_id, late FROM attendance") == [(int(maria), False)]


async def test_days_and_hours_go_with_the_person(desk: DeskOfOne) -> None:
    await desk.tell("7", "/start", "ASN", "Setuju", day.MARIA.number, day.MARIA.phone)
    maria = await day.person(desk.process, day.MARIA)
    await day.enrol(desk.process, desk.now, maria)
    await there(desk, maria, day.FIRST)
    desk.now = OVER
    await credit(desk)
    asked = (await desk.tell("7", "/hapus"))[0].text
    assert asked.endswith("sertifikat Bapak/Ibu ikut terhapus: sesudah itu tidak dapat diperiksa lagi.")
    await desk.tell("7", "Ya, hapus semua")
    for table in ("attendance", "learning_hours", "enrolment"):
        assert await desk.number(f"SELECT count(*) FROM {table}") == 0


async def test_what_they_attended_and_earned_is_in_the_copy_of_their_data(desk: DeskOfOne) -> None:
    await desk.tell("7", "/start", "ASN", "Setuju", day.MARIA.number, day.MARIA.phone)
    maria = await day.person(desk.process, day.MARIA)
    await there(desk, maria, day.FIRST)
    desk.now = OVER
    await credit(desk)
    async with desk.process.database.read() as transaction:
        held = await dossier.read(transaction, desk.process.vault, int(maria))
    assert held is not None
    copy = Copy(
        held, desk.process.library.by_id, office="Kecamatan Alak", language="id", say=str,
        timezone=day.WITA, now=desk.now,
    )  # fmt: skip
    told = json.loads(copy.documents()[0].body)
    assert told["attendance"] == [
        {"session": day.KEY, "day": "2026-12-01", "at": "2026-12-01T07:50:00+08:00", "how": "list", "late": False}
    ]
    assert told["learning_hours"] == [{"year": 2026, "jp": "8", "session": day.KEY, "evidence": ""}]
    assert told["certificates"] == []
    seen = await desk.tell("7", "DATA", "Lihat isi")
    assert "2026: 8 JP" in "\n".join(one.text for one in seen)
