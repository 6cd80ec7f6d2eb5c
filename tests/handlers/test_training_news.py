"""News of trainings: a process that dies after telling tells nothing twice, one that dies before loses nothing."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from handlers import training_news, training_office
from handlers.permissions import TERMINAL
from storage import dues
from storage.dues import Due
from tests.handlers.desk_of_one import DeskOfOne, desk_of_one
from tests.handlers.learners import SESSION, act, civil_servant, heard, offer, unit_of


@pytest.fixture
async def desk(database_url: str, tmp_path: Path) -> AsyncIterator[DeskOfOne]:
    async with desk_of_one(database_url, tmp_path / "data") as opened:
        await offer(opened)
        await civil_servant(opened, "7")
        await opened.tell("7", "/start t-prima-1", "Daftar")
        await act(opened, training_office.change, TERMINAL, replace(SESSION, place="Ruang rapat"))
        yield opened


async def claimed(desk: DeskOfOne) -> list[Due]:
    async with desk.process.database.write() as transaction:
        found = await dues.claim(transaction, desk.process.number, desk.now, 100)
    return [one for one in found if one.kind == "training_news"]


async def told(desk: DeskOfOne, due: Due) -> int:
    async with desk.process.database.write() as transaction:
        return await training_news.tell(unit_of(desk, transaction), desk.process.reception, due)


async def test_the_same_row_tells_once(desk: DeskOfOne) -> None:
    [due] = await claimed(desk)
    assert await told(desk, due) == 1
    assert await told(desk, due) == 0
    assert len(await heard(desk)) == 1
    assert await claimed(desk) == []


async def test_what_was_claimed_by_a_process_that_died_is_told_by_another(desk: DeskOfOne) -> None:
    [_due] = await claimed(desk)
    async with desk.process.database.write() as transaction:
        await dues.free(transaction, [desk.process.number])
    [due] = await claimed(desk)
    assert await told(desk, due) == 1


async def test_what_is_changed_while_it_is_told_is_told_as_well(desk: DeskOfOne) -> None:
    [due] = await claimed(desk)
    await act(desk, training_office.change, TERMINAL, replace(SESSION, place="Aula Kantor Lurah"))
    assert await told(desk, due) == 0, "the row was planned anew"
    [due] = await claimed(desk)
    assert await told(desk, due) == 1
    assert "Tempat baru: di Aula Kantor Lurah." in (await heard(desk))[0]


async def test_what_is_as_it_was_is_no_news(desk: DeskOfOne) -> None:
    await act(desk, training_office.change, TERMINAL, SESSION)
    [due] = await claimed(desk)
    assert await told(desk, due) == 0
