"""The file a backup is: a zip that anybody can look into, with the sum of every part and one over the whole.

``manifest.json`` says what, when, by which version and how much; ``tables/<name>.jsonl`` has one row a line, a list in
the order of the manifest's columns (bytes as base64, moments in UTC); ``files/…`` are photos and other media. The zip's
comment is the SHA-256 of every byte before it, so that a file cut short or changed by a single bit is refused. Rules of
the file: it is written under another name and renamed once it is whole; no part bears a time, and memory is constant.
"""

from __future__ import annotations

import hashlib
import os
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import IO, Literal, Self

import orjson

from storage.errors import Damaged

FORMAT = "suara-backup-1"
MANIFEST = "manifest.json"
_SEAL = 64
"""Characters of a SHA-256 in hexadecimal."""
_CHUNK = 1 << 20
_NO_TIME = (1980, 1, 1, 0, 0, 0)

Kind = Literal["integer", "text", "truth", "bytes", "day", "moment"]
"""What a column holds, on any database."""


@dataclass(frozen=True, slots=True)
class TablePart:
    """One table as it was: columns in their order, number of rows, SHA-256 of its lines."""

    name: str
    columns: tuple[tuple[str, Kind], ...]
    rows: int
    sha256: str


@dataclass(frozen=True, slots=True)
class FilePart:
    """One file; ``name`` is its path under the data folder, with "/"."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What a backup holds."""

    made_at: datetime
    program: str
    """Version of the program that made it."""
    revision: str
    """Of the tables (``storage.migrating``)."""
    keys: str
    """Fingerprint of the key file that belongs to it; the keys themselves are never in it."""
    tables: tuple[TablePart, ...]
    files: tuple[FilePart, ...]

    @property
    def rows(self) -> int:
        """Of all tables."""
        return sum(table.rows for table in self.tables)

    @property
    def size(self) -> int:
        """Bytes of all files."""
        return sum(file.size for file in self.files)


class ArchiveWriter:
    """Writes ``path``; nothing is there until ``close``. Use it in a ``with``: left by an error, no trace stays."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._draft = path.with_name(path.name + ".part")
        self._zip: zipfile.ZipFile | None = None
        self._tables: list[TablePart] = []
        self._files: dict[str, FilePart] = {}

    def __enter__(self) -> Self:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self._draft.unlink(missing_ok=True)
        descriptor = os.open(self._draft, os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
        self._zip = zipfile.ZipFile(os.fdopen(descriptor, "w+b"), "w", allowZip64=True)
        return self

    def __exit__(self, *error: object) -> None:
        if self._zip is not None:
            archive, self._zip = self._zip, None
            handle, archive.fp = archive.fp, None  # without the directory that a zip ends with
            if handle is not None:
                handle.close()
        self._draft.unlink(missing_ok=True)

    @contextmanager
    def table(self, name: str, columns: Sequence[tuple[str, Kind]]) -> Iterator[TableWriter]:
        """The lines of one table."""
        with self._opened(f"tables/{name}.jsonl", compressed=True) as part:
            writer = TableWriter(part)
            yield writer
        self._tables.append(TablePart(name, tuple(columns), writer.rows, writer.sha256.hexdigest()))

    def file(self, name: str, source: Path) -> int:
        """Copy a file; its size. One that is gone by now is left out (0), one that is in is not copied again."""
        if name in self._files:
            return self._files[name].size
        size, total = 0, hashlib.sha256()
        try:
            reading = source.open("rb")
        except FileNotFoundError:
            return 0
        with reading, self._opened(f"files/{name}", compressed=False) as part:
            while chunk := reading.read(_CHUNK):
                part.write(chunk)
                total.update(chunk)
                size += len(chunk)
        self._files[name] = FilePart(name, size, total.hexdigest())
        return size

    def close(self, *, made_at: datetime, program: str, revision: str, keys: str) -> Manifest:
        """Finish, seal, put it on the disk and give it its name. Raises OSError."""
        manifest = Manifest(
            made_at=made_at,
            program=program,
            revision=revision,
            keys=keys,
            tables=tuple(self._tables),
            files=tuple(self._files.values()),
        )
        content = orjson.dumps({"format": FORMAT, **asdict(manifest)}, option=orjson.OPT_INDENT_2)
        with self._opened(MANIFEST, compressed=True) as part:
            part.write(content)
        archive, self._zip = self._zip, None
        if archive is None or archive.fp is None:
            raise ValueError("the archive is not open")
        handle = archive.fp
        archive.comment = b"0" * _SEAL
        archive.close()  # the handle is ours and stays open
        _seal(handle)
        handle.close()
        self._draft.replace(self.path)
        return manifest

    @contextmanager
    def _opened(self, name: str, *, compressed: bool) -> Iterator[IO[bytes]]:
        if self._zip is None:
            raise ValueError("the archive is not open")
        about = zipfile.ZipInfo(name, _NO_TIME)
        about.compress_type = zipfile.ZIP_DEFLATED if compressed else zipfile.ZIP_STORED
        about._compresslevel = 1  # type: ignore[attr-defined]  # noqa: SLF001 -- so until Python 3.13
        about.external_attr = 0o600 << 16
        with self._zip.open(about, "w", force_zip64=True) as part:
            yield part


class TableWriter:
    """Takes lines and counts them."""

    def __init__(self, part: IO[bytes]) -> None:
        self._part = part
        self.rows = 0
        self.sha256 = hashlib.sha256()

    def write(self, lines: bytes, rows: int) -> None:
        """So many more rows, each a line with its end."""
        self._part.write(lines)
        self.sha256.update(lines)
        self.rows += rows


class Archive:
    """A backup that was read and found whole. Raises Damaged where it is not."""

    def __init__(self, path: Path) -> None:
        self.path = path
        _check_seal(path)
        try:
            self._zip = zipfile.ZipFile(path)
            self.manifest = _read_manifest(self._zip.read(MANIFEST))
        except (zipfile.BadZipFile, KeyError, TypeError, ValueError, OSError) as error:
            raise Damaged from error

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self._zip.close()

    def lines(self, table: TablePart) -> Iterator[bytes]:
        """Every row as its line. Raises Damaged at the end if they are not those the manifest counted."""
        rows, total = 0, hashlib.sha256()
        with self._zip.open(f"tables/{table.name}.jsonl") as part:
            for line in part:
                rows += 1
                total.update(line)
                yield line
        if (rows, total.hexdigest()) != (table.rows, table.sha256):
            raise Damaged

    def extract(self, file: FilePart, folder: Path) -> Path:
        """Write one file under ``folder``; where it is now. Raises Damaged, OSError."""
        target = folder.joinpath(*file.name.split("/"))
        if not target.resolve().is_relative_to(folder.resolve()):
            raise Damaged
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        total = hashlib.sha256()
        with self._zip.open(f"files/{file.name}") as part, target.open("wb") as writing:
            while chunk := part.read(_CHUNK):
                writing.write(chunk)
                total.update(chunk)
        if total.hexdigest() != file.sha256:
            raise Damaged
        return target


def _seal(handle: IO[bytes]) -> None:
    """Put the sum of everything before the comment into the comment."""
    handle.flush()
    size = handle.seek(0, os.SEEK_END)
    total = _sum(handle, size - _SEAL)
    handle.seek(size - _SEAL)
    handle.write(total.encode())
    handle.flush()
    os.fsync(handle.fileno())


def _check_seal(path: Path) -> None:
    try:
        with path.open("rb") as handle:
            size = handle.seek(0, os.SEEK_END)
            if size <= _SEAL:
                raise Damaged
            total = _sum(handle, size - _SEAL)
            if handle.read(_SEAL) != total.encode():
                raise Damaged
    except IsADirectoryError as error:
        raise Damaged from error


def _sum(handle: IO[bytes], size: int) -> str:
    """SHA-256 of the first ``size`` bytes; the handle stands behind them."""
    handle.seek(0)
    total, left = hashlib.sha256(), size
    while left and (chunk := handle.read(min(_CHUNK, left))):
        total.update(chunk)
        left -= len(chunk)
    return total.hexdigest()


def _read_manifest(content: bytes) -> Manifest:
    data = orjson.loads(content)
    if data["format"] != FORMAT:
        raise ValueError("another format")
    return Manifest(
        made_at=datetime.fromisoformat(data["made_at"]),
        program=data["program"],
        revision=data["revision"],
        keys=data["keys"],
        tables=tuple(
            TablePart(one["name"], tuple((name, kind) for name, kind in one["columns"]), one["rows"], one["sha256"])
            for one in data["tables"]
        ),
        files=tuple(FilePart(one["name"], one["size"], one["sha256"]) for one in data["files"]),
    )
