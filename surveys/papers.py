"""One person's paper of a test beside its key.

Rule of the file: whoever uses this marks papers or says how they were marked; what is right is told to nobody.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from surveys.survey import Question, Section, Survey


@dataclass(frozen=True, slots=True)
class Paper:
    """Of each question that counts: what was answered (None: nothing) and the right choice, in the survey's order."""

    form: str
    """The parallel form that was put, "" where the test has but one."""
    answers: tuple[str | None, ...]
    key: tuple[str, ...]

    @property
    def right(self) -> int:
        """How many were answered rightly."""
        return sum(given == right for given, right in zip(self.answers, self.key, strict=True))


def paper_of(survey: Survey, given: Mapping[str, str]) -> Paper:
    """The paper of somebody who answered ``given`` (question to choice); the form is the one they answered."""
    form = form_of(survey, given) or next(iter(survey.forms), "")
    asked = [question for question in survey.keyed if question.form in {"", form}]
    return Paper(
        form,
        tuple(given.get(question.name) or None for question in asked),
        tuple(question.key for question in asked),
    )


def form_of(survey: Survey, answered: Iterable[str]) -> str:
    """The parallel form to which these questions belong, "" where they tell nothing."""
    names = set(answered)
    return next((question.form for question in survey.keyed if question.form and question.name in names), "")


def without_key(survey: Survey) -> Survey:
    """The same survey for those who may not see what is right."""
    return replace(survey, items=_unmarked(survey.items))


def _unmarked(items: tuple[Question | Section, ...]) -> tuple[Question | Section, ...]:
    return tuple(
        replace(item, items=_unmarked(item.items)) if isinstance(item, Section) else replace(item, key="")
        for item in items
    )
