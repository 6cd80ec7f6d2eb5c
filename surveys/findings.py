"""What is wrong with a definition so far, for authors who want to hear everything at once.

Rule of the file: a list that grows; the sentences are made where the thing is known.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from surveys.errors import Problem

Say = Callable[[str], str]
"""gettext: English sentence to the author's language."""


MOST_TOLD = 300
"""More than this nobody mends in one sitting; what is left shows at the next check."""


@dataclass(slots=True)
class Findings:
    """Problems, in the order they were found. Reading and checking go on after an error."""

    say: Say = str
    errors: int = 0
    """How many stand in the way of publishing, those that are not told included."""
    _problems: dict[Problem, None] = field(default_factory=dict)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What is told: each once, and no more than MOST_TOLD."""
        return tuple(self._problems)

    def error(self, code: str, sheet: str, row: int, what: str, remedy: str) -> None:
        """The form cannot be published with this."""
        self.add(Problem(code=code, sheet=sheet, row=row, what=what, remedy=remedy))

    def warning(self, code: str, sheet: str, row: int, what: str, remedy: str) -> None:
        """The form can be published, but its author should know."""
        self.add(Problem(code=code, sheet=sheet, row=row, what=what, remedy=remedy, level="warning"))

    def add(self, problem: Problem) -> None:
        """A problem that somebody else put into words. One that is known already is not told twice.

        An error is always told, in the place of a warning where there are too many.
        """
        if problem in self._problems:
            return
        self.errors += problem.level == "error"
        if len(self._problems) >= MOST_TOLD:
            if problem.level == "warning":
                return
            spare = next((known for known in self._problems if known.level == "warning"), None)
            if spare is None:
                return
            del self._problems[spare]
        self._problems[problem] = None
