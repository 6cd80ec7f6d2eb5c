"""Fetches the files that people sent, and tells their conversations.

Rule of the file: a file is first kept, then the row and the conversation change in one transaction; whatever happens
between, it is fetched again and kept once. What cannot be had is asked for again by the conversation.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path

from bot.channels.base import Channel, SendError
from bot.keeping import Kept, Refused, keep
from handlers import ticking
from handlers.receiving import Reception
from storage import media
from storage.database import Database
from storage.media import WantedMedia
from storage.unit_of_work import UnitOfWork
from storage.vault import Vault

log = logging.getLogger(__name__)

_AT_ONCE = 20
_MOST_TRIES = 12
"""With pauses up to half an hour: about three hours."""
_LONGEST_PAUSE = timedelta(minutes=30)


class Fetcher:
    """One a process; ``folder``: where files are kept."""

    def __init__(
        self,
        database: Database,
        vault: Vault,
        reception: Reception,
        channels: Mapping[str, Channel],
        folder: Path,
    ) -> None:
        self._database = database
        self._vault = vault
        self._reception = reception
        self._channels = channels
        self._folder = folder

    async def fetch(self, now: datetime) -> None:
        """Everything that is wanted now. Raises StorageError."""
        async with self._database.read() as transaction:
            found = await media.wanted(transaction, self._vault, now, _AT_ONCE)
        if found:
            await asyncio.gather(*(self._one(wanted, now) for wanted in found))

    async def _one(self, wanted: WantedMedia, now: datetime) -> None:
        channel = self._channels.get(wanted.channel)
        try:
            if channel is None:
                raise SendError(permanent=True)
            data = await _read(channel, wanted)
            kept = await asyncio.to_thread(
                keep,
                data,
                wanted.media.kind,
                self._folder,
                file_name=wanted.media.file_name,
                longest_side=wanted.longest_side,
            )
        except Refused:
            await self._settle(wanted, None, now)
        except SendError as error:
            if error.permanent or wanted.attempts + 1 >= _MOST_TRIES:
                await self._settle(wanted, None, now)
            else:
                pause = min(_LONGEST_PAUSE, timedelta(seconds=2.0 ** (wanted.attempts + 1)))
                async with self._database.write() as transaction:
                    await media.later(transaction, wanted.id, wanted.attempts + 1, now + pause)
        else:
            await self._settle(wanted, kept, now)

    async def _settle(self, wanted: WantedMedia, kept: Kept | None, now: datetime) -> None:
        async with self._database.write() as transaction:
            unit = UnitOfWork(transaction, self._vault, now=now)
            if kept is None:
                first = await media.failed(transaction, wanted.id)
            else:
                first = await media.fetched(
                    transaction, wanted.id, sha256=kept.sha256, path=kept.path, mime=kept.mime, size=kept.size
                )
            if first and wanted.session_id is not None:
                await ticking.file_arrived(
                    unit, self._reception, wanted.session_id, wanted.id, kept=kept is not None, channel=wanted.channel
                )
        release = getattr(self._channels.get(wanted.channel), "release", None)
        if release is not None:  # a channel of ours held the file: when it came is nobody's business now
            await release(wanted.media)


async def _read(channel: Channel, wanted: WantedMedia) -> bytes:
    """Raises SendError, permanent where it is larger than the channel gives out."""
    most = channel.capabilities.max_fetch
    parts: list[bytes] = []
    size = 0
    async for piece in channel.fetch(wanted.media):
        parts.append(piece)
        size += len(piece)
        if most and size > most:
            raise SendError(permanent=True)
    return b"".join(parts)
