"""A roster as somebody saved it: an Excel workbook or a .csv file, as rows of text with what is odd about their cells.

Rule of the file: nothing is understood here but which row holds the headings; a cell that is more or less than text
(a number, a formula, a fault, a day) is marked, so that what Excel did to it can be told.
"""

from __future__ import annotations

import csv
import io
import re
import warnings
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any, Literal
from xml.etree.ElementTree import ParseError

from surveys.errors import Problem
from surveys.findings import Findings
from surveys.xlsform.archive import inspect
from surveys.xlsform.comma import delimiter_of
from surveys.xlsform.sheets import Unopenable, cleaned

Say = Callable[[str], str]
Odd = Literal["number", "formula", "fault", "day", "truth"]

MOST_BYTES = 20_000_000
MOST_ROWS = 30_000
MOST_COLUMNS = 100
MOST_EMPTY_ROWS = 1_000
FIRST_ROWS = 20
"""The headings stand within these."""

_MERGED = re.compile(rb'<(?:\w{1,20}:)?mergeCell\s[^<>]{0,200}?ref="([A-Z]{1,3}\d{1,7}:[A-Z]{1,3}\d{1,7})"')
_BROKEN = (
    zipfile.BadZipFile, ParseError, OSError, EOFError, KeyError, IndexError, ValueError, TypeError, AttributeError,
)  # fmt: skip
"""What openpyxl lets through when a part of the workbook is not what it should be."""


class Unreadable(Exception):
    """The file cannot be read as a table at all."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        super().__init__(f"{problem.what} {problem.remedy}")


@dataclass(slots=True)
class Table:
    """One sheet. Rows keep their numbers in the sheet; ``headings`` is the number of the row that holds them, 0 where
    none was found."""

    name: str
    rows: list[tuple[int, list[str]]] = field(default_factory=list)
    odd: dict[tuple[int, int], Odd] = field(default_factory=dict)
    """(row number, column from 0)"""
    merged: list[tuple[int, str]] = field(default_factory=list)
    """(row number, area)"""
    headings: int = 0


@dataclass(frozen=True, slots=True)
class Sheets:
    """What a file holds: the table with the employees, one with further units, and the names of those not read."""

    employees: Table
    units: Table | None = None
    unread: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()
    """Tables like these on sheets that nobody sees in Excel."""
    second: tuple[str, ...] = ()
    """Tables like these beside the first."""


@dataclass(frozen=True, slots=True)
class Found:
    """What a workbook holds of the tables that are wanted. The names of other sheets, of tables on sheets that nobody
    sees in Excel, and of those beside the first of their kind."""

    tables: dict[str, Table]
    unread: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()
    second: tuple[str, ...] = ()


IsHeading = Callable[[list[str]], bool]


def read_sheets(content: bytes, file_name: str, *, employees: IsHeading, units: IsHeading, say: Say) -> Sheets:
    """The tables of a roster. ``employees``, ``units``: whether a row is the headings of such a table. Raises
    Unreadable."""
    _ = say
    if len(content) > MOST_BYTES:
        raise Unreadable(_too_large(say))
    if not content.strip():
        raise Unreadable(_problem("empty", _("The file is empty."), _("Save the list again.")))
    if file_name.lower().endswith(".csv") or not content.startswith((b"PK", b"\xd0\xcf\x11\xe0")):
        table = _read_csv(content, say)
        table.headings = _headings(table.rows, employees)
        return Sheets(table)
    found = read_tables(content, {"employees": employees, "units": units}, say=say)
    if "employees" not in found.tables:
        return Sheets(Table(found.unread[0] if found.unread else ""), hidden=found.hidden)
    return Sheets(found.tables["employees"], found.tables.get("units"), found.unread, found.hidden, found.second)


def read_tables(content: bytes, wanted: Mapping[str, IsHeading], *, say: Say) -> Found:
    """Those of the ``wanted`` tables that a workbook holds, by their headings. Raises Unreadable."""
    _ = say
    if len(content) > MOST_BYTES:
        raise Unreadable(_too_large(say))
    try:
        inspect(content, Findings(say))
    except Unopenable as refused:
        raise Unreadable(_in_our_words(refused.problem, say)) from None
    with warnings.catch_warnings():  # openpyxl speaks of charts and rules it leaves out; nobody asked for them
        warnings.simplefilter("ignore")
        try:
            return _read_workbook(content, wanted, say)
        except _BROKEN:
            raise Unreadable(
                _problem(
                    "damaged",
                    _("This Excel workbook is damaged."),
                    _("Open it in Excel, save it under a new name and upload that."),
                )
            ) from None


def _problem(code: str, what: str, remedy: str, row: int = 0) -> Problem:
    return Problem(code=code, sheet="", row=row, what=what, remedy=remedy)


def _too_large(say: Say) -> Problem:
    _ = say
    return _problem(
        "too-large",
        _("The file is too large for a list of employees."),
        _("Delete pictures and sheets that are no part of it, or save the list alone in a new workbook."),
    )


def _in_our_words(problem: Problem, say: Say) -> Problem:
    """The workbook's own reader speaks of forms."""
    _ = say
    if problem.code == "too-large":
        return _too_large(say)
    if problem.code == "no-workbook":
        return _problem(
            "no-workbook",
            _("The file is neither an Excel workbook nor a .csv file."),
            _('Save the list as "Excel Workbook (.xlsx)".'),
        )
    return problem


def _headings(rows: Iterable[tuple[int, list[str]]], known: IsHeading) -> int:
    """The number of the row that holds the headings, 0 where there is none."""
    return next((number for number, cells in rows if number <= FIRST_ROWS and known(cells)), 0)


# ---- text files -------------------------------------------------------------------------------------


def _read_csv(content: bytes, say: Say) -> Table:
    _ = say
    text = _decoded(content, say)
    table = Table("")
    try:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter_of(text), strict=False)
        for number, row in enumerate(reader, start=1):
            cells = [cleaned(cell) for cell in row[:MOST_COLUMNS]]
            if any(cells):
                table.rows.append((number, cells))
            if len(table.rows) > MOST_ROWS:
                raise Unreadable(_too_large(say))
    except csv.Error:
        raise Unreadable(
            _problem(
                "csv", _("This .csv file cannot be read as a table."), _('In Excel, save it again as "CSV UTF-8".')
            )
        ) from None
    return table


def _decoded(content: bytes, say: Say) -> str:
    _ = say
    encoding = "utf-16" if content[:2] in {b"\xff\xfe", b"\xfe\xff"} else "utf-8-sig"
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        raise Unreadable(
            _problem(
                "encoding",
                _("The letters of this text file cannot be read."),
                _('In Excel, save it again as "CSV UTF-8".'),
                content[: error.start].count(b"\n") + 1,
            )
        ) from None
    if "\0" in text:
        raise Unreadable(
            _problem(
                "no-workbook",
                _("The file is neither an Excel workbook nor a .csv file."),
                _('Save the list as "Excel Workbook (.xlsx)".'),
            )
        )
    return text


# ---- workbooks --------------------------------------------------------------------------------------


def _read_workbook(content: bytes, wanted: Mapping[str, IsHeading], say: Say) -> Found:
    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=False, keep_links=False)
    try:
        found: dict[str, Table] = {}
        unread: list[str] = []
        hidden: list[str] = []
        second: list[str] = []
        for raw in book.worksheets:
            if not hasattr(raw, "iter_rows"):
                continue
            raw.reset_dimensions()
            first = [(number, [_text(cell.value) for cell in cells]) for number, cells in _filled(raw, FIRST_ROWS)]
            kind = next((name for name, known in wanted.items() if _headings(first, known)), "")
            if kind and raw.sheet_state != "visible":
                hidden.append(str(raw.title))
            elif kind in found:
                second.append(str(raw.title))
            elif kind:
                found[kind] = _table(raw, content, say)
                found[kind].headings = _headings(first, wanted[kind])
            elif first:
                unread.append(str(raw.title))
    finally:
        book.close()
    return Found(found, tuple(unread), tuple(hidden), tuple(second))


def _filled(raw: Any, most: int) -> Iterator[tuple[int, list[Any]]]:
    """The rows that hold anything, with their numbers, up to row ``most``."""
    empty = 0
    for number, row in enumerate(raw.iter_rows(max_col=MOST_COLUMNS, max_row=most), start=1):
        cells = list(row)
        while cells and cells[-1].value is None:
            cells.pop()
        empty = 0 if cells else empty + 1
        if empty > MOST_EMPTY_ROWS:
            return
        if cells:
            yield number, cells


def _table(raw: Any, content: bytes, say: Say) -> Table:
    table = Table(str(raw.title))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        xml = archive.read(raw._worksheet_path.lstrip("/"))  # noqa: SLF001 -- a read-only sheet does not tell its merged cells
    for found in list(_MERGED.finditer(xml))[:200]:
        area = found[1].decode()
        table.merged.append((int(re.sub(r"\D", "", area.split(":")[0])), area))
    for number, cells in _filled(raw, 1_048_576):
        texts = []
        for column, cell in enumerate(cells):
            value = cell.value
            if type(value) is str and cell.data_type not in "fe":
                texts.append(cleaned(value))
                continue
            odd = _odd(cell)
            if odd is not None:
                table.odd[number, column] = odd
            texts.append(cleaned(_text(value)))
        if any(texts):
            table.rows.append((number, texts))
        if len(table.rows) > MOST_ROWS:
            raise Unreadable(_too_large(say))
    return table


def _odd(cell: Any) -> Odd | None:
    if cell.data_type == "f":
        return "formula"
    if cell.data_type == "e":
        return "fault"
    match cell.value:
        case bool():
            return "truth"
        case int() | float():
            return "number"
        case datetime() | date() | time():
            return "day"
        case _:
            return None


def _text(value: object) -> str:
    """A cell as its author sees it; a number in digits."""
    match value:
        case None:
            return ""
        case bool():
            return "TRUE" if value else "FALSE"
        case float():
            return str(int(value)) if value.is_integer() else repr(value)
        case datetime() | date():
            return value.isoformat()[:10]
        case _:
            return str(value)
