"""Errors of the core. An unreadable reply is an event, never one of these.

SurveyError
├── DefinitionError    a survey cannot be published as it stands: code, sheet, row, what, remedy
├── ExpressionError    an expression cannot be compiled, or cannot end in a value
├── SessionError       a stored session cannot be read
└── StoredSurveyError  a stored survey cannot be read
    └── NewerSurveyError  … since a newer program wrote it
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


class SurveyError(Exception):
    """The survey cannot be used."""


class ExpressionError(SurveyError):
    """An expression cannot be understood: the message names the place and what to write instead."""


class SessionError(SurveyError):
    """A stored session cannot be read with this survey."""


class StoredSurveyError(SurveyError):
    """A stored survey cannot be read. Publish it again, or restore a backup."""

    def __init__(self) -> None:
        super().__init__(type(self).__doc__)


class NewerSurveyError(StoredSurveyError):
    """A stored survey was written by a newer program. Please update this one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One thing wrong with a definition, in words for its author.

    ``what`` and ``remedy`` are already in the author's language. ``row`` is the spreadsheet row
    (the heading is row 1), 0 where no single row is meant.
    """

    code: str
    sheet: str
    row: int
    what: str
    remedy: str
    level: Literal["error", "warning"] = "error"


class DefinitionError(SurveyError):
    """The survey cannot be published until its problems are mended."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        self.problems = problems
        super().__init__("; ".join(f"{p.sheet}:{p.row}: {p.what} {p.remedy}" for p in problems))
