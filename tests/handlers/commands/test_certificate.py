"""SERTIFIKAT: what stood is said once more, where nothing new is asked."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.handlers.desk_of_one import DeskOfOne, desk_of_one


@pytest.fixture
async def desk(database_url: str, tmp_path: Path) -> AsyncIterator[DeskOfOne]:
    async with desk_of_one(database_url, tmp_path / "data") as opened:
        yield opened


async def test_the_question_that_stood_is_said_again(desk: DeskOfOne) -> None:
    await desk.tell("7", "/start suara")
    assert [one.text for one in await desk.tell("7", "/sertifikat")] == [
        "Sertifikat belum diterbitkan di sini. Mohon tanyakan kepada kantor.", "Apa yang perlu diperbaiki?",
    ]  # fmt: skip
