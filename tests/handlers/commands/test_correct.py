"""RALAT: which answer, or what the office should correct."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.handlers.desk_of_one import DeskOfOne, desk_of_one


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[DeskOfOne]:
    async with desk_of_one(f"sqlite+aiosqlite:///{tmp_path / 'data' / 'suara.sqlite3'}", tmp_path / "data") as opened:
        yield opened


async def test_nothing_is_changed_after_all(desk: DeskOfOne) -> None:
    told = await desk.tell("1", "RALAT", "Batal")
    assert [one.text for one in told] == ["Baik, tidak ada yang diubah."]
    assert await desk.number("SELECT count(*) FROM privacy_request") == 0


async def test_what_is_told_is_kept_unreadable(desk: DeskOfOne) -> None:
    await desk.tell("1", "RALAT", "Umur saya 31, bukan 13")
    note = (await desk.rows("SELECT note FROM privacy_request"))[0][0]
    assert isinstance(note, bytes)
    assert b"Umur" not in note
