"""Files that people sent: a row with the platform's reference, then the bytes under the media folder by their content.

Rules of the file: the reference is sealed and erased once the bytes are here; the session is forgotten when it is over.
A row that no answer names goes at once, fetched or not, and its bytes with it unless another row has the same.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson
from sqlalchemy import ColumnElement, bindparam, delete, insert, null, select, text, update

from storage import dues
from storage.database import Transaction
from storage.identifiers import random_id
from storage.tables import media, session
from storage.vault import Vault
from surveys.messages import Media

FILES = "privacy_files"
"""Kind of due row: files to be deleted."""
_AT_ONCE = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class WantedMedia:
    """A file that is to be fetched."""

    id: str
    channel: str
    media: Media
    session_id: int | None
    survey_id: int | None
    """Of the session, None once that is over."""
    place: str
    attempts: int
    longest_side: int = 0
    """Pixels to which a picture is made smaller; 0 for as it is."""


def wanted_row(
    media_id: str, channel: str, sent: Media, session_id: int, place: str, vault: Vault, *, longest_side: int = 0
) -> dict[str, Any]:
    """The row ``insert_wanted`` writes."""
    reference = orjson.dumps([sent.reference, sent.file_name, sent.voice, longest_side])
    return {
        "id": media_id,
        "kind": sent.kind,
        "channel": channel,
        "reference": vault.seal(b"media/reference/" + media_id.encode(), reference),
        "mime": sent.mime,
        "size": sent.size,
        "state": "wanted",
        "session_id": session_id,
        "place": place,
    }


_INSERT = insert(media)


async def insert_wanted(transaction: Transaction, rows: Sequence[dict[str, Any]]) -> None:
    """Files to be fetched."""
    await transaction.run(_INSERT, rows)


async def wanted(transaction: Transaction, vault: Vault, now: datetime, most: int) -> list[WantedMedia]:
    """Files to be fetched now, at last those that failed. Nobody else is kept from fetching them: it is stored once."""
    statement = (
        select(media, session.c.survey_id)
        .join_from(media, session, media.c.session_id == session.c.id, isouter=True)
        .where(text("media.state = 'wanted'"), (media.c.not_before.is_(None)) | (media.c.not_before <= now))
        .order_by(media.c.attempts, media.c.id)
        .limit(most)
    )
    found = []
    for row in await transaction.all(statement):
        place = b"media/reference/" + row.id.encode()
        reference, file_name, voice, *more = orjson.loads(vault.unseal(place, row.reference))
        sent = Media(kind=row.kind, reference=reference, mime=row.mime, size=row.size, file_name=file_name, voice=voice)
        found.append(
            WantedMedia(
                id=row.id,
                channel=row.channel,
                media=sent,
                session_id=row.session_id,
                survey_id=row.survey_id,
                place=row.place,
                attempts=row.attempts,
                longest_side=more[0] if more else 0,  # rows of before have none
            )
        )
    return found


async def fetched(transaction: Transaction, media_id: str, *, sha256: str, path: str, mime: str, size: int) -> bool:
    """The bytes are kept at ``path``. False if somebody else had them first."""
    return (
        await transaction.run(
            update(media)
            .where(media.c.id == media_id, media.c.state == "wanted")
            .values(state="fetched", reference=null(), sha256=sha256, path=path, mime=mime, size=size)
        )
        > 0
    )


async def failed(transaction: Transaction, media_id: str) -> bool:
    """They cannot be had. False if somebody else found that out first."""
    return (
        await transaction.run(
            update(media)
            .where(media.c.id == media_id, media.c.state == "wanted")
            .values(state="failed", reference=null())
        )
        > 0
    )


async def later(transaction: Transaction, media_id: str, attempts: int, not_before: datetime) -> None:
    """Try again then."""
    await transaction.run(
        update(media)
        .where(media.c.id == media_id, media.c.state == "wanted")
        .values(attempts=attempts, not_before=not_before)
    )


_OF_SESSIONS = select(media.c.id).where(media.c.session_id.in_(bindparam("ids", expanding=True)))
_FORGET = (
    update(media).where(media.c.session_id.in_(bindparam("ids", expanding=True))).values(session_id=null(), place="")
)


async def end_sessions(transaction: Transaction, sessions: Mapping[int, Collection[str]], now: datetime) -> None:
    """These sessions are over. Of their files those stay which the record names from now on (media ids); nothing leads
    from them to the session any more."""
    ids = sorted(sessions)
    found = await transaction.raw(_OF_SESSIONS, "ids", ids)
    if not found:
        return
    named = {one for kept in sessions.values() for one in kept}
    await drop(transaction, [row[0] for row in found if row[0] not in named], now)
    await transaction.run_for(_FORGET, "ids", ids)


async def drop(transaction: Transaction, ids: Collection[str], now: datetime) -> None:
    """No answer names these any more: they go, and what was fetched is to be deleted."""
    wanted = sorted(ids)
    for start in range(0, len(wanted), _AT_ONCE):
        await drop_where(transaction, media.c.id.in_(wanted[start : start + _AT_ONCE]), now)


async def drop_where(transaction: Transaction, which: ColumnElement[bool], now: datetime) -> None:
    """The same of all of which this is so."""
    rows = await transaction.all(delete(media).where(which).returning(media.c.path))
    await plan_files(transaction, [row.path for row in rows], now)


async def plan_files(transaction: Transaction, paths: Collection[str], now: datetime) -> None:
    """These files (paths under the media folder) are to be deleted, unless a row names them."""
    wanted = sorted({path for path in paths if path})
    for start in range(0, len(wanted), _AT_ONCE):
        key, payload = f"{FILES}:{random_id()}", json.dumps(wanted[start : start + _AT_ONCE])
        row = {"key": key, "kind": FILES, "due_at": now, "payload": payload, "state": "planned"}
        await dues.write(transaction, {key: row})


async def unnamed(transaction: Transaction, paths: Sequence[str]) -> list[str]:
    """Those of these files that no row names."""
    named: set[str] = set()
    for start in range(0, len(paths), _AT_ONCE):
        rows = await transaction.all(select(media.c.path).where(media.c.path.in_(paths[start : start + _AT_ONCE])))
        named |= {row.path for row in rows}
    return [path for path in paths if path not in named]


@dataclass(frozen=True, slots=True)
class Kept:
    """A file that is here. ``path``: under the media folder."""

    id: str
    kind: str
    mime: str
    size: int
    path: str


async def kept(transaction: Transaction, ids: Sequence[str]) -> dict[str, Kept]:
    """Those of these files that were fetched, by id."""
    columns = (media.c.id, media.c.kind, media.c.mime, media.c.size, media.c.path)
    statement = select(*columns).where(media.c.id.in_(bindparam("ids", expanding=True)), media.c.state == "fetched")
    return {row.id: Kept(*row) for row in await transaction.all(statement, {"ids": list(ids)})}


async def paths(transaction: Transaction, ids: Sequence[str]) -> dict[str, str]:
    """Media id to path under the media folder, of those that were fetched."""
    statement = select(media.c.id, media.c.path).where(
        media.c.id.in_(bindparam("ids", expanding=True)), media.c.state == "fetched"
    )
    return {row[0]: row[1] for row in await transaction.all(statement, {"ids": ids})}
