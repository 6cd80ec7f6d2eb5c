"""The files of a copy: photos, recordings and documents that somebody gave, packed so that a chat can carry them.

Rule of the file: packs of a size that every channel takes and that fits in memory; what is too much is said, never
left out in silence.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from storage.documents import Document
from storage.held_files import HeldFile

ZIP = "application/zip"
ONE_PACK = 10_000_000
"""Bytes of files in one pack; a larger file has one for itself (none is larger than 20 MB, what Telegram gives out)."""
ALL_PACKS = 100_000_000
"""Bytes that are handed over in the chat."""


@dataclass(slots=True)
class Packs:
    """What is handed over. ``missing``: files that are named and not here; ``too_many``: those beyond ``ALL_PACKS``."""

    files: list[list[HeldFile]] = field(default_factory=list)
    missing: list[HeldFile] = field(default_factory=list)
    too_many: list[HeldFile] = field(default_factory=list)

    @property
    def handed(self) -> frozenset[str]:
        """Media ids of the files that are in a pack."""
        return frozenset(one.id for pack in self.files for one in pack)


def shared_out(files: Sequence[HeldFile], folder: Path) -> Packs:
    """Which file goes into which pack. Sizes are those on the disk."""
    packs, whole, last = Packs(), 0, 0
    for one in files:
        place = folder / one.path
        size = place.stat().st_size if one.path and place.is_file() else None
        if size is None:
            packs.missing.append(one)
        elif whole + size > ALL_PACKS:
            packs.too_many.append(one)
        else:
            whole += size
            if not packs.files or last + size > ONE_PACK:
                packs.files.append([])
                last = 0
            packs.files[-1].append(one)
            last += size
    return packs


def packed(packs: Packs, folder: Path, name: str, *, made: datetime) -> Iterator[Document]:
    """Each pack as a ZIP, one after the other. A file that goes meanwhile is left out. ``made``: the
    office's time."""
    several = len(packs.files) > 1
    for number, pack in enumerate(packs.files, start=1):
        body = io.BytesIO()
        with zipfile.ZipFile(body, "w", zipfile.ZIP_STORED) as archive:
            for one in pack:
                try:
                    content = (folder / one.path).read_bytes()
                except FileNotFoundError:
                    continue
                archive.writestr(zipfile.ZipInfo(one.name, made.timetuple()[:6]), content)
        yield Document(f"{name}-{number}.zip" if several else f"{name}.zip", ZIP, body.getvalue())
