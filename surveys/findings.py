"""What is wrong with a definition so far, for authors who want to hear everything at once.

Rule of the file: a list that grows; the sentences are made where the thing is known.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

from surveys.errors import Problem

Say = Callable[[str], str]
"""gettext: English sentence to the author's language."""


@dataclass(slots=True)
class Findings:
    """Problems, in the order they were found. Reading and checking go on after an error."""

    say: Say = str
    problems: list[Problem] = field(default_factory=list)

    def error(self, code: str, sheet: str, row: int, what: str, remedy: str) -> None:
        """The form cannot be published with this."""
        self._add("error", code, sheet, row, what, remedy)

    def warning(self, code: str, sheet: str, row: int, what: str, remedy: str) -> None:
        """The form can be published, but its author should know."""
        self._add("warning", code, sheet, row, what, remedy)

    def add(self, problem: Problem) -> None:
        """A problem that somebody else put into words. One that is known already is not told twice."""
        if problem not in self.problems:
            self.problems.append(problem)

    def _add(self, level: Literal["error", "warning"], code: str, sheet: str, row: int, what: str, remedy: str) -> None:
        self.add(Problem(code=code, sheet=sheet, row=row, what=what, remedy=remedy, level=level))

    @property
    def errors(self) -> bool:
        """Whether anything stands in the way of publishing."""
        return any(problem.level == "error" for problem in self.problems)
