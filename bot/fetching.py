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
from storage.errors import StorageError
from storage.media import WantedMedia
from storage.unit_of_work import UnitOfWork
from storage.vault import Vault

log = logging.getLogger(__name__)

_AT_ONCE = 20
_MOST_TRIES = 12
"""With pauses up to half an hour: about an hour and a half."""
_DEATH = 4
"""Tries that count, before it is done, for taking a file apart: what kills the program does so three times at most."""
_LONGEST_PAUSE = timedelta(minutes=30)
_TROUBLE = timedelta(seconds=10)
_LONGEST = 300.0
"""Seconds one file may take."""


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
        self._taking_apart = asyncio.Lock()
        """One file at a time: a picture takes much memory."""
        self._not_before: datetime | None = None

    async def fetch(self, now: datetime) -> None:
        """Everything that is wanted now. Raises StorageError, once each of it was tried; then nothing is fetched for a
        moment, since what is fetched could not be noted."""
        if self._not_before is not None and now < self._not_before:
            return
        async with self._database.read() as transaction:
            found = await media.wanted(transaction, self._vault, now, _AT_ONCE)
        tried = await asyncio.gather(*(self._one(wanted, now) for wanted in found), return_exceptions=True)
        for error in tried:
            if error is not None:
                self._not_before = now + _TROUBLE
                raise error

    async def _one(self, wanted: WantedMedia, now: datetime) -> None:
        """Raises StorageError. Anything else that goes wrong is tried again later and holds up nobody else."""
        try:
            await self._settle(wanted, await self._kept(wanted, now), now)
        except StorageError:
            raise
        except SendError as error:
            log.info("a file cannot be fetched now: %s", error)
            await self._later(wanted, now)
        except Exception:
            log.exception("a file could not be kept; it is tried again")
            await self._later(wanted, now)

    async def _kept(self, wanted: WantedMedia, now: datetime) -> Kept | None:
        """None: it cannot be had. Raises SendError where it may be had later, OSError, StorageError."""
        channel = self._channels.get(wanted.channel)
        if channel is None or wanted.attempts >= _MOST_TRIES:
            return None
        try:
            anonymous = await self._anonymous(wanted)
            data = await _read(channel, wanted)
            async with self._taking_apart:
                await self._later(wanted, now, tries=_DEATH)
                return await asyncio.to_thread(
                    keep,
                    data,
                    wanted.media.kind,
                    self._folder,
                    file_name=wanted.media.file_name,
                    anonymous=anonymous,
                    longest_side=wanted.longest_side,
                )
        except Refused:
            return None
        except SendError as error:
            if error.permanent:
                return None
            raise

    async def _anonymous(self, wanted: WantedMedia) -> bool:
        """Whether whoever sent it may be nameless."""
        if wanted.survey_id is None:
            return True
        library = self._reception.library
        async with self._database.read() as transaction:
            await library.ensure(transaction, (wanted.survey_id,))
        return library.by_id(wanted.survey_id).playbook.survey.chat.anonymous != "no"

    async def _later(self, wanted: WantedMedia, now: datetime, *, tries: int = 1) -> None:
        attempts = wanted.attempts + tries
        pause = min(_LONGEST_PAUSE, timedelta(seconds=2.0 ** min(attempts, _MOST_TRIES)))
        async with self._database.write() as transaction:
            await media.later(transaction, wanted.id, attempts, now + pause)

    async def _settle(self, wanted: WantedMedia, kept: Kept | None, now: datetime) -> None:
        async with self._database.write() as transaction:
            unit = UnitOfWork(transaction, self._vault, now=now)
            if kept is None:
                first = await media.failed(transaction, wanted.id)
            else:
                first = await media.fetched(
                    transaction, wanted.id, sha256=kept.sha256, path=kept.path, mime=kept.mime, size=kept.size
                )
            if kept is not None and not first:  # it is not wanted any more, or somebody else had it first
                await media.plan_files(transaction, [kept.path], now)
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
    try:
        async with asyncio.timeout(_LONGEST):
            async for piece in channel.fetch(wanted.media):
                parts.append(piece)
                size += len(piece)
                if most and size > most:
                    raise SendError(permanent=True)
    except TimeoutError:
        raise SendError("It comes too slowly.") from None
    return b"".join(parts)
