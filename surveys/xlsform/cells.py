"""One row of the survey sheet, asked by column.

Rule of the file: a cell is given as what its column holds: a word, an expression, a condition, texts.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from surveys.findings import Findings
from surveys.xlsform.columns import Column
from surveys.xlsform.sheets import Row
from surveys.xlsform.texts import Languages, straightened, texts_of, without_invisible

YES = frozenset({"yes", "true", "true()", "ya"})
NO = frozenset({"no", "false", "false()", "tidak", ""})


@dataclass(slots=True)
class Cells:
    """One row, asked by column."""

    row: Row
    columns: Mapping[str, Column]
    languages: Languages
    findings: Findings

    def plain(self, column: str) -> str:
        """The cell as written."""
        for heading, cell in self.row.cells.items():
            if self.columns.get(heading) == Column(column):
                return cell
        return ""

    def word(self, column: str) -> str:
        """A name or another single word, without what cannot be seen."""
        return without_invisible(self.plain(column), "survey", self.row.number, self.findings)

    def expression(self, column: str) -> str:
        """An expression with straight quotation marks."""
        return straightened(self.plain(column), column, "survey", self.row.number, self.findings)

    def condition(self, column: str) -> str:
        """An expression that is true or false; yes and no as XLSForm reads them."""
        text = self.expression(column)
        if text.lower() in YES:
            return "true()"
        return "false()" if text and text.lower() in NO else text

    def texts(self, column: str) -> dict[str, str]:
        """A text in all its languages."""
        return texts_of(column, self.row, self.columns, self.languages)
