"""PENGUMUMAN: announcements are agreed to by themselves, or not."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.handlers.desk_of_one import DeskOfOne, desk_of_one


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[DeskOfOne]:
    async with desk_of_one(f"sqlite+aiosqlite:///{tmp_path / 'data' / 'suara.sqlite3'}", tmp_path / "data") as opened:
        yield opened


@pytest.mark.parametrize(
    ("said", "action", "told"),
    [
        ("Ya, silakan", "given", "Terima kasih. Pengumuman akan kami kirim di sini."),
        ("Tidak, terima kasih", "refused", "Baik, tanpa pengumuman. Semua yang lain tetap terbuka."),
        ("sonde", "refused", "Baik, tanpa pengumuman. Semua yang lain tetap terbuka."),
    ],
)
async def test_the_answer_is_kept(desk: DeskOfOne, said: str, action: str, told: str) -> None:
    answer = await desk.tell("1", "PENGUMUMAN", said)
    assert [one.text.startswith(told) for one in answer] == [True]
    assert await desk.rows("SELECT purpose, notice_version, action, channel FROM consent") == [
        ("broadcast", "1", action, "telegram")
    ]


async def test_something_else_is_no_agreement(desk: DeskOfOne) -> None:
    await desk.tell("1", "PENGUMUMAN", "MENU")
    assert await desk.number("SELECT count(*) FROM consent") == 0
