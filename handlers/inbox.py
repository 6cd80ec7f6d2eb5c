"""The door: whatever waits is taken together, committed, and only then acknowledged.

A batch is what arrived while the one before was committing; nothing waits on purpose. A batch that fails is rolled back
and its messages are taken one by one, so that one poisoned message fails alone: it is noted without its words, answered
with an apology and acknowledged. When the database cannot write (a full disk, a lost server) nothing is acknowledged
and it is tried again until it can. Rule of the file: the only loop that writes what people said.
"""

from __future__ import annotations

import asyncio
import logging
import random
from collections import Counter, deque
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from handlers import failing
from handlers.flooding import Floods, in_turns
from handlers.receiving import Reception, Respond, Taken, receive
from handlers.visit import House
from handlers.weighing import not_too_heavy
from storage import inbound
from storage.database import Database
from storage.deliveries import Draft, Leased, Mark
from storage.errors import Busy, Full, StorageError, Unavailable
from storage.unit_of_work import UnitOfWork
from storage.vault import Vault
from surveys.messages import Address, Incoming, Reply

log = logging.getLogger(__name__)

QUARANTINE = 3
"""A message that was being handled when the process died, so many times, is set aside."""
_MARKS_WAIT = 0.02
"""Seconds that marks of sent messages wait for a batch to ride with."""
_LONGEST_PAUSE = 5.0
_REMEMBERED = 20_000


class Overloaded(Exception):
    """Too much is waiting; come again in a moment."""

    def __init__(self, retry_after: int = 2) -> None:
        super().__init__(type(self).__doc__)
        self.retry_after = retry_after
        """Seconds."""


class Sender(Protocol):
    """Who carries what was committed (``bot.delivery``)."""

    def post(self, leased: Sequence[Leased]) -> None:
        """Send these, per address in order."""

    def busy(self, address_id: int) -> bool:
        """Whether something is still to be sent to this address by this process."""

    def behind(self, address_id: int) -> int:
        """How many messages this process still has to send to this address."""

    def take_marks(self) -> list[Mark]:
        """What became of deliveries since the last call."""

    def give_back(self, marks: Sequence[Mark]) -> None:
        """These could not be written; they come again."""

    def written(self, marks: Sequence[Mark], *, queued: bool) -> None:
        """These are committed. ``queued``: there are new rows for whoever claims them."""


@dataclass(slots=True)
class _Waiting:
    taken: Taken
    done: asyncio.Future[Taken]

    @property
    def person(self) -> Address:
        """Whose it is."""
        return self.taken.incoming.address

    @property
    def reply(self) -> Reply:
        """What they sent."""
        return self.taken.incoming.reply


@dataclass(slots=True)
class Counts:
    """What the metrics show."""

    batches: int = 0
    messages: int = 0
    repeats: int = 0
    failures: int = 0
    excess: int = 0
    """Messages of floods, left out."""
    largest: int = 0
    seconds: float = 0.0
    """Spent in transactions."""


class Inbox:
    """The waiting messages and the loop that takes them. One a process."""

    def __init__(  # noqa: PLR0913 -- an inbox needs all of these
        self,
        database: Database,
        vault: Vault,
        reception: Reception,
        sender: Sender,
        *,
        clock: Callable[[], datetime],
        process: int,
        batch: int = 200,
        waiting: int = 2000,
        per_person: int = 20,
        careful_seconds: float = 120.0,
    ) -> None:
        self._database = database
        self._vault = vault
        self._reception = reception
        self._sender = sender
        self._clock = clock
        self._rng: random.Random = reception.rng
        self.process = process
        self._batch = batch
        self._most = waiting
        self._careful_seconds = careful_seconds
        self._queue: deque[_Waiting] = deque()
        self._of_person: Counter[Address] = Counter()
        self._excess = 0
        """Among those waiting, what is left out anyway: it takes nobody's place."""
        self._floods = Floods(per_person)
        self._sent_to: dict[Address, tuple[int, bool]] = {}
        """Address to its number, and whether replies to it waited for others when last heard of."""
        self._news = asyncio.Event()
        self._closing = False
        self._careful_until = 0.0
        self.trouble = ""
        """Why nothing can be written now; "" while all is well."""
        self.counts = Counts()

    @property
    def house(self) -> House:
        """What the use-cases rely on."""
        return self._reception.house

    @property
    def waiting(self) -> int:
        """Messages not yet committed."""
        return len(self._queue)

    def nudge(self) -> None:
        """There are marks to be written."""
        self._news.set()

    def be_careful(self) -> None:
        """A process died: for a while messages are taken one by one, each noted before it is handled."""
        self._careful_until = asyncio.get_running_loop().time() + self._careful_seconds

    def submit(self, incoming: Incoming, respond: Respond | None = None) -> asyncio.Future[Taken]:
        """Take one message; the future is done once its effects are committed. Raises Overloaded."""
        too_much = self._too_much(incoming)
        if (self._excess if too_much else len(self._queue) - self._excess) >= self._most:
            raise Overloaded
        return self._append(incoming, respond, too_much=too_much)

    async def submit_all(self, incomings: Sequence[Incoming]) -> None:
        """Take what was polled, in its order; returns once all of it is committed."""
        futures = [self._append(incoming, None, too_much=self._too_much(incoming)) for incoming in incomings]
        if futures:
            await asyncio.wait(futures)

    def _too_much(self, incoming: Incoming) -> bool:
        """Whether it belongs to a flood, and is left out."""
        person = incoming.address
        waiting = self._of_person.get(person, 0)
        address_id, held_up = self._sent_to.get(person, (0, False))
        pressing = bool(waiting) or held_up or self._sender.behind(address_id) > 1
        return self._floods.excess(person, incoming.sent_at.timestamp(), pressing=pressing)

    def _append(self, incoming: Incoming, respond: Respond | None, *, too_much: bool) -> asyncio.Future[Taken]:
        done: asyncio.Future[Taken] = asyncio.get_running_loop().create_future()
        taken = Taken(incoming, respond)
        if too_much:
            tells = self._floods.tells(incoming.address, incoming.sent_at.timestamp())
            taken.excess = "told" if tells else "silent"
            self._excess += 1
        self._queue.append(_Waiting(taken, done))
        self._of_person[incoming.address] += 1
        self._news.set()
        return done

    # ---- the loop -----------------------------------------------------------------------------------

    async def run(self) -> None:
        """Take what waits, for ever. Ends after ``close`` once nothing waits."""
        pause = 0.0
        while True:
            if not self._queue:
                await self._idle()
                if self._closing and not self._queue:
                    await self._write_marks()
                    return
            if not self._queue:
                await self._write_marks()
                continue
            try:
                await self._turn()
                pause = 0.0
            except (Full, Unavailable, Busy) as error:
                pause = min(_LONGEST_PAUSE, (pause or 0.1) * 2)
                self._troubled(error)
                await asyncio.sleep(pause * self._rng.uniform(0.75, 1.25))
            except Exception:
                log.exception("the messages that wait could not be taken; they are tried again")
                await asyncio.sleep(1.0)

    def close(self) -> None:
        """Take what waits and end."""
        self._closing = True
        self._news.set()

    async def _idle(self) -> None:
        """Wait for messages; for marks alone a moment longer, in case messages come that they can ride with."""
        if self._closing:
            return
        await self._news.wait()
        self._news.clear()
        if self._queue or self._closing:
            return
        with suppress(TimeoutError):
            async with asyncio.timeout(_MARKS_WAIT):
                await self._news.wait()

    async def _write_marks(self) -> None:
        marks = self._sender.take_marks()
        if not marks:
            return
        try:
            await self._transaction([], marks)
        except StorageError as error:
            self._troubled(error)
        except Exception:
            log.exception("what became of messages could not be noted; it is tried again")
        else:
            return
        await asyncio.sleep(1.0)
        self._news.set()

    async def _turn(self) -> None:
        """One batch. Raises Full, Unavailable and Busy: then everything still waits."""
        loop = asyncio.get_running_loop()
        if self._reception.library.stale(loop.time()):
            async with self._database.read() as transaction:
                await self._reception.library.refresh(transaction, loop.time())
        if loop.time() < self._careful_until:
            await self._one_by_one([self._queue[0]], careful=True)
            return
        batch = not_too_heavy(in_turns(self._queue, self._batch))
        try:
            await self._transaction(batch, self._sender.take_marks())
        except (Full, Unavailable, Busy):
            raise
        except Exception as error:  # noqa: BLE001 -- one of them: found out by taking each alone
            log.warning(
                "a batch of %d failed (%s); its messages are taken one by one", len(batch), type(error).__name__
            )
            await self._one_by_one(batch, careful=False)

    async def _transaction(self, batch: Sequence[_Waiting], marks: Sequence[Mark], *, careful: bool = False) -> None:
        """Receive, commit, acknowledge, hand over. On any failure the marks come again and all of it still waits.

        ``careful``: the start of its handling was noted before; that it ended is noted with it.
        """
        started = asyncio.get_running_loop().time()
        taken = [waiting.taken for waiting in batch]
        try:
            async with self._database.write() as transaction:
                unit = UnitOfWork(transaction, self._vault, now=self._clock(), process=self.process)
                drafts = await receive(taken, unit, self._reception, marks=marks)
                if careful:
                    await inbound.end_trial(
                        transaction, [(one.incoming.address.channel, one.incoming.external_id) for one in taken]
                    )
        except BaseException:
            self._sender.give_back(marks)
            raise
        self._committed(batch, drafts, marks)
        self.counts.batches += 1
        self.counts.largest = max(self.counts.largest, len(batch))
        self.counts.seconds += asyncio.get_running_loop().time() - started

    def _committed(self, batch: Sequence[_Waiting], drafts: Sequence[Draft], marks: Sequence[Mark]) -> None:
        if self.trouble:
            log.warning("messages are written again")
            self.trouble = ""
        self._acknowledge(batch)
        queued = False
        leased = []
        if len(self._sent_to) > _REMEMBERED:
            self._sent_to.clear()
        for draft in drafts:
            if draft.address is not None:
                self._sent_to[draft.address] = draft.address_id, draft.state == "queued"
            if draft.state == "leased" and draft.address is not None:
                leased.append(
                    Leased(
                        id=draft.id, address_id=draft.address_id, address=draft.address, outgoing=draft.outgoing,
                        priority=draft.priority, reason=draft.reason,
                    )
                )  # fmt: skip
            queued = queued or draft.state == "queued"
        self._sender.post(leased)
        if marks or queued:
            self._sender.written(marks, queued=queued)

    def _acknowledge(self, batch: Sequence[_Waiting]) -> None:
        if not batch:
            return
        gone = {id(waiting) for waiting in batch}
        if all(id(self._queue[number]) in gone for number in range(len(batch))):
            for _ in batch:
                self._queue.popleft()
        else:
            self._queue = deque(waiting for waiting in self._queue if id(waiting) not in gone)
        for waiting in batch:
            person = waiting.person
            if waiting.taken.excess:
                self._excess -= 1
                self.counts.excess += 1
            self._of_person[person] -= 1
            if not self._of_person[person]:
                del self._of_person[person]
            if not waiting.done.done():
                waiting.done.set_result(waiting.taken)
            self.counts.messages += 1
            self.counts.repeats += waiting.taken.known_before

    # ---- when something is wrong --------------------------------------------------------------------

    async def _one_by_one(self, batch: Sequence[_Waiting], *, careful: bool) -> None:
        for waiting in batch:
            incoming = waiting.taken.incoming
            if careful and await self._died_of(incoming):
                await self._set_aside(waiting, "quarantined", "present when the process died three times")
                continue
            waiting.taken.body, waiting.taken.known_before = None, False
            try:
                await self._transaction([waiting], self._sender.take_marks(), careful=careful)
            except (Full, Unavailable, Busy):
                raise
            except Exception as error:  # noqa: BLE001 -- one message of a batch: it fails alone
                await self._set_aside(waiting, "failed", failing.where(error))

    async def _died_of(self, incoming: Incoming) -> bool:
        async with self._database.write() as transaction:
            update = (incoming.address.channel, incoming.external_id)
            return await inbound.begin_trial(transaction, update, self.process, self._clock()) >= QUARANTINE

    async def _set_aside(self, waiting: _Waiting, code: str, detail: str) -> None:
        """Note that this message could not be handled, apologise, acknowledge."""
        self.counts.failures += 1
        incoming = waiting.taken.incoming
        log.error(
            "a message was set aside: %s, %s update %s: %s",
            code,
            incoming.address.channel,
            incoming.external_id,
            detail,
        )
        async with self._database.write() as transaction:
            unit = UnitOfWork(transaction, self._vault, now=self._clock(), process=self.process)
            drafts = await failing.set_aside(incoming, unit, self._reception, code=code, detail=detail)
        waiting.taken.body = None
        self._committed([waiting], drafts, [])

    def _troubled(self, error: StorageError) -> None:
        """Tell it once; nothing is acknowledged until it is over."""
        if not self.trouble:
            log.error("messages cannot be written, nothing is acknowledged until they can: %s", error)
        self.trouble = str(error) or type(error).__doc__ or type(error).__name__
