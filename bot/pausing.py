"""Pauses a platform asks for (429): whether they concern one address or all that we send.

The answer does not tell, so it is judged by whom it met: a pause asked for a message nobody waits for, or for two
addresses within a second, is taken for the whole channel's. Then nothing proactive goes out until it is over, and
replies are tried one at a time, with a second's rest after each that is refused; one address's pause holds that
address alone. Rule of the file: it judges and remembers; who waits for what stands in ``delivery``.
https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from datetime import datetime, timedelta

from bot.channels.base import SendError

_TOGETHER = timedelta(seconds=1)
"""Two addresses that are asked to wait within this time: it is not about one of them."""
_REST = 1.0
"""Seconds after a reply that was refused during a pause."""


class Pauses:
    """The pauses of one process's channels, by the channel's name."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._clock = clock
        self._until: dict[str, datetime] = {}
        self._heard: dict[str, tuple[datetime, int]] = {}
        """When a channel asked last, and for which address."""
        self._one_at_a_time: dict[str, asyncio.Lock] = {}

    def heard(self, channel: str, address_id: int, seconds: float, *, proactive: bool) -> datetime:
        """The platform asked to wait; until when."""
        now = self._clock()
        until = now + timedelta(seconds=seconds)
        at, other = self._heard.get(channel, (now, address_id))
        self._heard[channel] = now, address_id
        if proactive or (other != address_id and now - at <= _TOGETHER):
            self._until[channel] = max(until, self._until.get(channel, until))
        return until

    def hold(self, channel: str) -> bool:
        """Whether nothing proactive may be sent there now."""
        return channel in self.running()

    def running(self) -> Mapping[str, datetime]:
        """The channels that wait now, and until when."""
        now = self._clock()
        return {channel: until for channel, until in self._until.items() if until > now}

    @asynccontextmanager
    async def care(self, channel: str) -> AsyncIterator[None]:
        """Around the sending of one reply."""
        if not self.hold(channel):
            yield
            return
        async with self._one_at_a_time.setdefault(channel, asyncio.Lock()):
            try:
                yield
            except SendError as error:
                if error.retry_after is not None:
                    await asyncio.sleep(_REST)
                raise
