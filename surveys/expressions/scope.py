"""What an expression may know of a survey when it is compiled, and of a conversation when it is evaluated.

Rule of the file: contracts only. A name's place is the repeats around it; a value is the dumped text.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol

NodeKind = Literal["number", "date", "dateTime", "time", "text", "select", "group", "repeat"]


@dataclass(frozen=True, slots=True)
class Node:
    """What the compiler knows of a name in the survey."""

    name: str
    kind: NodeKind
    repeats: tuple[str, ...] = ()
    """The repeats that enclose it, outermost first."""
    sections: tuple[str, ...] = ()
    """The groups and repeats that enclose it, outermost first. Only ``..`` needs them; left out, the repeats
    stand for them."""


class Scope(Protocol):
    """What an expression sees when it is evaluated. All values are dumped text; "" is unanswered or irrelevant.

    A scope may also have ``language: str``, the person's language: it names months and days in format-date().
    """

    @property
    def now(self) -> datetime: ...
    @property
    def rng(self) -> random.Random: ...
    @property
    def current(self) -> str:
        """The value of "."."""

    @property
    def position(self) -> tuple[int, ...]:
        """1-based numbers of the repetitions where the expression stands, outermost first."""

    def value(self, name: str, position: tuple[int, ...]) -> str:
        """The value of one question in one repetition (its own full position)."""

    def count(self, repeat: str, position: tuple[int, ...]) -> int:
        """How many repetitions ``repeat`` has inside the enclosing ``position``."""

    def label(self, question: str, choice: str) -> str:
        """The label of a choice in the person's language, "" if there is none (jr:choice-name)."""

    def lookup(self, table: str, column: str, key_column: str, key: str) -> str:
        """A cell of the choices list ``table`` of the same survey, "" if no row has ``key`` in ``key_column``."""

    def fact(self, name: str) -> str:
        """What is known of the person or the place, "" if nothing (pulldata-like)."""


class ChoiceScope(Scope, Protocol):
    """The scope of a choice_filter: it also sees the columns of the choice in question."""

    def column(self, name: str) -> str:
        """The choice's own cell in that column of the choices sheet, "" if it is empty; "name" is its name."""
