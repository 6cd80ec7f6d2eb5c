"""Everything that is wrong with a survey, at once: what its author should mend before people are asked.

Rule of the file: ``check`` never raises and changes nothing. Errors stand in the way of publishing, warnings do not.
"""

from __future__ import annotations

from collections.abc import Mapping

from surveys.checking.choices import check_choices
from surveys.checking.defaults import check_defaults
from surveys.checking.expressions import check_expressions
from surveys.checking.filters import check_filters
from surveys.checking.form import form_of
from surveys.checking.order import check_order
from surveys.checking.structure import check_structure
from surveys.checking.test import check_test
from surveys.checking.wording import check_wording
from surveys.errors import Problem
from surveys.findings import Findings, Say
from surveys.survey import Survey

_SHEETS = {"survey": 0, "choices": 1, "settings": 3}


def check(survey: Survey, *, files: Mapping[str, str] | None = None, say: Say = str) -> tuple[Problem, ...]:
    """The problems of ``survey``, errors and warnings, in the order of its sheets and rows.

    ``files``: list name to the file its choices came from, so that rows are named in the right place.
    ``say`` translates every sentence.
    """
    findings = Findings(say)
    form = form_of(survey, findings, files or {})
    check_structure(form)
    check_test(form)
    check_choices(form)
    check_wording(form)
    check_expressions(form)
    check_filters(form)
    check_defaults(form)
    check_order(form)
    return in_order(findings.problems)


def in_order(problems: list[Problem] | tuple[Problem, ...]) -> tuple[Problem, ...]:
    """Problems as an author works through them: the file first, then sheet by sheet, row by row."""
    return tuple(sorted(problems, key=lambda p: (_SHEETS.get(p.sheet, 2) if p.sheet else -1, p.sheet, p.row)))
