"""PENGUMUMAN: announcements are agreed to by themselves, or not."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from surveys.messages import Text
from tests.handlers.desk_of_one import DeskOfOne, desk_of_one


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[DeskOfOne]:
    async with desk_of_one(f"sqlite+aiosqlite:///{tmp_path / 'data' / 'suara.sqlite3'}", tmp_path / "data") as opened:
        yield opened


@pytest.mark.parametrize(
    ("said", "action", "told"),
    [
        ("Ya, silakan / Ya", "given", "Terima kasih. Pengumuman akan kami kirim di sini."),
        ("Ya, silakan / Belum", "refused", "Baik, tanpa pengumuman. Semua yang lain tetap terbuka."),
        ("Ya, silakan / besok / tidak", "refused", "Baik, tanpa pengumuman. Semua yang lain tetap terbuka."),
        ("Tidak, terima kasih", "refused", "Baik, tanpa pengumuman. Semua yang lain tetap terbuka."),
        ("sonde", "refused", "Baik, tanpa pengumuman. Semua yang lain tetap terbuka."),
    ],
)
async def test_the_answer_is_kept(desk: DeskOfOne, said: str, action: str, told: str) -> None:
    answer = await desk.tell("1", "/start", "Warga", "PENGUMUMAN", *said.split(" / "))
    assert answer[0].text.startswith(told)
    assert await desk.rows("SELECT purpose, notice_version, action, channel FROM consent") == [
        ("broadcast", "1", action, "telegram")
    ]


async def test_something_else_is_no_agreement(desk: DeskOfOne) -> None:
    await desk.tell("1", "PENGUMUMAN", "MENU")
    assert await desk.number("SELECT count(*) FROM consent") == 0


async def test_a_second_tap_on_yes_says_nothing_about_age(desk: DeskOfOne) -> None:
    await desk.tell("1", "/start", "Warga", "PENGUMUMAN")
    said = await desk.take(desk.incoming("1", Text("Ya, silakan")), desk.incoming("1", Text("Ya, silakan")))
    assert [button.label for row in said[-1].rows for button in row] == ["Ya", "Belum"]
    assert await desk.number("SELECT count(*) FROM consent") == 0


async def test_civil_servants_are_of_age(desk: DeskOfOne) -> None:
    await desk.tell("1", "/start", "ASN", "Setuju", "PENGUMUMAN", "Ya, silakan")
    assert await desk.rows("SELECT action FROM consent WHERE purpose = 'broadcast'") == [("given",)]
