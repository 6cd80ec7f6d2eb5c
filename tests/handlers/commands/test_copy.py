"""SALINAN: the request is logged, the question that stood stands again."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.handlers.desk_of_one import DeskOfOne, desk_of_one


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[DeskOfOne]:
    async with desk_of_one(f"sqlite+aiosqlite:///{tmp_path / 'data' / 'suara.sqlite3'}", tmp_path / "data") as opened:
        yield opened


async def test_the_survey_goes_on_where_it_stood(desk: DeskOfOne) -> None:
    told = await desk.tell("1", "/start suara", "/salinan")
    assert told[0].text == "Salinan data sedang kami siapkan (JSON dan Excel). Sebentar lagi dikirim di sini."
    assert "Apa yang perlu diperbaiki?" in told[-1].text
    assert await desk.rows("SELECT kind, done_at IS NULL FROM privacy_request") == [("copy", 1)]


async def test_somebody_who_never_wrote_before_gets_a_copy_too(desk: DeskOfOne) -> None:
    await desk.tell("1", "SALINAN")
    await desk.tick()
    sent = await desk.deliver()
    assert [len(one.media) for one in sent] == [1, 1]
