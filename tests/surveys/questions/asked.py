"""A question and what stands around it, for tests of question types."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta, timezone

from surveys.messages import Reply, Text
from surveys.questions import Asking, Parsed, Prompt, type_of
from surveys.survey import Choice, Question

NOW = datetime(2026, 11, 24, 10, 5, tzinfo=timezone(timedelta(hours=8)))
"""Tuesday, 10.05 WITA."""


def question(kind: str, **more: object) -> Question:
    """A question of one type."""
    return Question(name="q", type=kind, **more)  # type: ignore[arg-type]


def asking(asked: Question, **more: object) -> Asking:
    """What stands when it is asked: all its choices, in Indonesian, sentences left in English."""
    known: dict[str, object] = {"language": "id", "say": str, "now": NOW, "choices": asked.choices, "turn": 7}
    return Asking(**{**known, **more})  # type: ignore[arg-type]


def prompt(asked: Question, **more: object) -> Prompt:
    """What stands under its label."""
    return type_of(asked).prompt(asked, asking(asked, **more))


def parse(asked: Question, reply: Reply | str, **more: object) -> Parsed:
    """What a reply means."""
    return type_of(asked).parse(asked, Text(reply) if isinstance(reply, str) else reply, asking(asked, **more))


def dump(asked: Question, value: str, **more: object) -> str:
    """The value as people read it."""
    return type_of(asked).dump(asked, value, asking(asked, **more))


def labels(shown: Prompt) -> list[list[str]]:
    """The labels of the buttons, row by row."""
    return [[button.label for button in row] for row in shown.rows]


def data(shown: Prompt) -> list[str]:
    """What the buttons carry."""
    return [button.data for row in shown.rows for button in row]


def choice(name: str, label: str, *aliases: str) -> Choice:
    """A choice in Indonesian."""
    return Choice(name=name, label={"id": label}, aliases=aliases)


def at_most(most: int) -> Callable[[str], str]:
    """The constraint ``count-selected(.) <= most``."""
    return lambda value: "" if len(value.split()) <= most else f"no more than {most}"
