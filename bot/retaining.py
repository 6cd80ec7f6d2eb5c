"""What was kept long enough is let go, once a night, by whichever process is there.

Rule of the file: a night that was missed is made up; what goes is said in the log by number, never by name.
"""

from __future__ import annotations

import logging
from collections.abc import Coroutine
from contextlib import suppress
from datetime import datetime
from typing import Protocol

from bot.bundled import folder
from bot.config import Config
from bot.nightly import night_of
from storage import processes, retention, settings
from storage.database import Database
from storage.errors import StorageError
from storage.retention import Rule

log = logging.getLogger(__name__)
RETAINED = "retained"
"""Setting: the day for which it was done last."""
LEASE = "retention"
HOUR = 3
"""Local time: after the nightly copy."""


def rules(catalog: str) -> tuple[Rule, ...]:
    """Those of the district; none where it has no retention.csv. Raises StorageError."""
    path = folder("catalog") / catalog / "retention.csv"
    return retention.read(path.read_bytes()) if path.is_file() else ()


class Office(Protocol):
    """What is needed of the process."""

    config: Config
    database: Database
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
            async with process.database.write() as transaction:
                await settings.keep(transaction, RETAINED, night)
            if any(gone.values()):
                log.info(
                    "kept long enough: %s", ", ".join(f"{what} {number}" for what, number in gone.items() if number)
                )
        except StorageError as error:
            log.error("what was kept long enough cannot be let go now: %s", error)  # noqa: TRY400 -- one line is enough
        finally:
            self._running = False
            with suppress(StorageError):
                async with process.database.write() as transaction:
                    await processes.drop_lease(transaction, LEASE, process.number)
