"""Which column of a roster holds what: its heading by any name offices give it.

Rule of the file: a heading is known or it is not; guessing from what stands below would let a wrong column in.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from outreach.roster_lists import even
from outreach.roster_sheet import Table
from surveys.errors import Problem

NUMBER, NAME, KIND, UNIT = "number", "name", "kind", "unit"
POSITION, GRADE, RANK, SUPERIOR, PHONE = "position", "grade", "rank", "superior", "phone"

TITLES = {
    NAME: "Nama",
    NUMBER: "NIP/NI PPPK",
    KIND: "Status",
    UNIT: "Unit",
    POSITION: "Kelompok jabatan",
    GRADE: "Jenjang",
    RANK: "Golongan",
    SUPERIOR: "NIP atasan",
    PHONE: "Nomor HP",
}
"""As the template writes them."""
GUIDE = "Petunjuk"
"""The sheet of the template that explains it."""
REQUIRED = (NAME, NUMBER, KIND, UNIT)

_SAID = {
    NAME: "nama|nama lengkap|nama pegawai|nama asn|name",
    NUMBER: "nip ni pppk|nip nippppk|nip nipppk|nip nipp3k|nip|ni pppk|nipppk|nip baru|nomor induk pegawai|"
    "nip nomor induk pppk|employee number",
    KIND: "status|status kepegawaian|status pegawai|jenis asn|jenis pegawai|kind",
    UNIT: "unit|unit kerja|nama unit|nama unit kerja|kantor|opd|perangkat daerah",
    POSITION: "kelompok jabatan|jenis jabatan|jabatan|position",
    GRADE: "jenjang|jenjang fungsional|jenjang jabatan|grade",
    RANK: "golongan|gol|golongan ruang|gol ruang|pangkat golongan|pangkat gol|pangkat golongan ruang|rank",
    SUPERIOR: "nip atasan|nip atasan langsung|atasan|nip ni pppk atasan|superior",
    PHONE: "nomor hp|no hp|hp|nomor handphone|nomor telepon|no telepon|no telp|telepon|nomor wa|no wa|whatsapp|"
    "nomor hp wa|no hp wa|phone",
}
_FIELDS = {even(name): key for key, names in _SAID.items() for name in names.split("|")}
_PASSED_OVER = frozenset({"no", "nomor", "no urut", "nomor urut", "keterangan", "ket", "catatan"})

_UNIT_SAID = {"kunci": "key", "key": "key", "nama unit": "label", "nama": "label", "label": "label", "induk": "parent",
              "unit induk": "parent", "parent": "parent"}  # fmt: skip


def holds_employees(cells: Sequence[str]) -> bool:
    """Whether these are the headings of a list of employees."""
    fields = {_FIELDS.get(even(cell)) for cell in cells}
    return len(fields & {NAME, NUMBER, KIND, UNIT}) >= 3 or {NAME, NUMBER} <= fields


def holds_units(cells: Sequence[str]) -> bool:
    """Whether these are the headings of a list of further units."""
    return {"key", "label"} <= {_UNIT_SAID.get(even(cell)) for cell in cells} and not holds_employees(cells)


def unit_columns(cells: Sequence[str]) -> dict[str, int]:
    """key, label, parent to the columns that hold them."""
    return {_UNIT_SAID[even(cell)]: column for column, cell in enumerate(cells) if even(cell) in _UNIT_SAID}


def columns_of(table: Table, *, say: Callable[[str], str]) -> tuple[dict[str, int], list[Problem]]:
    """Field to the column that holds it, and what is wrong with the headings."""
    _ = say
    problems: list[Problem] = []

    def tell(code: str, what: str, remedy: str, level: str = "error") -> None:
        problems.append(
            Problem(code=code, sheet=table.name, row=table.headings, what=what, remedy=remedy, level=level)  # type: ignore[arg-type]
        )

    headings = next((cells for number, cells in table.rows if number == table.headings), [])
    columns: dict[str, int] = {}
    filled = {
        column for number, cells in table.rows if number > table.headings for column, text in enumerate(cells) if text
    }
    for column in range(max(len(headings), *(one + 1 for one in filled), 0) if filled else len(headings)):
        heading = headings[column] if column < len(headings) else ""
        field = _FIELDS.get(even(heading))
        if not even(heading):
            if column in filled:
                tell(
                    "heading-empty",
                    _("Column {column} has entries but no heading.").format(column=letters(column)),
                    _("Write its heading, or delete the column."),
                )
        elif field is None:
            if even(heading) not in _PASSED_OVER:
                tell(
                    "heading-unknown",
                    _("The column “{heading}” is not read.").format(heading=heading[:40]),
                    _("Nothing to do, unless it is one of the columns of the template."),
                    "warning",
                )
        elif field in columns:
            tell(
                "heading-twice",
                _("Two columns hold the same: “{heading}”.").format(heading=heading[:40]),
                _("Keep one of them."),
            )
        else:
            columns[field] = column
    for field in REQUIRED:
        if field not in columns:
            tell(
                "heading-missing",
                _("The column “{heading}” is missing.").format(heading=TITLES[field]),
                _("Add it; the template has all columns: in the dashboard, or with suara roster template."),
            )
    return columns, problems


def letters(column: int) -> str:
    """The letters Excel gives a column, counted from 0."""
    said = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        said = chr(65 + rest) + said
    return said
