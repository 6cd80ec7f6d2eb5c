"""A form as an Excel workbook: its cells as text, and everything that makes a workbook unfit to be one.

Rule of the file: the archive is judged before it is opened (size, bombs, macros, foreign kinds of file); what cannot be
taken as plain text (formulas without a result, merged cells) is an error with its place. openpyxl reads the XML with
defusedxml, so entities are never followed.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any
from xml.etree.ElementTree import ParseError

from surveys.findings import Findings
from surveys.xlsform.sheets import SHEETS, Sheet, Unopenable, Workbook, sheet_of, shortened, too_large

MOST_UNPACKED = 100_000_000
MOST_PARTS = 2_000
MOST_ROWS = 12_000
MOST_COLUMNS = 500
MOST_EMPTY_ROWS = 2_000

_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]*?ref="([A-Z]{1,3}\d{1,7}:[A-Z]{1,3}\d{1,7})"')
_ENTITY = re.compile(rb"<!(?:DOCTYPE|ENTITY)|<\x00!\x00|\x00<\x00!", re.IGNORECASE)


def read_xlsx(content: bytes, findings: Findings) -> Workbook:
    """The sheets of an .xlsx form. Raises Unopenable."""
    _inspect(content, findings)
    books = _opened(content, findings, data_only=False)
    try:
        names = tuple(books.sheetnames)
        ours = {name.lower(): name for name in reversed(names) if name.lower() in {*SHEETS, *FOREIGN_SHEETS}}
        if "survey" not in ours and len(names) == 1:
            ours["survey"] = names[0]
        sheets = {key: _sheet(key, books[name], content, findings) for key, name in ours.items()}
    except _BROKEN as error:
        raise _damaged(findings) from error
    finally:
        books.close()
    return Workbook(sheets, names)


FOREIGN_SHEETS = ("external_choices", "entities", "osm")
_BROKEN = (
    zipfile.BadZipFile, ParseError, OSError, EOFError, KeyError, IndexError, ValueError, TypeError, AttributeError,
)  # fmt: skip
"""What openpyxl lets through when a part of the workbook is not what it should be."""


def _inspect(content: bytes, findings: Findings) -> None:
    _ = findings.say
    if content[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
        raise Unopenable(
            "old-excel",
            _("This is an old Excel file (.xls) or one with a password."),
            _('Open it in Excel and save it as "Excel Workbook (.xlsx)" without a password.'),
        )
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
    except (zipfile.BadZipFile, ValueError, OSError):
        raise Unopenable(
            "no-workbook",
            _("This file is no Excel workbook."),
            _('Save the form as "Excel Workbook (.xlsx)" and upload it again.'),
        ) from None
    with archive:
        parts = archive.infolist()
        if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
            raise too_large(findings)
        names = {part.filename for part in parts}
        if any(name.lower().endswith("vbaproject.bin") for name in names):
            raise Unopenable(
                "macros",
                _("This workbook contains macros."),
                _('Save it as "Excel Workbook (.xlsx)", which has none, and upload it again.'),
            )
        if not any(name.startswith("xl/") for name in names):
            raise Unopenable(
                "no-workbook",
                _("This file is no Excel workbook."),
                _('Save the form as "Excel Workbook (.xlsx)" and upload it again.'),
            )
        _refuse_entities(archive, parts, findings)


def _refuse_entities(archive: zipfile.ZipFile, parts: list[zipfile.ZipInfo], findings: Findings) -> None:
    _ = findings.say
    for part in parts:
        if not part.filename.endswith((".xml", ".rels")):
            continue
        try:
            with archive.open(part) as stream:
                beginning = stream.read(4096)
        except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError) as error:
            raise _damaged(findings) from error
        if _ENTITY.search(beginning):
            raise Unopenable(
                "entities",
                _("This workbook refers to things outside itself and is not opened."),
                _("Copy its sheets into a new workbook and upload that."),
            )


def _damaged(findings: Findings) -> Unopenable:
    _ = findings.say
    return Unopenable(
        "damaged",
        _("This Excel workbook is damaged."),
        _("Open it in Excel, save it under a new name and upload that."),
    )


def _opened(content: bytes, findings: Findings, *, data_only: bool) -> Any:
    import openpyxl

    try:
        return openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=data_only, keep_links=False)
    except Exception as error:
        # openpyxl lets through whatever its parsers raise; each means that the file is not a sound workbook.
        raise _damaged(findings) from error


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
    _ = findings.say
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
            raise Unopenable(
                "too-many-rows",
                _("The sheet has more than {most} rows.").format(most=MOST_ROWS),
                _("Delete rows that are no part of the form, or put long lists into .csv files."),
                sheet=key,
                row=number,
            )
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
