"""The people who answer, inside the process of the fake Telegram: they react to what they see, without thinking.

The bench writes orders to this process, one JSON object a line, and reads what happened the same way:
``{"do": "crowd", "people": 200, "first": 1, "warm": 2, "seconds": 8}``, ``{"do": "alone", "first": 1, "surveys": 20}``,
``{"do": "visit", "first": 1, "many": 1000, "at_once": 200, "turns": 3}``. Rule of the file: it must cost little, since
it shares a core with the fake.
"""

from __future__ import annotations

import asyncio
import gc
import json
import sys
import time
from collections.abc import Callable
from typing import Any

from benchmarks.form import ANSWERS, DONE, NAME, REVIEW, SEND, THANKS, TICK, TURNS, Turn
from tests.fake_telegram.fake import FakeTelegram
from tests.fake_telegram.people import Person
from tests.fake_telegram.world import Message

PATIENCE = 30.0
"""Seconds after which somebody who got no answer is given up."""


async def people(fake: FakeTelegram) -> None:
    """Take orders until the process ends."""
    gc.set_threshold(100_000, 50, 50)
    reader = asyncio.StreamReader()
    await asyncio.get_running_loop().connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
    street = Street(fake)
    while line := await reader.readline():
        order = json.loads(line)
        await getattr(street, f"do_{order.pop('do')}")(**order)


def tell(**what: Any) -> None:
    """One line for the bench."""
    print(json.dumps(what), flush=True)


class One:
    """Somebody in the middle of the survey."""

    __slots__ = ("begun", "person", "turn")

    def __init__(self, person: Person) -> None:
        self.person = person
        self.turn = 0
        self.begun = 0.0


class Street:
    """Everybody there is, and what they got done."""

    def __init__(self, fake: FakeTelegram) -> None:
        self._fake = fake
        self._there: dict[int, One] = {}
        self.answers = 0
        self.updates = 0
        self.completed = 0
        self.strange: list[str] = []
        """Messages that nobody expected."""
        self.waits: list[float] = []
        """Seconds from what somebody did to the message that answered it."""
        self._turns = len(TURNS)
        self._finished: Callable[[One], None] = lambda one: None
        fake.on_message(None, self._shown)

    # ---- one person ----------------------------------------------------------------------------------

    def enter(self, number: int) -> None:
        """Somebody new follows the link into the survey."""
        one = One(self._fake.person(number))
        self._there[number] = one
        self.updates += 1
        one.begun = time.perf_counter()
        one.person.send(f"/start {NAME}")

    def _shown(self, message: Message) -> None:
        one = self._there.get(message.chat_id)
        if one is None:
            return
        if one.turn == len(TURNS):
            if THANKS in message.text:
                self.waits.append(time.perf_counter() - one.begun)
                self.completed += 1
                self._leave(one)
            elif message.markup.rows:
                self._wonder(message)
            return
        turn = TURNS[one.turn]
        if not _expected(turn, message):
            part = turn.sees == SEND and message.text.startswith(REVIEW) and not message.markup.rows
            if message.markup.rows or not (message.edited or part):
                self._wonder(message)
            return  # else the buttons under an answered question went, or the review goes on in the next message
        now = time.perf_counter()
        self.waits.append(now - one.begun)
        if one.turn:
            self.answers += TURNS[one.turn - 1].answers
        one.turn += 1
        if one.turn > self._turns:
            self._leave(one)
            return
        self.updates += 1
        one.begun = now
        _act(one.person, turn, message)

    def _leave(self, one: One) -> None:
        """They put the telephone away."""
        chat = one.person.chat
        one.person.read_all()
        del self._there[chat.chat_id]
        self._finished(one)

    def _wonder(self, message: Message) -> None:
        if len(self.strange) < 20:
            self.strange.append(f"{message.chat_id}: {message.text[:200]}")

    # ---- orders --------------------------------------------------------------------------------------

    async def do_crowd(self, people: int, first: int, warm: float, seconds: float) -> None:
        """Keep ``people`` in flight: who is done is followed by somebody new. Measure ``seconds`` after ``warm``."""
        self._turns = len(TURNS)
        following = iter(range(first + people, sys.maxsize))
        self._finished = lambda _one: self.enter(next(following))
        begun = time.perf_counter()
        for number in range(first, first + people):
            self.enter(number)
            ahead = begun + (number - first) * warm / people - time.perf_counter()
            if ahead > 0:  # one after the other, so that not all of them are at the same question
                await asyncio.sleep(ahead)
        await asyncio.sleep(warm / 2)
        self.waits.clear()
        answers, updates = self.answers, self.updates
        cpu, at = time.process_time(), time.perf_counter()
        tell(at="begun")
        await asyncio.sleep(seconds)
        took = time.perf_counter() - at
        tell(
            at="ended", seconds=took, answers=self.answers - answers, updates=self.updates - updates,
            cpu=time.process_time() - cpu, wait=_middle(self.waits),
        )  # fmt: skip
        self._finished = lambda _one: None
        await self._empty()

    async def do_alone(self, first: int, surveys: int) -> None:
        """One person after the other, nobody else there."""
        self._turns = len(TURNS)
        self._finished = lambda _one: None
        self.waits.clear()
        for number in range(first, first + surveys):
            self.enter(number)
            await self._until(lambda: not self._there)
        tell(at="alone", wait=_middle(self.waits), slow=sorted(self.waits)[int(len(self.waits) * 0.95)])
        await self._empty()

    async def do_visit(self, first: int, many: int, at_once: int, turns: int) -> None:
        """``many`` people come, give their first ``turns`` messages after the link, and leave it at that."""
        self._turns = turns
        following = iter(range(first + at_once, first + many))

        def next_one(_one: One) -> None:
            number = next(following, None)
            if number is not None:
                self.enter(number)

        self._finished = next_one
        for number in range(first, first + min(many, at_once)):
            self.enter(number)
        await self._until(lambda: not self._there, patience=3600)
        await self._empty()

    async def do_pass_by(self, first: int, many: int, at_once: int) -> None:
        """``many`` people say hello and read what comes."""
        for start in range(first, first + many, at_once):
            together = [self._fake.person(number) for number in range(start, min(start + at_once, first + many))]
            for person in together:
                person.send("/start")
            await asyncio.gather(*(person.next(PATIENCE) for person in together))
            for person in together:
                del self._fake.people[person.user_id], self._fake.chats[person.user_id]
        tell(at="passed")

    async def _empty(self) -> None:
        """Wait until everybody has left and nothing waits for the bot."""
        await self._until(lambda: not self._there and not len(self._fake.updates))
        await self._until(lambda: not self._fake.presses, patience=1)
        tell(
            at="done", completed=self.completed, answers=self.completed * ANSWERS, stuck=len(self._there),
            unanswered=len(self._fake.presses),
            refused=[call.refused for call in self._fake.refused[:5]], strange=self.strange,
        )  # fmt: skip

    async def _until(self, holds: Callable[[], bool], patience: float = PATIENCE) -> None:
        end = time.monotonic() + patience
        while not holds() and time.monotonic() < end:  # noqa: ASYNC110 -- what it waits for tells nobody
            await asyncio.sleep(0.002)


def _expected(turn: Turn, message: Message) -> bool:
    if turn.ticks < 0:
        return turn.sees in message.text
    if message.markup.kind != "inline":
        return False
    ticked = sum(str(button["text"]).startswith(TICK) for row in message.markup.rows for button in row)
    return ticked == turn.ticks and turn.sees in message.text


def _act(person: Person, turn: Turn, message: Message) -> None:
    if turn.types:
        person.send(turn.types)
        return
    labels = [str(button["text"]) for row in message.markup.rows for button in row]
    if turn.ticks == 2:
        label = next(label for label in labels if DONE in label)
    elif turn.ticks >= 0:
        open_to = [label for label in labels if not label.startswith(TICK)]
        label = open_to[person.user_id % 3]
    else:
        label = labels[person.user_id % turn.choices]
    if turn.ticks >= 0:
        person.press_inline(label, message.message_id)
    else:
        person.press(label)


def _middle(values: list[float]) -> float:
    return sorted(values)[len(values) // 2] if values else 0.0
