"""What happens because time passes: one job, every few seconds, in every process.

APScheduler only ticks; what is due is a row, and whoever claims it does it, so any number of processes may tick.
Rule of the file: a tick that fails is logged and the next one comes; nothing is remembered between ticks but when
they were.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime, timedelta, tzinfo
from time import monotonic

from apscheduler.schedulers.asyncio import AsyncIOScheduler

log = logging.getLogger(__name__)

EVERY = 1.0
"""Seconds between ticks."""

Chore = Callable[[datetime], Awaitable[None]]
"""Something that is to be done now and then; given the time."""


class Ticker:
    """Chores by name, each with the least time between two runs of it in this process."""

    def __init__(
        self, chores: Mapping[str, tuple[timedelta, Chore]], *, clock: Callable[[], datetime], timezone: tzinfo
    ) -> None:
        self._chores = dict(chores)
        self._clock = clock
        self._ran: dict[str, float] = {}
        self._timezone = timezone
        self._scheduler = AsyncIOScheduler(timezone=timezone)
        self._busy = asyncio.Lock()
        self._doing: asyncio.Future[None] | None = None
        """The chore that runs."""
        self._ending = asyncio.Event()

    def start(self) -> None:
        """Tick from now on."""
        self._scheduler.add_job(
            self.tick,
            "interval",
            seconds=EVERY,
            coalesce=True,
            max_instances=1,
            misfire_grace_time=None,
            next_run_time=datetime.now(self._timezone),
        )
        self._scheduler.start()

    async def tick(self) -> None:
        """Do what is to be done."""
        if self._busy.locked():
            return
        async with self._busy:
            for name, (every, chore) in self._chores.items():
                last = self._ran.get(name)
                if last is not None and monotonic() - last < every.total_seconds():
                    continue
                if self._ending.is_set():
                    return
                self._ran[name] = monotonic()
                self._doing = asyncio.ensure_future(chore(self._clock()))
                try:
                    await self._doing
                except asyncio.CancelledError:
                    if not self._ending.is_set():
                        raise
                    log.info("%s was broken off; it is done after the next start", name)
                except Exception:
                    log.exception("%s failed; it is tried again", name)

    async def stop(self, *, patience: float = 1.0) -> None:
        """No tick any more. What runs may end within ``patience`` seconds, then it is broken off."""
        self._ending.set()
        if self._scheduler.running:
            self._scheduler.pause()
        if self._doing is not None and not self._doing.done():
            _done, late = await asyncio.wait((self._doing,), timeout=patience)
            for chore in late:
                chore.cancel()
        async with self._busy:
            pass
        if self._scheduler.running:
            self._scheduler.shutdown(wait=False)  # it breaks off what runs, so only now
