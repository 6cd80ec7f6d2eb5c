"""What is due and when: rows with a unique key, claimed by whoever ticks.

Rule of the file: planning a key again moves it and makes its old time harmless; a claim names its process, and what
a dead process had claimed is due again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, null, select, text, update
from sqlalchemy.dialects import postgresql, sqlite

from storage.database import Transaction
from storage.tables import due


@dataclass(frozen=True, slots=True)
class Due:
    """One thing that is due now."""

    id: int
    key: str
    kind: str
    due_at: datetime
    payload: str
    attempts: int


def _plan(dialect: Any) -> Any:
    statement = dialect.insert(due)
    again = {name: statement.excluded[name] for name in ("kind", "due_at", "payload", "state")}
    return statement.on_conflict_do_update(index_elements=["key"], set_={**again, "owner": null(), "attempts": 0})


_PLAN = {True: _plan(sqlite), False: _plan(postgresql)}
_UNPLAN = delete(due).where(due.c.key.in_(bindparam("keys", expanding=True)))


async def write(transaction: Transaction, rows: Mapping[str, dict[str, Any] | None]) -> None:
    """Plan these; None: it is no longer due."""
    planned = [row for key in sorted(rows) if (row := rows[key]) is not None]
    gone = sorted(key for key, row in rows.items() if row is None)
    if gone:
        await transaction.run_for(_UNPLAN, "keys", gone)
    if planned:
        await transaction.run(_PLAN[transaction.sqlite], planned)


async def claim(transaction: Transaction, process: int, now: datetime, most: int) -> list[Due]:
    """Up to ``most`` things that are due, the oldest first; they are ours until ``done``, ``again`` or our death."""
    statement = (
        select(due.c.id)
        .where(text("state = 'planned'"), due.c.due_at <= now)
        .order_by(due.c.due_at, due.c.id)
        .limit(most)
    )
    if not transaction.sqlite:
        statement = statement.with_for_update(skip_locked=True)
    ids = [row[0] for row in await transaction.all(statement)]
    if not ids:
        return []
    rows = await transaction.all(
        update(due)
        .where(due.c.id.in_(ids))
        .values(state="claimed", owner=process)
        .returning(due.c.id, due.c.key, due.c.kind, due.c.due_at, due.c.payload, due.c.attempts)
    )
    return sorted((Due(*row) for row in rows), key=lambda one: (one.due_at, one.id))


async def done(transaction: Transaction, due_id: int, process: int) -> bool:
    """It was done. False if it is no longer ours."""
    return (
        await transaction.run(delete(due).where(due.c.id == due_id, due.c.state == "claimed", due.c.owner == process))
        > 0
    )


async def again(transaction: Transaction, due_id: int, process: int, at: datetime) -> None:
    """It could not be done; then, once more."""
    await transaction.run(
        update(due)
        .where(due.c.id == due_id, due.c.state == "claimed", due.c.owner == process)
        .values(state="planned", owner=null(), due_at=at, attempts=due.c.attempts + 1)
    )


async def free(transaction: Transaction, owners: Sequence[int]) -> int:
    """What these dead processes had claimed is due again; how many."""
    return await transaction.run(
        update(due)
        .where(text("state = 'claimed'"), due.c.owner.in_(list(owners)))
        .values(state="planned", owner=null())
    )


async def planned(transaction: Transaction, key: str) -> str | None:
    """The payload of what is planned or being done under that key, None where nothing is."""
    open_ = due.c.state.in_(("planned", "claimed"))
    row = await transaction.first(select(due.c.payload).where(due.c.key == key, open_))
    return None if row is None else str(row.payload)
