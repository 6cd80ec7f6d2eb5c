"""This process among the others on the same database: it says that it lives, and notices who died.

Each process counts its beats in the database; whoever sees a count stand still by their own clock frees what that
process had leased. One that cannot beat for too long stops sending, since the others may have taken over. On SQLite
there is one process, by its lock: whoever else is noted there is dead. Rule of the file: no clock of another machine
is trusted.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from datetime import datetime

from storage import processes
from storage.database import Database
from storage.errors import StorageError

log = logging.getLogger(__name__)

BEAT = 1.0
"""Seconds between beats."""
DEAD_AFTER = 3.0
"""Seconds without a new beat, as others see it. Noticed within another beat: what was leased is free within five."""
SILENT_AFTER = 2.5
"""Seconds without a beat of our own after which we send nothing."""


class Heart:
    """Beats for one process and watches the others."""

    def __init__(
        self,
        database: Database,
        process: int,
        *,
        clock: Callable[[], datetime],
        on_death: Callable[[], None],
        on_lost: Callable[[], None],
    ) -> None:
        self._database = database
        self.process = process
        self._clock = clock
        self._on_death = on_death
        self._on_lost = on_lost
        self._last = 0.0
        self._turns = asyncio.Lock()
        self._ended = False
        self._seen: dict[int, tuple[int, float]] = {}
        """Others: count of beats, and when by our clock it was last seen to grow."""

    def alive(self) -> bool:
        """Whether the others must believe that this process lives."""
        return self._database.sqlite or asyncio.get_running_loop().time() - self._last < SILENT_AFTER

    async def start(self) -> None:
        """Sign on; on SQLite bury whoever is noted. Raises StorageError."""
        started = asyncio.get_running_loop().time()
        async with self._database.write() as transaction:
            dead: list[int] = []
            if self._database.sqlite:
                dead = await processes.bury(transaction, list(await processes.beats(transaction)))
            await processes.sign_on(transaction, self.process, self._clock())
        self._last = started
        if dead:
            log.warning("the last run did not end well; what it was sending is sent again")
            self._on_death()

    async def run(self) -> None:
        """Beat, and watch, for ever."""
        if self._database.sqlite:
            await asyncio.Event().wait()
        while True:
            try:
                await self._turn()
            except StorageError as error:
                log.warning("no heartbeat: %s", error)
            await asyncio.sleep(BEAT)

    async def _turn(self) -> None:
        async with self._turns:
            if not self._ended:  # a beat after signing off would sign on again
                await self._beat()

    async def _beat(self) -> None:
        started = asyncio.get_running_loop().time()
        async with self._database.write() as transaction:
            lives = await processes.beat(transaction, self.process, self._clock())
            if not lives:
                await processes.sign_on(transaction, self.process, self._clock())
            beats = await processes.beats(transaction)
        if not lives:
            log.warning("this process was silent for too long; others have taken over what it was sending")
            self._on_lost()
        self._last = started
        dead = self._dead(beats, started)
        if dead:
            async with self._database.write() as transaction:
                buried = await processes.bury(transaction, dead)
            if buried:
                log.warning("%d process(es) died; what they were sending is sent by others", len(buried))
            self._on_death()

    def _dead(self, beats: dict[int, int], now: float) -> list[int]:
        beats.pop(self.process, None)
        self._seen = {
            other: self._seen[other] if other in self._seen and self._seen[other][0] == count else (count, now)
            for other, count in beats.items()
        }
        return [other for other, (_, since) in self._seen.items() if now - since >= DEAD_AFTER]

    async def stop(self) -> None:
        """Sign off. Raises StorageError."""
        async with self._turns, self._database.write() as transaction:
            self._ended = True
            await processes.sign_off(transaction, self.process)

    async def take_lease(self, name: str) -> bool:
        """Whether the one thing called ``name`` is ours to do now. Raises StorageError."""
        if not self.alive():
            return False
        async with self._database.write() as transaction:
            return await processes.take_lease(transaction, name, self.process)
