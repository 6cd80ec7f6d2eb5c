"""The ticker's part in reminders: what is due is sent, what changed is planned, and once a night everything is.

Rule of the file: any number of processes may do this at once; who sends is decided by the locks of ``handlers.firing``.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from datetime import datetime, time, timedelta
from typing import Protocol

from handlers import firing, planning
from handlers.library import Library
from handlers.reminding import EVERYTHING, PLAN
from handlers.visit import House
from storage import reminders
from storage.database import Database, Transaction
from storage.dues import Due
from storage.errors import Busy, Full, Unavailable
from storage.unit_of_work import UnitOfWork
from storage.vault import Vault

log = logging.getLogger(__name__)
KEY = f"reminders:{EVERYTHING}"
HOUR = time(4)
"""By the office's clock: before anything is sent, after whatever else a night does."""
_AT_ONCE = 200
"""Rows whose people are written to in one transaction."""
_AGAIN = timedelta(hours=1)


class Office(Protocol):
    """What is needed of the process."""

    database: Database
    vault: Vault
    number: int
    house: House
    library: Library


class Reminders:
    """The chores of one process."""

    def __init__(self, process: Office) -> None:
        self._process = process
        self._database = process.database

    def _unit(self, transaction: Transaction, now: datetime) -> UnitOfWork:
        return UnitOfWork(transaction, self._process.vault, now=now, process=self._process.number)

    # ---- sending ------------------------------------------------------------------------------------

    async def fire(self, now: datetime) -> None:
        """Send what is due until nothing is. Raises StorageError."""
        while True:
            async with self._database.read() as transaction:
                ids = await reminders.people_due(transaction, now, _AT_ONCE)
                if not ids:
                    return
                await self._process.library.refresh(transaction, asyncio.get_running_loop().time())
            try:
                fired = await self._fire(ids, now)
            except (Busy, Full, Unavailable):
                return  # somebody else is at it, or nothing can be written: at the next tick
            except Exception:  # the edge: one person's fault must not keep the others'
                log.exception("reminders of %d people could not be sent together; one by one", len(ids))
                await self._one_by_one(ids, now)
                continue
            if fired.messages or fired.skipped or fired.put_off:
                log.info(
                    "reminders: %d messages, %d skipped, %d put off, %d held up",
                    fired.messages, fired.skipped, fired.put_off, fired.late,
                )  # fmt: skip
            if not fired.rows:
                return

    async def _fire(self, ids: Sequence[int], now: datetime) -> firing.Fired:
        async with self._database.write() as transaction:
            return await firing.fire(self._unit(transaction, now), self._process.house, ids)

    async def _one_by_one(self, ids: Sequence[int], now: datetime) -> None:
        for one in ids:
            try:
                await self._fire([one], now)
            except Exception:
                log.exception("reminders of somebody could not be sent; they are tried again in an hour")
                async with self._database.write() as transaction:
                    await reminders.delay(transaction, one, now, now + _AGAIN)

    # ---- planning -----------------------------------------------------------------------------------

    async def plan_everything(self, now: datetime) -> None:
        """At a start: what may have changed while nobody was here is planned anew. Raises StorageError."""
        async with self._database.write() as transaction:
            unit = self._unit(transaction, now)
            unit.plan(KEY, PLAN, now, EVERYTHING)
            await unit.flush()

    async def plan(self, due: Due, now: datetime) -> None:
        """Plan what a due row asks for. Raises StorageError."""
        house = self._process.house
        async with self._database.read() as transaction:
            await self._process.library.refresh(transaction, asyncio.get_running_loop().time())
        async with self._database.write() as transaction:
            rest = await planning.carry_out(self._unit(transaction, now), house, due.payload)
        for what in rest:
            async with self._database.write() as transaction:
                await planning.carry_out(self._unit(transaction, now), house, what)
        if due.payload == EVERYTHING:
            await self._again_tomorrow(now)

    async def _again_tomorrow(self, now: datetime) -> None:
        calendar = self._process.house.calendar
        tonight = calendar.at(calendar.today(now), HOUR)
        async with self._database.write() as transaction:
            unit = self._unit(transaction, now)
            at = tonight if tonight > now else calendar.at(calendar.today(now) + timedelta(days=1), HOUR)
            unit.plan(KEY, PLAN, at, EVERYTHING)
            await unit.flush()
