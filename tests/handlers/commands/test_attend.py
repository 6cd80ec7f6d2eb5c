"""HADIR: whatever becomes of the digits, what stood is said once more."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests import training_day as day
from tests.handlers.desk_of_one import DeskOfOne, desk_of_one


@pytest.fixture
async def desk(database_url: str, tmp_path: Path) -> AsyncIterator[DeskOfOne]:
    async with desk_of_one(database_url, tmp_path / "data") as opened:
        await day.announced(opened.process, opened.now)
        yield opened


async def test_the_question_that_stood_is_said_again(desk: DeskOfOne) -> None:
    await desk.tell("7", "/start suara")
    desk.now = day.MORNING
    said = await desk.tell("7", f"HADIR {await day.shown(desk.process, desk.now)}")
    assert [one.text.split(":")[0] for one in said] == ["✅ Kehadiran tercatat", "Apa yang perlu diperbaiki?"]
    assert [one.text for one in await desk.tell("7", "/hadir")] == [
        "Mohon ketik HADIR dan enam angka yang tampil di ruangan, misalnya HADIR 123456.", "Apa yang perlu diperbaiki?",
    ]  # fmt: skip


async def test_a_word_inside_a_sentence_is_no_command(desk: DeskOfOne) -> None:
    desk.now = day.MORNING
    code = await day.shown(desk.process, desk.now)
    await desk.tell("7", "/start suara", f"Saya hadir {code} kali")
    assert await desk.number("SELECT count(*) FROM attendance") == 0
