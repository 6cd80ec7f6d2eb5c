"""An empty list of employees to fill in: the headings, the columns as text, and what may be chosen in each.

Rule of the file: what it offers is read back by ``outreach.roster_reading`` without a question.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence

from outreach import roster_columns as columns
from outreach.roster import Unit
from outreach.roster_lists import ROMANS

MOST_ROWS = 10_000
_WIDTHS = (34, 24, 20, 34, 20, 18, 12, 24, 18)
_RANKS = [
    *(f"{roman}/{letter}" for roman in ("I", "II", "III") for letter in "abcd"),
    *(f"IV/{letter}" for letter in "abcde"),
    *ROMANS,
]


def template(units: Sequence[Unit], *, say: Callable[[str], str] = str) -> bytes:
    """An .xlsx workbook: the list, the units, and how to fill it in."""
    import xlsxwriter

    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        bold = book.add_format({"bold": True, "bg_color": "#DDE6F0", "bottom": 1})
        text = book.add_format({"num_format": "@"})
        people = book.add_worksheet("Pegawai")
        for column, (title, width) in enumerate(zip(columns.TITLES.values(), _WIDTHS, strict=True)):
            people.set_column(column, column, width, text)
            people.write_string(0, column, title, bold)
        people.freeze_panes(1, 1)
        leaves = [unit for unit in units if unit.parent]
        choices: dict[str, object] = {
            columns.KIND: ["PNS", "CPNS", "PPPK", "PPPK Paruh Waktu"],
            columns.POSITION: ["Administrator", "Pengawas", "Fungsional", "Pelaksana", "Lainnya"],
            columns.GRADE: ["Keterampilan", "Ahli Pertama", "Ahli Muda", "Ahli Madya"],
            columns.RANK: _RANKS,
            columns.UNIT: f"=Unit!$B$2:$B${len(leaves) + 201}",
        }
        for column, field in enumerate(columns.TITLES):
            if field in choices:
                people.data_validation(
                    1,
                    column,
                    MOST_ROWS,
                    column,
                    {"validate": "list", "source": choices[field], "error_type": "warning"},
                )
        tree = book.add_worksheet("Unit")
        tree.set_column(0, 2, 34, text)
        for column, title in enumerate(("Kunci", "Nama unit", "Induk")):
            tree.write_string(0, column, title, bold)
        for row, unit in enumerate(leaves, start=1):
            tree.write_row(row, 0, (unit.key, unit.label, unit.parent))
        _explain(book.add_worksheet(columns.GUIDE), say)
    return buffer.getvalue()


def _explain(sheet: object, say: Callable[[str], str]) -> None:
    _ = say
    lines = (
        _("One row for each employee, on the sheet Pegawai. Nama, NIP/NI PPPK, Status and Unit are needed."),
        _("The columns are text: type or paste numbers there, and never fill a number down with the mouse."),
        _("Unit: a name from the sheet Unit. A new one gets a row there: key (sd_tenau), name, key of its parent."),
        _("Nomor HP proves who somebody is: write a number that they alone use, or leave it empty."),
        _("Look the list through and then save it: in the dashboard, or with suara roster import FILE."),
    )
    sheet.set_column(0, 0, 110)  # type: ignore[attr-defined]
    for row, line in enumerate(lines):
        sheet.write_string(row, 0, line)  # type: ignore[attr-defined]
