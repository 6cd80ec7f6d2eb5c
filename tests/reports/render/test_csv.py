"""Tables as text, read back with the csv module: what Excel opens, what is never computed, where the files lie."""

from __future__ import annotations

import csv
import io
import zipfile
from datetime import date, datetime, time
from pathlib import Path

import pytest

from reports.base import Batch, Cell, Column, ReportError, Sheet
from reports.render.csv import writing


def columns(*headings: str) -> tuple[Column, ...]:
    return tuple(Column(heading=heading) for heading in headings)


SHEETS = [
    Sheet("Jawaban", columns("nama", "umur")),
    Sheet("Anak: 1/2", columns("=a", "b")),
    Sheet("Buku kode", columns("x")),
]


def read(data: bytes, delimiter: str = ";") -> list[list[str]]:
    assert data.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=delimiter))


def cells(tmp_path: Path, row: list[Cell], delimiter: str = ";") -> list[str]:
    path = tmp_path / "a.csv"
    sheet = Sheet("A", columns(*(f"k{number}" for number in range(len(row)))))
    with writing(path, [sheet], written=[], delimiter=delimiter) as book:
        book.write(Batch(0, [row]))
    return read(path.read_bytes(), delimiter)[1]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("=cmd|'/c calc'!A1", "'=cmd|'/c calc'!A1"),
        ("+62 812 0000 0000", "'+62 812 0000 0000"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("-2+3", "'-2+3"),
        ("-5", "'-5"),
        ("\t=1", "'\t=1"),
        ("\r=1", "'\n=1"),
        ("  =1", "'  =1"),
        ("＝1", "'＝1"),
        ("\x00=1", "'=1"),
        ("5-3=2", "5-3=2"),
        ("007", "'007"),
        ("081234567890", "'081234567890"),
        ("00,5", "'00,5"),
        ("198609262015051001", "'198609262015051001"),
        ("12E3", "'12E3"),
        ("0", "0"),
        ("41", "41"),
        ("0,5", "0,5"),
        ("123456789012345", "123456789012345"),
        ("INV-0042", "INV-0042"),
        ("a,=1+1,", "a,'=1+1,"),
        (",=1", ",'=1"),
        ("a; +cmd", "a; '+cmd"),
        ("a\t@x", "a\t'@x"),
        ("a\r\n=1", "a\n'=1"),
        ("a, -5 = b", "a, -5 = b"),
        ("satu;dua", "satu;dua"),
        ('kata "kutip"', 'kata "kutip"'),
        ("satu\r\ndua", "satu\ndua"),
        ("Ba'un 😀", "Ba'un 😀"),
        ("x" * 40_000, "x" * 40_000),
        ("", ""),
    ],
)
def test_a_text_is_never_computed(tmp_path: Path, text: str, shown: str) -> None:
    assert cells(tmp_path, [text]) == [shown]


def test_numbers_stay_numbers(tmp_path: Path) -> None:
    row: list[Cell] = [41, -3, 7.5, -0.25, date(2026, 11, 24), time(9, 30), datetime(2026, 11, 24, 1, 40, 5), None]  # noqa: DTZ001
    plain = ["2026-11-24", "09:30", "2026-11-24 01:40:05", ""]
    assert cells(tmp_path, row) == ["41", "-3", "7,5", "-0,25", *plain]
    assert cells(tmp_path, row, ",") == ["41", "-3", "7.5", "-0.25", *plain]
    assert cells(tmp_path, row, "\t") == ["41", "-3", "7.5", "-0.25", *plain]


def test_a_number_is_written_out(tmp_path: Path) -> None:
    assert cells(tmp_path, [1e-07, -2.5e-05, 1e22, 0.1]) == [
        "0,0000001",
        "-0,000025",
        "10000000000000000000000",
        "0,1",
    ]


def test_the_other_tables_lie_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "baru" / "survei.csv"
    files: list[Path] = []
    with writing(path, SHEETS, written=files) as book:
        book.write(Batch(1, [["+1", 2]]))
        book.write(Batch(0, [["Rut", 3]]))
        book.write(Batch(0, [["Ester", None]]))
    assert [file.name for file in files] == ["survei.csv", "survei-anak_1_2.csv", "survei-buku_kode.csv"]
    assert sorted(found.name for found in path.parent.iterdir()) == sorted(file.name for file in files)
    assert [read(file.read_bytes()) for file in files] == [
        [["nama", "umur"], ["Rut", "3"], ["Ester", ""]],
        [["'=a", "b"], ["'+1", "2"]],
        [["x"]],
    ]


def test_lines_end_as_excel_likes_them(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    with writing(path, [Sheet("A", columns("a", "b"))], written=[]) as book:
        book.write(Batch(0, [["satu\ndua", 1]]))
    assert path.read_bytes() == b'\xef\xbb\xbfa;b\r\n"satu\ndua";1\r\n'


def test_an_archive_holds_all_of_them(tmp_path: Path) -> None:
    path = tmp_path / "survei.zip"
    files: list[Path] = []
    with writing(path, SHEETS, written=files) as book:
        book.write(Batch(0, [["Rut", 3]]))
    assert (files, [found.name for found in tmp_path.iterdir()]) == ([path], ["survei.zip"])
    with zipfile.ZipFile(path) as archive:
        assert archive.namelist() == ["jawaban.csv", "anak_1_2.csv", "buku_kode.csv"]
        assert read(archive.read("jawaban.csv")) == [["nama", "umur"], ["Rut", "3"]]


def test_names_of_files_are_told_apart(tmp_path: Path) -> None:
    files: list[Path] = []
    sheets = [
        Sheet("A", columns("a")),
        Sheet("x/y", columns("a")),
        Sheet("x:y", columns("a")),
        Sheet("???", columns("a")),
    ]
    with writing(tmp_path / "a.csv", sheets, written=files):
        pass
    assert [file.name for file in files] == ["a.csv", "a-x_y.csv", "a-x_y_2.csv", "a-_.csv"]


def interrupted(path: Path, files: list[Path]) -> None:
    with writing(path, SHEETS, written=files) as book:
        book.write(Batch(0, [["baru", 1]]))
        raise RuntimeError


def test_what_goes_wrong_leaves_the_old_files(tmp_path: Path) -> None:
    path = tmp_path / "survei.csv"
    path.write_text("lama")
    files: list[Path] = []
    with pytest.raises(RuntimeError):
        interrupted(path, files)
    assert (path.read_text(), files, [found.name for found in tmp_path.iterdir()]) == ("lama", [], ["survei.csv"])


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.csv").mkdir()
    with (
        pytest.raises(ReportError, match=r"a\.csv cannot be written: "),
        writing(tmp_path / "a.csv", SHEETS, written=[]),
    ):
        pass
