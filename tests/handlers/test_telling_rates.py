"""/tingkat in a chat: admins hear the response rate of their units, everybody else is not heard."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import insert, select

from handlers import administering
from handlers.permissions import TERMINAL, Role
from outreach.roster import Changes, Entry, Unit
from storage import roster, tables_admin
from storage.tables import participation, respondent
from storage.tables_roster import employee
from tests.handlers.desk_of_one import DeskOfOne, desk_of_one

TODAY = date(2026, 11, 24)
SMALL = "Jumlah di bawah lima tidak ditampilkan, juga angka yang dapat membukanya."


@pytest.fixture
async def desk(database_url: str, tmp_path: Path) -> AsyncIterator[DeskOfOne]:
    async with desk_of_one(database_url, tmp_path) as opened:
        yield opened


async def fill(desk: DeskOfOne, *units: tuple[str, str, int, int]) -> None:
    """(unit, label, employees, how many of them took part)"""
    entries = [
        (Entry(number=str(10**17 + 100 * place + n), name="Pegawai", kind="PNS", unit=key), n < some)
        for place, (key, _label, employees, some) in enumerate(units)
        for n in range(employees)
    ]
    vault = desk.process.vault
    async with desk.process.database.write() as transaction:
        await roster.keep_units(transaction, [Unit(key, label, "kelurahan") for key, label, *_rest in units])
        new = tuple(entry for entry, _took in entries)
        await roster.save(transaction, vault, Changes(new=new), [], today=TODAY)
        ids = {row.lookup: row.id for row in await transaction.all(select(employee))}
        for person, (entry, took) in enumerate(entries, start=1000):
            if took:
                row = {"id": person, "kind": "asn", "language": "id", "created_on": TODAY}
                await transaction.run(insert(respondent), [row])
                await transaction.run(insert(participation), [{"respondent_id": person, "survey_name": "suara"}])
                await roster.link(transaction, ids[roster.number_lookup(entry.number, vault)], person)


async def admin(desk: DeskOfOne, role: Role, *units: str, person: str = "7") -> None:
    """This chat is theirs."""
    async with desk.process.database.write() as transaction:
        invited = await administering.invite(
            transaction, desk.process.vault, TERMINAL, name=f"{role} {person}", role=role, units=units, now=desk.now
        )
    await desk.tell(person, f"/admin {invited.code}")


@pytest.mark.parametrize("typed", ["/tingkat suara", "/rate SUARA", " /TINGKAT@SuaraAlakBot  suara "])
async def test_by_unit_without_names(desk: DeskOfOne, typed: str) -> None:
    await fill(desk, ("kel_nbd", "Kelurahan Nunbaun Delha", 12, 6), ("kel_nbs", "Kelurahan Nunbaun Sabu", 14, 7))
    await admin(desk, "viewer")
    [said] = await desk.tell("7", typed)
    assert said.text.splitlines() == [
        "Suara kita: 13 dari 26 (50%)",
        "· Kelurahan Nunbaun Delha: 6 dari 12 (50%)",
        "· Kelurahan Nunbaun Sabu: 7 dari 14 (50%)",
    ]
    assert await desk.number("SELECT count(*) FROM audit WHERE act LIKE 'rates%'") == 0


async def test_small_numbers_are_not_told_to_owners_either(desk: DeskOfOne) -> None:
    await fill(desk, ("kel_alak", "Kelurahan Alak", 6, 2), ("kel_nbs", "Kelurahan Nunbaun Sabu", 14, 7))
    await admin(desk, "owner")
    [said] = await desk.tell("7", "/tingkat suara")
    assert "· Kelurahan Alak: tidak ditampilkan (pegawai: 6)" in said.text.splitlines()
    assert said.text.splitlines()[-1] == SMALL


async def test_who_is_bound_hears_of_their_own_unit_alone(desk: DeskOfOne) -> None:
    await fill(desk, ("kel_nbd", "Kelurahan Nunbaun Delha", 12, 6), ("kel_nbs", "Kelurahan Nunbaun Sabu", 14, 7))
    await admin(desk, "admin", "kel_nbd")
    [said] = await desk.tell("7", "/tingkat suara")
    assert said.text.splitlines() == ["Suara kita: 6 dari 12 (50%)", "· Kelurahan Nunbaun Delha: 6 dari 12 (50%)"]


@pytest.mark.parametrize("typed", ["/tingkat", "/rate lain", "/tingkat tidak_ada"])
async def test_without_a_name_surveys_are_listed(desk: DeskOfOne, typed: str) -> None:
    await admin(desk, "viewer")
    [said] = await desk.tell("7", typed)
    assert said.text == "Ketik /tingkat dan salah satu dari: suara"


async def test_without_a_roster_it_says_so(desk: DeskOfOne) -> None:
    await admin(desk, "viewer")
    [said] = await desk.tell("7", "/tingkat suara")
    assert said.text.startswith("Daftar pegawai masih kosong.")


async def test_a_district_of_many_units_fits_one_message(desk: DeskOfOne) -> None:
    units = [(f"unit_{n:02}", f"Unit Pelaksana Teknis Daerah Nomor {n:02} Alak", 10, 5) for n in range(90)]
    await fill(desk, *units)
    await admin(desk, "owner")
    [said] = await desk.tell("7", "/tingkat suara")
    lines = said.text.splitlines()
    told = sum(line.startswith("· ") for line in lines)
    assert len(said.text) <= 3500
    assert lines[0] == "Suara kita: 450 dari 900 (50%)"
    assert (lines[-1], told > 40) == (f"Masih ada {90 - told} unit lagi; lihat dasbor.", True)


async def test_the_question_that_stands_is_said_again(desk: DeskOfOne) -> None:
    await admin(desk, "viewer")
    await desk.tell("7", "/start", "Warga", "/start suara")
    question = (await desk.tell("7", "/start suara"))[-1].text
    said = await desk.tell("7", "/tingkat")
    assert (said[0].text, said[-1].text) == ("Ketik /tingkat dan salah satu dari: suara", question)
    assert await desk.number("SELECT count(*) FROM answer") == 0


async def test_for_everybody_else_it_is_text(desk: DeskOfOne) -> None:
    await admin(desk, "owner", person="1")
    await desk.tell("7", "/start", "Warga", "/start suara", "/tingkat suara")
    assert await desk.rows("SELECT value FROM answer") == [("/tingkat suara",)]
    async with desk.process.database.write() as transaction:
        [(number,)] = [tuple(row) for row in await transaction.all(select(tables_admin.admin.c.id))]
        await administering.revoke(transaction, desk.process.vault, TERMINAL, int(number), now=desk.now)
    said = await desk.tell("1", "/tingkat suara")
    assert all("Suara kita:" not in one.text for one in said)
