"""The Telegram channel, open towards a fake Bot API server."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.channels.telegram import TelegramChannel
from tests.fake_telegram import Clock, FakeTelegram

SECRET = "rahasia_1"


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def fake(clock: Clock) -> AsyncIterator[FakeTelegram]:
    async with FakeTelegram(clock=clock, webhook_pause=0.02) as fake:
        fake.person(5001, name="Maria", started=True)
        yield fake


@pytest.fixture
async def channel(fake: FakeTelegram, tmp_path: Path) -> AsyncIterator[TelegramChannel]:
    channel = TelegramChannel(
        fake.token,
        base_url=fake.base_url,
        base_file_url=fake.base_file_url,
        secret=SECRET,
        media_folder=tmp_path,
        patience=2.0,
    )
    await channel.open()
    yield channel
    await channel.close()
