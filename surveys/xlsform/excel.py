"""A form as an Excel workbook: its cells as text, and everything that makes a workbook unfit to be one.

Rule of the file: the archive is judged before it is opened (``surveys.xlsform.archive``); what cannot be taken as plain
text (formulas without a result, merged cells) is an error with its place. openpyxl reads the XML with defusedxml.
"""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any
from xml.etree.ElementTree import ParseError

from surveys.findings import Findings
from surveys.xlsform.archive import damaged, inspect
from surveys.xlsform.sheets import MOST_ROWS, SHEETS, Sheet, Workbook, sheet_of, shortened, too_many_rows

MOST_COLUMNS = 500
MOST_EMPTY_ROWS = 2_000

_MERGED = re.compile(rb'<(?:\w{1,20}:)?mergeCell\s[^<>]{0,200}?ref="([A-Z]{1,3}\d{1,7}:[A-Z]{1,3}\d{1,7})"')


def read_xlsx(content: bytes, findings: Findings) -> Workbook:
    """The sheets of an .xlsx form. Raises Unopenable."""
    inspect(content, findings)
    with warnings.catch_warnings():  # openpyxl speaks of charts and rules it leaves out; nobody asked for them
        warnings.simplefilter("ignore")
        return _read(content, findings)


def _read(content: bytes, findings: Findings) -> Workbook:
    books = _opened(content, findings, data_only=False)
    try:
        names = tuple(books.sheetnames)
        ours = {name.strip().lower(): name for name in reversed(names)}
        ours = {key: name for key, name in ours.items() if key in {*SHEETS, *FOREIGN_SHEETS}}
        if "survey" not in ours and len(names) == 1:
            ours["survey"] = names[0]
        sheets = {key: _sheet(key, books[name], content, findings) for key, name in ours.items()}
    except _BROKEN as error:
        raise damaged(findings) from error
    finally:
        books.close()
    return Workbook(sheets, tuple(name.strip() for name in names))


FOREIGN_SHEETS = ("external_choices", "entities", "osm")
_BROKEN = (
    zipfile.BadZipFile, ParseError, OSError, EOFError, KeyError, IndexError, ValueError, TypeError, AttributeError,
)  # fmt: skip
"""What openpyxl lets through when a part of the workbook is not what it should be."""


def _opened(content: bytes, findings: Findings, *, data_only: bool) -> Any:
    import openpyxl

    try:
        return openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=data_only, keep_links=False)
    except Exception as error:
        # openpyxl lets through whatever its parsers raise; each means that the file is not a sound workbook.
        raise damaged(findings) from error


def _sheet(key: str, raw: Any, content: bytes, findings: Findings) -> Sheet:
    _ = findings.say
    if not hasattr(raw, "iter_rows"):
        return Sheet(name=key, headings=(), rows=())
    _report_merged(key, raw, content, findings)
    raw.reset_dimensions()
    rows: list[tuple[int, list[str]]] = []
    formulas: dict[tuple[int, int], str] = {}
    for number, cells in _filled(raw, key, findings):
        texts = [_text(cell.value, getattr(cell, "number_format", "")) for cell in cells]
        formulas |= {(len(rows), at): cell.coordinate for at, cell in enumerate(cells) if cell.data_type == "f"}
        rows.append((number, texts))
    if formulas:
        _resolve(key, raw.title, content, rows, formulas, findings)
    return sheet_of(key, rows, findings)


def _filled(raw: Any, key: str, findings: Findings) -> Iterator[tuple[int, list[Any]]]:
    """The rows that hold anything, with their numbers. Raises Unopenable beyond the limit."""
    count = 0
    empty = 0
    for number, row in enumerate(raw.iter_rows(max_col=MOST_COLUMNS), start=1):
        cells = list(row)
        while cells and cells[-1].value is None:
            cells.pop()
        if not cells:
            empty += 1
            if empty > MOST_EMPTY_ROWS:
                return
            continue
        empty = 0
        count += 1
        if count > MOST_ROWS:
            raise too_many_rows(findings, key, number)
        yield number, cells


def _text(value: object, number_format: str) -> str:
    """A cell's value as its author sees it: 1.0 is 1, a day has no midnight."""
    match value:
        case None:
            return ""
        case bool():
            return "TRUE" if value else "FALSE"
        case float():
            return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
        case datetime():
            if not re.search("[hHs]", re.sub(r'"[^"]*"|\[[^\]]*\]', "", number_format)) and value.time() == time():
                return value.date().isoformat()
            return value.isoformat(sep=" ", timespec="minutes" if value.second == 0 else "seconds")
        case date() | time():
            return value.isoformat()
        case timedelta():
            minutes = int(value.total_seconds() // 60)
            return f"{minutes // 60:02}:{minutes % 60:02}"
        case _:
            return str(value)


def _resolve(
    key: str,
    title: str,
    content: bytes,
    rows: list[tuple[int, list[str]]],
    formulas: dict[tuple[int, int], str],
    findings: Findings,
) -> None:
    """Put a formula's last result in its place; one without a result is an error."""
    _ = findings.say
    book = _opened(content, findings, data_only=True)
    try:
        raw = book[title]
        raw.reset_dimensions()
        results = dict(_filled(raw, key, findings))
    finally:
        book.close()
    for (at, column), place in formulas.items():
        number, texts = rows[at]
        cells = results.get(number, [])
        cell = cells[column] if column < len(cells) else None
        texts[column] = _text(cell.value, getattr(cell, "number_format", "")) if cell is not None else ""
        broken = not texts[column] or texts[column].startswith("#")
        report = findings.error if broken else findings.warning
        report(
            "formula",
            key,
            number,
            _("Cell {place} holds a formula, not text.").format(place=place)
            if broken
            else _('Cell {place} holds a formula; its result "{text}" is used.').format(
                place=place, text=shortened(texts[column])
            ),
            _("Copy the column and paste it as values."),
        )


def _report_merged(key: str, raw: Any, content: bytes, findings: Findings) -> None:
    _ = findings.say
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        xml = archive.read(raw._worksheet_path.lstrip("/"))  # noqa: SLF001 -- a read-only sheet does not tell its merged cells
    for found in list(_MERGED.finditer(xml))[:20]:
        area = found[1].decode()
        findings.error(
            "merged",
            key,
            int(re.sub(r"\D", "", area.split(":")[0])),
            _("The cells {area} are merged; only the first of them counts.").format(area=area),
            _("Unmerge them and fill in each cell."),
        )
