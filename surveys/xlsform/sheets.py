"""A form as its author wrote it: sheets of rows of text, before anybody asks what they mean.

Rule of the file: values only. A row keeps its spreadsheet number (the heading is row 1): every problem can name it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from surveys.errors import Problem
from surveys.findings import Findings

SHEETS = ("survey", "choices", "settings")
"""The sheets we read. XLSForm's others (entities, external_choices, osm) are refused."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its number in the sheet, and its filled cells by heading as written."""

    number: int
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One sheet: ``headings`` in their order, then the rows that hold anything."""

    name: str
    headings: tuple[str, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Workbook:
    """The sheets of a form by lower-case name, and every sheet name as written."""

    sheets: Mapping[str, Sheet]
    names: tuple[str, ...] = ()


class Unopenable(Exception):
    """The file is no form at all: one sentence what it is, one what to do."""

    def __init__(self, code: str, what: str, remedy: str, *, sheet: str = "", row: int = 0) -> None:
        self.problem = Problem(code=code, sheet=sheet, row=row, what=what, remedy=remedy)
        super().__init__(f"{what} {remedy}")


MOST_BYTES = 10_000_000
"""Of a form, or of a list in a file."""


MOST_ROWS = 12_000
"""Of a sheet or a list. A form of a thousand questions with ten thousand choices has fewer."""
MOST_LETTERS = 32_767
"""Of a cell: Excel's own limit."""


def too_many_rows(findings: Findings, sheet: str, row: int) -> Unopenable:
    """What is said of a sheet that is no form."""
    _ = findings.say
    return Unopenable(
        "too-many-rows",
        _("The sheet has more than {most} rows.").format(most=MOST_ROWS),
        _("Delete rows that are no part of the form, or put long lists into .csv files."),
        sheet=sheet,
        row=row,
    )


def too_large(findings: Findings, sheet: str = "") -> Unopenable:
    """What is said of a file that nobody wants to open."""
    _ = findings.say
    return Unopenable(
        "too-large",
        _("This file is too large for a form."),
        _("A form needs less than {megabytes} MB. Delete pictures and sheets that are no part of it.").format(
            megabytes=MOST_BYTES // 1_000_000
        ),
        sheet=sheet,
    )


_INVISIBLE = dict.fromkeys([*range(0x09), 0x0B, 0x0C, *range(0x0E, 0x20), *range(0x7F, 0xA0), 0xFEFF, 0xFFFE, 0xFFFF])
"""Characters that neither a spreadsheet nor a chat can show. Line breaks and tabs stay."""


def cleaned(text: str) -> str:
    """A cell as people mean it: one kind of line break and of space, nothing unprintable, no blanks around it."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u00a0", " ")
    return plain.translate(_INVISIBLE).strip()


def sheet_of(name: str, rows: Iterable[tuple[int, Sequence[str]]], findings: Findings) -> Sheet:
    """A sheet from its numbered rows of cells; the first that holds anything is the heading."""
    _ = findings.say
    headings: list[str] | None = None
    found: list[Row] = []
    key = name.lower()
    for number, raw in rows:
        cells = [cleaned(cell[: MOST_LETTERS + 1]) for cell in raw]
        if not any(cells):
            continue
        if len(found) == MOST_ROWS:
            raise too_many_rows(findings, key, number)
        if max(map(len, cells)) > MOST_LETTERS:
            findings.error(
                "cell-too-long",
                key,
                number,
                _("A cell of this row has more than {most} letters.").format(most=MOST_LETTERS),
                _("Shorten it."),
            )
        if headings is None:
            headings = [" ".join(cell.split()) for cell in cells]
            _check_headings(key, number, headings, findings)
            continue
        strays = [cell for cell in cells[len(headings) :] if cell]
        strays += [cell for cell, heading in zip(cells, headings, strict=False) if cell and not heading]
        if strays:
            findings.error(
                "stray-cell",
                key,
                number,
                _('"{text}" stands in a column without a heading.').format(text=shortened(strays[0])),
                _("Give its column a heading or delete it. In Markdown, write \\| for a bar inside a text."),
            )
        filled = {heading: cell for heading, cell in zip(headings, cells, strict=False) if heading and cell}
        if filled:
            found.append(Row(number, filled))
    return Sheet(name=key, headings=tuple(heading for heading in headings or () if heading), rows=tuple(found))


def _check_headings(sheet: str, number: int, headings: list[str], findings: Findings) -> None:
    _ = findings.say
    for heading in sorted({heading for heading in headings if heading and headings.count(heading) > 1}):
        findings.error(
            "heading-twice",
            sheet,
            number,
            _('There are two columns "{heading}".').format(heading=heading),
            _("Rename or delete one of them."),
        )


def shortened(text: str, length: int = 40) -> str:
    """The beginning of a text, on one line, for a message."""
    line = " ".join(text.split())
    return line if len(line) <= length else line[: length - 1] + "…"
