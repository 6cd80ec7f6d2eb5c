"""The questions of every version of a survey, side by side: what becomes one column, under which name, of which kind.

Rule of the file: pure; a question keeps its column as long as its name and the repeats around it stay, and looks as its
newest version puts it. What an older version alone has stands where it stood there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from surveys.engine import compile_survey
from surveys.survey import Choice, Question, Section, Survey

Kind = Literal["text", "number", "date", "time", "moment"]

FILES = frozenset({"image", "audio", "video", "file"})
SPLIT = frozenset({"select_multiple", "rank"})
SILENT = frozenset({"calculate", "hidden", "start", "end", "today"})
"""Nobody says them, so there is no wording of theirs to keep."""
CLOCKS = frozenset({"start", "end"})
_UNANSWERED = frozenset({"note", "deviceid", "username", "phonenumber"})
_KINDS: Mapping[str, Kind] = {
    "integer": "number",
    "decimal": "number",
    "range": "number",
    "date": "date",
    "today": "date",
    "time": "time",
    "dateTime": "moment",
    "start": "moment",
    "end": "moment",
}
_SCALE = re.compile(r"0|-?[1-9][0-9]{0,2}")

Path = tuple[str, ...]
"""Names of the repeats around a question, outermost first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One question in all versions of a survey."""

    question: Question
    """As its newest version puts it."""
    repeats: Path
    relevant: str
    """Its own condition and those of the groups around it, in the newest version."""
    versions: tuple[int, ...]
    choices: tuple[Choice, ...]
    """Of all versions: the newest first, those that are gone after them."""
    or_other: bool
    files: bool
    """Whether a file may answer it."""
    personal: bool
    """Whether some version keeps it encrypted (``chat_kind``)."""
    derived: bool
    """A calculation that some version makes from a personal answer."""

    @property
    def name(self) -> str:
        """Of the question."""
        return self.question.name

    @property
    def kind(self) -> Kind:
        """What stands in its column. The codes of a scale (1 to 5) are numbers, so that they can be averaged."""
        question = self.question
        if question.type == "select_one" and self.choices and not self.or_other:
            return "number" if all(_SCALE.fullmatch(choice.name) for choice in self.choices) else "text"
        return _KINDS.get(question.type, "text")


@dataclass(frozen=True, slots=True)
class _Standing:
    """A question where one version has it."""

    version: int
    question: Question
    relevant: str
    derived: bool


Key = tuple[Path, str]


def fields_of(versions: Sequence[Survey]) -> tuple[Field, ...]:
    """One Field for each question that can have an answer. ``versions``: of one survey, the oldest first."""
    order: list[Key] = []
    found: dict[Key, list[_Standing]] = {}
    for survey in reversed(versions):
        derived = _derived(survey)
        before: Key | None = None
        for path, conditions, question in _walk(survey.items, (), ()):
            key = (path, question.name)
            if key not in found:
                order.insert(order.index(before) + 1 if before is not None else 0, key)
                found[key] = []
            found[key].append(_Standing(survey.version, question, " and ".join(conditions), question.name in derived))
            before = key
    return tuple(_field(key[0], found[key]) for key in order)


def repeats_of(versions: Sequence[Survey]) -> dict[Path, Section]:
    """Every repeat of every version by its path, the newest's first, outer ones before inner ones."""
    found: dict[Path, Section] = {}

    def take(items: tuple[Question | Section, ...], path: Path) -> None:
        for item in items:
            if isinstance(item, Section):
                inside = (*path, item.name) if item.repeat else path
                if item.repeat:
                    found.setdefault(inside, item)
                take(item.items, inside)

    for survey in reversed(versions):
        take(survey.items, ())
    return found


def _walk(
    items: tuple[Question | Section, ...], path: Path, conditions: tuple[str, ...]
) -> Iterator[tuple[Path, tuple[str, ...], Question]]:
    for item in items:
        mine = (*conditions, item.relevant) if item.relevant else conditions
        if isinstance(item, Section):
            yield from _walk(item.items, (*path, item.name) if item.repeat else path, mine)
        elif item.type not in _UNANSWERED:
            yield path, mine, item


def _field(path: Path, standings: Sequence[_Standing]) -> Field:
    newest = standings[0]
    questions = [standing.question for standing in standings]
    choices: dict[str, Choice] = {}
    for question in questions:
        for choice in question.choices:
            choices.setdefault(choice.name, choice)
    return Field(
        question=newest.question,
        repeats=path,
        relevant=newest.relevant,
        versions=tuple(sorted(standing.version for standing in standings)),
        choices=tuple(choices.values()),
        or_other=any(question.or_other for question in questions),
        files=any(question.type in FILES or "chat_media" in question.parameters for question in questions),
        personal=any(question.chat_kind for question in questions),
        derived=any(standing.derived for standing in standings),
    )


def _derived(survey: Survey) -> frozenset[str]:
    """Questions that repeat a personal answer by a calculation or a default, as they are stored encrypted."""
    return compile_survey(survey).sealed - {question.name for question in survey.questions() if question.chat_kind}
