"""Somebody who answers a survey over the fake Telegram, and remembers what they said.

They answer a question when they see it, once; a question they answered already is a repetition and counted. When
nothing is said for a while they ask for help, as people do, and answer the question that is shown then.
"""

from __future__ import annotations

import asyncio
import random
import re
from collections import Counter
from dataclasses import dataclass, field

from surveys.survey import Question, Survey
from tests.fake_telegram.people import Person
from tests.fake_telegram.world import Message

SILENCE = 6.0
"""Seconds without a word after which they ask for help."""
_AROUND = frozenset({"Kembali", "Lewati", "Nanti", "Bantuan", "Ubah", "Lainnya"})
"""Labels that lead elsewhere."""
_DONE = "Terima kasih. Jawaban"
_NOTHING_OPEN = ("tidak ada survei yang sedang diisi", "Ini layanan otomatis")
"""Where the thanks were lost on their way, this is how they learn that they are through."""


@dataclass(slots=True)
class Respondent:
    """One person and their survey."""

    person: Person
    survey: Survey
    rng: random.Random
    pause: float
    """Seconds they think, on average."""
    said: dict[str, str] = field(default_factory=dict)
    """Question to what they answered."""
    sent: bool = False
    done: bool = False
    repeated: int = 0
    """Prompts that were said again though they had been answered, or twice in a row."""
    helped: int = 0
    odd: list[str] = field(default_factory=list)
    """What they could not make sense of."""
    _seen: Counter[str] = field(default_factory=Counter)

    async def answer_all(self) -> None:
        """From the first word to the last."""
        self.person.send(f"/start {self.survey.name}")
        while not self.done:
            try:
                message = await self.person.next(SILENCE)
            except AssertionError:
                self.helped += 1
                self.person.send("bantuan")
                continue
            await self._read(message)

    async def _read(self, message: Message) -> None:
        text = message.text
        if _DONE in text or (self.sent and any(words in text for words in _NOTHING_OPEN)):
            self.done = True
            return
        question = self._question(text)
        if question is not None:
            self._seen[question.name] += 1
            self.repeated += self._seen[question.name] > 1
        if question is not None and question.name in self.said:
            return
        if question is None and not self.sent and self._asked_by_desk(text):
            return
        words = self._answer(question)
        if words is None:
            self.odd.append(text)
            return
        await asyncio.sleep(self.rng.uniform(0.2, 1.8) * self.pause)
        if question is not None:
            self.said[question.name] = words
        self.sent = self.sent or words == "Kirim"
        self.person.send(words)

    def _asked_by_desk(self, text: str) -> bool:
        """Whether this was asked and answered before, but for when they asked for help themselves."""
        line = text.splitlines()[-1]
        self._seen[line] += 1
        return self._seen[line] > 1 + self.helped

    def _question(self, text: str) -> Question | None:
        """Which question is asked: the one whose label stands latest in the message."""
        if "Kirim sekarang" in text:
            return None
        found: list[tuple[int, int, Question]] = []
        for question in self.survey.questions():
            label = question.label.get("id", "")
            if not label or question.type in {"note", "calculate"}:
                continue
            pattern = re.escape(label)
            place = [match.end() for match in re.finditer(pattern, text)]
            if place:
                found.append((place[-1], len(label), question))
        return max(found, key=lambda one: one[:2])[2] if found else None

    def _answer(self, question: Question | None) -> str | None:
        if question is not None:
            match question.type:
                case "text":
                    return f"Kata {self.rng.randrange(10_000)} dari {self.person.user_id}"
                case "select_multiple":
                    return "1,2"
                case "rank":
                    return "1,2,3"
        labels = [label for row in self.person.keyboard for label in row if label not in _AROUND]
        if question is None and "Kirim" in labels and not self.sent:
            return "Kirim"
        if question is None:  # the desk's own questions; a note asks nothing
            return next((wanted for wanted in ("ASN", "Setuju", "Ya") if wanted in labels), None)
        return self.rng.choice(labels) if labels else None
