# ruff: noqa: ARG002 -- these are Scope's own words, whether a trial needs them or not
"""Conversations tried out on paper: every combination of the answers that an expression can look at.

Rule of the file: what cannot be known on paper (the time, chance, facts, repetitions, free answers) is not tried, and
neither is what would take too long.
"""

from __future__ import annotations

import itertools
import math
import random
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

from surveys.checking.form import Form
from surveys.expressions import Expression
from surveys.survey import Choice, Question

MOST_TRIED = 3_000
"""Combinations of answers for one expression; one with more is left alone."""
MOST_CALCULATIONS = 40
"""Behind one expression."""
OTHER = "other"


@dataclass(slots=True)
class Budget:
    """How much a whole form may be tried, so that checking a large one stays a matter of seconds."""

    left: int = 100_000

    def allows(self, number: int) -> bool:
        """Whether ``number`` more evaluations may be made; they then count as made."""
        if number > self.left:
            return False
        self.left -= number
        return True


class Untried(Exception):
    """The expression asked for something that cannot be tried."""


class Trial:
    """The Scope of a trial. ``calculations`` are evaluated as they are asked for; they must not go in a circle."""

    choice: Choice | None = None
    """The one a choice_filter is looking at."""

    def __init__(self, answers: Mapping[str, str], calculations: Mapping[str, Expression]) -> None:
        self.answers = answers
        self._calculations = calculations

    def column(self, name: str) -> str:
        """A column of the choice that is looked at."""
        if self.choice is None:
            raise Untried
        if name == "label":
            return next(iter(self.choice.label.values()), "")
        return self.choice.name if name == "name" else self.choice.filters.get(name, "")

    @property
    def now(self) -> datetime:
        """Some day: expressions that look at the time are not tried."""
        return datetime(2026, 1, 5, 9, tzinfo=UTC)

    @property
    def rng(self) -> random.Random:
        """Nobody plays dice on paper."""
        raise Untried

    @property
    def current(self) -> str:
        """Unknown on paper."""
        raise Untried

    @property
    def position(self) -> tuple[int, ...]:
        """Unknown on paper: outside repeats nobody asks."""
        raise Untried

    def value(self, name: str, position: tuple[int, ...]) -> str:
        """The answer tried, or what is calculated from those."""
        if name in self._calculations:
            return self._calculations[name].text(self)
        if name not in self.answers:
            raise Untried
        return self.answers[name]

    def count(self, repeat: str, position: tuple[int, ...]) -> int:
        """Unknown on paper."""
        raise Untried

    def label(self, question: str, choice: str) -> str:
        """Unknown on paper."""
        raise Untried

    def lookup(self, table: str, column: str, key_column: str, key: str) -> str:
        """Unknown on paper."""
        raise Untried

    def fact(self, name: str) -> str:
        """Unknown on paper."""
        raise Untried


@dataclass(slots=True)
class _Gathering:
    """What the expressions look at: answers that can be listed, and calculations over them."""

    form: Form
    answers: dict[str, tuple[str, ...]] = field(default_factory=dict)
    calculations: dict[str, Expression] = field(default_factory=dict)

    def add(self, expression: Expression) -> bool:
        """False if something in it cannot be listed."""
        if expression.volatile or expression.uses_current or len(self.calculations) > MOST_CALCULATIONS:
            return False
        return all(self._name(name) for name in expression.names)

    def _name(self, name: str) -> bool:
        if name in self.calculations or name in self.answers:
            return True
        spot = self.form.by_name[name]
        item = spot.item
        if not isinstance(item, Question) or any(section.repeat for section in spot.around):
            return False
        if item.type != "calculate":
            self.answers[name] = _values(item)
            return bool(self.answers[name])
        found = self.form.of(spot, "calculation")
        if found is None or found.expression is None or item.relevant:
            return False
        self.calculations[name] = found.expression
        return self.add(found.expression)

    @property
    def circular(self) -> bool:
        """Whether the calculations lead back to themselves: that is reported elsewhere and not tried."""
        left = dict(self.calculations)
        while left:
            ready = [name for name, expression in left.items() if not expression.names & left.keys()]
            if not ready:
                return True
            for name in ready:
                del left[name]
        return False


def trials_of(
    form: Form, expressions: Iterable[Expression], budget: Budget, *, each: int = 1
) -> Iterator[Trial] | None:
    """Every conversation these expressions can tell apart; None where they cannot be listed or are too many.

    ``each``: how many evaluations are made of one trial.
    """
    gathering = _Gathering(form)
    if not all(gathering.add(expression) for expression in expressions) or gathering.circular:
        return None
    number = math.prod(len(values) for values in gathering.answers.values())
    if number > MOST_TRIED or not budget.allows(number * each):
        return None
    names = list(gathering.answers)
    return (
        Trial(dict(zip(names, values, strict=True)), gathering.calculations)
        for values in itertools.product(*gathering.answers.values())
    )


def _values(question: Question) -> tuple[str, ...]:
    """Every dumped value of a question with few answers, "" for none; () where there are too many."""
    names = [choice.name for choice in question.choices] + ([OTHER] if question.or_other else [])
    if question.type == "acknowledge":
        return ("", "OK")
    if question.type == "select_one":
        return ("", *names)
    if question.type == "select_multiple" and len(names) <= 6:
        return tuple(
            " ".join(chosen) for size in range(len(names) + 1) for chosen in itertools.combinations(names, size)
        )
    return ()
