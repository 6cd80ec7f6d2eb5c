"""Files that somebody gave and that are theirs: those of their answers and of tasks they handed in, each with a name.

Rule of the file: what was given anonymously bears nobody's number, so it is not found here.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select

from storage.database import AnyRow, Transaction
from storage.tables import media
from surveys.text.file_names import Names

_AT_ONCE = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldFile:
    """One file. ``path`` under the media folder, "" while it is not here (``state`` wanted or failed)."""

    id: str
    name: str
    kind: str
    mime: str
    size: int
    state: str
    path: str


async def named(transaction: Transaction, given: Iterable[tuple[str, str, tuple[str, ...]]]) -> tuple[HeldFile, ...]:
    """``given``: (whose it is, what it answers, media ids), in their order. Raises StorageError."""
    wanted = [
        (media_id, owner, question, number)
        for owner, question, ids in given
        for number, media_id in enumerate(ids, start=1)
    ]
    ids = sorted({media_id for media_id, *_rest in wanted})
    rows: list[AnyRow] = []
    for start in range(0, len(ids), _AT_ONCE):
        columns = (media.c.id, media.c.kind, media.c.mime, media.c.size, media.c.state, media.c.path)
        rows += await transaction.all(select(*columns).where(media.c.id.in_(ids[start : start + _AT_ONCE])))
    there = {row.id: row for row in rows}
    names, found = Names(), {}
    for media_id, owner, question, number in wanted:
        if media_id in there and media_id not in found:
            row = there[media_id]
            name = names.of(owner, question, number, row.path)
            path = row.path if row.state == "fetched" else ""
            found[media_id] = HeldFile(
                id=media_id, name=name, kind=row.kind, mime=row.mime, size=row.size, state=row.state, path=path
            )
    return tuple(found.values())
