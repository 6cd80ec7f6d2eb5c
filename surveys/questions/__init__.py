"""Question types, one file each. ``type_of(question)`` finds the file that serves a question.

A file defines ``TYPES`` (the XLSForm words it serves) and the four functions of ``QuestionType``. Its module
docstring carries the XLSForm row it is for. Rule: pure; a reply that cannot be read is ``Unreadable``, never an
exception.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import Protocol

from surveys.errors import Problem
from surveys.messages import Button, Media, Reply
from surveys.registry import Registry
from surveys.survey import Choice, Question


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """What a question type knows while it asks and reads. Everything is already in the person's language."""

    language: str
    say: Callable[[str], str]
    """gettext: English sentence to the person's language; bound as ``_`` where it is used, so that Babel finds it."""
    now: datetime
    """Aware, in the office's time zone."""
    choices: tuple[Choice, ...] = ()
    """Those that may be chosen now, in the order shown (filtered and shuffled)."""
    required: bool = False
    selection: tuple[str, ...] = ()
    """Toggled so far (select_multiple, rank)."""
    page: int = 0
    turn: int = 0
    """Goes into the data of inline buttons: ``f"{turn}:{action}"``."""
    accepts: Callable[[str], str] = field(default=lambda value: "")
    """The form's constraint on a dumped value: "" if it holds, else the sentence that says why not.
    Types use it to choose between readings (17/8/45) and for nothing else: the engine checks it anyway."""
    label: str = ""
    """The question as the person saw it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Prompt:
    """What a type adds under the label: the list of choices, and the buttons."""

    body: str = ""
    rows: tuple[tuple[Button, ...], ...] = ()
    placeholder: str = ""


@dataclass(frozen=True, slots=True)
class Read:
    """Understood: the dumped value. ``other``: words given for "other" in the same breath."""

    value: str
    other: str = ""


@dataclass(frozen=True, slots=True)
class Unsure:
    """May mean one of these dumped values: "maksud Bapak/Ibu …?"."""

    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Unreadable:
    """No answer. One sentence in the person's language that says what is expected."""

    expected: str


@dataclass(frozen=True, slots=True)
class Toggled:
    """The selection or the page changed; the question still stands."""

    selection: tuple[str, ...]
    page: int = 0


@dataclass(frozen=True, slots=True)
class Sent:
    """A file: the answer is its media id, which the engine draws; the bytes are fetched later."""

    media: Media


Parsed = Read | Unsure | Unreadable | Toggled | Sent


class QuestionType(Protocol):
    """What a file in this folder is."""

    TYPES: tuple[str, ...]

    def prompt(self, question: Question, asking: Asking) -> Prompt:
        """What stands under the label."""

    def parse(self, question: Question, reply: Reply, asking: Asking) -> Parsed:
        """What the reply means. Never raises for anything a person can send."""

    def dump(self, question: Question, value: str, asking: Asking) -> str:
        """The stored value as people read it (review, summary, labels in exports); parsing it gives the value back."""

    def check(self, question: Question, say: Callable[[str], str] = ...) -> tuple[Problem, ...]:
        """What the author should mend: parameters, appearances, choices this type cannot ask in a chat."""


types: Mapping[str, object] = Registry(__name__)


@cache
def _by_word() -> dict[str, QuestionType]:
    return {word: module for module in types.values() for word in module.TYPES}  # type: ignore[attr-defined,misc]


def type_of(question: Question) -> QuestionType:
    """The file that serves this question's type. Raises KeyError for a type that asks nothing (calculate, start …)."""
    return _by_word()[question.type]


def known_types() -> frozenset[str]:
    """Every XLSForm word that can be asked in a chat."""
    return frozenset(_by_word())


def shuffled(choices: tuple[Choice, ...], seed: int) -> tuple[Choice, ...]:
    """The same order for the same seed."""
    order = list(choices)
    random.Random(seed).shuffle(order)  # noqa: S311 -- an order of choices, no secret
    return tuple(order)
