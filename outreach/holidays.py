"""Reads the yearly list of holidays: a CSV file with ``date,name,kind``, as the office saves it from a spreadsheet.

Rule of the file: every row that cannot be used is told in one sentence with its number; nothing is guessed.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from outreach.calendar import COLLECTIVE_LEAVE, HOLIDAY, Holiday

_KINDS = {
    "libur": HOLIDAY,
    "libur nasional": HOLIDAY,
    "hari libur": HOLIDAY,
    "cuti bersama": COLLECTIVE_LEAVE,
    "cuti": COLLECTIVE_LEAVE,
}
_HEADINGS = {"date": "date", "tanggal": "date", "name": "name", "nama": "name", "kind": "kind", "jenis": "kind"}


@dataclass(frozen=True, slots=True)
class HolidayList:
    """What the file says, in the order of dates, and one sentence for each row that could not be used."""

    holidays: tuple[Holiday, ...]
    problems: tuple[str, ...]


def read_holidays(content: bytes, say: Callable[[str], str]) -> HolidayList:
    """The holidays of a .csv file, with commas or semicolons between its columns."""
    _ = say
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return HolidayList((), (_("The list of holidays is not a text in UTF-8: save it as “CSV UTF-8”."),))
    first = text.partition("\n")[0]
    rows = csv.reader(
        io.StringIO(text.replace("\0", ""), newline=""), delimiter=";" if first.count(";") > first.count(",") else ","
    )
    headings = [_HEADINGS.get(cell.strip().casefold(), "") for cell in next(rows, [])]
    if not {"date", "name"} <= set(headings):
        return HolidayList((), (_("The list of holidays begins with a row of headings: date, name, kind."),))
    found: dict[date, Holiday] = {}
    problems: list[str] = []
    for number, cells in enumerate(rows, start=2):
        row = {heading: cell.strip() for heading, cell in zip(headings, cells, strict=False) if heading}
        if not any(row.values()):
            continue
        day = _date(row.get("date", ""))
        kind = _KINDS.get(row.get("kind", "").casefold().replace("_", " ") or "libur")
        if day is None:
            problems.append(_("Row {row}: the date is written like 2027-03-26.").format(row=number))
        elif not row.get("name"):
            problems.append(_("Row {row}: the name of the holiday is missing.").format(row=number))
        elif kind is None:
            problems.append(_("Row {row}: the kind is libur or cuti_bersama.").format(row=number))
        elif day in found:
            problems.append(_("Row {row}: this date stands in the list already.").format(row=number))
        else:
            found[day] = Holiday(day, row["name"], kind)
    return HolidayList(tuple(found[day] for day in sorted(found)), tuple(problems))


def _date(said: str) -> date | None:
    """2027-03-26, or 26/03/2027 as a spreadsheet writes it here."""
    parts = said.replace(".", "/").replace("-", "/").split("/")
    if len(parts) != 3 or not all(part.isascii() and part.isdecimal() for part in parts):
        return None
    year, month, day = parts if len(parts[0]) == 4 else reversed(parts)
    try:
        return date(int(year), int(month), int(day)) if len(year) == 4 else None
    except ValueError:
        return None
