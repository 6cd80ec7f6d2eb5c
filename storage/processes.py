"""Which processes work on this database, and what a dead one leaves to the others.

Rule of the file: no clock of another machine is trusted. A process counts its beats; whoever sees a count stand
still for long enough by their own clock says that process is dead, and one that signed off has no row.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from storage import claiming, dues
from storage.database import Transaction
from storage.tables import lease, process


async def sign_on(transaction: Transaction, process_id: int, now: datetime) -> None:
    """A process starts."""
    await transaction.run(insert(process).values(id=process_id, started_at=now, beat=0, beat_at=now))


async def beat(transaction: Transaction, process_id: int, now: datetime) -> bool:
    """It lives. False: the others think it dead, and what it had leased is no longer its own."""
    return (
        await transaction.run(
            update(process).where(process.c.id == process_id).values(beat=process.c.beat + 1, beat_at=now)
        )
        > 0
    )


async def beats(transaction: Transaction) -> dict[int, int]:
    """Process to its count of beats."""
    return {row[0]: row[1] for row in await transaction.all(select(process.c.id, process.c.beat))}


async def sign_off(transaction: Transaction, process_id: int) -> None:
    """It ends well: what it had leased is free at once."""
    await _free(transaction, [process_id])


async def bury(transaction: Transaction, dead: Sequence[int]) -> list[int]:
    """These are dead: what they had leased is free. Those of them that nobody had buried yet."""
    statement = select(process.c.id).where(process.c.id.in_(list(dead))).order_by(process.c.id)
    if not transaction.sqlite:
        statement = statement.with_for_update(skip_locked=True)
    found = [row[0] for row in await transaction.all(statement)]
    if found:
        await _free(transaction, found)
    return found


async def _free(transaction: Transaction, owners: Sequence[int]) -> None:
    await claiming.free(transaction, owners)
    await dues.free(transaction, owners)
    await transaction.run(delete(lease).where(lease.c.owner.in_(list(owners))))
    await transaction.run(delete(process).where(process.c.id.in_(list(owners))))


async def take_lease(transaction: Transaction, name: str, process_id: int) -> bool:
    """Whether the one thing called ``name`` is ours to do: nobody has it, or we had it."""
    dialect = sqlite if transaction.sqlite else postgresql
    await transaction.run(dialect.insert(lease).values(name=name, owner=process_id).on_conflict_do_nothing())
    row = await transaction.first(select(lease.c.owner).where(lease.c.name == name))
    return row is not None and row[0] == process_id


async def drop_lease(transaction: Transaction, name: str, process_id: int) -> None:
    """Somebody else may have it."""
    await transaction.run(delete(lease).where(lease.c.name == name, lease.c.owner == process_id))
