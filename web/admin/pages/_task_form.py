"""The form of a task: what stands in its fields, and what the office wants by them.

Rule of the file: what cannot be read is one sentence; whether the task is all right is judged by ``handlers.tasks``.
"""

from __future__ import annotations

from datetime import date, tzinfo

from starlette.datastructures import FormData

from handlers.tasks import Wanted
from outreach import typed
from outreach.rubric_lines import in_lines, read_rubric
from outreach.tasks import DOUBLE, USUAL, Criterion, Task
from outreach.training import Say

FIELDS = ("title", "instruction", "competence", "due", "assessor", "double", "escalates_to", "rubric")


class NoDay(ValueError):
    """What was typed is no day: a sentence for the officer."""


def empty(say: Say) -> dict[str, object]:
    """What stands in the fields of a new one."""
    return {
        **dict.fromkeys(("title", "instruction", "competence", "due"), ""),
        "assessor": "supervisor",
        "escalates_to": "supervisor",
        "double": str(DOUBLE),
        "evidence": frozenset({"text", "photo", "doc"}),
        "rubric": in_lines(USUAL, say),
    }


def filled(task: Task, timezone: tzinfo, say: Say) -> dict[str, object]:
    """What stands in the fields for it."""
    return {
        "title": task.title,
        "instruction": task.instruction,
        "competence": task.competence,
        "due": task.due.astimezone(timezone).date().isoformat(),
        "assessor": task.assessor,
        "escalates_to": task.escalates_to,
        "double": str(task.double),
        "evidence": frozenset(task.evidence),
        "rubric": in_lines(task.rubric, say),
    }


def typed_again(fields: FormData) -> dict[str, object]:
    """What was typed, for a form that is shown once more."""
    given = {name: value if isinstance(value := fields.get(name, ""), str) else "" for name in FIELDS}
    return {**given, "evidence": frozenset(str(one) for one in fields.getlist("evidence"))}


def wanted(fields: FormData, *, key: str, session: str, before: Task | None, say: Say) -> Wanted:
    """What the form says. Raises NoNumber, NoCriterion, NoDay."""

    def text(name: str) -> str:
        value = fields.get(name, "")
        return value.strip().replace("\r\n", "\n") if isinstance(value, str) else ""

    return Wanted(
        session=session,
        key=key,
        title=text("title"),
        instruction=text("instruction"),
        competence=text("competence"),
        evidence=frozenset(str(one) for one in fields.getlist("evidence")),
        due=_day(text("due"), say),
        assessor=text("assessor"),
        rubric=_rubric(text("rubric"), before.rubric if before is not None else USUAL, say),
        double=typed.whole(text("double"), say),
        escalates_to=text("escalates_to"),
    )


def _day(text: str, say: Say) -> date | None:
    """None: as it is, or as is usual."""
    _ = say
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        words = _("“{typed}” is no date: write it like 2026-12-16.")
        raise NoDay(words.format(typed=text[:40])) from None


def _rubric(text: str, before: tuple[Criterion, ...], say: Say) -> tuple[Criterion, ...]:
    """As it was where the lines are as they were, so that its keys stay."""
    lines = [" ".join(line.split()) for line in text.splitlines() if line.strip()]
    if lines == [" ".join(line.split()) for line in in_lines(before, say).splitlines()]:
        return before
    return read_rubric(lines, say)
