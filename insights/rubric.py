"""The task after a training: levels given on a rubric, the score they make, and whether it is passed.

Rule of the file: all criteria at "Baik" is a pass, so the pass mark is 66 and not 67.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from insights.agreement import Agreement, agreement
from insights.exact import Number, exact, within

TASK_PASS = 66
LOWEST, HIGHEST = 1, 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Criterion:
    """One line of a rubric; ``weight`` in percent."""

    key: str
    weight: Number


@dataclass(frozen=True, slots=True)
class Rubric:
    """The criteria of a task. Raises ValueError unless they differ by key, weigh more than nothing and sum to 100."""

    criteria: tuple[Criterion, ...]

    def __post_init__(self) -> None:
        keys = [one.key for one in self.criteria]
        if len(set(keys)) < len(keys):
            raise ValueError("Two criteria of the rubric have the same key.")
        for one in self.criteria:
            if exact(one.weight) <= 0:
                raise ValueError(f"The weight of {one.key} is {one.weight}; it must be above 0.")
        total = sum(exact(one.weight) for one in self.criteria)
        if total != 100:
            raise ValueError(f"The weights of the rubric sum to {float(total):g}, not to 100.")


RUBRIC = Rubric(
    (
        Criterion(key="kesesuaian", weight=30),
        Criterion(key="ketepatan", weight=30),
        Criterion(key="kemanfaatan", weight=20),
        Criterion(key="ketepatan_waktu", weight=20),
    )
)

Levels = Sequence[int]


def task_score(levels: Levels, *, rubric: Rubric = RUBRIC) -> Fraction:
    """Σ weight·(level − 1)/3, 0–100. ``levels``: 1–4, one for each criterion in the rubric's order.

    Raises ValueError for another number of levels, or one off 1–4.
    """
    if len(levels) != len(rubric.criteria):
        raise ValueError(f"The rubric has {len(rubric.criteria)} criteria, not {len(levels)}.")
    within(levels, LOWEST, HIGHEST, what="Level")
    return sum(
        (
            exact(one.weight) * Fraction(level - LOWEST, HIGHEST - LOWEST)
            for one, level in zip(rubric.criteria, levels, strict=True)
        ),
        Fraction(0),
    )


def task_passed(score: Number, *, pass_mark: Number = TASK_PASS) -> bool:
    """Whether a score 0–100 reaches the pass mark. Raises ValueError for either outside 0–100."""
    reached, wanted = within([exact(score), exact(pass_mark)], 0, 100, what="Score")
    return reached >= wanted


@dataclass(frozen=True, slots=True, kw_only=True)
class DoubleMark:
    """One submission that two people marked, each with a level 1–4 a criterion."""

    first: tuple[int, ...]
    second: tuple[int, ...]

    def __post_init__(self) -> None:
        if len(self.first) != len(self.second):
            raise ValueError("The two markers gave levels for different numbers of criteria.")
        within((*self.first, *self.second), LOWEST, HIGHEST, what="Level")


def marking_agreement(marks: Iterable[DoubleMark]) -> Agreement:
    """How far the two markers agree, level by level: its ``n`` counts levels, not submissions."""
    return agreement(pair for one in marks for pair in zip(one.first, one.second, strict=True))
