"""Open sessions: one sealed row each, gone when the conversation is over.

Rule of the file: what a person said so far travels in the sealed state and nowhere else while the session is anonymous.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, func, select
from sqlalchemy import delete as delete_
from sqlalchemy import insert as insert_
from sqlalchemy import update as update_

from storage.database import Transaction
from storage.tables import respondent, session
from storage.vault import Vault


@dataclass(frozen=True, slots=True)
class OpenSession:
    """One stored session, its state still sealed."""

    id: int
    respondent_id: int
    survey_id: int
    response_id: int | None
    sealed: bytes


def opened(stored: OpenSession, vault: Vault) -> bytes:
    """The state as the engine wrote it."""
    return vault.unseal(b"session/state/%d" % stored.id, stored.sealed)


_OF = (
    select(session.c.id, session.c.respondent_id, session.c.survey_id, session.c.response_id, session.c.state)
    .where(session.c.respondent_id.in_(bindparam("people", expanding=True)))
    .order_by(session.c.touched_at, session.c.id)
)
_BY_ID = select(
    session.c.id, session.c.respondent_id, session.c.survey_id, session.c.response_id, session.c.state
).where(session.c.id.in_(bindparam("ids", expanding=True)))
_INSERT = insert_(session)
_UPDATE = (
    update_(session)
    .where(session.c.id == bindparam("id_"))
    .values(
        state=bindparam("state"),
        doing=bindparam("doing"),
        touched_at=bindparam("touched_at"),
        expires_at=bindparam("expires_at"),
        response_id=bindparam("response_id"),
    )
)
_DELETE = delete_(session).where(session.c.id.in_(bindparam("ids", expanding=True)))
_EXPIRED = (
    select(session.c.id, session.c.respondent_id)
    .where(session.c.expires_at <= bindparam("now"))
    .order_by(session.c.id)
    .limit(bindparam("most"))
)


async def of_people(transaction: Transaction, people: Sequence[int]) -> list[OpenSession]:
    """Every open session of these respondents, the one touched last at the end."""
    return [OpenSession(*row) for row in await transaction.raw(_OF, "people", people)]


async def by_id(transaction: Transaction, ids: Sequence[int]) -> list[OpenSession]:
    """These sessions, those that are still open."""
    return [OpenSession(*row) for row in await transaction.all(_BY_ID, {"ids": ids})]


async def expired(transaction: Transaction, now: datetime, most: int) -> list[tuple[int, int]]:
    """(session, respondent) of sessions kept long enough."""
    return [(row[0], row[1]) for row in await transaction.all(_EXPIRED, {"now": now, "most": most})]


async def insert(transaction: Transaction, rows: Sequence[dict[str, Any]]) -> None:
    """New sessions."""
    await transaction.run(_INSERT, rows)


async def update(transaction: Transaction, rows: Sequence[dict[str, Any]]) -> None:
    """Sessions as they stand now."""
    await transaction.run(_UPDATE, rows)


async def delete(transaction: Transaction, ids: Sequence[int]) -> None:
    """Sessions that are over."""
    await transaction.run_for(_DELETE, "ids", ids)


async def count(transaction: Transaction) -> int:
    """How many are open."""
    row = await transaction.first(select(func.count()).select_from(session))
    return int(row[0]) if row is not None else 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Resting:
    """An open session as far as it can be told without opening it."""

    id: int
    respondent_id: int
    kind: str
    survey_id: int
    touched_at: datetime
    expires_at: datetime


async def resting(transaction: Transaction, ids: Sequence[int] | None = None) -> list[Resting]:
    """Sessions that wait for their person and not for a file; of ``ids`` alone, where given."""
    statement = (
        select(
            session.c.id,
            session.c.respondent_id,
            respondent.c.kind,
            session.c.survey_id,
            session.c.touched_at,
            session.c.expires_at,
        )
        .join(respondent, respondent.c.id == session.c.respondent_id)
        .where(session.c.doing != "fetching")
        .order_by(session.c.id)
    )
    if ids is not None:
        statement = statement.where(session.c.id.in_(list(ids)))
    return [Resting(**row._mapping) for row in await transaction.all(statement)]  # noqa: SLF001 -- its public name


async def in_the_middle(transaction: Transaction, since: datetime, until: datetime) -> list[int]:
    """Sessions that were being answered then: touched between the two, and not put aside."""
    statement = (
        select(session.c.id)
        .where(
            session.c.touched_at >= since, session.c.touched_at <= until, session.c.doing.not_in(("paused", "fetching"))
        )
        .order_by(session.c.id)
    )
    return [row[0] for row in await transaction.all(statement)]


async def untouched(transaction: Transaction, ids: Sequence[int], since: datetime) -> list[int]:
    """Those of these sessions in which nothing happened after ``since``."""
    statement = select(session.c.id).where(
        session.c.id.in_(bindparam("ids", expanding=True)), session.c.touched_at <= since
    )
    return [row[0] for row in await transaction.all(statement, {"ids": ids})]
