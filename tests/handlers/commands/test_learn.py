"""PELATIHAN, PELATIHAN SAYA: the list, and one's own; in the middle of a survey what stood is said again."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.handlers.desk_of_one import DeskOfOne, desk_of_one
from tests.handlers.learners import civil_servant, offer


@pytest.fixture
async def desk(database_url: str, tmp_path: Path) -> AsyncIterator[DeskOfOne]:
    async with desk_of_one(database_url, tmp_path / "data") as opened:
        await offer(opened)
        await civil_servant(opened, "7")
        yield opened


@pytest.mark.parametrize(
    "typed", ["pelatihan", "Daftar pelatihan ya pak", "trainings", "/pelatihan", "/pelatihan baru"]
)
async def test_the_list(desk: DeskOfOne, typed: str) -> None:
    assert (await desk.tell("7", typed))[0].text.startswith("Pelatihan yang cocok untuk Bapak/Ibu:\n1 Pelayanan Prima")


@pytest.mark.parametrize("typed", ["pelatihan saya", "/pelatihan saya", "my trainings", "jadwal pelatihan"])
async def test_ones_own(desk: DeskOfOne, typed: str) -> None:
    assert (await desk.tell("7", typed))[0].text == (
        "Pelatihan Bapak/Ibu:\nBapak/Ibu belum terdaftar pada pelatihan mendatang."
    )


async def test_what_stood_is_said_again(desk: DeskOfOne) -> None:
    await desk.tell("7", "/start suara", "/pelatihan", "1", "Daftar")
    assert (await desk.tell("7", "/pelatihan", "kembali"))[0].text.endswith("Apa yang perlu diperbaiki?")


async def test_a_sentence_that_holds_the_word_is_an_answer(desk: DeskOfOne) -> None:
    await desk.tell("7", "/start suara", "Pelatihan saya kurang banyak")
    assert await desk.rows("SELECT value FROM answer WHERE place = 'isi'") == [("Pelatihan saya kurang banyak",)]
