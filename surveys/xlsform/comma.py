"""A form as one .csv file: a sheet's name alone in the first column, its rows in the columns after it.

    survey
    ,type,name,label
    ,text,nama,Siapa nama Bapak/Ibu?

Rule of the file: commas, semicolons or tabs; UTF-8 or UTF-16; nothing is understood here.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from surveys.findings import Findings
from surveys.xlsform.sheets import MOST_ROWS, Unopenable, Workbook, cleaned, sheet_of, too_many_rows

MOST_COLUMNS = 500


def read_csv(content: bytes, findings: Findings) -> Workbook:
    """The sheets of a .csv form. Raises Unopenable."""
    _ = findings.say
    text = decoded(content, "", findings)
    tables: dict[str, list[tuple[int, list[str]]]] = {}
    names: list[str] = []
    for number, (first, cells) in enumerate(_rows(text, findings), start=1):
        if number > 3 * MOST_ROWS:
            raise too_many_rows(findings, names[-1] if names else "", number)
        if first:
            names.append(first)
            tables.setdefault(first.lower(), [])
        if names and (cells or tables[names[-1].lower()]):
            rows = tables[names[-1].lower()]
            rows.append((len(rows) + 1, cells))
    if "survey" not in tables:
        raise Unopenable(
            "no-table",
            _("This .csv file is no XLSForm: no row begins with survey."),
            _("Write survey alone into the first cell, and begin the rows under it with an empty cell."),
        )
    return Workbook({name: sheet_of(name, rows, findings) for name, rows in tables.items()}, tuple(names))


def _rows(text: str, findings: Findings) -> Iterator[tuple[str, list[str]]]:
    _ = findings.say
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter_of(text))
    try:
        for row in reader:
            cells = [cleaned(cell) for cell in row[:MOST_COLUMNS]]
            yield (cells[0] if cells else "", cells[1:] if any(cells[1:]) else [])
    except csv.Error:
        raise Unopenable(
            "csv",
            _("This .csv file cannot be read as a table."),
            _('In Excel, save it again as "CSV UTF-8", or upload the .xlsx file itself.'),
        ) from None


def decoded(content: bytes, sheet: str, findings: Findings) -> str:
    """The text of a UTF-8 or UTF-16 file. Raises Unopenable for anything else."""
    _ = findings.say
    encoding = "utf-16" if content[:2] in {b"\xff\xfe", b"\xfe\xff"} else "utf-8-sig"
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        raise Unopenable(
            "encoding",
            _("The letters of this text file cannot be read."),
            _('In Excel, save it again as "CSV UTF-8".'),
            sheet=sheet,
        ) from None


def delimiter_of(text: str) -> str:
    """What separates the columns: a comma, or the semicolon that an Indonesian Excel writes, or a tab."""
    for line in text[:20_000].split("\n"):
        counts = {mark: line.count(mark) for mark in ",;\t"}
        if any(counts.values()) and line.strip(' ,;\t\r"'):
            return max(counts, key=lambda mark: counts[mark])
    return ","
