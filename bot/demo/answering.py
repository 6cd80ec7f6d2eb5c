"""What an invented person says to the question that stands: plausible, and in words that a person would type.

Rule of the file: pure; it knows what the engine offers (open choices, limits) and takes only that.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from bot.demo.people import Person
from bot.demo.sentences import ALONE, CENTRE, CENTRES, OTHERWISE, SCALES_OF_SKILL, SENTENCES, WEIGHTS
from surveys.engine.draft import Draft
from surveys.engine.playbook import Item
from surveys.questions.rank import places
from surveys.session import Place
from surveys.survey import Choice, in_language
from surveys.text.choices import table_of

SKIPS = 0.35
"""How often a text that may be skipped is."""


@dataclass(frozen=True, slots=True)
class Answering:
    """One person with dice of their own."""

    person: Person
    rng: random.Random

    def reply(self, draft: Draft) -> str:
        """What they type now."""
        match draft.doing:
            case "asking" if draft.at is not None:
                return self._answer(draft, draft.playbook.item(draft.at.name), draft.at)
            case "confirming":
                return "1"
            case "specifying":
                return self.rng.choice(OTHERWISE)
            case "repeating":
                return "tidak"
            case _:
                return "kirim"

    def _answer(self, draft: Draft, item: Item, place: Place) -> str:
        question = item.question
        choices = draft.choices(item, place) if question.choices else ()
        table = table_of(choices, draft.language) if choices else None
        match question.type:
            case "select_one" if choices:
                return self._typed(choices, self._one(question.name, choices), draft)
            case "select_multiple" if table is not None:
                return ",".join(table.shown[number] for number in sorted(self._several(question.name, choices)))
            case "rank" if table is not None:
                order = self._ranked(question.name, choices, places(question, len(choices)), draft.selection)
                return ",".join(table.shown[number] for number in order)
            case "range" | "integer" | "decimal":
                low = float(question.parameters.get("start", "0"))
                high = float(question.parameters.get("end", "10"))
                return str(self._scale(question.name, int(low), int(high)))
            case "acknowledge":
                return "ya"
            case "date":
                return (draft.now - timedelta(days=self.rng.randrange(1, 90))).strftime("%d/%m/%Y")
            case "text" if draft.required(item, place) or self.rng.random() >= SKIPS:
                return self._words(draft, question.name)
            case _:
                return "lewati"

    # ---- choices ------------------------------------------------------------------------------------

    def _one(self, name: str, choices: Sequence[Choice]) -> int:
        names = [choice.name for choice in choices]
        if len(names) > 2 and all(one.isdecimal() for one in names):
            low, high = int(names[0]), int(names[-1])
            return names.index(str(self._scale(name, low, high)))
        return self._drawn(name, choices, 1)[0]

    def _scale(self, name: str, low: int, high: int) -> int:
        own = self.person.skill if name.startswith(SCALES_OF_SKILL) else self.person.mood
        span = high - low
        middle = low + span * CENTRES.get(name, CENTRE)
        return min(high, max(low, round(middle + span * (0.11 * own + self.rng.gauss(0.0, 0.15)))))

    def _several(self, name: str, choices: Sequence[Choice]) -> list[int]:
        drawn = self._drawn(name, choices, min(len(choices), self.rng.choice((1, 2, 2, 3))))
        alone = [number for number in drawn if choices[number].name in ALONE]
        return alone[:1] or drawn

    def _drawn(self, name: str, choices: Sequence[Choice], count: int) -> list[int]:
        """``count`` different ones, by their weights."""
        known = WEIGHTS.get(name, {})
        # What has no weight is not alike either: the first ones of a list are chosen more.
        weights = [known.get(choice.name, 1 / (1 + 0.15 * number)) for number, choice in enumerate(choices)]
        if sum(1 for weight in weights if weight > 0) < count:
            weights = [1.0] * len(choices)
        drawn: list[int] = []
        while len(drawn) < count:
            number = self.rng.choices(range(len(choices)), weights)[0]
            weights[number] = 0
            drawn.append(number)
        return drawn

    def _ranked(self, name: str, choices: Sequence[Choice], count: int, proposed: Sequence[str]) -> list[int]:
        """An order; often the one that is proposed."""
        names = [choice.name for choice in choices]
        if len(proposed) == count and self.rng.random() < 0.6:
            return [names.index(one) for one in proposed]
        return self._drawn(name, choices, count)

    def _typed(self, choices: Sequence[Choice], number: int, draft: Draft) -> str:
        """Most press the button, some type the number, some the words in small letters."""
        label = in_language(choices[number].label, draft.language)
        way = self.rng.random()
        if way < 0.75:
            return label
        return table_of(tuple(choices), draft.language).shown[number] if way < 0.92 else label.lower()

    # ---- words --------------------------------------------------------------------------------------

    def _words(self, draft: Draft, name: str) -> str:
        sentence = self.rng.choice(SENTENCES.get(name, OTHERWISE))
        if "{layanan}" in sentence:
            service = draft.label("layanan", draft.value("layanan", ()))
            said = " ".join(word if word.rstrip(",").isupper() else word.lower() for word in service.split())
            sentence = sentence.format(layanan=said)
        return sentence
