"""HAPUS: asked first, and no word but yes deletes."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.handlers.desk_of_one import DeskOfOne, desk_of_one


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[DeskOfOne]:
    async with desk_of_one(f"sqlite+aiosqlite:///{tmp_path / 'data' / 'suara.sqlite3'}", tmp_path / "data") as opened:
        yield opened


@pytest.mark.parametrize("said", ["Batal", "tidak", "MENU", "hapus pungli"])
async def test_anything_but_yes_deletes_nothing(desk: DeskOfOne, said: str) -> None:
    await desk.tell("1", "/start suara", "Loket tutup", "Alfa", "Yohana", "Kirim", "HAPUS", said)
    await desk.tick()
    assert await desk.number("SELECT count(*) FROM response") == 1
    assert await desk.number("SELECT count(*) FROM privacy_request WHERE kind = 'delete'") == 0


async def test_somebody_new_has_nothing_to_delete(desk: DeskOfOne) -> None:
    told = await desk.tell("1", "HAPUS", "Ya, hapus semua")
    assert told[0].text.startswith("Semua data Bapak/Ibu yang kami simpan sudah dihapus")
    await desk.tick()
    assert await desk.number("SELECT count(*) FROM address") == 0
    assert await desk.number("SELECT count(*) FROM respondent") == 0
