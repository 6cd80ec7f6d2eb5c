"""ODK XForms expressions: compiled once when a survey is loaded, evaluated in microseconds.

The engine sees a survey through ``Node`` (compile time) and ``Scope`` (run time) alone.
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


class Scope(Protocol):
    """What an expression sees when it is evaluated. All values are dumped text; "" is unanswered or irrelevant."""

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
        """pulldata(table, column, key_column, key): a column of the choices list ``table`` of the same survey, "" if no row
        matches. The table "facts" is what is known of the person (see ``fact``)."""

    def fact(self, name: str) -> str:
        """What is known of the person or the place, "" if nothing (pulldata-like)."""
