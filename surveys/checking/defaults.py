"""Defaults that are no answers: a wrong word in the column default would be filled in for everybody.

Rule of the file: only what stands there as it is; a default that is computed shows itself when it is asked.
"""

from __future__ import annotations

from datetime import UTC, datetime

from surveys.checking.form import Form
from surveys.defaults import FROM_LIST, read_back
from surveys.questions import Asking, known_types, type_of
from surveys.survey import Choice, Question

_SOME_DAY = datetime(2026, 1, 5, 9, tzinfo=UTC)
"""A default is the same on all days."""


def check_defaults(form: Form) -> None:
    """Every static default is read the way an answer is."""
    _ = form.findings.say
    for _spot, question in form.questions():
        if question.type not in known_types() or question.default_is_expression or not question.default:
            continue
        if not _reads(form, question):
            form.findings.warning(
                "default-no-answer",
                "survey",
                question.row,
                _('The default "{value}" is no answer to "{name}", so it is not filled in.').format(
                    value=question.default, name=question.name
                ),
                _("Write the name of a choice.") if question.type in FROM_LIST else _("Correct it, or leave it empty."),
            )


def _reads(form: Form, question: Question) -> bool:
    choices = question.choices
    if question.or_other:
        choices = (*choices, Choice(name="other", label={}))
    asking = Asking(language=form.survey.languages[0], say=form.findings.say, now=_SOME_DAY, choices=choices)
    return bool(read_back(type_of(question), question, question.default, asking))
