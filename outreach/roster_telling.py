"""What is wrong with a list of employees, told while it is read: sheet, row, what, remedy.

Rule of the file: a row with an error is not read; a warning keeps nobody out.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from surveys.errors import Problem

Say = Callable[[str], str]


@dataclass(slots=True)
class Told:
    """All that was told of one file. ``sheet``: the name of the sheet of employees."""

    sheet: str
    problems: list[Problem] = field(default_factory=list)
    bad: set[int] = field(default_factory=set)
    """Rows of employees with an error."""

    def tell(
        self, code: str, row: int, what: str, remedy: str, *, level: str = "error", sheet: str | None = None
    ) -> None:
        """Tell it of that row, on the sheet of employees unless another is named."""
        if level == "error" and sheet is None:
            self.bad.add(row)
        self.problems.append(
            Problem(
                code=code, sheet=self.sheet if sheet is None else sheet, row=row, what=what, remedy=remedy,
                level=level,  # type: ignore[arg-type]
            )
        )  # fmt: skip
