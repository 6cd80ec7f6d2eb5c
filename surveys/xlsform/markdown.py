r"""A form as Markdown tables, the way surveys are kept beside the code and read in a review.

    | survey |            |      |                     |
    |        | type       | name | label               |
    |        | text       | nama | Siapa nama Bapak/Ibu? |

A name in the first cell begins a sheet; the next row is its heading. ``\|`` is a bar inside a cell, ``<br>`` a line
break. Lines that are no table rows are prose and are passed over; a row of dashes is decoration.
Rule of the file: text in, sheets out; nothing is understood here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from surveys.findings import Findings
from surveys.xlsform.sheets import MOST_ROWS, Sheet, Unopenable, Workbook, sheet_of, too_many_rows

LONGEST_LINE = 200_000
"""Letters; what is further right belongs to no heading."""
_BAR = re.compile(r"(?<!\\)\|")
_DASHES = re.compile(r":?-{2,}:?|-?")
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)


def read_markdown(text: str, findings: Findings) -> Workbook:
    """The sheets of a Markdown form. Raises Unopenable if there is no table in it."""
    tables: dict[str, list[tuple[int, list[str]]]] = {}
    names: list[str] = []
    for number, (name, cells) in enumerate(_rows(text), start=1):
        if number > 3 * MOST_ROWS:
            raise too_many_rows(findings, names[-1] if names else "", number)
        if name:
            names.append(name)
            tables.setdefault(name.lower(), [])
        if not names:
            continue
        rows = tables[names[-1].lower()]
        if any(cells) or not name:
            rows.append((len(rows) + 1, cells))
    if not names:
        _ = findings.say
        raise Unopenable(
            "no-table",
            _("There is no table in this Markdown file."),
            _('Begin with a row "| survey |", then a row of headings, then one row for each question.'),
        )
    sheets: dict[str, Sheet] = {name: sheet_of(name, rows, findings) for name, rows in tables.items()}
    return Workbook(sheets, tuple(names))


def _rows(text: str) -> Iterator[tuple[str, list[str]]]:
    for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n"):
        row = line.strip()[:LONGEST_LINE]
        if not row.startswith("|"):
            continue
        bars = list(_BAR.finditer(row))
        tail = row[bars[-1].end() :].strip()
        if len(bars) > 1 and (not tail or tail.startswith("#")):
            row = row[: bars[-1].start()]
        first, *cells = (_cell(cell) for cell in _BAR.split(row)[1:])
        if _is_decoration([first, *cells]):
            continue
        yield first, cells


def _is_decoration(cells: list[str]) -> bool:
    return any("--" in cell for cell in cells) and all(_DASHES.fullmatch(cell) for cell in cells)


def _cell(cell: str) -> str:
    return _BREAK.sub("\n", cell.strip().replace("\\|", "|"))
