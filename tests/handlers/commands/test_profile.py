"""PROFIL: the one who wrote so far is named first, then it is asked who writes."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.handlers.desk_of_one import DeskOfOne, desk_of_one
from tests.handlers.test_profiles import FIRST


@pytest.fixture
async def desk(database_url: str, tmp_path: Path) -> AsyncIterator[DeskOfOne]:
    async with desk_of_one(database_url, tmp_path / "data") as opened:
        yield opened


async def test_first_a_name_then_who(desk: DeskOfOne) -> None:
    assert [one.text for one in await desk.tell("7", "PROFIL")] == [FIRST]
    assert [one.text for one in await desk.tell("7", "BANTUAN")][-1] == FIRST
    await desk.tell("7", "Maria")
    assert [one.text for one in await desk.tell("7", "/profil")] == ["Siapa yang menulis sekarang?"]
    said = await desk.tell("7", "Maria")
    assert said[0].text == "Sekarang Maria yang menulis."
