"""Fetches Telegram's updates where nobody can call us: one process at a time, by a lease.

Rule of the file: the loop itself is the channel's; here is who runs it, and that it stops when the lease is lost.
"""

from __future__ import annotations

import asyncio
import logging
import random
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any, Protocol

from bot.hooks import Poison
from bot.processes import Heart
from handlers.clean import cleaned
from handlers.inbox import Inbox
from storage.errors import StorageError
from surveys.messages import Incoming

log = logging.getLogger(__name__)

LEASE = "poll:telegram"
_LOOK = 1.0
"""Seconds between looks at the lease."""


class Polled(Protocol):
    """A channel whose updates are fetched."""

    name: str

    def parse(self, update: Mapping[str, object], now: datetime) -> Incoming | None:
        """As ``Channel.parse``."""

    async def updates(self, offset: int, *, limit: int, seconds: float) -> list[dict[str, Any]]:
        """Updates from ``offset`` on."""


class _Clean:
    """The channel, with its messages cleaned."""

    def __init__(self, channel: Polled) -> None:
        self._channel = channel

    def parse(self, update: Mapping[str, object], now: datetime) -> Incoming | None:
        incoming = self._channel.parse(update, now)
        return None if incoming is None else cleaned(incoming)

    async def updates(self, offset: int, *, limit: int, seconds: float) -> list[dict[str, Any]]:
        return await self._channel.updates(offset, limit=limit, seconds=seconds)


async def poll_by_lease(
    channel: Polled, inbox: Inbox, heart: Heart, *, poison: Poison, rng: random.Random, watch: Callable[[str], None]
) -> None:
    """Poll while the lease is ours, for ever; until it is cancelled."""
    polling: asyncio.Task[None] | None = None
    try:
        while True:
            try:
                ours = await heart.take_lease(LEASE)
            except StorageError:
                ours = polling is not None and heart.alive()
            if ours and polling is None:
                log.info("this process fetches the messages of %s", channel.name)
                polling = asyncio.create_task(_poll(channel, inbox, poison, rng, watch))
            elif polling is not None and (not ours or polling.done()):
                await _ended(polling)
                polling = None
                continue
            await asyncio.sleep(_LOOK)
    finally:
        if polling is not None:
            await _ended(polling)


async def _ended(polling: asyncio.Task[None]) -> None:
    polling.cancel()
    try:
        await polling
    except asyncio.CancelledError:
        pass
    except Exception:  # the edge: whatever ended it, it is begun again
        log.exception("fetching messages ended")


async def _poll(
    channel: Polled, inbox: Inbox, poison: Poison, rng: random.Random, watch: Callable[[str], None]
) -> None:
    from bot.channels.telegram import poll

    async def accept(batch: Sequence[Incoming]) -> None:
        await inbox.submit_all(batch)

    async def note(number: str, _update: Mapping[str, Any], why: ValueError) -> None:
        await poison(channel.name, number, type(why).__name__)

    await poll(_Clean(channel), accept, note, rng=rng, watch=watch)
