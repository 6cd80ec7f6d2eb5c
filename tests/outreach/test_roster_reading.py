"""A list of employees with everything that goes wrong in Excel: each fault is told with its row."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date
from functools import cache
from typing import Any

import pytest
from openpyxl import Workbook

from bot.bundled import folder
from bot.catalog import files
from outreach.roster import Entry, Unit
from outreach.roster_lists import Lists, rank_of, read_lists
from outreach.roster_reading import Read, read_roster
from outreach.roster_template import template

TODAY = date(2026, 11, 24)
HEADINGS = [
    "Nama", "NIP/NI PPPK", "Status", "Unit", "Kelompok jabatan", "Jenjang", "Golongan", "NIP atasan", "Nomor HP",
]  # fmt: skip
CHIEF = "197003051995031002"


@cache
def lists() -> Lists:
    return read_lists(files(folder("catalog") / "alak"))


def workbook(*rows: list[Any], sheet: str = "Pegawai") -> bytes:
    book = Workbook()
    raw = book.active
    raw.title = sheet
    for row in rows:
        raw.append(row)
    return saved(book)


def sheets(*given: tuple[str, Sequence[Sequence[Any]]], hidden: str = "") -> bytes:
    book = Workbook()
    book.remove(book.active)
    for name, rows in given:
        raw = book.create_sheet(name)
        for one in rows:
            raw.append(one)
        if name == hidden:
            raw.sheet_state = "hidden"
    return saved(book)


def saved(book: Workbook) -> bytes:
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def read(content: bytes, name: str = "daftar.xlsx") -> Read:
    return read_roster(content, name, lists(), today=TODAY)


def row(number: Any, name: str = "Maria Tefa", **more: Any) -> list[Any]:
    values = {
        "status": "PNS", "unit": "Kantor Lurah Nunbaun Delha", "position": "Pelaksana", "grade": "", "rank": "III/a",
        "superior": CHIEF, "phone": "", **more,
    }  # fmt: skip
    return [name, number, *values.values()]


def told(found: Read, level: str = "error") -> list[tuple[int, str]]:
    return [(one.row, one.code) for one in found.problems if one.level == level]


def test_a_sound_list() -> None:
    found = read(
        workbook(
            HEADINGS,
            ["Yohanes Lay", CHIEF, "PNS", "camat sekretariat", "Administrator", "", "IV/a", "", "0812 3456 7890"],
            ["Maria Tefa", "19860926 201505 2 001", "pns", "Kelurahan Namosain", "Fungsional", "Ahli Muda",
             "Penata (III/c)", CHIEF, "+62 813-1234-5678"],
            ["Ance Bria", "199105142023212017", "P3K", "PUPR", "Pelaksana", "-", 9, "", 85239111222],
        )
    )  # fmt: skip
    assert found.problems == ()
    assert found.entries == (
        Entry(number=CHIEF, name="Yohanes Lay", kind="PNS", unit="camat_sekretariat", position="administrator",
              rank="IV/a", phone="+6281234567890"),
        Entry(number="198609262015052001", name="Maria Tefa", kind="PNS", unit="kel_namosain", position="fungsional",
              grade="ahli_muda", rank="III/c", superior=CHIEF, phone="+6281312345678"),
        Entry(number="199105142023212017", name="Ance Bria", kind="PPPK", unit="opd_pupr", position="pelaksana",
              rank="IX", phone="+6285239111222"),
    )  # fmt: skip


def planted() -> bytes:
    """Row 2 is sound; each further row has one fault, in the order of ``FAULTS``."""
    book = Workbook()
    sheet = book.active
    sheet.title = "Pegawai"
    sheet.append([*HEADINGS, ""])
    sheet.append(row(CHIEF, "Yohanes Lay", superior=""))
    sheet.append(row(198609262015051001))  # 3
    sheet.append(row("1.98609E+17"))
    sheet.append(row("198609262015051000"))
    sheet.append(row("19860926201505100"))
    sheet.append(row("198613262015051001"))  # 7
    sheet.append(row("198609261990051001"))
    sheet.append(row("198609262015053001"))
    sheet.append(row("19860926 2015O5 1 001x"))
    sheet.append(row(""))
    sheet.append(row(CHIEF, superior=""))  # 12
    sheet.append(row("=B2"))
    sheet.append(row("198001012005011004", "=A2"))
    sheet.append(row("198001022005011004", ""))
    sheet.append(row("198001032005011004", "Maria 2"))
    sheet.append(row("198001042005011004", "JosÃ© Tefa"))  # 17
    sheet.append(row("198001052005011004", status="Honorer"))
    sheet.append(row("198001062005011004", unit="Kantor Lurah Oebobo"))
    sheet.append(row("198001072005011004", unit=""))
    sheet.append(row("198001082005011004", position="Direktur"))
    sheet.append(row("198001092005011004", position="Fungsional", grade="Guru Besar"))  # 22
    sheet.append(row("198001102005011004", rank="V/a"))
    sheet.append(row("198001112005011004", superior="198001112005011004"))
    sheet.append(row("198001122005011004", superior=1.97003051995031e17))
    sheet.append(row("198001132005011004", phone="0380 821234"))
    sheet.append(row("198001142005011004", phone="6,28123E+12"))  # 27
    sheet.append(row("198001152005011004", rank=date(2026, 3, 1)))
    sheet.append(row("198001162005011004", unit="#N/A"))
    sheet.append(HEADINGS)  # 30
    sheet.append(row("199001012015012003"))
    sheet.append(row("199001012015012004"))  # 32
    sheet.append(row("199001012015012005"))
    sheet.append(row("198201012005011004", superior="198301012005011004"))
    sheet.append(row("198301012005011004", superior="198201012005011004"))
    sheet.append(row("198401012005011004", "x" * 250))
    sheet.append([*row("198501012005011004"), "lama"])  # 37
    sheet.append(row("198601012015011004", unit="Kantor Lurah Mantasi"))
    sheet.append(row("198701012015011004", unit=""))
    sheet.merge_cells("D38:D39")
    sheet.append(["Jumlah", "", "", "", 38])
    return saved(book)


FAULTS = [
    (1, "heading-empty"),
    (3, "number-cell"), (4, "number-shortened"), (5, "number-sequence"), (6, "number-length"), (7, "number-birth"),
    (8, "number-appointment"), (9, "number-sex"), (10, "number-signs"), (11, "number-empty"), (12, "number-twice"),
    (13, "formula"), (14, "formula"), (15, "name-empty"), (16, "name-digits"), (17, "garbled"), (18, "kind"),
    (19, "unit"), (20, "unit"), (21, "position"), (22, "grade"), (23, "rank"), (24, "superior-self"),
    (25, "number-cell"), (26, "phone"), (27, "phone-shortened"), (28, "cell-kind"), (29, "cell-fault"),
    (30, "heading-again"), (32, "filled-down"), (33, "filled-down"), (34, "superior-circle"), (35, "superior-circle"),
    (36, "too-long"), (38, "merged"), (39, "unit"),
    (40, "number-empty"), (40, "kind"), (40, "unit"), (40, "position"),
]  # fmt: skip


def test_every_planted_fault_is_told_by_its_row() -> None:
    found = read(planted())
    assert told(found) == FAULTS
    assert len({number for number, _code in FAULTS}) >= 30
    assert {one.sheet for one in found.problems} == {"Pegawai"}
    assert [one for one in found.problems if not (one.what and one.remedy)] == []


def test_a_number_is_never_said_back() -> None:
    words = " ".join(f"{one.what} {one.remedy}" for one in read(planted()).problems)
    assert [digits for digits in ("19860926", "1970", "19800", "0380", "1990") if digits in words] == []


def test_rows_with_a_fault_are_no_entries() -> None:
    bad = {number for number, _code in FAULTS}
    assert [entry.number for entry in read(planted()).entries] == [
        CHIEF, "199001012015012003", "198501012005011004",
    ]  # fmt: skip
    assert not bad & {2, 31, 37}


def test_what_is_odd_but_may_stand_is_a_warning() -> None:
    found = read(
        workbook(
            [*HEADINGS, "Alamat"],
            ["Satu", CHIEF, "PPPK", "Namosain", "Pelaksana", "Ahli Muda", "", "", "081234567890"],
            ["Dua", "198001012005011004", "PNS", "Namosain", "", "", "", "198002012005011009", "081234567890"],
            ["Tiga", "198001012005011005", "PNS", "Namosain", "", "", "", "", ""],
        )
    )
    assert told(found) == []
    assert told(found, "warning") == [
        (1, "heading-unknown"), (2, "kind-number"), (2, "grade-position"), (2, "phone-shared"),
        (3, "superior-unknown"), (3, "phone-shared"), (4, "filled-down"),
    ]  # fmt: skip
    assert len(found.entries) == 3


@pytest.mark.parametrize(
    ("content", "name", "code", "number"),
    [
        (b"", "x.csv", "empty", 0),
        ("Nama;NIP;Status;Unit\nJos\u00e9;1;PNS;Namosain\n".encode("cp1252"), "x.csv", "encoding", 2),
        (b"\x89PNG\r\n\x00\x00", "x.xlsx", "encoding", 1),
        (b"PK\x03\x04nothing", "x.xlsx", "no-workbook", 0),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "x.xls", "old-excel", 0),
        (b"Nama,Alamat\nMaria,Alak\n", "x.csv", "no-headings", 0),
        (workbook(["Laporan", "bulanan"]), "x.xlsx", "no-headings", 0),
        (workbook(["Nama", "NIP", "Status"], ["Maria", CHIEF, "PNS"]), "x.xlsx", "heading-missing", 1),
        (workbook([*HEADINGS, "NIP"]), "x.xlsx", "heading-twice", 1),
        (workbook(HEADINGS), "x.xlsx", "no-rows", 1),
    ],
)
def test_a_file_that_is_no_list(content: bytes, name: str, code: str, number: int) -> None:
    found = read(content, name)
    assert (found.problems[0].row, found.problems[0].code) == (number, code)
    assert found.errors >= 1
    assert found.entries == ()


@pytest.mark.parametrize("mark", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_text_files(mark: str, encoding: str) -> None:
    lines = [["Nama", "NIP", "Status", "Unit Kerja"], ["André Lay", f"'{CHIEF}", "PNS", "NBD"]]
    content = "\r\n".join(mark.join(line) for line in lines).encode(encoding)
    found = read(content, "daftar.csv")
    assert found.problems == ()
    assert found.entries == (Entry(number=CHIEF, name="André Lay", kind="PNS", unit="kel_nbd"),)


def test_titles_above_the_headings_and_a_row_of_column_numbers_are_passed_over() -> None:
    found = read(workbook(["DAFTAR PEGAWAI"], [], HEADINGS, [f"({n})" for n in range(1, 10)], row(CHIEF, superior="")))
    assert found.problems == ()
    assert [entry.number for entry in found.entries] == [CHIEF]


def test_units_of_their_own_sheet() -> None:
    book = Workbook()
    sheet = book.active
    sheet.title = "Pegawai"
    sheet.append(HEADINGS)
    sheet.append(row(CHIEF, unit="SD Negeri Tenau", superior=""))
    units = book.create_sheet("Unit")
    units.append(["Kunci", "Nama unit", "Induk"])
    units.append(["sd_tenau", "SD Negeri Tenau", "sekolah"])
    units.append(["SD Salah", "Tanpa kunci", ""])
    units.append(["sd_lain", "SD Lain", "tidak_ada"])
    found = read(saved(book))
    assert found.units == (Unit("sd_tenau", "SD Negeri Tenau", "sekolah"),)
    assert [entry.unit for entry in found.entries] == ["sd_tenau"]
    assert [(one.sheet, one.row, one.code) for one in found.problems] == [
        ("Unit", 3, "unit-row"), ("Unit", 4, "unit-parent"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        ([("sd_a", "SD A", "sd_a")], [(2, "unit-parent")]),
        ([("sd_a", "SD A", ""), ("sd_a", "SD A", "sekolah")], [(3, "unit-twice")]),
        ([("kel_nbs", "Kelurahan lain", "kelurahan")], [(2, "unit-district")]),
        ([("sekolah", "Sekolah", "sd_tenau")], [(2, "unit-district")]),
        ([("sd_tenau", "SD Tenau", "sd_tenau")], [(2, "unit-circle")]),
        ([("sd_tenau", "SD Tenau", "sd_kelas")], [(2, "unit-circle")]),
        ([("sd_tenau", "SD Tenau", "sd_ruang"), ("sd_kelas", "Kelas", "")], [(2, "unit-circle")]),
        ([("sd_kelas", "Kelas", "sekolah"), ("sd_tenau", "SD Tenau", "sd_kelas")], []),
    ],
)
def test_no_unit_stands_below_itself_and_those_of_the_district_stay(
    rows: list[tuple[str, str, str]], found: list[tuple[int, str]]
) -> None:
    earlier = lists().with_units(
        [
            Unit("sd_tenau", "SD Tenau", "sekolah"),
            Unit("sd_kelas", "Kelas", "sd_tenau"),
            Unit("sd_ruang", "Ruang", "sd_kelas"),
        ]
    )
    content = sheets(
        ("Pegawai", [HEADINGS, row(CHIEF, superior="")]), ("Unit", [["Kunci", "Nama unit", "Induk"], *rows])
    )
    read_ = read_roster(content, "daftar.xlsx", earlier, today=TODAY)
    assert [(one.row, one.code) for one in read_.problems] == found


def test_the_units_of_the_district_may_stand_on_the_sheet_as_they_are() -> None:
    (unit,) = (one for one in lists().units if one.key == "kel_nbs")
    rows = [["Kunci", "Nama unit", "Induk"], [unit.key, unit.label, unit.parent]]
    found = read(sheets(("Pegawai", [HEADINGS, row(CHIEF, superior="")]), ("Unit", rows)))
    assert (found.problems, found.units) == ((), ())


EMPLOYEES = [HEADINGS, row(CHIEF, superior="")]
OTHERS = [HEADINGS, row("198609262015052001", superior="")]
UNITS = [["Kunci", "Nama unit"], ["sd_a", "SD A"]]


@pytest.mark.parametrize(
    ("given", "hidden", "found"),
    [
        ([("Lama", OTHERS), ("Pegawai", EMPLOYEES)], "Lama", [("Lama", "sheet-hidden")]),
        ([("Pegawai", EMPLOYEES), ("Lama", OTHERS)], "Lama", [("Lama", "sheet-hidden")]),
        ([("Pegawai", EMPLOYEES), ("Unit", UNITS)], "Unit", [("Unit", "sheet-hidden")]),
        ([("Pegawai", EMPLOYEES), ("Catatan", [["Halo"]])], "Pegawai", [("Pegawai", "sheet-hidden")]),
        ([("Pegawai", EMPLOYEES), ("Lanjutan", OTHERS)], "", [("Lanjutan", "sheet-second")]),
        ([("Pegawai", EMPLOYEES), ("Unit", UNITS), ("Unit 2", UNITS)], "", [("Unit 2", "sheet-second")]),
    ],
)
def test_a_list_on_a_hidden_or_a_second_sheet_stands_in_the_way(
    given: list[tuple[str, list[list[Any]]]], hidden: str, found: list[tuple[str, str]]
) -> None:
    read_ = read(sheets(*given, hidden=hidden))
    assert [(one.sheet, one.code) for one in read_.problems if one.level == "error"] == found


def test_the_template_is_read_back_without_a_question() -> None:
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(template(lists().units)))
    book["Pegawai"].append(row(CHIEF, superior=""))
    found = read(saved(book))
    assert found.problems == ()
    assert len(found.entries) == 1


@pytest.mark.parametrize(
    ("said", "kind", "rank"),
    [
        ("III/a", "PNS", "III/a"), ("IIIa", "PNS", "III/a"), ("iv.e", "PNS", "IV/e"), ("III/e", "PNS", None),
        ("Pembina (IV/a)", "PNS", "IV/a"), ("IX", "PNS", None), ("IX", "PPPK", "IX"), ("17", "PPPK", "XVII"),
        ("18", "PPPK", None), ("III/a", "PPPK", None), ("Golongan V", "PPPK_PARUH_WAKTU", "V"),
    ],
)  # fmt: skip
def test_ranks(said: str, kind: str, rank: str | None) -> None:
    assert rank_of(said, kind) == rank
