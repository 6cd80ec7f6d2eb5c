"""Tells those who look after the program, in their own chat, that something is wrong and that it is well again.

Rules of the file: it goes out at once and by no row, since it may be the disk or the database that is at fault; the
same thing is told once, and again after some hours if it lasts; a sentence holds no secret and nothing people wrote.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from bot.channels.base import Channel, SendError
from bot.channels.fitting import fit
from surveys.messages import Address, Outgoing

log = logging.getLogger(__name__)

AGAIN = timedelta(hours=6)
"""After so long the same thing is told again."""


class Alarm:
    """``channels`` by name; ``addresses``: of those who are told."""

    def __init__(self, channels: Mapping[str, Channel], addresses: Sequence[Address]) -> None:
        self._channels = channels
        self._addresses = tuple(addresses)
        self._told: dict[str, datetime] = {}

    async def tell(self, subject: str, words: str, now: datetime) -> None:
        """Say ``words`` about ``subject`` (a word of the program's own), unless that was said lately."""
        last = self._told.get(subject)
        if last is None or now - last >= AGAIN:
            self._told[subject] = now
            await self._send(words)

    async def over(self, subject: str, words: str) -> None:
        """``subject`` is well again: say so, if its trouble was told."""
        if self._told.pop(subject, None) is not None:
            await self._send(words)

    async def _send(self, words: str) -> None:
        for address in self._addresses:
            channel = self._channels.get(address.channel)
            if channel is None:
                continue
            try:
                for part in fit(Outgoing(text=words, keyboard="keep"), channel.capabilities):
                    await channel.send(address.external_id, part)
            except SendError as error:
                log.warning("somebody who looks after the program could not be told: %s", error)
