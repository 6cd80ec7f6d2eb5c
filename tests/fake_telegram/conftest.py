"""A fake, and a client that calls it as a bot would."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Coroutine
from typing import Any

import aiohttp
import pytest

from tests.fake_telegram import Clock, FakeTelegram

Answered = tuple[int, dict[str, Any]]
Call = Callable[..., Coroutine[Any, Any, Answered]]


@pytest.fixture
def clock() -> Clock:
    return Clock(1_790_000_000.0)


@pytest.fixture
async def fake(clock: Clock) -> AsyncIterator[FakeTelegram]:
    async with FakeTelegram(clock=clock, webhook_pause=0.02) as fake:
        fake.person(7, name="Maria", started=True)
        yield fake


@pytest.fixture
async def http() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session


@pytest.fixture
def call(fake: FakeTelegram, http: aiohttp.ClientSession) -> Call:
    """``await call("sendMessage", chat_id=7, text="…")`` gives the status and the JSON."""

    async def called(method: str, **fields: Any) -> Answered:
        async with http.post(f"{fake.base_url}{fake.token}/{method}", json=fields) as response:
            return response.status, await response.json()

    return called
