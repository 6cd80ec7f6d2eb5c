"""Files that people sent are kept by content, without place, device or time."""

from __future__ import annotations

import io
import os
from pathlib import Path

import pytest
from PIL import Image

from bot.keeping import DATE, Refused, keep, rewrite
from surveys.messages import MediaKind


def photo(*, turned: bool = False, color: str = "red", form: str = "JPEG", scale: int = 1) -> bytes:
    picture = Image.new("RGBA" if form == "PNG" else "RGB", (40 * scale, 20 * scale), color)
    exif = Image.Exif()
    exif[0x010F] = "Telepon Rahasia"  # the maker
    exif[0x0112] = 6 if turned else 1  # which way is up
    exif.get_ifd(0x8825)[2] = (10.0, 11.0, 12.0)  # where
    out = io.BytesIO()
    picture.save(out, form, exif=exif)
    return out.getvalue()


def test_a_photo_loses_what_it_tells_and_keeps_the_right_way_up(tmp_path: Path) -> None:
    assert b"Telepon Rahasia" in photo(turned=True)
    kept = keep(photo(turned=True), "image", tmp_path)
    data = (tmp_path / kept.path).read_bytes()
    assert b"Telepon Rahasia" not in data
    with Image.open(io.BytesIO(data)) as picture:
        assert picture.size == (20, 40)
        assert not picture.getexif()
    assert (kept.mime, kept.size) == ("image/jpeg", len(data))
    assert kept.path == f"{kept.sha256[:2]}/{kept.sha256}.jpg"


@pytest.mark.parametrize(
    ("form", "kind", "longest_side", "size"),
    [
        ("JPEG", "image", 0, (1200, 2400)),
        ("JPEG", "image", 1600, (800, 1600)),
        ("JPEG", "image", 4000, (1200, 2400)),
        ("JPEG", "file", 600, (300, 600)),
        ("PNG", "image", 600, (300, 600)),
        ("PNG", "file", 600, (300, 600)),
        ("WEBP", "image", 600, (300, 600)),
        ("WEBP", "file", 0, (1200, 2400)),
        ("PNG", "file", 0, (1200, 2400)),
        ("GIF", "image", 600, (600, 300)),
    ],
)
def test_a_picture_is_no_longer_than_its_question_keeps_it(
    tmp_path: Path, form: str, kind: MediaKind, longest_side: int, size: tuple[int, int]
) -> None:
    kept = keep(photo(turned=True, form=form, scale=60), kind, tmp_path, longest_side=longest_side)
    data = (tmp_path / kept.path).read_bytes()
    assert b"Telepon Rahasia" not in data
    with Image.open(io.BytesIO(data)) as picture:
        assert picture.size == size
        reddest, _green, _blue = picture.convert("RGB").resize((1, 1)).tobytes()
        assert reddest > 250


def test_the_same_bytes_are_kept_once_and_all_have_one_date(tmp_path: Path) -> None:
    assert keep(photo(), "image", tmp_path) == keep(photo(), "image", tmp_path)
    keep(photo(color="blue", form="PNG"), "image", tmp_path)
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert len(files) == 2
    assert {int(path.stat().st_mtime) for path in (tmp_path, *tmp_path.rglob("*"))} == {DATE}


def test_what_is_no_picture_is_refused_as_one(tmp_path: Path) -> None:
    for data in (b"%PDF-1.4 not a picture", b"", b"\xff\xd8\xff and then nothing"):
        with pytest.raises(Refused):
            keep(data, "image", tmp_path)
    with pytest.raises(Refused):
        keep(photo(), "audio", tmp_path)
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


@pytest.mark.parametrize(
    ("start", "kind", "name", "mime", "ending"),
    [
        (b"OggS\x00", "audio", "", "audio/ogg", ".ogg"),
        (b"\x00\x00\x00\x20ftypisom", "video", "", "video/mp4", ".mp4"),
        (b"\x00\x00\x00\x20ftypisom", "audio", "", "audio/mp4", ".mp4"),
        (b"%PDF-1.7", "file", "surat.pdf", "application/pdf", ".pdf"),
        (b"PK\x03\x04", "file", "data.zip", "application/zip", ".zip"),
        (b"MZ\x90", "file", "virus.exe", "application/octet-stream", ".bin"),
        (b"<html>", "file", "page.html", "application/octet-stream", ".bin"),
    ],
)
def test_the_type_is_what_the_bytes_are(
    tmp_path: Path, start: bytes, kind: str, name: str, mime: str, ending: str
) -> None:
    kept = keep(start + bytes(100), kind, tmp_path, file_name=name)  # type: ignore[arg-type]
    assert (kept.mime, Path(kept.path).suffix) == (mime, ending)


def test_an_office_document_keeps_its_ending(tmp_path: Path) -> None:
    assert keep(b"PK\x03\x04" + bytes(9), "file", tmp_path, file_name="Usul.DOCX").path.endswith(".docx")


def test_written_anew_a_file_is_younger_and_the_same(tmp_path: Path) -> None:
    kept = [keep(photo(color=color), "image", tmp_path) for color in ("red", "green", "blue")]
    before = {one.path: (tmp_path / one.path).stat() for one in kept}
    contents = {one.path: (tmp_path / one.path).read_bytes() for one in kept}
    rewrite([kept[2].path, kept[0].path, kept[1].path, "00/gone.jpg"], tmp_path)
    after = {one.path: (tmp_path / one.path).stat() for one in kept}
    assert {path: (tmp_path / path).read_bytes() for path in contents} == contents
    assert all(int(status.st_mtime) == DATE for status in after.values())
    if os.name == "posix":
        assert all(after[path].st_ino != before[path].st_ino for path in before)
        order = sorted(after, key=lambda path: after[path].st_ctime_ns)
        assert order == [kept[2].path, kept[0].path, kept[1].path]
