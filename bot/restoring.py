"""Puts a backup in the place of the data: checked first, the old data set aside, and all of it or nothing.

On SQLite a new file is built beside the old one and takes its name in one step; on PostgreSQL everything happens in one
transaction, and the old tables move to a schema of their own. Rule of the file: nothing that was there is deleted.
"""

from __future__ import annotations

import asyncio
import filecmp
import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from bot.backups import Watch
from bot.keeping import DATE
from storage import backing, health, processes
from storage.archive import Archive, FilePart
from storage.database import Database, file_of, open_database
from storage.errors import Damaged, StorageError
from storage.migrating import revision
from storage.vault import Vault, fingerprints

STILL = 3.5
"""Seconds without a beat after which a process on the same server is thought dead (``bot.processes``)."""
KEY_FILE = "suara.key"
AUDIT_MARK = "suara.audit"


@dataclass(frozen=True, slots=True, kw_only=True)
class Restored:
    """What was done."""

    rows: int
    files: int
    made_at: datetime
    aside: str
    """Where the old data are: a folder, on PostgreSQL a schema too; "" where there were none."""
    keys: bool
    """Whether the key file that belongs to the data is there."""


async def anything_there(database_url: str) -> bool:
    """Whether there are data that a restore would replace. Raises StorageError."""
    file = file_of(database_url)
    if file is not None and not file.exists():
        return False
    database = open_database(database_url)
    try:
        return bool(await revision(database))
    except StorageError:
        if file is None:
            raise
        return True  # a damaged file is there all the same
    finally:
        await database.close()


async def somebody_serves(database_url: str) -> bool:
    """Whether a process works on a server's database; watches for a moment where one is signed on. Raises
    StorageError."""
    database = open_database(database_url)
    try:
        before = await backing.beats(database)
        if not before:
            return False
        await asyncio.sleep(STILL)
        after = await backing.beats(database)
    finally:
        await database.close()
    return any(before.get(process) != beats for process, beats in after.items())


def keys_fit(archive: Archive, key_file: Path) -> bool | None:
    """Whether the key file at hand belongs to the backup; None where there is none. Raises Sealed."""
    if not key_file.exists():
        return None
    return archive.manifest.keys in fingerprints(Vault.from_json(key_file.read_text(encoding="utf-8")))


async def restore(
    archive: Archive,
    *,
    data: Path,
    database_url: str,
    now: datetime,
    watch: Watch = lambda _done, _total: None,
) -> Restored:
    """Replace the data by those of ``archive``. The caller has made sure that nobody works on them.

    Raises StorageError, OSError; then everything is as it was.
    """
    name = f"before-restore-{now:%Y%m%d-%H%M%S}"
    place = _Place(archive, data=data, staging=data / "restoring", old=data / name)
    done, total = 0, archive.manifest.rows + len(archive.manifest.files)

    def note(_part: str, more: int) -> None:
        nonlocal done
        done += more
        watch(done, total)

    aside = []
    try:
        place.unpack(note)
        there = await anything_there(database_url)
        target = file_of(database_url)
        if target is not None:
            await _restore_file(target, database_url, archive, place, there=there, note=note)
        else:
            schema = name.replace("-", "_") if there else ""
            await _fill(database_url, archive, aside=schema, note=note, before_the_end=place.put)
            aside = [f"schema {schema}"] if there else []
    finally:
        place.tidy()
    place.sort_mark()
    fits = place.sort_keys()
    if place.old.is_dir():
        aside.insert(0, str(place.old))
    return Restored(
        rows=archive.manifest.rows,
        files=len(archive.manifest.files),
        made_at=archive.manifest.made_at,
        aside=", ".join(aside),
        keys=fits,
    )


async def _restore_file(
    target: Path, url: str, archive: Archive, place: _Place, *, there: bool, note: Callable[[str, int], None]
) -> None:
    """SQLite: a new file is built, and takes the old one's name once everything else is done."""
    fresh = target.with_name(target.name + ".restoring")
    _delete(fresh)
    try:
        await _fill(f"sqlite+aiosqlite:///{fresh.absolute().as_posix()}", archive, aside="", note=note)
        place.put()
        if there:
            await _settle(url)
            place.set_aside(target)
        _swap(fresh, target)
    finally:
        _delete(fresh)


async def _fill(
    url: str,
    archive: Archive,
    *,
    aside: str,
    note: Callable[[str, int], None],
    before_the_end: Callable[[], None] = lambda: None,
) -> None:
    """The rows, in one transaction."""
    database = open_database(url)
    try:
        async with database.write() as transaction:
            await backing.restore(transaction, archive, aside=aside, note=note)
            # Who worked on the data when they were backed up does not work on these: nobody is to be found dead.
            await processes.bury(transaction, list(await processes.beats(transaction)))
            before_the_end()
        if database.sqlite:
            await _check(database)
    finally:
        await database.close()


async def _check(database: Database) -> None:
    async with database.read() as transaction:
        if await health.faults(transaction):
            raise Damaged


async def _settle(url: str) -> None:
    """Write what stands in the old database's log into its file, so that the file is all of it."""
    database = open_database(url)
    await health.settle(database)  # a damaged one is set aside as it is
    await database.close()


@dataclass(frozen=True, slots=True)
class _Place:
    """The files of a backup on their way to the data folder. ``old`` is made when something goes there."""

    archive: Archive
    data: Path
    staging: Path
    old: Path

    def unpack(self, note: Callable[[str, int], None]) -> None:
        """Everything beside its place. Raises Damaged, OSError."""
        shutil.rmtree(self.staging, ignore_errors=True)
        self.data.mkdir(parents=True, exist_ok=True, mode=0o700)
        for file in self.archive.manifest.files:
            self.archive.extract(file, self.staging)
            note("files", 1)

    def put(self) -> None:
        """Everything in its place; another file of the same name is set aside."""
        for file in self.archive.manifest.files:
            source, target = _under(self.staging, file), _under(self.data, file)
            if target.exists() and not filecmp.cmp(source, target, shallow=False):
                kept = _under(self.old, file)
                kept.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
                target.replace(kept)
            target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            source.replace(target)
            for dated in (target, *target.relative_to(self.data).parents[:-1]):
                os.utime(self.data / dated, (DATE, DATE))  # no file says when it came

    def set_aside(self, database: Path) -> None:
        """Copy the old database and what belongs to it."""
        self.old.mkdir(parents=True, exist_ok=True, mode=0o700)
        for path in (database, *_beside(database)):
            if path.exists():
                shutil.copy2(path, self.old / path.name)

    def sort_keys(self) -> bool:
        """The key file goes with the data it belongs to; whether the one that is needed now is there. Raises Sealed."""
        key_file = self.data / KEY_FILE
        fits = keys_fit(self.archive, key_file)
        if fits and self.old.is_dir():
            shutil.copy2(key_file, self.old / KEY_FILE)
        elif fits is False:
            self.old.mkdir(parents=True, exist_ok=True, mode=0o700)
            key_file.replace(self.old / KEY_FILE)
        return bool(fits)

    def sort_mark(self) -> None:
        """How far the audit once reached stays with the data that reached there."""
        mark = self.data / AUDIT_MARK
        if mark.exists():
            self.old.mkdir(parents=True, exist_ok=True, mode=0o700)
            mark.replace(self.old / AUDIT_MARK)

    def tidy(self) -> None:
        """Nothing stays beside its place."""
        shutil.rmtree(self.staging, ignore_errors=True)


def _under(folder: Path, file: FilePart) -> Path:
    return folder.joinpath(*file.name.split("/"))


def _beside(file: Path) -> tuple[Path, ...]:
    """SQLite's log and its index."""
    return tuple(file.with_name(file.name + suffix) for suffix in ("-wal", "-shm"))


def _swap(fresh: Path, target: Path) -> None:
    """The new file takes the old one's name; from this instant on the new data hold."""
    for path in _beside(target):  # of the old file, which was settled and is kept
        path.unlink(missing_ok=True)
    fresh.replace(target)


def _delete(file: Path) -> None:
    for path in (file, *_beside(file)):
        path.unlink(missing_ok=True)
