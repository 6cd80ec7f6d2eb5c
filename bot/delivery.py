"""Carries what was committed: to one address one message at a time, in order; then says what became of it.

A message born leased to this process comes by ``post``; everything else is claimed from the table. A platform's 429
puts the row back with a time (``pausing``: whom else it holds); passing faults are tried again with growing, uneven
pauses; a permanent one ends the row. A message that may have arrived is tried again, but not for ever; a prompt given
up so is put again at the next contact. Rule of the file: nothing is sent that is not a row, and a process that the
others may think dead sends nothing.
"""

from __future__ import annotations

import asyncio
import logging
import random
from collections import deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot import outcomes
from bot.channels.base import Channel, SendError
from bot.channels.fitting import fit
from bot.pausing import Pauses
from storage import budgets, claiming
from storage.database import Database, Transaction
from storage.deliveries import BROADCAST, REMINDER, REPEATED, REPLY, Leased, Mark
from storage.errors import StorageError
from storage.vault import Vault

log = logging.getLogger(__name__)

_MOST_COPIES = 5
"""Such tries of a reply: somebody waits for it, and to read it twice is better than never."""
_MOST_COPIES_PROACTIVE = 2
_QUICK_TRIES = 3
"""Passing faults that are waited out with the lease in hand."""
_MOST_TRIES = 150
"""With pauses of a minute at most: about two hours."""
_LONGEST_PAUSE = 60.0
_LOOK = 0.5
"""Seconds between looks at the table for rows of others."""
_MOST_CLAIMED = 200


@dataclass(slots=True)
class Counts:
    """What the metrics show."""

    sent: int = 0
    failed: int = 0
    retried: int = 0
    limited: int = 0
    """Pauses the platform asked for."""


class Courier:
    """Sends, and remembers what became of it until it is written. One a process."""

    def __init__(
        self,
        channels: Mapping[str, Channel],
        database: Database,
        vault: Vault,
        *,
        process: int,
        clock: Callable[[], datetime],
        rng: random.Random,
        alive: Callable[[], bool] = lambda: True,
        nudge: Callable[[], None] = lambda: None,
    ) -> None:
        self._channels = channels
        self._database = database
        self._vault = vault
        self.process = process
        self._clock = clock
        self._rng = rng
        self._alive = alive
        self._pauses = Pauses(clock)
        self.nudge = nudge
        """Called when there are marks to be written."""
        self._lines: dict[int, deque[Leased]] = {}
        """By address: what is to be sent, the one being sent first."""
        self._tasks: set[asyncio.Task[None]] = set()
        self._marks: list[Mark] = []
        self._wake = asyncio.Event()
        self._closing = False
        self._rows_wait = False
        """The last look at the table found queued rows whose time has come."""
        self.counts = Counts()

    # ---- handlers.inbox.Sender ----------------------------------------------------------------------

    def post(self, leased: Sequence[Leased]) -> None:
        """Send these, per address in order."""
        for one in leased:
            line = self._lines.get(one.address_id)
            if line is not None:
                line.append(one)
                continue
            self._lines[one.address_id] = deque((one,))
            task = asyncio.get_running_loop().create_task(self._carry(one.address_id))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    def busy(self, address_id: int) -> bool:
        """Whether something is still to be sent to this address by this process."""
        return address_id in self._lines

    def behind(self, address_id: int) -> int:
        """How many messages this process still has to send to this address."""
        line = self._lines.get(address_id)
        return len(line) if line is not None else 0

    def take_marks(self) -> list[Mark]:
        """What became of deliveries since the last call."""
        marks, self._marks = self._marks, []
        return marks

    def give_back(self, marks: Sequence[Mark]) -> None:
        """These could not be written; they come again."""
        self._marks[:0] = marks

    def written(self, marks: Sequence[Mark], *, queued: bool) -> None:
        """These are committed: whatever waited behind them may be claimed now."""
        if queued or self._rows_wait or any(mark.outcome == "queued" for mark in marks):
            self._wake.set()

    # ---- the table ----------------------------------------------------------------------------------

    async def run(self) -> None:
        """Claim what is queued, for ever."""
        while not self._closing:
            self._wake.clear()
            try:
                claimed = await self._claim()
            except StorageError as error:
                log.warning("deliveries cannot be claimed now: %s", error)
                claimed = 0
            except Exception:  # the edge: a fault of one claim must not end all sending
                log.exception("deliveries cannot be claimed now")
                claimed = 0
            try:
                async with asyncio.timeout(0.05 if claimed else _LOOK):
                    await self._wake.wait()
            except TimeoutError:
                pass

    async def _claim(self) -> int:
        if not self._alive():
            return 0
        now = self._clock()
        async with self._database.read() as transaction:
            self._rows_wait = await claiming.claimable(transaction, now)
        if not self._rows_wait:
            return 0
        async with self._database.write() as transaction:
            leased = await claiming.claim(
                transaction,
                self._vault,
                process=self.process,
                now=now,
                many=_MOST_CLAIMED,
                priorities=(REPLY, REMINDER - 1),
            )
            limited = {name: one.capabilities.per_second for name, one in self._channels.items()}
            limited = {name: rate for name, rate in limited.items() if rate or self._pauses.hold(name)}
            for name, rate in limited.items():
                leased += await self._claim_within(transaction, name, rate, now)
            leased += await claiming.claim(
                transaction,
                self._vault,
                process=self.process,
                now=now,
                many=_MOST_CLAIMED,
                priorities=(REMINDER, BROADCAST),
                which="but",
                channels=sorted(limited),
            )
        self.post(leased)
        return len(leased)

    async def _claim_within(self, transaction: Transaction, channel: str, rate: float, now: datetime) -> list[Leased]:
        """Proactive messages of this channel, as many as may go this second."""
        budget = f"proactive:{channel}"
        until = self._pauses.running().get(channel)
        if until is not None:  # for the other processes too
            await budgets.rest(transaction, budget, until, now=now)
            return []
        allowed = await budgets.take(transaction, budget, per_second=rate, now=now, most=max(1, int(rate)))
        if not allowed:
            return []
        leased = await claiming.claim(
            transaction,
            self._vault,
            process=self.process,
            now=now,
            many=allowed,
            priorities=(REMINDER, BROADCAST),
            which="only",
            channels=(channel,),
        )
        await budgets.give_back(transaction, budget, per_second=rate, many=allowed - len(leased))
        return leased

    # ---- sending ------------------------------------------------------------------------------------

    async def _carry(self, address_id: int) -> None:
        line = self._lines[address_id]
        try:
            while line:
                first = line[0]
                marks = await self._send(first)
                line.popleft()
                if any(mark.outcome == "queued" for mark in marks):
                    # What stands behind waits with it, so that the order is kept; what is more urgent goes before.
                    marks += self._behind(first, marks[-1], line)
                    line.clear()
                self._marks += marks
                self.nudge()
        finally:
            del self._lines[address_id]

    @staticmethod
    def _behind(first: Leased, mark: Mark, line: Iterable[Leased]) -> list[Mark]:
        return [outcomes.put_back(one, mark.not_before if one.priority >= first.priority else None) for one in line]

    async def _send(self, one: Leased) -> list[Mark]:
        channel = self._channels.get(one.address.channel)
        if channel is None:
            return [outcomes.ended(one, "skipped", f"no channel {one.address.channel}")]
        parts = fit(one.outgoing, channel.capabilities)
        sent = 0
        attempts = one.attempts
        copies = outcomes.copies(one)
        message_id = ""
        while True:
            if not self._alive() or (one.priority >= REMINDER and self._pauses.hold(channel.name)):
                return [outcomes.put_back(one, None)]
            try:
                while sent < len(parts):
                    async with self._pauses.care(channel.name):
                        receipt = await channel.send(one.address.external_id, parts[sent])
                    message_id = receipt.message_id or message_id
                    sent += 1
                self.counts.sent += 1
                return [outcomes.sent(one, "" if copies or one.reason == REPEATED else message_id)]
            except SendError as error:
                attempts += 1
                copies += error.ambiguous
                mark = self._verdict(one, error, attempts, copies)
            except Exception as error:
                log.exception("a message could not be sent")
                mark = outcomes.ended(one, "failed", type(error).__name__)
            if mark is not None:
                return [self._counted(mark)]
            self.counts.retried += 1
            await asyncio.sleep(self._pause(attempts))

    def _verdict(self, one: Leased, error: SendError, attempts: int, copies: int) -> Mark | None:
        """What becomes of the row; None: try again in a moment, with the lease in hand. ``copies``: the tries so far
        that may have arrived."""
        proactive = one.priority >= REMINDER
        if error.permanent:
            mark = replace(outcomes.ended(one, "failed", str(error)[:100]), gone=error.address_gone, attempts=attempts)
            return replace(mark, missed=error.address_gone and bool(mark.tag))  # they may come back
        if error.ambiguous and copies >= (_MOST_COPIES_PROACTIVE if proactive else _MOST_COPIES):
            return replace(outcomes.given_up(one, outcomes.AMBIGUOUS), attempts=attempts)
        reason = outcomes.doubt(copies) or one.reason
        if error.retry_after is not None:
            self.counts.limited += 1
            until = self._pauses.heard(one.address.channel, one.address_id, error.retry_after, proactive=proactive)
            return outcomes.again(one, attempts - 1, until, reason)
        if attempts >= _MOST_TRIES:
            return replace(outcomes.given_up(one, "no connection"), attempts=attempts)
        if self._closing or attempts > _QUICK_TRIES:
            until = self._clock() + timedelta(seconds=self._pause(attempts))
            return outcomes.again(one, attempts, until, reason or "no connection")
        return None

    def _counted(self, mark: Mark) -> Mark:
        self.counts.failed += mark.outcome == "failed"
        return mark

    def _pause(self, attempts: int) -> float:
        """Seconds: half a second doubling to a minute, uneven so that many do not come at once."""
        return min(_LONGEST_PAUSE, 0.25 * 2.0 ** min(attempts, 10)) * self._rng.uniform(0.5, 1.0)

    def abandon(self) -> None:
        """Others have taken over: what was not begun is theirs to send."""
        for line in self._lines.values():
            while len(line) > 1:
                line.pop()

    # ---- the end ------------------------------------------------------------------------------------

    async def close(self, patience: float = 2.0) -> None:
        """Let what is on its way arrive; put back the rest."""
        self._closing = True
        self._wake.set()
        for line in self._lines.values():
            behind = list(line)[1:]
            self._marks += [outcomes.put_back(one, None) for one in behind]
            for _ in behind:
                line.pop()
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=patience)
        for task in self._tasks:
            task.cancel()
        if self._tasks:
            await asyncio.wait(self._tasks)
