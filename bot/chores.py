"""What the ticker does: each chore by its name, and how often at most.

Rule of the file: a chore may run in several processes at once; what must happen once is claimed in the database, or
changes nothing the second time.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime, timedelta
from typing import Protocol

from bot import keeping, nightly
from bot.certificates import Certificates
from bot.channels.base import Channel
from bot.fetching import Fetcher
from bot.metrics import Stored
from bot.rekeying import KeyWatch
from bot.reminders import Reminders
from bot.retaining import Retaining
from bot.rights import Rights
from bot.tasking import Tasking
from bot.ticker import Chore
from handlers import crediting, ticking, training_news
from handlers.library import Library
from handlers.receiving import Reception
from handlers.reminding import PLAN
from handlers.taking_part import NEWS
from handlers.visit import House
from storage import conversations, deliveries, dues, erasing, inbound, proving, settings, shuffling
from storage.dues import Due
from storage.errors import Busy, Full, Unavailable
from storage.unit_of_work import UnitOfWork

log = logging.getLogger(__name__)

HANDED_KEPT = timedelta(minutes=10)
"""How long what went out with a webhook's answer can be given again."""
REPLIES_KEPT = timedelta(days=3)
"""How long the (empty) rows of replies stay."""
DOWN = timedelta(minutes=2)
"""After so long without us, presses are lost: people in the middle are asked again."""
IN_THE_MIDDLE = timedelta(hours=24)
"""Whoever said something so long before we went down."""
NIGHT = 2
"""The hour, on the office's clock, in which what there is of anonymous responses is moved however few they are."""
TROUBLE = "trouble"
ALIVE = "alive_at"
ASK_AGAIN = "ask_again"
_AT_ONCE = 100
_PURGED_AT_ONCE = 2000


class Office(nightly.Office, Protocol):
    """What the chores need of the process."""

    reception: Reception
    channels: dict[str, Channel]
    library: Library
    house: House
    stored: Stored
    store_trouble: str

    def trouble(self) -> str:
        """Why the process is not ready, "" if it is."""


class Chores:
    """The chores of one process."""

    def __init__(self, process: Office) -> None:
        self._process = process
        self._database = process.database
        self._fetcher = Fetcher(
            process.database, process.vault, process.reception, process.channels, process.config.folder / "media"
        )
        self._nightly = nightly.Nightly(process)
        self._rights = Rights(process)
        self._keys = KeyWatch(process)
        self._retaining = Retaining(process)
        self._reminders = Reminders(process)
        self._kinds: Mapping[str, Callable[[Due, datetime], Awaitable[None]]] = {
            ASK_AGAIN: self._ask_again,
            NEWS: self._training_news,
            PLAN: self._reminders.plan,
            **self._rights.kinds(),
            **Certificates(process).kinds(),
            **Tasking(process).kinds(),
        }

    def all(self) -> Mapping[str, tuple[timedelta, Chore]]:
        """Every chore by its name."""
        return {
            **self.beside(),
            "looking at the key file": (timedelta(seconds=1), self._keys.look),
            "what is due": (timedelta(seconds=5), self._due),
            "reminders": (timedelta(seconds=5), self._reminders.fire),
            "saying that we live": (timedelta(seconds=20), self._alive),
            "numbers": (timedelta(seconds=15), self._look),
            "moving anonymous responses": (timedelta(seconds=30), self._shuffle),
            "settling trainings that are over": (timedelta(minutes=1), self._credit),
            "closing old conversations": (timedelta(minutes=1), self._expire),
            "erasing what was handed over": (timedelta(minutes=1), self._erase),
            "sweeping channels": (timedelta(minutes=1), self._sweep),
            "purging": (timedelta(minutes=10), self._purge),
            "emptying the log after deletions": (timedelta(seconds=5), self._rights.truncate),
            "letting go what was kept long enough": (timedelta(minutes=1), self._retaining.look),
            "deleting documents": (timedelta(minutes=10), self._rights.purge),
            "nightly backup": (timedelta(minutes=1), self._nightly.look),
            "telling what is wrong": (timedelta(seconds=15), self._tell),
        }

    def beside(self) -> Mapping[str, tuple[timedelta, Chore]]:
        """Those that wait for others' machines: no other chore may wait for them."""
        return {"fetching files": (timedelta(seconds=1), self._fetcher.fetch)}

    def _unit(self, transaction: object, now: datetime) -> UnitOfWork:
        return UnitOfWork(transaction, self._process.vault, now=now, process=self._process.number)  # type: ignore[arg-type]

    # ---- after a start ------------------------------------------------------------------------------

    async def after_start(self, now: datetime) -> None:
        """If nobody was here for too long, plan to ask those in the middle again; what changed meanwhile is planned.
        Raises StorageError."""
        async with self._database.write() as transaction:
            last = await settings.value(transaction, ALIVE)
            await settings.keep(transaction, ALIVE, now.isoformat())
            if last and now - datetime.fromisoformat(last) > DOWN:
                unit = self._unit(transaction, now)
                unit.plan(ASK_AGAIN, ASK_AGAIN, now, last)
                await unit.flush()
        await self._reminders.plan_everything(now)

    async def _alive(self, now: datetime) -> None:
        """Says that we live; and whoever asks whether we are ready learns from it whether anything can be written."""
        try:
            async with self._database.write() as transaction:
                await settings.keep(transaction, ALIVE, now.isoformat())
        except (Full, Unavailable, Busy) as error:
            self._process.store_trouble = str(error)
            raise
        self._process.store_trouble = ""

    async def _ask_again(self, due: Due, now: datetime) -> None:
        down_at = datetime.fromisoformat(due.payload)
        async with self._database.read() as transaction:
            sessions = await conversations.in_the_middle(transaction, down_at - IN_THE_MIDDLE, down_at)
        asked = 0
        for start in range(0, len(sessions), _AT_ONCE):
            async with self._database.write() as transaction:
                unit = self._unit(transaction, now)
                still = await conversations.untouched(transaction, sessions[start : start + _AT_ONCE], down_at)
                asked += await ticking.ask_again(unit, self._process.reception, still)
        log.info("asked %d people again after the pause", asked)

    async def _training_news(self, due: Due, now: datetime) -> None:
        async with self._database.write() as transaction:
            await training_news.tell(self._unit(transaction, now), self._process.reception, due)

    # ---- now and then -------------------------------------------------------------------------------

    async def _due(self, now: datetime) -> None:
        async with self._database.write() as transaction:
            claimed = await dues.claim(transaction, self._process.number, now, _AT_ONCE)
        for due in claimed:
            work = self._kinds.get(due.kind)
            try:
                if work is None:
                    log.error("nobody knows what to do with a due %s", due.kind)
                else:
                    await work(due, now)
            except Exception:
                log.exception("a due %s could not be done", due.kind)
                async with self._database.write() as transaction:
                    pause = timedelta(minutes=min(60, 2**due.attempts))
                    await dues.again(transaction, due.id, self._process.number, now + pause)
            else:
                async with self._database.write() as transaction:
                    await dues.done(transaction, due.id, self._process.number)

    async def _look(self, now: datetime) -> None:
        async with self._database.read() as transaction:
            waiting = await deliveries.waiting(transaction)
            sessions = await conversations.count(transaction)
        oldest = (now - waiting.oldest).total_seconds() if waiting.oldest is not None else 0.0
        self._process.stored = Stored(waiting, sessions, max(0.0, oldest))

    async def _shuffle(self, now: datetime) -> None:
        async with self._database.read() as transaction:
            waiting = await shuffling.waiting(transaction)
            if not waiting:
                return
            await self._process.library.ensure(transaction, waiting)
        local = now.astimezone(self._process.config.timezone)
        async with self._database.write() as transaction:
            moved, paths = await shuffling.shuffle(
                transaction, self._process.vault, sealed=self._process.library.sealed(), all_of_them=local.hour == NIGHT
            )
            if moved:  # SQLite's log still tells which conversation they came from
                await settings.keep(transaction, erasing.OWED, now.isoformat())
        if moved:
            await self._rights.truncate(now)
            if local.hour == NIGHT:
                await erasing.rewrite(self._database)
            log.info("moved %d anonymous responses into the record", moved)
            await asyncio.to_thread(keeping.rewrite, paths, self._process.config.folder / "media")

    async def _tell(self, now: datetime) -> None:
        """Trouble that lasts is told to those who look after the program; so is that it is over."""
        _ = self._process.house.say(self._process.config.locale.language)
        if self._process.trouble():
            words = _("Messages are not taken at the moment: {reason}. Nothing is lost; see: suara doctor")
            await self._process.alarm.tell(TROUBLE, words.format(reason=_(self._process.trouble()).rstrip(".")), now)
        else:
            await self._process.alarm.over(TROUBLE, _("Messages are taken again."))

    async def _credit(self, now: datetime) -> None:
        zone = self._process.config.timezone
        async with self._database.read() as transaction:
            over = await crediting.due(transaction, now, timezone=zone, most=_AT_ONCE)
        for session in over:
            async with self._database.write() as transaction:
                unit = self._unit(transaction, now)
                await crediting.credit(unit, session)
                await unit.flush()

    async def _expire(self, now: datetime) -> None:
        ended = _AT_ONCE
        while ended == _AT_ONCE:
            async with self._database.write() as transaction:
                ended = await ticking.expire(self._unit(transaction, now), self._process.reception, most=_AT_ONCE)

    async def _erase(self, now: datetime) -> None:
        async with self._database.write() as transaction:
            await deliveries.erase_handed(transaction, now - HANDED_KEPT)

    async def _sweep(self, now: datetime) -> None:
        for channel in self._process.channels.values():
            sweep = getattr(channel, "sweep", None)
            if sweep is not None:
                await sweep(now)

    async def _purge(self, now: datetime) -> None:
        more = True
        while more:
            async with self._database.write() as transaction:
                await inbound.purge(transaction, now)
                await proving.forget_guesses(transaction, now)
                first = int(await settings.value(transaction, "purged_deliveries") or "0")
                if first > await deliveries.last(transaction) + 1:  # all were gone: numbers begin anew
                    first = 0
                    await settings.keep(transaction, "purged_deliveries", "0")
                last = await deliveries.purge(transaction, first, now - REPLIES_KEPT, _PURGED_AT_ONCE)
                more = last != first
                if more:
                    await settings.keep(transaction, "purged_deliveries", str(last))
