"""Files that wait to be fetched."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path

import pytest
from starlette.datastructures import UploadFile

from web import uploads

NOW = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def upload(content: bytes) -> UploadFile:
    return UploadFile(BytesIO(content), filename="../a.jpg")


async def test_a_file_is_kept_and_read_back_in_pieces(tmp_path: Path) -> None:
    content = os.urandom(150_000)
    reference, size = await uploads.keep(upload(content), tmp_path / "uploads")
    pieces = [piece async for piece in uploads.pieces(reference, tmp_path / "uploads")]
    assert (b"".join(pieces), size) == (content, 150_000)
    assert max(map(len, pieces)) <= 64 * 1024
    assert (tmp_path / "uploads" / reference).stat().st_mode & 0o777 == 0o600


async def test_a_file_that_is_too_large_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(uploads.TooLarge):
        await uploads.keep(upload(b"x" * (uploads.LARGEST + 1)), tmp_path)
    assert names(tmp_path) == []


@pytest.mark.parametrize("reference", ["../suara.key", "", "a" * 21, "a" * 22 + "/..", "/etc/passwd"])
async def test_only_our_own_names_are_read(tmp_path: Path, reference: str) -> None:
    with pytest.raises(FileNotFoundError):
        [piece async for piece in uploads.pieces(reference, tmp_path)]


async def test_a_file_goes_after_a_day(tmp_path: Path) -> None:
    old, _ = await uploads.keep(upload(b"old"), tmp_path)
    new, _ = await uploads.keep(upload(b"new"), tmp_path)
    (tmp_path / "of somebody else").write_bytes(b"")
    for name, age in (
        (old, timedelta(days=1, seconds=1)),
        (new, timedelta(hours=23)),
        ("of somebody else", timedelta(9)),
    ):
        moment = (NOW - age).timestamp()
        os.utime(tmp_path / name, (moment, moment))
    assert uploads.sweep(tmp_path, now=NOW) == 1
    assert names(tmp_path) == sorted([new, "of somebody else"])
    assert uploads.sweep(tmp_path / "not there", now=NOW) == 0


@pytest.mark.parametrize(
    ("mime", "kind"),
    [("image/png", "image"), ("audio/ogg", "audio"), ("video/mp4", "video"), ("application/pdf", "file"), ("", "file")],
)
def test_kinds(mime: str, kind: str) -> None:
    assert uploads.kind_of(mime) == kind
