"""Files a visitor sends wait here, under random names, until they are fetched as answers.

Rule of the file: nothing a person chose becomes part of a path. A file goes after a day: nobody fetched it, or the
answer has it long since.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import AsyncIterator
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

import anyio
from starlette.datastructures import UploadFile

from surveys.messages import MediaKind

LARGEST = 10 * 1024 * 1024
"""Bytes of one file."""
WAITS = timedelta(days=1)
_PIECE = 64 * 1024
_NAME = re.compile(r"[A-Za-z0-9_-]{22}")


class TooLarge(Exception):
    """The file is larger than LARGEST."""


async def keep(upload: UploadFile, folder: Path) -> tuple[str, int]:
    """Store the file; its reference and its size in bytes. Raises TooLarge, and OSError where the disk is full."""
    reference = secrets.token_urlsafe(16)
    await anyio.Path(folder).mkdir(mode=0o700, parents=True, exist_ok=True)
    path = anyio.Path(folder / reference)
    size = 0
    try:
        async with await path.open("xb") as file:
            await path.chmod(0o600)
            while piece := await upload.read(_PIECE):
                size += len(piece)
                if size > LARGEST:
                    raise TooLarge
                await file.write(piece)
    except BaseException:
        await path.unlink(missing_ok=True)
        raise
    return reference, size


async def put(content: bytes, folder: Path) -> str:
    """Store what somebody's file became; its reference. Raises OSError where the disk is full."""
    reference = secrets.token_urlsafe(16)
    await anyio.Path(folder).mkdir(mode=0o700, parents=True, exist_ok=True)
    path = anyio.Path(folder / reference)
    try:
        async with await path.open("xb") as file:
            await path.chmod(0o600)
            await file.write(content)
    except BaseException:
        await path.unlink(missing_ok=True)
        raise
    return reference


async def drop(reference: str, folder: Path) -> None:
    """It is not needed any more, or was never taken."""
    with suppress(FileNotFoundError):
        await anyio.Path(_path(reference, folder)).unlink()


async def pieces(reference: str, folder: Path) -> AsyncIterator[bytes]:
    """The bytes, in pieces of at most 64 KiB. Raises FileNotFoundError where it is gone."""
    async with await anyio.open_file(_path(reference, folder), "rb") as file:
        while piece := await file.read(_PIECE):
            yield piece


def sweep(folder: Path, *, now: datetime) -> int:
    """Delete what waited longer than a day; how many files went."""
    gone = 0
    for path in folder.glob("*") if folder.is_dir() else ():
        if _NAME.fullmatch(path.name) and path.stat().st_mtime < (now - WAITS).timestamp():
            path.unlink(missing_ok=True)
            gone += 1
    return gone


def kind_of(mime: str) -> MediaKind:
    """What a browser's content type is to a survey."""
    match mime.partition("/")[0]:
        case "image":
            return "image"
        case "audio":
            return "audio"
        case "video":
            return "video"
        case _:
            return "file"


def _path(reference: str, folder: Path) -> Path:
    if not _NAME.fullmatch(reference):
        raise FileNotFoundError(reference)
    return folder / reference
