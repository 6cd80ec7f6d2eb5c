"""PINDAH: a code that is shown once, and the survey that stands comes back."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.handlers.desk_of_one import DeskOfOne, desk_of_one


@pytest.fixture
async def desk(database_url: str, tmp_path: Path) -> AsyncIterator[DeskOfOne]:
    async with desk_of_one(database_url, tmp_path / "data") as opened:
        yield opened


async def test_a_code_and_the_question_that_stands(desk: DeskOfOne) -> None:
    said = await desk.tell("7", "/start suara", "/pindah")
    assert re.fullmatch(
        r"Untuk melanjutkan di kanal lain \(Telegram atau obrolan web\), buka kanal itu dan ketik di sana dalam 15 "
        r"menit:\n/pindah \d{4}-[A-Z]{4}\nJangan berikan kode ini kepada siapa pun: kode ini membuka jawaban "
        r"Bapak/Ibu.",
        said[0].text,
    )
    assert said[0].secret
    assert "Apa yang perlu diperbaiki?" in said[1].text
    assert await desk.number("SELECT count(*) FROM joining_code") == 1


async def test_before_anything_was_said(desk: DeskOfOne) -> None:
    assert "/pindah" in (await desk.tell("7", "/pindah"))[0].text
    assert await desk.number("SELECT count(*) FROM respondent") == 1
