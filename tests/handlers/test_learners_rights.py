"""A person's rights over what is held of their trainings; and what becomes of a place when people leave or are one."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from dataclasses import asdict
from datetime import timedelta
from pathlib import Path

import pytest

from handlers import taking_part
from handlers.copying import Copy
from storage import dossier, enrolments, joining
from tests.handlers.desk_of_one import DeskOfOne, desk_of_one
from tests.handlers.learners import SESSION, act, civil_servant, due, heard, offer, unit_of
from tests.office import WITA


@pytest.fixture
async def desk(database_url: str, tmp_path: Path) -> AsyncIterator[DeskOfOne]:
    async with desk_of_one(database_url, tmp_path / "data") as opened:
        await offer(opened)
        for name in ("1", "2", "3"):
            await civil_servant(opened, name)
            await opened.tell(name, "/start t-prima-1", "Daftar")
        yield opened


async def states(desk: DeskOfOne) -> list[str]:
    return sorted(str(row[0]) for row in await desk.rows("SELECT state FROM enrolment"))


async def test_who_deletes_everything_makes_room(desk: DeskOfOne) -> None:
    assert await states(desk) == ["enrolled", "enrolled", "waiting"]
    await desk.tell("1", "HAPUS", "Ya, hapus semua")
    assert await states(desk) == ["enrolled", "enrolled"]
    await due(desk)
    assert [one.startswith("✅ Bapak/Ibu mendapat tempat") for one in await heard(desk)] == [True]


async def test_what_is_held_is_shown_and_copied(desk: DeskOfOne) -> None:
    await desk.tell("1", "PELATIHAN SAYA", "1", "Batalkan pendaftaran", "Sakit gigi")
    assert "· pelatihan: 1" in (await desk.tell("1", "DATA"))[0].text.splitlines()
    shown = "\n".join(one.text for one in await desk.tell("1", "Lihat isi"))
    assert "Pelatihan:\nPelayanan Prima, Selasa–Rabu, 1–2 Desember 2026: dibatalkan · Sakit gigi" in shown
    [(mine,)] = await desk.rows("SELECT respondent_id FROM enrolment WHERE state = 'cancelled'")
    async with desk.process.database.read() as transaction:
        held = await dossier.read(transaction, desk.process.vault, int(str(mine)))
    assert held is not None
    made = Copy(
        held,
        desk.process.library.by_id,
        office="Kecamatan Alak",
        language="id",
        say=str,
        timezone=WITA,
        now=desk.now,
    ).documents()
    [training] = json.loads(made[0].body)["trainings"]
    del training["since"]
    assert training == {
        "training": "Pelayanan Prima",
        "session": "prima-1",
        "days": ["2026-12-01", "2026-12-02"],
        "state": "cancelled",
        "reason": "Sakit gigi",
    }


async def test_two_who_are_one_keep_the_stronger_enrolment(desk: DeskOfOne) -> None:
    rows = await desk.rows("SELECT respondent_id, state FROM enrolment ORDER BY state, respondent_id")
    first, second, third = (int(str(row[0])) for row in rows)
    async with desk.process.database.write() as transaction:
        vault = desk.process.vault
        await joining.merge(transaction, vault, gone=first, into=third, once=(), now=desk.now)
        found = await enrolments.of_session(transaction, vault, SESSION.key)
    assert sorted((one.person, one.state) for one in found) == sorted(
        [(str(third), "enrolled"), (str(second), "enrolled")]
    )


async def test_a_place_that_two_held_who_are_one_goes_to_who_waits(desk: DeskOfOne) -> None:
    rows = await desk.rows("SELECT respondent_id, state FROM enrolment ORDER BY state, respondent_id")
    first, second, third = (int(str(row[0])) for row in rows)
    async with desk.process.database.write() as transaction:
        vault = desk.process.vault
        await joining.merge(transaction, vault, gone=first, into=second, once=(), now=desk.now)
        unit = unit_of(desk, transaction)
        await taking_part.freed(unit, await taking_part.sessions_to_come(unit, second), timezone=WITA)
        found = await enrolments.of_session(transaction, vault, SESSION.key)
    assert {one.person: one.state for one in found} == {str(second): "enrolled", str(third): "enrolled"}


async def test_a_reason_holds_no_number_and_stands_encrypted(desk: DeskOfOne) -> None:
    [(mine, *_rest), *_others] = await desk.rows("SELECT respondent_id FROM enrolment WHERE state = 'enrolled'")
    place = await act(desk, taking_part.call_off, "prima-1", str(mine), "Hubungi 081234567890 ya")
    assert "081234567890" not in asdict(place.enrolment)["reason"]
    [(sealed,)] = await desk.rows("SELECT reason FROM enrolment WHERE state = 'cancelled'")
    assert isinstance(sealed, bytes | memoryview)
    assert b"Hubungi" not in bytes(sealed)


async def test_nobody_moves_up_once_it_has_begun(desk: DeskOfOne) -> None:
    [(mine, *_rest), *_others] = await desk.rows("SELECT respondent_id FROM enrolment WHERE state = 'enrolled'")
    desk.now += timedelta(days=7, hours=1)
    place = await act(desk, taking_part.call_off, "prima-1", str(mine), "Sakit")
    assert place.moved_up == 0
    assert await states(desk) == ["cancelled", "enrolled", "waiting"]
