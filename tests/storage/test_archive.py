"""A backup's file: what goes in comes out, and whatever is not whole is refused."""

from __future__ import annotations

import random
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest

from storage.archive import Archive, ArchiveWriter, FilePart, TablePart
from storage.errors import Damaged

MADE_AT = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)


def write(path: Path, photo: Path) -> None:
    photo.write_bytes(bytes(range(256)) * 10)
    with ArchiveWriter(path) as archive:
        with archive.table("answer", [("id", "integer"), ("value", "text")]) as part:
            part.write(b'[1,"a"]\n[2,"b"]\n', 2)
            part.write(b'[3,"c"]\n', 1)
        archive.file("media/photo.jpg", photo)
        archive.close(made_at=MADE_AT, program="0.1.0", revision="0001", keys="abcd")


@pytest.fixture
def backup(tmp_path: Path) -> Path:
    path = tmp_path / "backup.zip"
    write(path, tmp_path / "photo.jpg")
    return path


def test_what_goes_in_comes_out(backup: Path, tmp_path: Path) -> None:
    with Archive(backup) as archive:
        about = archive.manifest
        assert (about.made_at, about.program, about.revision, about.keys) == (MADE_AT, "0.1.0", "0001", "abcd")
        assert (about.rows, about.size) == (3, 2560)
        (table,) = about.tables
        assert (table.name, table.columns, table.rows) == ("answer", (("id", "integer"), ("value", "text")), 3)
        assert list(archive.lines(table)) == [b'[1,"a"]\n', b'[2,"b"]\n', b'[3,"c"]\n']
        target = archive.extract(about.files[0], tmp_path / "out")
    assert target == tmp_path / "out" / "media" / "photo.jpg"
    assert target.read_bytes() == bytes(range(256)) * 10


def test_the_same_twice_is_the_same_bytes(backup: Path, tmp_path: Path) -> None:
    """No part bears a time of its own."""
    again = tmp_path / "again.zip"
    write(again, tmp_path / "photo.jpg")
    assert again.read_bytes() == backup.read_bytes()
    assert {about.date_time for about in zipfile.ZipFile(backup).infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_its_owner_alone_reads_it(backup: Path) -> None:
    assert oct(backup.stat().st_mode & 0o777) == "0o600"


def test_an_ordinary_program_can_open_it(backup: Path) -> None:
    with zipfile.ZipFile(backup) as opened:
        assert opened.testzip() is None
        assert sorted(opened.namelist()) == ["files/media/photo.jpg", "manifest.json", "tables/answer.jsonl"]


def test_nothing_is_left_of_one_that_failed(tmp_path: Path) -> None:
    with ArchiveWriter(tmp_path / "backup.zip") as archive, archive.table("answer", []) as part:
        part.write(b"[]\n", 1)
    assert list(tmp_path.iterdir()) == []


def test_one_that_failed_leaves_the_earlier_one(backup: Path) -> None:
    before = backup.read_bytes()
    with pytest.raises(RuntimeError), ArchiveWriter(backup):
        raise RuntimeError
    assert backup.read_bytes() == before


def test_a_file_that_went_meanwhile_is_left_out(tmp_path: Path) -> None:
    with ArchiveWriter(tmp_path / "backup.zip") as archive:
        assert archive.file("uploads/gone", tmp_path / "gone") == 0
        manifest = archive.close(made_at=MADE_AT, program="", revision="", keys="")
    assert manifest.files == ()


def test_one_cut_short_anywhere_is_refused(backup: Path) -> None:
    whole = backup.read_bytes()
    for size in (0, 1, 63, 64, 65, len(whole) // 2, len(whole) - 65, len(whole) - 64, len(whole) - 1):
        backup.write_bytes(whole[:size])
        with pytest.raises(Damaged):
            Archive(backup)


def test_every_changed_bit_is_refused(backup: Path) -> None:
    whole = bytearray(backup.read_bytes())
    rng = random.Random(1)
    for place in (*range(0, len(whole), 17), *range(len(whole) - 90, len(whole))):
        bit = 1 << rng.randrange(8)
        whole[place] ^= bit
        backup.write_bytes(whole)
        with pytest.raises(Damaged):
            Archive(backup)
        whole[place] ^= bit


def test_another_file_is_refused(tmp_path: Path) -> None:
    other = tmp_path / "other.zip"
    with zipfile.ZipFile(other, "w") as opened:
        opened.writestr("a.txt", "a" * 100)
    with pytest.raises(Damaged):
        Archive(other)
    with pytest.raises(Damaged):
        Archive(tmp_path)


def test_rows_that_are_not_those_counted_are_refused(backup: Path) -> None:
    with Archive(backup) as archive:
        table = archive.manifest.tables[0]
        with pytest.raises(Damaged):
            list(archive.lines(TablePart(table.name, table.columns, 4, table.sha256)))
        with pytest.raises(Damaged):
            list(archive.lines(TablePart(table.name, table.columns, 3, "0" * 64)))


@pytest.mark.parametrize("name", ["../outside", "media/../../outside"])
def test_a_file_never_leaves_its_folder(tmp_path: Path, name: str) -> None:
    (tmp_path / "photo").write_bytes(b"x")
    with ArchiveWriter(tmp_path / "backup.zip") as archive:
        archive.file(name, tmp_path / "photo")
        archive.close(made_at=MADE_AT, program="", revision="", keys="")
    with Archive(tmp_path / "backup.zip") as archive, pytest.raises(Damaged):
        archive.extract(FilePart(name, 1, archive.manifest.files[0].sha256), tmp_path / "in")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["backup.zip", "photo"]
