"""Copies of what the office would miss: the database and the files people sent, in one file, made while it serves.

The key file is never in one, so that who finds a copy cannot read who somebody is; it is kept apart (``suara keys
export``). Rule of the file: a copy is whole or it is not there.
"""

from __future__ import annotations

import asyncio
import re
import shutil
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime
from importlib.metadata import version
from pathlib import Path

from storage import backing
from storage.archive import ArchiveWriter, Manifest
from storage.database import Database, file_of

FLEETING = ("uploads",)
"""Folders of the data folder whose files go as soon as they are taken over: copied before the rows."""
LASTING = ("media", "survey_media")
"""Folders whose files are there before the rows that name them: copied after the rows."""
RESERVE = 100_000_000
"""Bytes that a copy leaves free, so that the program can go on writing."""

Watch = Callable[[int, int], None]
"""(done, total): rows and files."""

_NIGHTLY = re.compile(r"suara-(\d{4}-\d\d-\d\d)\.zip")


async def back_up(
    database: Database, *, data: Path, target: Path, now: datetime, watch: Watch = lambda _done, _total: None
) -> Manifest:
    """Write one moment of the database and the files of the ``data`` folder to ``target``; over it, if it is there.

    Raises StorageError, OSError.
    """
    fleeting, lasting = list(_files(data, FLEETING)), list(_files(data, LASTING))
    done = total = 0

    def note(_part: str, more: int) -> None:
        nonlocal done
        done += more
        watch(min(done, total), total)

    with ArchiveWriter(target) as archive:
        async with database.snapshot() as transaction:
            revision, keys = await backing.about(transaction)
            total = await backing.count(transaction) + len(fleeting) + len(lasting)
            await asyncio.to_thread(_copy, archive, data, fleeting, note)
            await backing.dump(transaction, archive, note=note)
        await asyncio.to_thread(_copy, archive, data, _files(data, LASTING), note)
        watch(total, total)
        return await asyncio.to_thread(
            archive.close, made_at=now, program=version("suara-alak"), revision=revision, keys=keys
        )


def _files(data: Path, folders: Iterable[str]) -> Iterator[Path]:
    """Every file in these folders of the data folder, in order; half written ones are left out."""
    for folder in folders:
        for path in sorted((data / folder).rglob("*")):
            if path.is_file() and not path.name.startswith("."):
                yield path


def _copy(archive: ArchiveWriter, data: Path, paths: Iterable[Path], note: Callable[[str, int], None]) -> None:
    for path in paths:
        archive.file(path.relative_to(data).as_posix(), path)
        note("files", 1)


def has_room(data: Path, database_url: str, folder: Path) -> bool:
    """Whether the disk of ``folder`` has room for another copy and a reserve."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    needed = RESERVE + sum(path.stat().st_size for path in _files(data, (*FLEETING, *LASTING)) if path.exists())
    file = file_of(database_url)
    if file is not None and file.exists():
        needed += file.stat().st_size
    return shutil.disk_usage(folder).free >= needed


def nightly_name(day: date) -> str:
    """The file of one night."""
    return f"suara-{day.isoformat()}.zip"


def nightly(folder: Path) -> list[Path]:
    """The nightly copies that are kept, the oldest first."""
    if not folder.is_dir():
        return []
    return sorted(path for path in folder.iterdir() if _NIGHTLY.fullmatch(path.name))


def prune(folder: Path, keep: int) -> list[Path]:
    """Delete all nightly copies but the last ``keep``; those that went. Files of other names stay."""
    old = nightly(folder)[:-keep] if keep else []
    for path in (*old, *folder.glob("suara-*.zip.part")):  # what a process that was killed left half written goes too
        path.unlink()
    return old
