"""A workbook read back: dates, numbers, and texts that are only ever texts."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from datetime import date, datetime, time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from reports.base import Batch, Cell, Column, ReportError, Sheet
from reports.render._xlsx_cells import LONGEST_CELL
from reports.render.xlsx import MOST_COLUMNS, MOST_ROWS, writing

TEXTS: dict[str, str] = {
    "=cmd|'/c calc'!A1": "=cmd|'/c calc'!A1",
    "+62 812 0000 0000": "+62 812 0000 0000",
    "@SUM(A1:A9)": "@SUM(A1:A9)",
    "-2+3": "-2+3",
    " =1+1": " =1+1",
    "\t=1": "\t=1",
    "＝1+1": "＝1+1",
    '=HYPERLINK("http://example.org";"x")': '=HYPERLINK("http://example.org";"x")',
    "http://example.org": "http://example.org",
    "baris satu\nbaris dua": "baris satu\nbaris dua",
    "satu\r\ndua\rtiga": "satu\ndua\ntiga",
    "Pak Ba'un 😀 “ya”": "Pak Ba'un 😀 “ya”",
    "nol\x00 dan \x07bel\ufffe": "nol dan bel",
    "<b>&amp;</b>": "<b>&amp;</b>",
    "<r></t></is></c><c r='B2'><f>1+1</f></c><r></r>": "<r></t></is></c><c r='B2'><f>1+1</f></c><r></r>",
    "]]>": "]]>",
    " tepi ": " tepi ",
    "0812": "0812",
    "1e5": "1e5",
    "TRUE": "TRUE",
    "#N/A": "#N/A",
    "{=1}": "{=1}",
    "{{ 1 }}": "{{ 1 }}",
}


def written(path: Path, sheet: Sheet, rows: Sequence[Sequence[Cell]]) -> list[Path]:
    files: list[Path] = []
    with writing(path, [sheet], written=files) as book:
        book.write(Batch(0, rows))
    return files


def columns(*headings: str) -> tuple[Column, ...]:
    return tuple(Column(heading=heading) for heading in headings)


def cells(path: Path, title: str = "A") -> list[list[object]]:
    book = load_workbook(path)
    return [[cell.value for cell in row] for row in book[title].iter_rows()]


def test_a_text_is_a_text(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    assert written(path, Sheet("A", columns("kata")), [[text] for text in TEXTS]) == [path]
    found = [row[0] for row in load_workbook(path)["A"].iter_rows(min_row=2)]
    assert [cell.value for cell in found] == list(TEXTS.values())
    assert {cell.data_type for cell in found} == {"s"}
    with zipfile.ZipFile(path) as archive:
        page = archive.read("xl/worksheets/sheet1.xml").decode()
        parts = sorted(archive.namelist())
    assert page.count("<f>") == 0
    assert page.count('t="inlineStr"') == len(TEXTS) + 1
    assert [name for name in parts if "external" in name or "rels" in name] == [
        "_rels/.rels",
        "xl/_rels/workbook.xml.rels",
    ]


def test_a_text_that_would_be_computed_stays_a_text_when_it_is_edited(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    written(path, Sheet("A", columns("=1+1", "b")), [["=1+1", "aman"], ["+62", "-"]])
    quoted = [[cell.style_id and cell.quotePrefix for cell in row] for row in load_workbook(path)["A"].iter_rows()]
    assert quoted == [[True, False], [True, 0], [True, True]]


def test_numbers_dates_and_times_are_such(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    rows: list[list[Cell]] = [
        [41, -3, 7.5, date(2026, 11, 24), time(9, 30), datetime(2026, 11, 24, 1, 40, 5)],  # noqa: DTZ001
        [0, 999_999_999_999_999, 1e-07, date(1900, 3, 1), time(0, 0), datetime(9999, 12, 31, 23, 59, 59)],  # noqa: DTZ001
        [None, None, None, date(1899, 12, 31), time(23, 59, 30), datetime(1850, 5, 5, 1, 2, 3)],  # noqa: DTZ001
    ]
    written(path, Sheet("A", columns(*"abcdef")), rows)
    assert cells(path) == [
        list("abcdef"),
        rows[0] and [41, -3, 7.5, datetime(2026, 11, 24), time(9, 30), datetime(2026, 11, 24, 1, 40, 5)],  # noqa: DTZ001
        [0, 999_999_999_999_999, 1e-07, datetime(1900, 3, 1), time(0, 0), datetime(9999, 12, 31, 23, 59, 59)],  # noqa: DTZ001
        [None, None, None, "1899-12-31", time(23, 59, 30), "1850-05-05 01:02:03"],
    ]


def test_headings_stand_still_and_can_be_filtered(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    written(path, Sheet("A", (Column(heading="nama", width=40), Column(heading="umur", width=8))), [["Rut", 3]])
    sheet = load_workbook(path)["A"]
    assert (sheet.freeze_panes, sheet.auto_filter.ref, sheet.dimensions) == ("A2", "A1:B2", "A1:B2")
    assert [round(sheet.column_dimensions[letter].width) for letter in "AB"] == [41, 9]
    assert [sheet["A1"].font.b, sheet["A2"].font.b] == [True, False]


def test_a_text_too_long_for_a_cell_is_cut_and_says_so(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    texts = ["x" * LONGEST_CELL, "x" * 40_000, "😀" * 20_000]
    written(path, Sheet("A", columns("a")), [[text] for text in texts])
    found = [str(row[0]) for row in cells(path)[1:]]
    note, emoji_note = " … [cut: 40000 characters in all]", " … [cut: 20000 characters in all]"
    assert found[0] == texts[0]
    assert found[1] == "x" * (LONGEST_CELL - len(note)) + note
    assert found[2] == "😀" * ((LONGEST_CELL - len(emoji_note)) // 2) + emoji_note


def test_a_full_sheet_goes_on_in_another(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    title = "S" * 31
    files: list[Path] = []
    with writing(
        path, [Sheet(title, columns("a")), Sheet("S" * 27 + " (2)", columns("b"))], written=files, most_rows=3
    ) as book:
        book.write(Batch(0, [[1]]))
        book.write(Batch(1, [["x"]]))
        book.write(Batch(0, [[2], [3], [4]]))
        book.write(Batch(0, [[5]]))
    found = load_workbook(path)
    assert {name: [cell.value for (cell,) in found[name].iter_rows()] for name in found.sheetnames} == {
        "S" * 31: ["a", 1, 2],
        "S" * 27 + " (2)": ["b", "x"],
        "S" * 26 + " (2_)": ["a", 3, 4],
        "S" * 27 + " (3)": ["a", 5],
    }
    assert [found[name].dimensions for name in found.sheetnames] == ["A1:A3", "A1:A2", "A1:A3", "A1:A2"]


def test_more_columns_than_excel_takes(tmp_path: Path) -> None:
    sheet = Sheet("A", (Column(heading="a"),) * (MOST_COLUMNS + 1))
    with pytest.raises(ReportError, match=r"^This has 16385 columns, and Excel takes 16384\. Write it as csv\.$"):
        written(tmp_path / "a.xlsx", sheet, [])
    assert list(tmp_path.iterdir()) == []


def test_the_limits_are_those_of_excel() -> None:
    assert (MOST_ROWS, MOST_COLUMNS, LONGEST_CELL) == (2**20, 2**14, 2**15 - 1)


def interrupted(path: Path, files: list[Path]) -> None:
    with writing(path, [Sheet("A", columns("a"))], written=files) as book:
        book.write(Batch(0, [["baru"]]))
        raise RuntimeError


def test_what_goes_wrong_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    written(path, Sheet("A", columns("a")), [["lama"]])
    files: list[Path] = []
    with pytest.raises(RuntimeError):
        interrupted(path, files)
    assert (cells(path), files, [found.name for found in tmp_path.iterdir()]) == ([["a"], ["lama"]], [], ["a.xlsx"])


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "berkas").write_text("bukan folder")
    path = tmp_path / "berkas" / "a.xlsx"
    with pytest.raises(ReportError, match=r"a\.xlsx cannot be written: "):
        written(path, Sheet("A", columns("a")), [])


@settings(deadline=None, max_examples=50)
@given(st.lists(st.text(max_size=30), min_size=1, max_size=20))
def test_any_text_comes_back(tmp_path_factory: pytest.TempPathFactory, texts: list[str]) -> None:
    path = tmp_path_factory.mktemp("any") / "a.xlsx"
    written(path, Sheet("A", columns("a")), [[f"a{text}b"] for text in texts])
    gone = dict.fromkeys([*range(9), 11, 12, *range(14, 32), 127, *range(0xD800, 0xE000), 0xFFFE, 0xFFFF])
    expected = [f"a{text}b".replace("\r\n", "\n").replace("\r", "\n").translate(gone) for text in texts]
    assert [row[0] for row in cells(path)[1:]] == expected
