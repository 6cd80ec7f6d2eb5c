"""The nightly copy: made once a night by whichever process is there, the last ones kept, a failure told.

A machine that is off at that hour makes it up when it is on again. Rule of the file: a copy that fails is tried again
every hour, and nothing old is deleted for it.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Coroutine
from contextlib import suppress
from datetime import date, datetime, timedelta, tzinfo
from typing import Protocol

from bot.alarm import Alarm
from bot.backups import back_up, has_room, nightly_name, prune
from bot.config import Config
from handlers.visit import House
from storage import processes, settings
from storage.database import Database
from storage.errors import Full, StorageError
from storage.unit_of_work import UnitOfWork
from storage.vault import Vault

log = logging.getLogger(__name__)

BACKED_UP = "backed_up"
"""Setting: the day of the last nightly copy."""
LEASE = "backup"
SUBJECT = "backup"
PAUSE = timedelta(hours=1)
"""After a failure."""


def night_of(now: datetime, timezone: tzinfo, hour: int) -> date:
    """The day whose copy is due: it begins at ``hour``, local time."""
    return (now.astimezone(timezone) - timedelta(hours=hour)).date()


class Office(Protocol):
    """What a nightly copy needs of the process."""

    config: Config
    database: Database
    vault: Vault
    number: int
    house: House
    alarm: Alarm

    def beside(self, coroutine: Coroutine[None, None, None]) -> None:
        """Let this run beside everything else, until the process ends."""


class Nightly:
    """The chore of one process."""

    def __init__(self, process: Office) -> None:
        self._process = process
        self._running = False
        self._not_before: datetime | None = None

    async def look(self, now: datetime) -> None:
        """Begin a copy if one is due and nobody else makes it. Raises StorageError."""
        process, config = self._process, self._process.config
        if not config.backup.keep or self._running or (self._not_before is not None and now < self._not_before):
            return
        night = night_of(now, config.timezone, config.backup.hour)
        async with process.database.read() as transaction:
            last = await settings.value(transaction, BACKED_UP)
        if last and last >= night.isoformat():
            return
        async with process.database.write() as transaction:
            if not last:  # a new installation: the first copy is made in the night that comes
                await settings.keep(transaction, BACKED_UP, night.isoformat())
                return
            if not await processes.take_lease(transaction, LEASE, process.number):
                return
        self._running = True
        process.beside(self._make(night, now))

    async def _make(self, night: date, now: datetime) -> None:
        process = self._process
        try:
            await self._back_up(night, now)
        except (StorageError, OSError) as error:
            self._not_before = now + PAUSE
            await self._failed(error, now)
        finally:
            self._running = False
            with suppress(StorageError):
                async with process.database.write() as transaction:
                    await processes.drop_lease(transaction, LEASE, process.number)

    async def _back_up(self, night: date, now: datetime) -> None:
        process, config = self._process, self._process.config
        if not await asyncio.to_thread(has_room, config.folder, config.database_url, config.backups):
            raise Full(Full.__doc__)
        target = config.backups / nightly_name(night)
        manifest = await back_up(process.database, data=config.folder, target=target, now=now)
        old = await asyncio.to_thread(prune, config.backups, config.backup.keep)
        async with process.database.write() as transaction:
            await settings.keep(transaction, BACKED_UP, night.isoformat())
        log.info("backed up %d rows and %d files; %d old copies deleted", manifest.rows, len(manifest.files), len(old))
        self._not_before = None
        _ = process.house.say(config.locale.language)
        await process.alarm.over(SUBJECT, _("The nightly backup was made again."))

    async def _failed(self, error: StorageError | OSError, now: datetime) -> None:
        process = self._process
        why = error.strerror or type(error).__name__ if isinstance(error, OSError) else type(error).__name__
        log.error("the nightly backup failed (%s); it is tried again in an hour", why)
        with suppress(StorageError):
            async with process.database.write() as transaction:
                unit = UnitOfWork(transaction, process.vault, now=now, process=process.number)
                unit.record_incident("backup", detail=why)
                await unit.flush()
        _ = process.house.say(process.config.locale.language)
        reason = _("no room on the disk") if isinstance(error, Full) else why
        words = _("The nightly backup failed ({reason}). It is tried again every hour. See: suara doctor")
        await process.alarm.tell(SUBJECT, words.format(reason=reason), now)
