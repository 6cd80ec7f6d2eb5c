"""The list of a session in Excel: read as it was written, and every fault with its row."""

from __future__ import annotations

import io
from datetime import date

import pytest
from openpyxl import Workbook

from outreach.attendance_sheet import Line, Noted, ReadList, read_list, written

DAYS = (date(2026, 12, 1), date(2026, 12, 2))
MARIA, YOHANES = "199001012015032001", "199102022016041002"


def book(*rows: list[object]) -> bytes:
    made = Workbook()
    sheet = made.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def read(*rows: list[object]) -> ReadList:
    return read_list(book(*rows), "daftar.xlsx", DAYS, say=str)


def faults(found: ReadList) -> list[tuple[str, int]]:
    return [(one.code, one.row) for one in found.problems]


def test_what_was_written_is_read() -> None:
    lines = (
        Line("=1+1", MARIA, "Kelurahan Nunbaun Delha", frozenset({DAYS[1]}), "01/12: mengatakan hadir"),
        Line("Yohanes", YOHANES, "", frozenset()),
    )
    found = read_list(written("Pelayanan Prima", DAYS, lines, say=str), "x.xlsx", DAYS, say=str)
    assert found == ReadList((Noted(2, MARIA, DAYS[1], there=True),), ())


@pytest.mark.parametrize(
    ("mark", "there"),
    [("hadir", True), (" Hadir ", True), ("V", True), ("✓", True), (1, True), ("ya", True),
     ("tidak", False), ("Tidak  hadir", False), ("-", False), (0, False), ("izin", False), ("A", False)],
)  # fmt: skip
def test_marks(mark: object, there: bool) -> None:
    assert read(["NIP", "2026-12-01"], [MARIA, mark]) == ReadList((Noted(2, MARIA, DAYS[0], there),), ())


@pytest.mark.parametrize("mark", ["mungkin", "x", "absen", "hadir?", "2"])
def test_a_mark_that_says_neither_is_a_fault(mark: str) -> None:
    assert faults(read(["NIP", "2026-12-01"], [MARIA, mark])) == [("mark", 2)]


def test_headings_are_found_below_a_title_and_days_in_other_shapes() -> None:
    found = read(
        ["Daftar hadir"], [], ["No", "NIP/NI PPPK", "01/12/2026", date(2026, 12, 2)], [1, MARIA, "hadir", "tidak"]
    )
    assert found.noted == (Noted(4, MARIA, DAYS[0], there=True), Noted(4, MARIA, DAYS[1], there=False))


def test_faults_by_row() -> None:
    found = read(
        ["NIP", "2026-12-01"],
        [199001012015032001, "hadir"],
        ["123", "hadir"],
        [MARIA, "hadir"],
        [MARIA, "tidak"],
        ["tanpa tanda", ""],
        [YOHANES, "=1+1"],
    )
    assert faults(found) == [("rounded", 2), ("number", 3), ("twice", 5), ("mark", 7)]


@pytest.mark.parametrize(
    ("content", "code"),
    [(b"", "empty"), (b"PK\x03\x04 broken", "no-workbook"), (book(["Nama"], ["Maria"]), "headings"),
     (book(["NIP", "2027-01-01"], [MARIA, "hadir"]), "headings")],
)  # fmt: skip
def test_files_that_are_no_list(content: bytes, code: str) -> None:
    found = read_list(content, "daftar.xlsx", DAYS, say=str)
    assert ([one.code for one in found.problems], found.noted) == ([code], ())


def test_a_list_as_text() -> None:
    found = read_list(f"NIP;2026-12-01\n{MARIA};hadir\n".encode(), "daftar.csv", DAYS, say=str)
    assert found == ReadList((Noted(2, MARIA, DAYS[0], there=True),), ())
