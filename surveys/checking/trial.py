# ruff: noqa: ARG002 -- these are Scope's own words, whether a trial needs them or not
"""A conversation tried out on paper: these answers and none besides.

Rule of the file: what cannot be known on paper (the time, chance, facts, repetitions) ends the trial.
"""

from __future__ import annotations

import random
from collections.abc import Mapping
from datetime import UTC, datetime

from surveys.expressions import Expression


class Untried(Exception):
    """The expression asked for something that cannot be tried."""


class Trial:
    """The Scope of a trial. ``calculations`` are evaluated as they are asked for; they must not go in a circle."""

    def __init__(self, answers: Mapping[str, str], calculations: Mapping[str, Expression]) -> None:
        self._answers = answers
        self._calculations = calculations

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
        if name not in self._answers:
            raise Untried
        return self._answers[name]

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
