"""VERIFIKASI: who is no civil servant yet agrees first; in the middle of a survey the survey comes back."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.handlers.desk_of_one import DeskOfOne, desk_of_one
from tests.handlers.test_identifying import ASK, FORM, MARIA, PHONE, fill, texts


@pytest.fixture
async def desk(database_url: str, tmp_path: Path) -> AsyncIterator[DeskOfOne]:
    async with desk_of_one(database_url, tmp_path / "data", form=FORM) as opened:
        await fill(opened.process)
        yield opened


async def test_agreement_comes_first(desk: DeskOfOne) -> None:
    asked = await desk.tell("7", "/verifikasi")
    assert [button.label for row in asked[-1].rows for button in row] == ["Setuju", "Baca lengkap", "Tidak setuju"]
    assert texts(await desk.tell("7", "Setuju")) == [ASK]


@pytest.mark.parametrize("word", ["/verifikasi", "/verify"])
async def test_a_survey_that_stands_comes_back(desk: DeskOfOne, word: str) -> None:
    await desk.tell("7", "/start usul", "Setuju", "Isi tanpa NIP", "Nunbaun Sabu")
    assert texts(await desk.tell("7", word)) == [ASK]
    assert "Apa usul Bapak/Ibu?" in texts(await desk.tell("7", MARIA, PHONE))[-1]
