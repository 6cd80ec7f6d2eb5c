"""Which updates were taken already: a platform repeats what it was not told we have.

Rule of the file: channel, number and day; nothing that leads to who sent it or what it said. Kept three days.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from sqlalchemy import bindparam, case, delete
from sqlalchemy.dialects import postgresql, sqlite

from storage.database import Transaction
from storage.tables import inbound, trial

KEPT_DAYS = 3
_INSERT = {
    True: sqlite.insert(inbound).on_conflict_do_nothing().returning(inbound.c.channel, inbound.c.external_id),
    False: postgresql.insert(inbound).on_conflict_do_nothing().returning(inbound.c.channel, inbound.c.external_id),
}


def day_of(now: datetime) -> int:
    """Days since 1970-01-01 UTC."""
    return int(now.astimezone(UTC).timestamp()) // 86_400


async def take(
    transaction: Transaction, updates: Sequence[tuple[str, str]], now: datetime
) -> frozenset[tuple[str, str]]:
    """Note these (channel, number); those that were not known. The others were taken before."""
    day = day_of(now)
    rows = [{"channel": channel, "external_id": number, "day": day} for channel, number in sorted(set(updates))]
    return frozenset((row[0], row[1]) for row in await transaction.insert_returning(_INSERT[transaction.sqlite], rows))


async def purge(transaction: Transaction, now: datetime) -> int:
    """Forget what no platform repeats any more; how many."""
    oldest = day_of(now) - KEPT_DAYS
    await transaction.run(delete(trial).where(trial.c.day < oldest))
    return await transaction.run(delete(inbound).where(inbound.c.day < oldest))


# ---- messages that may kill -------------------------------------------------------------------------


async def begin_trial(transaction: Transaction, update: tuple[str, str], process: int, now: datetime) -> int:
    """Note, before it is handled, that ``process`` is about to; how many processes began to and did not end, this one
    included. A process that tries again (the disk was full) is still one."""
    dialect = sqlite if transaction.sqlite else postgresql
    statement = dialect.insert(trial).values(
        channel=update[0], external_id=update[1], deaths=1, process=process, day=day_of(now)
    )
    another = case((trial.c.process == process, 0), else_=1)
    statement = statement.on_conflict_do_update(
        index_elements=["channel", "external_id"], set_={"deaths": trial.c.deaths + another, "process": process}
    ).returning(trial.c.deaths)
    row = await transaction.first(statement)
    return int(row[0]) if row is not None else 1


async def end_trial(transaction: Transaction, updates: Sequence[tuple[str, str]]) -> None:
    """They were handled, and the process lives."""
    statement = delete(trial).where(
        trial.c.channel == bindparam("channel_"), trial.c.external_id == bindparam("external_id_")
    )
    rows = [{"channel_": channel, "external_id_": number} for channel, number in sorted(updates)]
    if rows:
        await transaction.run(statement, rows)
