"""Files that people sent are kept by content, without place, device or time."""

from __future__ import annotations

import io
import os
import struct
import subprocess
import sys
import zlib
from contextlib import suppress
from pathlib import Path
from typing import Literal

import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from bot.boxes import bare
from bot.keeping import DATE, Refused, keep, rewrite
from surveys.messages import MediaKind
from tests.bot.test_boxes import film


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


def broken_exif(kind: int, count: int, value: int) -> bytes:
    """A photo whose directory says that the way it is up is of this type, so often, there."""
    directory = struct.pack(">2sHIHHHII", b"MM", 42, 8, 1, 0x0112, kind, count, value)
    segment = b"Exif\0\0" + directory + bytes(4)
    return photo().replace(photo()[2:4], b"\xff\xe1" + struct.pack(">H", len(segment) + 2) + segment + photo()[2:4], 1)


@pytest.mark.parametrize(("kind", "count", "value"), [(3, 1, 6 << 16), (3, 0xFFFFFFFF, 8), (77, 1, 0), (5, 1, 4)])
def test_whatever_is_wrong_with_a_photo_it_is_kept_or_refused(
    tmp_path: Path, kind: int, count: int, value: int
) -> None:
    try:
        keep(broken_exif(kind, count, value), "image", tmp_path)
    except Refused:
        assert list(tmp_path.iterdir()) == []


def test_a_photo_whose_camera_wrote_nonsense_is_kept_the_right_way_up(tmp_path: Path) -> None:
    tags = struct.pack(">HHIHH", 0x0112, 3, 1, 6, 0) + struct.pack(">HHII", 0x010F, 11, 1, 0x3F800000)  # maker: 1.0
    segment = b"Exif\0\0" + struct.pack(">2sHIH", b"MM", 42, 8, 2) + tags + bytes(4)
    plain = io.BytesIO()
    Image.new("RGB", (40, 20)).save(plain, "JPEG")
    data = b"\xff\xd8\xff\xe1" + struct.pack(">H", len(segment) + 2) + segment + plain.getvalue()[2:]
    kept = keep(data, "image", tmp_path)
    with Image.open(tmp_path / kept.path) as picture:
        assert picture.size == (20, 40)


@pytest.mark.parametrize("error", [AttributeError, TypeError, struct.error, NotImplementedError, MemoryError])
def test_an_error_of_the_code_that_reads_pictures_refuses_the_picture(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: type[Exception]
) -> None:
    def fails(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr("PIL.ImageOps.exif_transpose", fails)
    with pytest.raises(Refused):
        keep(photo(), "image", tmp_path)


def chunk(name: bytes, held: bytes) -> bytes:
    """Of a PNG."""
    return struct.pack(">I", len(held)) + name + held + struct.pack(">I", zlib.crc32(name + held))


def empty_png(width: int, height: int) -> bytes:
    """A few kilobytes that are a picture of this size, see-through."""
    packer = zlib.compressobj(9)
    rows = b"".join(packer.compress(bytes(1 + 4 * width)) for _ in range(height)) + packer.flush()
    head = struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def test_a_picture_of_too_many_pixels_is_refused_before_it_is_read(tmp_path: Path) -> None:
    with pytest.raises(Refused):
        keep(empty_png(7745, 7745), "image", tmp_path)


def test_a_large_photo_becomes_smaller_and_keeps_its_shape(tmp_path: Path) -> None:
    out = io.BytesIO()
    exif = Image.Exif()
    exif[0x0112] = 6
    Image.new("L", (8160, 6120)).save(out, "JPEG", exif=exif)
    kept = keep(out.getvalue(), "image", tmp_path)
    with Image.open(tmp_path / kept.path) as picture:
        assert (picture.size, picture.mode) == ((3060, 4080), "RGB")
    out = io.BytesIO()
    Image.new("L", (8160, 6120)).save(out, "JPEG", progressive=True)  # this kind is read whole, whatever is asked for
    with pytest.raises(Refused):
        keep(out.getvalue(), "image", tmp_path)


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="only Linux says how much memory was used at most")
def test_the_largest_picture_that_is_taken_costs_little_memory(tmp_path: Path) -> None:
    sideways = empty_png(5000, 5000)
    exif = struct.pack(">2sHIHHHIHHI", b"MM", 42, 8, 1, 0x0112, 3, 1, 6, 0, 0)
    sideways = sideways[:33] + chunk(b"eXIf", exif) + sideways[33:]
    (tmp_path / "large.png").write_bytes(sideways)
    program = """
import re, sys
from pathlib import Path
from PIL import Image, PngImagePlugin
from bot import keeping

def peak():
    return int(re.search(r"VmHWM:\\s*(\\d+) kB", Path("/proc/self/status").read_text())[1])

data, before = Path(sys.argv[1], "large.png").read_bytes(), peak()
keeping.keep(data, "image", Path(sys.argv[1]))
print(peak() - before)
"""
    said = subprocess.run([sys.executable, "-c", program, str(tmp_path)], capture_output=True, check=True, text=True)
    assert int(said.stdout) < 250_000


def test_nothing_of_a_picture_is_kept_but_its_pixels(tmp_path: Path) -> None:
    for form, color in (("JPEG", "red"), ("PNG", (1, 2, 3, 4)), ("WEBP", (1, 2, 3, 4))):
        out = io.BytesIO()
        told = PngInfo()
        told.add_text("Comment", "Rahasia")
        more = (
            {"pnginfo": told}
            if form == "PNG"
            else {"xmp": b"Rahasia"} | ({"comment": b"Rahasia"} if form == "JPEG" else {})
        )
        Image.new("RGB" if form == "JPEG" else "RGBA", (8, 8), color).save(out, form, icc_profile=b"Rahasia", **more)
        assert b"Rahasia" in out.getvalue()
        kept = keep(out.getvalue(), "image", tmp_path)
        with Image.open(tmp_path / kept.path) as picture:
            assert set(picture.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}


EPS = b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 10 10\n%%EndComments\nshowpage\n"


@pytest.mark.parametrize(
    "data",
    [
        b"\xc5\xd0\xd3\xc6\x20\x00\x00\x00WEBP" + bytes(20) + EPS,
        b"\xff\xd8\xff" + EPS,
        b"RIFF\x00\x00\x00\x00WEBP" + EPS,
        EPS,
    ],
)
def test_a_drawing_program_is_never_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, data: bytes) -> None:
    ran: list[object] = []
    monkeypatch.setattr("PIL.EpsImagePlugin.Ghostscript", lambda *some, **_: ran.append(some))
    with pytest.raises(Refused):
        keep(data, "image", tmp_path)
    assert ran == []


@pytest.mark.parametrize("form", ["BMP", "TIFF", "PPM", "JPEG2000"])
def test_a_picture_of_another_make_is_refused(tmp_path: Path, form: str) -> None:
    out = io.BytesIO()
    Image.new("RGB", (40, 20)).save(out, form)
    data = out.getvalue()
    for disguised in (data, data[:8] + b"WEBP" + data[12:]):
        with pytest.raises(Refused):
            keep(disguised, "image", tmp_path)
    assert keep(data[:8] + b"WEBP" + data[12:], "file", tmp_path).mime == "application/octet-stream"


@pytest.mark.parametrize("form", ["GIF", "WEBP"])
def test_a_picture_of_a_known_make_is_taken(tmp_path: Path, form: str) -> None:
    out = io.BytesIO()
    Image.new("RGB", (40, 20)).save(out, form)
    assert keep(out.getvalue(), "image", tmp_path).mime == "image/jpeg"


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "CMYK", "I;16"])
def test_a_picture_of_any_make_is_kept(tmp_path: Path, mode: str) -> None:
    out = io.BytesIO()
    Image.new(mode, (40, 20)).save(out, "JPEG" if mode == "CMYK" else "PNG")
    kept = keep(out.getvalue(), "image", tmp_path)
    with Image.open(tmp_path / kept.path) as picture:
        assert picture.mode == ("RGBA" if mode in {"LA", "RGBA"} else "RGB")


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


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_a_photo_sent_as_a_document_loses_what_it_tells(tmp_path: Path, form: str) -> None:
    kept = keep(photo(form=form), "file", tmp_path, file_name="bukti")
    assert b"Telepon Rahasia" not in (tmp_path / kept.path).read_bytes()


@pytest.mark.parametrize(
    ("kind", "brand", "mime"),
    [("video", b"mp42", "video/mp4"), ("video", b"qt  ", "video/mp4"), ("audio", b"M4A ", "audio/mp4")],
)
def test_a_film_loses_place_and_time(tmp_path: Path, kind: MediaKind, brand: bytes, mime: str) -> None:
    data = film().replace(b"ftypmp42", b"ftyp" + brand)
    for as_what in (kind, "file"):
        kept = keep(data, as_what, tmp_path, anonymous=True)
        assert (kept.mime, (tmp_path / kept.path).read_bytes()) == (mime, bare(data))


def test_a_film_that_is_not_understood_is_kept_only_with_a_name(tmp_path: Path) -> None:
    data = film()[:-3]
    with pytest.raises(Refused):
        keep(data, "video", tmp_path, anonymous=True)
    assert (tmp_path / keep(data, "video", tmp_path).path).read_bytes() == data


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


@pytest.mark.parametrize("kind", [0xFFFF, 0, 13])
def test_a_picture_that_is_damaged_anywhere_is_refused(tmp_path: Path, kind: int) -> None:
    """A wrong type in its EXIF makes the library fail in ways of its own."""
    data = bytearray(photo(turned=True))
    at = data.index(b"Exif\0\0") + 6
    order: Literal["little", "big"] = "little" if data[at : at + 2] == b"II" else "big"
    for entry in range(int.from_bytes(data[at + 8 : at + 10], order)):
        where = at + 10 + 12 * entry + 2
        data[where : where + 2] = kind.to_bytes(2, order)
    with suppress(Refused):  # or it is read all the same: but nothing else comes out of it
        keep(bytes(data), "image", tmp_path)


def test_what_calls_itself_webp_is_opened_by_nothing_else(tmp_path: Path) -> None:
    sly = b"\xc5\xd0\xd3\xc6" + b"\0" * 4 + b"WEBP" + b"%!PS-Adobe-3.0 EPSF-3.0\n" + b"\0" * 64
    with pytest.raises(Refused):
        keep(sly, "image", tmp_path)
    assert keep(sly, "file", tmp_path).mime == "application/octet-stream"


def test_a_picture_that_grows_beyond_measure_is_refused(tmp_path: Path) -> None:
    out = io.BytesIO()
    Image.new("1", (6000, 6000)).save(out, "PNG")
    assert len(out.getvalue()) < 100_000
    with pytest.raises(Refused):
        keep(out.getvalue(), "image", tmp_path)
