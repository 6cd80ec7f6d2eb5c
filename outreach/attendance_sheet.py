"""The list of a session as an Excel workbook: out to the instructor, and in again with what they noted on paper.

Rules of the file: a person is found by employee number, a day by the date in its heading. An empty cell says nothing,
so that nobody is taken off who checked in meanwhile; whoever was not there gets a "tidak". A list with a fault is not
taken at all.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from outreach.roster_sheet import Table, Unreadable, read_sheets
from surveys.errors import Problem
from surveys.text.normal import normal

Say = Callable[[str], str]
NUMBER_LENGTH = 18
SAID = "Kabar peserta"
"""The last column: what people say of themselves. Nothing is read from it."""
_NUMBER = frozenset({"nip", "nip/ni pppk", "nip / ni pppk", "ni pppk", "nip atau ni pppk"})
_THERE = frozenset({"hadir", "h", "ya", "y", "v", "1", "true", "ada", "present", "yes", "✓", "✔", "√"})
_NOT_THERE = frozenset(
    {
        "tidak",
        "tidak hadir",
        "t",
        "0",
        "-",
        "–",
        "false",
        "alpa",
        "a",
        "izin",
        "i",
        "sakit",
        "s",
        "no",
        "absent",
    }
)


@dataclass(frozen=True, slots=True)
class Line:
    """Somebody as the list shows them: the days on which they were there."""

    name: str
    number: str
    unit: str
    there: frozenset[date]
    said: str = ""
    """What they announced themselves; it is for reading alone."""


@dataclass(frozen=True, slots=True)
class Noted:
    """What one cell says. ``row`` is the row in the sheet."""

    row: int
    number: str
    day: date
    there: bool


@dataclass(frozen=True, slots=True)
class ReadList:
    """What a list says, and what is wrong with it."""

    noted: tuple[Noted, ...]
    problems: tuple[Problem, ...]


def written(title: str, days: Sequence[date], lines: Sequence[Line], *, say: Say) -> bytes:
    """An .xlsx workbook that ``read_list`` reads."""
    import xlsxwriter

    _ = say
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        bold = book.add_format({"bold": True, "bg_color": "#DDE6F0", "bottom": 1})
        text = book.add_format({"num_format": "@"})
        sheet = book.add_worksheet("Kehadiran")
        for column, width in enumerate((34, 24, 34, *(14 for _day in days))):
            sheet.set_column(column, column, width, text)
        sheet.set_column(3 + len(days), 3 + len(days), 44, text)
        for column, heading in enumerate(("Nama", "NIP", "Unit", *(day.isoformat() for day in days), SAID)):
            sheet.write_string(0, column, heading, bold)
        for row, line in enumerate(lines, start=1):
            marks = ("hadir" if day in line.there else "" for day in days)
            for column, cell in enumerate((line.name, line.number, line.unit, *marks, line.said)):
                sheet.write_string(row, column, cell)
        sheet.freeze_panes(1, 1)
        if days:
            last = 2 + len(days)
            sheet.data_validation(1, 3, len(lines) + 200, last, {"validate": "list", "source": ["hadir", "tidak"]})
        guide = book.add_worksheet("Petunjuk")
        guide.set_column(0, 0, 110)
        for row, words in enumerate(
            (
                title,
                _("Write “hadir” where somebody was there, “tidak” where they were not after all."),
                _("Kabar peserta holds what participants told the bot: it is not checked, and not read from here."),
                _("An empty cell changes nothing. Somebody who is missing gets a row of their own with their NIP."),
            )
        ):
            guide.write_string(row, 0, words)
    return buffer.getvalue()


def read_list(content: bytes, file_name: str, days: Sequence[date], *, say: Say) -> ReadList:
    """What a list says of these days."""
    _ = say
    try:
        table = read_sheets(content, file_name, employees=_is_heading, units=lambda _cells: False, say=say).employees
    except Unreadable as refused:
        return ReadList((), (refused.problem,))
    columns = _columns(table, days)
    if not table.headings or not columns:
        what = _("There is no row of headings with NIP and the days of this session.")
        remedy = _("Download the list of this session and fill it in.")
        return ReadList((), (Problem(code="headings", sheet=table.name, row=0, what=what, remedy=remedy),))
    return _rows(table, columns, say)


def _is_heading(cells: list[str]) -> bool:
    return any(normal(cell) in _NUMBER or cell.strip().lower() in _NUMBER for cell in cells)


def _columns(table: Table, days: Sequence[date]) -> dict[int, date]:
    """Column to the day it is about."""
    headings = next((cells for number, cells in table.rows if number == table.headings), [])
    wanted = {shape: day for day in days for shape in (day.isoformat(), f"{day:%d/%m/%Y}", f"{day:%d-%m-%Y}")}
    return {column: wanted[cell.strip()] for column, cell in enumerate(headings) if cell.strip() in wanted}


def _rows(table: Table, columns: dict[int, date], say: Say) -> ReadList:
    _ = say
    headings = next(cells for number, cells in table.rows if number == table.headings)
    at = next(column for column, cell in enumerate(headings) if _is_heading([cell]))
    noted: list[Noted] = []
    problems: list[Problem] = []
    seen: dict[str, int] = {}

    def fault(code: str, row: int, what: str, remedy: str) -> None:
        problems.append(Problem(code=code, sheet=table.name, row=row, what=what, remedy=remedy))

    for row, cells in table.rows:
        if row <= table.headings:
            continue
        marks = {column: cells[column].strip() for column in columns if column < len(cells) and cells[column].strip()}
        number = "".join(letter for letter in (cells[at] if at < len(cells) else "") if letter.isdecimal())
        if not marks:
            continue
        if table.odd.get((row, at)) == "number":
            fault("rounded", row, _("The NIP is a number here, and Excel rounds numbers of this length."),
                  _("Make the column text, then type the NIP once more."))  # fmt: skip
            continue
        if len(number) != NUMBER_LENGTH:
            fault(
                "number", row, _("The NIP does not have 18 digits."), _("Please compare it with the list of employees.")
            )
            continue
        if number in seen:
            fault("twice", row, _("This NIP stands in row {row} already.").format(row=seen[number]),
                  _("Leave one row for each person."))  # fmt: skip
            continue
        seen[number] = row
        for column, mark in marks.items():
            there = _meaning(mark)
            if there is None:
                fault("mark", row, _("“{mark}” says neither that they were there nor that they were not.").format(
                    mark=mark[:20]), _("Write hadir or tidak."))  # fmt: skip
            else:
                noted.append(Noted(row, number, columns[column], there))
    return ReadList(tuple(noted), tuple(problems))


def _meaning(mark: str) -> bool | None:
    said = " ".join(mark.lower().split())
    return True if said in _THERE else False if said in _NOT_THERE else None
