"""What was kept long enough is let go, once a night, by whichever process is there; and files that nobody names.

Rule of the file: a night that was missed is made up; what goes is said in the log by number, never by name.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Coroutine
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Protocol

from bot.bundled import folder
from bot.config import Config
from bot.nightly import night_of
from storage import media, processes, retention, settings, sweeping
from storage.database import Database
from storage.errors import StorageError
from storage.retention import Rule
from storage.vault import Vault

log = logging.getLogger(__name__)
RETAINED = "retained"
"""Setting: the day for which it was done last."""
SWEPT_SINCE = "media_swept_since"
"""Setting: by the disk's clock, when this database first looked through the media folder."""
LEASE = "retention"
HOUR = 3
"""Local time: after the nightly copy."""
_SETTLED = 24 * 60 * 60.0
"""Seconds after which a file on the disk has its row, or gets none."""


def rules(catalog: str) -> tuple[Rule, ...]:
    """Those of the district; none where it has no retention.csv. Raises StorageError."""
    path = folder("catalog") / catalog / "retention.csv"
    return retention.read(path.read_bytes()) if path.is_file() else ()


class Office(Protocol):
    """What is needed of the process."""

    config: Config
    database: Database
    vault: Vault
    number: int

    def beside(self, coroutine: Coroutine[None, None, None]) -> None:
        """Let this run beside everything else."""


class Retaining:
    """The chore of one process."""

    def __init__(self, process: Office) -> None:
        self._process = process
        self._running = False

    async def look(self, now: datetime) -> None:
        """Begin if it is due and nobody else does it. Raises StorageError."""
        process = self._process
        if self._running:
            return
        night = night_of(now, process.config.timezone, HOUR).isoformat()
        async with process.database.read() as transaction:
            if await settings.value(transaction, RETAINED) >= night:
                return
        async with process.database.write() as transaction:
            if not await processes.take_lease(transaction, LEASE, process.number):
                return
        self._running = True
        process.beside(self.run(night, now))

    async def run(self, night: str, now: datetime) -> None:
        """Do it, and remember that it was done."""
        process = self._process
        try:
            gone = await retention.run(process.database, rules(process.config.locale.catalog), now)
            gone["files of no answer"] = await sweeping.sweep(process.database, process.vault, now)
            gone["bytes of no file"] = await self._sweep(time.time())
            async with process.database.write() as transaction:
                await settings.keep(transaction, RETAINED, night)
            if any(gone.values()):
                log.info(
                    "kept long enough: %s", ", ".join(f"{what} {number}" for what, number in gone.items() if number)
                )
        except (StorageError, OSError) as error:
            log.error("what was kept long enough cannot be let go now: %s", error)  # noqa: TRY400 -- one line is enough
        finally:
            self._running = False
            with suppress(StorageError):
                async with process.database.write() as transaction:
                    await processes.drop_lease(transaction, LEASE, process.number)

    async def _sweep(self, disk_now: float) -> int:
        process = self._process
        async with process.database.write() as transaction:
            since = await settings.value(transaction, SWEPT_SINCE)
            if not since:
                since = str(disk_now)
                await settings.keep(transaction, SWEPT_SINCE, since)
        return await swept(
            process.database, process.config.folder / "media", since=float(since), before=disk_now - _SETTLED
        )


async def swept(database: Database, folder: Path, *, since: float, before: float) -> int:
    """Delete what came under the media folder between these moments (seconds, as a file's times) and no row names; how
    much. What came later may still get its row; what was there earlier may be another database's. Raises StorageError,
    OSError."""
    paths = await asyncio.to_thread(_lying, folder, since, before)
    async with database.read() as transaction:
        nameless = await media.unnamed(transaction, paths)
    for path in nameless:
        await asyncio.to_thread((folder / path).unlink, missing_ok=True)
    return len(nameless)


def _lying(folder: Path, since: float, before: float) -> list[str]:
    """By the disk's own clock: the date that a file shows says nothing (``bot.keeping``)."""
    found = (path for path in sorted(folder.rglob("*")) if path.is_file() and since <= path.stat().st_ctime < before)
    return [path.relative_to(folder).as_posix() for path in found]
