"""Who may judge what was handed in for a task, and which mark counts.

Rule of the file: two marks that are far apart, or do not agree whether it is passed, decide nothing: the office has the
last word. A mark that asks for a revision decides at once.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

from outreach.tasks import Task

FAR_APART = 2
"""Levels between two marks of one criterion from which on somebody else has the last word."""
OFFICE_STEPS_IN = timedelta(days=7)
"""What a superior or a colleague has not judged after so long, the office may judge."""
_ADMIN = "admin:"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """What one person found: a level for each criterion in the rubric's order. ``last``: the office's last word."""

    assessor: str
    levels: tuple[int, ...]
    revise: bool = False
    last: bool = False


@dataclass(frozen=True, slots=True)
class Judge:
    """Somebody who may judge: ``respondent:17`` or ``admin:17``, and as whom."""

    name: str
    role: Literal["superior", "peer", "office"]


def marked_twice(people: int, percent: int) -> int:
    """How many of so many are marked by two: at least one where any is wanted."""
    return -(-people * percent // 100)


def far_apart(one: Sequence[int], other: Sequence[int]) -> bool:
    """Whether two marks differ by two levels or more on some criterion."""
    return any(abs(a - b) >= FAR_APART for a, b in zip(one, other, strict=True))


def deciding(marks: Sequence[Mark], *, double: bool, passes: Mapping[Mark, bool]) -> Mark | None:
    """The mark that counts; None while another one is awaited.

    The last word counts, then whoever wants it revised, then the first mark; where two were wanted and they are far
    apart or do not agree whether it is passed, only the last word. ``marks`` in the order in which they were given.
    """
    for one in marks:
        if one.last:
            return one
    wants_more = next((one for one in marks if one.revise), None)
    if wants_more is not None:
        return wants_more
    if not marks or (double and len(marks) < 2):
        return None
    if not double:
        return marks[0]
    first, second = marks[:2]
    if far_apart(first.levels, second.levels) or passes[first] != passes[second]:
        return None
    return first


def wants_last_word(marks: Sequence[Mark], *, double: bool, passes: Mapping[Mark, bool]) -> bool:
    """Whether two people marked it and do not agree."""
    return double and len(marks) >= 2 and deciding(marks, double=double, passes=passes) is None


def open_to(
    judge: Judge,
    task: Task,
    marks: Sequence[Mark],
    *,
    double: bool,
    passes: Mapping[Mark, bool],
    superior_known: bool,
    waited: timedelta,
) -> Literal["", "mark", "last"]:
    """Whether ``judge`` may mark it now, or has the last word.

    ``superior_known``: whether the participant's superior can be asked in a chat. ``waited``: since it was handed in.
    """
    if wants_last_word(marks, double=double, passes=passes):
        return "last" if judge.role == "office" else ""
    if deciding(marks, double=double, passes=passes) is not None or any(one.assessor == judge.name for one in marks):
        return ""
    match judge.role:
        case "superior":
            open_ = task.assessor == "supervisor"
        case "peer":
            open_ = task.assessor == "peer"
        case "office":
            own = task.assessor in {"instructor", "office"}
            nobody_else = waited >= OFFICE_STEPS_IN or (task.assessor == "supervisor" and not superior_known)
            second = task.assessor == "supervisor" and double and not any(_of_office(one) for one in marks)
            open_ = own or nobody_else or second
    return "mark" if open_ else ""


def _of_office(mark: Mark) -> bool:
    return mark.assessor.startswith(_ADMIN)
