"""The lists of a district are found by name, and a wrong folder says what to do."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot import bundled, catalog


def test_files_are_the_lists_of_the_folder_alone(tmp_path: Path) -> None:
    (tmp_path / "units.csv").write_bytes(b"name,label\na,A\n")
    (tmp_path / "Kelurahan.CSV").write_bytes("name,label\né,É\n".encode())
    (tmp_path / "README.md").write_text("no list", encoding="utf-8")
    (tmp_path / "~units.csv").write_bytes(b"left behind by a spreadsheet")
    (tmp_path / ".units.csv").write_bytes(b"hidden")
    (tmp_path / "old.csv").mkdir()

    assert dict(catalog.files(tmp_path)) == {
        "Kelurahan.CSV": "name,label\né,É\n".encode(),
        "units.csv": b"name,label\na,A\n",
    }


def test_a_missing_folder_says_what_to_do(tmp_path: Path) -> None:
    folder = tmp_path / "oesapa"
    with pytest.raises(FileNotFoundError) as raised:
        catalog.files(folder)
    assert str(raised.value) == (
        f"The catalog folder {folder} is not there. Copy catalog/alak there and edit its lists."
    )


def test_an_empty_folder_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError) as raised:
        catalog.files(tmp_path)
    assert str(raised.value) == (
        f"The catalog folder {tmp_path} holds no .csv file. Copy those of catalog/alak and edit them."
    )


def test_the_lists_of_alak_come_with_the_program() -> None:
    assert list(catalog.files(bundled.folder("catalog") / "alak")) == [
        "holidays.csv",
        "jabatan.csv",
        "jenjang.csv",
        "kelurahan.csv",
        "retention.csv",
        "rujukan.csv",
        "services.csv",
        "unit_kinds.csv",
        "units.csv",
    ]
