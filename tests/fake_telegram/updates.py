"""Updates that wait for the bot: kept until they are confirmed or too old.

Rule of the file: an update leaves for three reasons only: confirmed, expired (messages 24 h, callback queries 150 s),
or dropped because the bot asked for that.
"""

from __future__ import annotations

import asyncio
import json
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import orjson

from tests.fake_telegram.clock import Clock
from tests.fake_telegram.faults import Faults
from tests.fake_telegram.refusals import OTHER_POLLER, WEBHOOK_ACTIVE, Refusal

DAY, PRESS = 86_400.0, 150.0
LONG_POLL = 50
"""Seconds a getUpdates may wait at most, whatever it asks for."""
_CONFLICT_PAUSE = 3.0


@dataclass(slots=True)
class Update:
    update_id: int
    kind: str
    chat_id: int
    queue: tuple[str, int]
    """Updates of one queue keep their order; queues do not wait for each other."""
    body: bytes
    expires: float
    fails: int = 0
    delay: float = 1.0
    repeated: bool = False
    not_before: float = 0.0


def encoded(value: object) -> bytes:
    """JSON; what UTF-8 cannot hold (half of a surrogate pair) is written as an escape, as attackers do."""
    try:
        return orjson.dumps(value)
    except (TypeError, orjson.JSONEncodeError):
        return json.dumps(value).encode()


class _Poll:
    __slots__ = ("answer", "limit", "offset")

    def __init__(self, offset: int, limit: int) -> None:
        self.offset, self.limit = offset, limit
        self.answer: asyncio.Future[bytes] = asyncio.get_running_loop().create_future()


class Updates:
    """The queue of one bot."""

    def __init__(self, clock: Clock, faults: Faults, *, first_id: int = 700_000_001) -> None:
        self._clock = clock
        self._faults = faults
        self._waiting: OrderedDict[int, Update] = OrderedDict()
        self._again: list[Update] = []
        self._poll: _Poll | None = None
        self._polled = (-1, 0.0)
        self._conflict = 0.0
        self.next_id = first_id
        self.allowed: frozenset[str] | None = None
        """Kinds the bot asked for; None: all."""
        self.listener: Callable[[Update], None] | None = None
        """The webhook, while there is one."""
        self.confirmed = 0
        self.expired: list[int] = []
        """Ids of updates that grew too old before the bot confirmed them: lost."""
        self.conflicts = 0

    def __len__(self) -> int:
        return len(self._waiting)

    def all(self) -> list[Update]:
        return list(self._waiting.values())

    def add(
        self, kind: str, content: Mapping[str, object], *, chat_id: int, queue: tuple[str, int], keep: float
    ) -> int:
        """Its update_id; 0 if the bot did not ask for this kind."""
        if self.allowed is not None and kind not in self.allowed:
            return 0
        number = self.next_id
        self.next_id += 1
        body = encoded({"update_id": number, kind: content})
        update = Update(number, kind, chat_id, queue, body, self._clock.now() + keep)
        self._waiting[number] = update
        if self.listener is not None:
            self.listener(update)
        elif self._poll is not None:
            asyncio.get_running_loop().call_soon(self._wake)
        return number

    def add_raw(self, body: bytes, *, chat_id: int, queue: tuple[str, int]) -> int:
        """An update with any bytes as its content; ``%d`` in them becomes its id."""
        number = self.next_id
        self.next_id += 1
        update = Update(number, "raw", chat_id, queue, body.replace(b"%d", b"%d" % number), self._clock.now() + DAY)
        self._waiting[number] = update
        if self.listener is not None:
            self.listener(update)
        elif self._poll is not None:
            asyncio.get_running_loop().call_soon(self._wake)
        return number

    def confirm(self, update: Update) -> None:
        self._waiting.pop(update.update_id, None)
        self.confirmed += 1

    def too_old(self, update: Update) -> bool:
        """Whether it may not be given any more; then it is gone."""
        if update.expires > self._clock.now():
            return False
        if self._waiting.pop(update.update_id, None) is not None:
            self.expired.append(update.update_id)
        return True

    def clear(self) -> None:
        self._waiting.clear()
        self._again.clear()

    # ---- polling -------------------------------------------------------------------------------------

    async def poll(self, offset: int, limit: int, seconds: int) -> bytes:
        """One getUpdates. Raises Refusal (409)."""
        if self.listener is not None:
            raise await self._conflicted(WEBHOOK_ACTIVE)
        limit, seconds = min(max(limit, 1), 100), min(max(seconds, 0), LONG_POLL)
        loop = asyncio.get_running_loop()
        before, at = self._polled
        if offset == before and loop.time() < at + 3 and seconds < 3:
            seconds = 3
        if offset == before and loop.time() < at + 0.5:
            limit = 1
        self._polled = (offset, loop.time())
        found = self._take(offset, limit)
        if found or seconds == 0:
            return _result(found)
        self.interrupt(OTHER_POLLER)
        poll = self._poll = _Poll(offset, limit)
        timer = loop.call_later(seconds, self._end, poll)
        try:
            return await poll.answer
        except _Conflict as conflict:
            raise await self._conflicted(str(conflict)) from conflict
        finally:
            timer.cancel()
            if self._poll is poll:
                self._poll = None

    def interrupt(self, words: str) -> None:
        """End the getUpdates that is waiting now, if there is one."""
        if self._poll is not None and not self._poll.answer.done():
            self._poll.answer.set_exception(_Conflict(words))
            self._poll = None

    async def _conflicted(self, words: str) -> Refusal:
        self.conflicts += 1
        loop = asyncio.get_running_loop()
        if loop.time() < self._conflict:
            await asyncio.sleep(_CONFLICT_PAUSE)
        self._conflict = loop.time() + _CONFLICT_PAUSE
        return Refusal(409, words)

    def _wake(self) -> None:
        if self._poll is None or self._poll.answer.done():
            return
        found = self._take(self._poll.offset, self._poll.limit)
        if found:
            self._poll.answer.set_result(_result(found))
            self._poll = None

    def _end(self, poll: _Poll) -> None:
        if not poll.answer.done():
            poll.answer.set_result(_result([]))

    def _take(self, offset: int, limit: int) -> list[Update]:
        if offset < 0:
            while len(self._waiting) > -offset:
                self._waiting.popitem(last=False)
        while self._waiting and next(iter(self._waiting)) < offset:
            _, update = self._waiting.popitem(last=False)
            self.confirmed += 1
            if not update.repeated and self._faults.for_update("duplicate", update.chat_id):
                update.repeated = True
                self._again.append(update)
        found, self._again = self._again[:limit], self._again[limit:]
        now = self._clock.now()
        late: list[Update] = []
        for update in self._waiting.values():
            if len(found) >= limit:
                break
            (found if update.expires > now else late).append(update)
        for update in late:
            self.too_old(update)
        return found


class _Conflict(Exception):
    pass


def _result(updates: list[Update]) -> bytes:
    return b'{"ok":true,"result":[%s]}' % b",".join([update.body for update in updates])
