"""A task's own rubric, and what a mark on it is worth.

Rule of the file: it carries between ``outreach.tasks`` and ``insights.rubric``; the formula stands there.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction

from insights.rubric import Criterion, Rubric, task_passed, task_score
from outreach.task_marks import Mark
from outreach.tasks import Task


def rubric_of(task: Task) -> Rubric:
    """The rubric of the task. Raises ValueError where it does not sum to 100."""
    return Rubric(tuple(Criterion(key=one.key, weight=one.weight) for one in task.rubric))


def score(task: Task, mark: Mark) -> Fraction:
    """0–100."""
    return task_score(mark.levels, rubric=rubric_of(task))


def passes(task: Task, marks: Iterable[Mark]) -> Mapping[Mark, bool]:
    """Whether each of these marks is a pass."""
    return {one: task_passed(score(task, one)) for one in marks}
