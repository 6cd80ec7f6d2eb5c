# ruff: noqa: E501 -- lines as they stand on the screen
"""``suara survey check`` and ``suara survey export`` as an author sees them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from bot.cli import main
from surveys.xlsform import read

GOOD = (
    "| survey | type | name | label |\n| | text | nama | Nama? |\n| | note | t | {} |\n| | begin_group | g | G |\n"
    "| | integer | umur | Umur? |\n| | end_group | | |\n"
)
BAD = """
| survey | type            | name | label | relevent |
|        | txet            | a    | A?    |          |
|        | select_one kota | b    | B?    |          |
"""

Called = Callable[..., tuple[int, list[str], list[str]]]


@pytest.fixture
def called(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Called:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SUARA_LOCALE__LANGUAGE", "en")
    (tmp_path / "baik.md").write_text(GOOD.format("Terima kasih"), encoding="utf-8")
    (tmp_path / "rusak.md").write_text(BAD, encoding="utf-8")

    def call(*words: str) -> tuple[int, list[str], list[str]]:
        with pytest.raises(SystemExit) as ended:
            main(["survey", *words])
        said = capsys.readouterr()
        assert isinstance(ended.value.code, int)
        return ended.value.code, said.out.splitlines(), said.err.splitlines()

    return call


def test_a_good_form_is_told_so(called: Called) -> None:
    assert called("check", "baik.md") == (0, ["baik.md: 2 questions, no errors, 0 warnings. It can be published."], [])


def test_a_warning_does_not_stand_in_the_way(called: Called, tmp_path: Path) -> None:
    (tmp_path / "baik.md").write_text(GOOD.format("x" * 400), encoding="utf-8")
    assert called("check", "baik.md") == (
        0,
        [
            'Warning  survey, row 3: label of "t" has 400 letters. Up to 300 letters are read to the end on a telephone.',
            "baik.md: 2 questions, no errors, 1 warnings. It can be published.",
        ],
        [],
    )


def test_everything_wrong_is_told_at_once(called: Called) -> None:
    assert called("check", "rusak.md") == (
        1,
        [
            'ERROR  survey, row 1: The column "relevent" is not known. Did you mean "relevant"?',
            'ERROR  survey, row 2: The type "txet" is not known. Did you mean "text"?',
            'ERROR  survey, row 3: There is no choices list "kota". Add its rows to the choices sheet, or correct the name in the type column.',
        ],
        ["rusak.md: 3 errors, 0 warnings. It can be published when the errors are mended."],
    )


def test_in_indonesian(called: Called, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SUARA_LOCALE__LANGUAGE", "id")
    assert called("check", "rusak.md") == (
        1,
        [
            'PERBAIKI  survey, baris 1: Kolom "relevent" tidak dikenal. Maksudnya "relevant"?',
            'PERBAIKI  survey, baris 2: Type "txet" tidak dikenal. Maksudnya "text"?',
            'PERBAIKI  survey, baris 3: Daftar pilihan "kota" belum ada. Tambahkan barisnya pada lembar choices, atau perbaiki namanya pada kolom type.',
        ],
        ["rusak.md: 3 kesalahan, 0 peringatan. Dapat diterbitkan setelah kesalahannya diperbaiki."],
    )


def test_a_file_that_is_no_form_is_one_line(called: Called, tmp_path: Path) -> None:
    (tmp_path / "surat.xlsx").write_bytes(b"%PDF")
    assert called("check", "surat.xlsx") == (
        1,
        ['ERROR  file: This file is no Excel workbook. Save the form as "Excel Workbook (.xlsx)" and upload it again.'],
        ["surat.xlsx: 1 errors, 0 warnings. It can be published when the errors are mended."],
    )


def test_a_form_that_is_not_there_is_one_line(called: Called) -> None:
    code, out, err = called("check", "hilang.md")
    assert (code, out, len(err)) == (1, [], 1)


def test_export_writes_a_workbook_that_reads_back_the_same(called: Called, tmp_path: Path) -> None:
    assert called("export", "baik.md") == (0, ["Written: baik.xlsx"], [])
    again, _problems = read(tmp_path / "baik.xlsx", file_type=".xlsx")
    assert again == read(tmp_path / "baik.md", file_type=".md", name_hint="baik")[0]


def test_export_of_a_survey_that_came_along(called: Called, tmp_path: Path) -> None:
    assert called("export", "aspirasi", "contoh.xlsx") == (0, ["Written: contoh.xlsx"], [])
    assert read(tmp_path / "contoh.xlsx", file_type=".xlsx")[0].name == "aspirasi"


def test_export_overwrites_nothing(called: Called, tmp_path: Path) -> None:
    (tmp_path / "baik.xlsx").write_bytes(b"mine")
    assert called("export", "baik.md") == (1, [], ["baik.xlsx is there already. Name another file."])
    assert (tmp_path / "baik.xlsx").read_bytes() == b"mine"
    assert called("export", "baik.md", "tiada/baik.xlsx") == (
        1,
        [],
        ["tiada/baik.xlsx cannot be written: No such file or directory."],
    )


def test_a_form_with_errors_is_not_exported(called: Called, tmp_path: Path) -> None:
    code, out, _err = called("export", "rusak.md")
    assert (code, len(out), (tmp_path / "rusak.xlsx").exists()) == (1, 3, False)
