"""Faults for the admin to see: what went wrong with which update.

Rule of the file: never who, never what they wrote.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, select
from sqlalchemy import insert as insert_

from storage import settings
from storage.database import Transaction
from storage.tables import incident


@dataclass(frozen=True, slots=True)
class Incident:
    """One fault."""

    id: int
    code: str
    channel: str
    external_id: str
    detail: str
    at: datetime


_INSERT = insert_(incident)


async def insert(transaction: Transaction, rows: Sequence[dict[str, Any]]) -> None:
    """Note these."""
    await transaction.run(_INSERT, rows)


async def latest(transaction: Transaction, most: int = 100) -> tuple[Incident, ...]:
    """The newest first."""
    statement = (
        select(
            incident.c.id, incident.c.code, incident.c.channel, incident.c.external_id, incident.c.detail, incident.c.at
        )
        .order_by(incident.c.id.desc())
        .limit(most)
    )
    return tuple(Incident(*row) for row in await transaction.all(statement))


SEEN = "incidents_seen"
"""Setting: the number of the last one that was looked at."""


async def unseen(transaction: Transaction) -> int:
    """How many came since somebody looked."""
    last = int(await settings.value(transaction, SEEN) or "0")
    row = await transaction.first(select(func.count()).select_from(incident).where(incident.c.id > last))
    return int(row[0]) if row is not None else 0


async def seen(transaction: Transaction, last: int) -> None:
    """Somebody looked at all up to this one."""
    await settings.keep(transaction, SEEN, str(last))


async def clear(transaction: Transaction) -> int:
    """Delete all; how many there were."""
    await seen(transaction, 0)  # SQLite counts from one again
    return await transaction.run(delete(incident))
