"""Keeps the bytes of a file that somebody sent: by content, without what it tells of place, device or time.

Rules of the file: the type is what the bytes are, not what the sender says; pictures lose their EXIF and what is beyond
the question's ``max-pixels``, films their places and times; the name is the hash; every file and folder carries the
same date. A file whose type does not fit its question is refused.
"""

from __future__ import annotations

import hashlib
import io
import os
import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bot import boxes
from surveys.messages import MediaKind

DATE = 1_577_836_800
"""2020-01-01, the date of every kept file."""
MOST_PIXELS = 25_000_000
"""Of a picture in memory, four bytes each. A photo of up to three times as many is read at half its size."""


class Refused(Exception):
    """These bytes are no such file."""


@dataclass(frozen=True, slots=True)
class Kept:
    """Where a file is kept, under the media folder."""

    path: str
    sha256: str
    mime: str
    size: int


_RIFF = 8
"""Where the kind of a RIFF file stands."""
_STARTS: tuple[tuple[int, bytes, str, str], ...] = (
    (0, b"\xff\xd8\xff", "image/jpeg", ".jpg"),
    (0, b"\x89PNG\r\n\x1a\n", "image/png", ".png"),
    (0, b"GIF8", "image/gif", ".gif"),
    (_RIFF, b"WEBP", "image/webp", ".webp"),
    (0, b"OggS", "audio/ogg", ".ogg"),
    (0, b"ID3", "audio/mpeg", ".mp3"),
    (0, b"\xff\xfb", "audio/mpeg", ".mp3"),
    (0, b"\xff\xf3", "audio/mpeg", ".mp3"),
    (0, b"\xff\xf1", "audio/aac", ".aac"),
    (0, b"#!AMR", "audio/amr", ".amr"),
    (_RIFF, b"WAVE", "audio/wav", ".wav"),
    (4, b"ftypM4A", "audio/mp4", ".m4a"),
    (4, b"ftyp", "video/mp4", ".mp4"),
    (0, b"\x1aE\xdf\xa3", "video/webm", ".webm"),
    (0, b"%PDF-", "application/pdf", ".pdf"),
    (0, b"PK\x03\x04", "application/zip", ".zip"),
)
_OFFICE = {
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    ".odt": "application/vnd.oasis.opendocument.text",
    ".ods": "application/vnd.oasis.opendocument.spreadsheet",
}
_PICTURES = ("JPEG", "PNG", "GIF", "WEBP")
"""What Pillow may read; for others it would run programs."""
_WITH_EXIF = frozenset({"image/jpeg", "image/png", "image/webp"})
"""Pictures that are bared though they came as documents."""
_BOXES = frozenset({"video/mp4", "audio/mp4"})
_ALSO_SOUND = frozenset({"video/mp4", "video/webm"})
"""Boxes that hold sound alone as often as pictures."""


def keep(
    data: bytes,
    kind: MediaKind,
    folder: Path,
    *,
    file_name: str = "",
    anonymous: bool = False,
    longest_side: int = 0,
) -> Kept:
    """Store the bytes of one file under ``folder``. ``anonymous``: refuse a film of which it cannot be said that it
    tells nothing. ``longest_side``: pixels to which a picture is made smaller, 0 for as it is. Raises Refused,
    OSError."""
    mime, ending = _type_of(data, file_name)
    if kind == "image":
        if not mime.startswith("image/"):
            raise Refused
        data, mime, ending = _bare_picture(data, longest_side)
    elif kind == "audio" and mime in _ALSO_SOUND:
        mime = "audio" + mime.removeprefix("video")
    elif kind == "file" and mime in _WITH_EXIF:
        data, mime, ending = _bare_picture(data, longest_side, sharp=mime == "image/png")
    elif kind in {"audio", "video"} and not mime.startswith(kind):
        raise Refused
    if mime in _BOXES:
        try:
            data = boxes.bare(data)
        except boxes.Unclear:
            if anonymous:
                raise Refused from None
    digest = hashlib.sha256(data).hexdigest()
    path = f"{digest[:2]}/{digest}{ending}"
    _write(folder / path, data)
    return Kept(path, digest, mime, len(data))


def _type_of(data: bytes, file_name: str) -> tuple[str, str]:
    for offset, start, mime, ending in _STARTS:
        if data.startswith(start, offset) and (offset != _RIFF or data.startswith(b"RIFF")):
            suffix = Path(file_name).suffix.lower()
            if mime == "application/zip" and suffix in _OFFICE:
                return _OFFICE[suffix], suffix
            return mime, ending
    return "application/octet-stream", ".bin"


def _bare_picture(data: bytes, longest_side: int, *, sharp: bool = False) -> tuple[bytes, str, str]:
    """The picture the right way up, no longer than ``longest_side``, with nothing but its pixels. ``sharp``: without
    loss, since it may be a page of text. Raises Refused."""
    from PIL import Image, ImageOps

    try:
        with Image.open(io.BytesIO(data), formats=_PICTURES) as picture:
            pixels = picture.width * picture.height
            if MOST_PIXELS < pixels <= 3 * MOST_PIXELS and not picture.info.get("progressive"):
                picture.draft(None, (picture.width // 2, picture.height // 2))
            if picture.width * picture.height > MOST_PIXELS:
                raise Refused
            see_through = "A" in picture.getbands() or "transparency" in picture.info
            picture.getexif()  # remembered, so that nonsense of a camera need not be written anew
            picture.info = {key: value for key, value in picture.info.items() if key == "transparency"}
            ImageOps.exif_transpose(picture, in_place=True)
            mode = "RGBA" if see_through else "RGB"
            bare = picture if picture.mode == mode else picture.convert(mode)
            bare.info = {}
            if longest_side:
                bare.thumbnail((longest_side, longest_side))
            out = io.BytesIO()
            if see_through or sharp:
                bare.save(out, "PNG")
                return out.getvalue(), "image/png", ".png"
            bare.save(out, "JPEG", quality=90)
            return out.getvalue(), "image/jpeg", ".jpg"
    except Exception as error:  # whatever strangers' bytes do to the code that reads them
        raise Refused from error


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, draft = tempfile.mkstemp(dir=path.parent, prefix=".new-")
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.utime(draft, (DATE, DATE))
        Path(draft).replace(path)
    except BaseException:
        Path(draft).unlink(missing_ok=True)
        raise
    os.utime(path.parent, (DATE, DATE))
    os.utime(path.parent.parent, (DATE, DATE))


def rewrite(paths: Sequence[str], folder: Path) -> None:
    """Write these files anew, in this order: what the disk remembers of when they were made is now. A file that is not
    there (any more) is passed over. Raises OSError."""
    for path in paths:
        here = folder / path
        if not here.is_file():
            continue
        descriptor, draft = tempfile.mkstemp(dir=here.parent, prefix=".new-")
        os.close(descriptor)
        shutil.copyfile(here, draft)
        os.utime(draft, (DATE, DATE))
        Path(draft).replace(here)
        os.utime(here.parent, (DATE, DATE))
