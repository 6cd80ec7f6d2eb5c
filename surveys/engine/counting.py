"""How many questions a survey has for one person, as far as that can be told before they are asked.

Rule of the file: worked out once for a survey. Questions that hang on one answer by plain comparisons, such as
``${jenis} = 'kelurahan'``, are tried with every value those comparisons can tell apart, so that of those that exclude
each other only as many count as can come together.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from surveys.expressions import Expression
from surveys.session import Place

_WORD = re.compile(r"""\s+|\$\{[\w.-]+\}|'[^']*'|"[^"]*"|\d+(?:\.\d+)?|!=|<=|>=|[=<>()]|\b(?:and|or|not)\b""")
_TEXT = re.compile(r"""'([^']*)'|"([^"]*)\"""")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_ANOTHER = "\ue000"
"""A value that no form compares with."""


@dataclass(frozen=True, slots=True)
class Condition:
    """What a question hangs on, for counting. ``decided_by``: the index of the last question or calculation that
    decides it, calculations looked through; -2 where none does."""

    relevant: Expression
    place: Place
    decided_by: int


@dataclass(frozen=True, slots=True)
class Alternatives:
    """Questions that hang on one answer. ``decided_by`` as in ``Condition``."""

    questions: tuple[tuple[Condition, ...], ...]
    """For each question all it hangs on."""
    decided_by: int
    together: tuple[frozenset[int], ...]
    """Which of ``questions`` some value of that answer makes relevant together; the smaller sets are left out."""


def alternatives(perhaps: Iterable[tuple[Condition, ...]]) -> tuple[Alternatives, ...]:
    """Questions with their conditions, those that hang on the same answer side by side."""
    found: dict[tuple[str, int], list[tuple[Condition, ...]]] = {}
    for number, conditions in enumerate(perhaps):
        simple = [condition for condition in conditions if _is_simple(condition.relevant)]
        name = next(iter(simple[0].relevant.names)) if simple else f"{number}?"
        found.setdefault((name, simple[0].decided_by if simple else -2), []).append(conditions)
    return tuple(_alternatives(name, questions, decided_by) for (name, decided_by), questions in found.items())


def _is_simple(expression: Expression) -> bool:
    return len(expression.names) == 1 and not expression.volatile and not _WORD.sub("", expression.source)


def _alternatives(name: str, questions: list[tuple[Condition, ...]], decided_by: int) -> Alternatives:
    on_it = [
        [one.relevant for one in conditions if name in one.relevant.names and _is_simple(one.relevant)]
        for conditions in questions
    ]
    sets = {
        frozenset(
            number for number, expressions in enumerate(on_it) if all(one.truth(_Fixed(value)) for one in expressions)
        )
        for value in _values(expression.source for expressions in on_it for expression in expressions)
    }
    largest = [one for one in sets if not any(one < other for other in sets)]
    return Alternatives(tuple(questions), decided_by, tuple(sorted(largest, key=sorted)))


def _values(sources: Iterable[str]) -> list[str]:
    """Every value that these comparisons can tell apart."""
    values = {"", _ANOTHER}
    for source in sources:
        values.update(one or other for one, other in _TEXT.findall(source))
        for figure in _NUMBER.findall(_TEXT.sub("", re.sub(r"\$\{[^}]*\}", "", source))):
            values.update((figure, str(float(figure) - 0.001), str(float(figure) + 0.001)))
    return sorted(values)


@dataclass(frozen=True, slots=True)
class _Fixed:
    """A Scope in which every name has one value; plain comparisons ask for nothing else."""

    held: str

    @property
    def now(self) -> datetime:
        """Some day."""
        return datetime(2026, 1, 5, 9, tzinfo=UTC)

    @property
    def rng(self) -> random.Random:
        """Dice that nobody throws."""
        return random.Random(0)  # noqa: S311 -- no secret

    @property
    def current(self) -> str:
        """The same value."""
        return self.held

    @property
    def position(self) -> tuple[int, ...]:
        """Wherever."""
        return ()

    def value(self, name: str, position: tuple[int, ...]) -> str:  # noqa: ARG002 -- Scope's own words
        """The value."""
        return self.held

    def count(self, repeat: str, position: tuple[int, ...]) -> int:  # noqa: ARG002 -- Scope's own words
        """None."""
        return 0

    def label(self, question: str, choice: str) -> str:  # noqa: ARG002 -- Scope's own words
        """None."""
        return ""

    def lookup(self, table: str, column: str, key_column: str, key: str) -> str:  # noqa: ARG002 -- Scope's own words
        """None."""
        return ""

    def fact(self, name: str) -> str:  # noqa: ARG002 -- Scope's own words
        """None."""
        return ""
