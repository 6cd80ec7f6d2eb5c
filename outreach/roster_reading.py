"""Reads a list of employees: each row becomes an entry, or is told with sheet, number, what is wrong and what helps.

Rule of the file: everything is told at once and nothing is guessed. A number is never repeated in a sentence: the row
says where to look.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from outreach import roster_columns as columns
from outreach.roster import Entry, Unit
from outreach.roster_across import Across
from outreach.roster_lists import Lists
from outreach.roster_rows import Line, Rows
from outreach.roster_sheet import Table, Unreadable, read_sheets
from outreach.roster_telling import Say, Told
from outreach.roster_units import read_units
from surveys.errors import Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """What a file holds. ``entries`` are those of sound rows; ``units`` what its sheet of units adds."""

    entries: tuple[Entry, ...] = ()
    units: tuple[Unit, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def errors(self) -> int:
        """How many stand in the way of saving it."""
        return sum(problem.level == "error" for problem in self.problems)


def read_roster(content: bytes, file_name: str, lists: Lists, *, today: date, say: Say = str) -> Read:
    """Understand a roster: an .xlsx workbook or a .csv file. Never raises for what is in it."""
    _ = say
    try:
        sheets = read_sheets(content, file_name, employees=columns.holds_employees, units=columns.holds_units, say=say)
    except Unreadable as unreadable:
        return Read(problems=(unreadable.problem,))
    table = sheets.employees
    hidden = tuple(
        Problem(
            code="sheet-hidden",
            sheet=name,
            row=0,
            what=_("This sheet is hidden, so nobody sees what would be read from it."),
            remedy=_("Unhide it in Excel (right click on the names of the sheets), or delete it."),
        )
        for name in sheets.hidden
    )
    if not table.headings and hidden:
        return Read(problems=hidden)
    if not table.headings:
        problem = Problem(
            code="no-headings",
            sheet=table.name,
            row=0,
            what=_("No row with the headings of a list of employees was found (Nama, NIP/NI PPPK, Status, Unit)."),
            remedy=_("Write the list into the template: in the dashboard, or with suara roster template."),
        )
        return Read(problems=(problem,))
    told = Told(table.name, [*hidden])
    for name in sheets.second:
        told.tell(
            "sheet-second", 0, _("A second list stands on this sheet, and only one is read."),
            _("Move its rows below those of the first list, or delete the sheet."), sheet=name,
        )  # fmt: skip
    for name in sheets.unread:
        if name.casefold() == columns.GUIDE.casefold():
            continue
        told.tell(
            "sheet-unread", 0, _("This sheet is not read."), _("Nothing to do, unless employees stand there."),
            level="warning", sheet=name,
        )  # fmt: skip
    units = [] if sheets.units is None else read_units(sheets.units, lists, told, say=say)
    entries = _employees(table, lists.with_units(units), told, today=today, say=say)
    return Read(
        entries=entries,
        units=tuple(units),
        problems=tuple(sorted(told.problems, key=lambda one: (one.sheet != table.name, one.sheet, one.row))),
    )


def _employees(table: Table, lists: Lists, told: Told, *, today: date, say: Say) -> tuple[Entry, ...]:
    """Those of sound rows."""
    _ = say
    found, problems = columns.columns_of(table, say=say)
    told.problems += problems
    for row, area in table.merged:
        if row >= table.headings:
            told.tell(
                "merged", row, _("The cells {area} are merged; only the first of them counts.").format(area=area),
                _("Unmerge them and fill in each cell."),
            )  # fmt: skip
    if any(problem.code == "heading-missing" for problem in problems):
        return ()
    lines = list(_lines(table, told, say))
    if not lines:
        told.tell("no-rows", table.headings, _("The list holds no employees."), _("Fill in a row for each of them."))
    rows = Rows(table, found, lists, today, say, told)
    read = ((line.number, rows.read(line)) for line in lines)
    entries = {number: entry for number, entry in read if entry is not None}
    Across(rows.digits, entries, say, told).look()
    return tuple(entry for number, entry in entries.items() if number not in told.bad)


def _lines(table: Table, told: Told, say: Say) -> Iterator[Line]:
    """The rows below the headings, those that only number the columns left out."""
    _ = say
    for number, cells in table.rows:
        if number <= table.headings:
            continue
        filled = [text.strip("()") for text in cells if text]
        if len(filled) > 2 and filled == [str(place) for place in range(1, len(filled) + 1)]:
            continue
        if columns.holds_employees(cells):
            told.tell(
                "heading-again", number, _("This row repeats the headings."), _("Delete the row.")
            )  # fmt: skip
            continue
        yield Line(number, cells)
