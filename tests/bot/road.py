"""A channel whose far end is in the test: what arrived is kept, and faults are made as told."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator, Mapping
from datetime import datetime

from bot.channels.base import Capabilities, Receipt, SendError
from surveys.messages import Incoming, Media, Outgoing

LIMITS = Capabilities(
    max_text=50, max_caption=0, max_label=0, row_width=0, max_per_row=0, max_buttons=0, max_inline_data=0,
    max_placeholder=0, edits=True, keyboards=True, inline=True, media=frozenset(), max_fetch=1_000_000, per_second=0,
)  # fmt: skip


class Road:
    """A channel whose far end is here: what arrived, by address, and the faults it is told to make."""

    name = "telegram"
    capabilities = LIMITS

    def __init__(self, files: Mapping[str, bytes] | None = None) -> None:
        self.files = dict(files or {})
        self.fetch_faults: list[Exception] = []
        self.arrived: list[tuple[str, str]] = []
        self.faults: dict[str, list[SendError]] = defaultdict(list)
        """By text: what is raised, one after the other, before it goes through."""
        self.held: dict[str, asyncio.Event] = {}
        """By text: it arrives only after this."""

    async def send(self, external_id: str, outgoing: Outgoing) -> Receipt:
        if outgoing.text in self.held:
            await self.held[outgoing.text].wait()
        if self.faults[outgoing.text]:
            raise self.faults[outgoing.text].pop(0)
        self.arrived.append((external_id, outgoing.text))
        return Receipt(str(100 + len(self.arrived)))

    def parse(self, update: Mapping[str, object], now: datetime) -> Incoming | None:
        del update, now
        return None

    async def open(self) -> None:
        """Nothing to do."""

    async def close(self) -> None:
        """Nothing to do."""

    async def fetch(self, media: Media) -> AsyncIterator[bytes]:
        if self.fetch_faults:
            raise self.fetch_faults.pop(0)
        if media.reference not in self.files:
            raise SendError("gone", permanent=True)
        yield self.files[media.reference]
