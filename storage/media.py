"""Files that people sent: a row with the platform's reference, then the bytes under the media folder by their content.

Rule of the file: the reference is sealed and erased once the bytes are here; the session is forgotten when it is over.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson
from sqlalchemy import bindparam, insert, null, select, text, update

from storage.database import Transaction
from storage.tables import media, session
from storage.vault import Vault
from surveys.messages import Media


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


_FORGET = (
    update(media).where(media.c.session_id.in_(bindparam("ids", expanding=True))).values(session_id=null(), place="")
)


async def forget_sessions(transaction: Transaction, sessions: Sequence[int]) -> None:
    """These sessions are over: nothing leads from a file to them any more."""
    await transaction.run_for(_FORGET, "ids", sessions)


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
