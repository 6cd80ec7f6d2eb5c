"""How many messages may still go out this second, over all processes together.

Rule of the file: one row holds the moment at which the budget is used up to; taking moves it forward. Clocks of
processes may differ by a little: then a little more or less goes out, nothing is lost.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite

from storage import settings
from storage.database import Transaction
from storage.tables import setting


async def take(transaction: Transaction, name: str, *, per_second: float, now: datetime, most: int) -> int:
    """Up to ``most`` messages, never more than a second's worth ahead of ``now``."""
    used = await _used(transaction, name, now)
    ahead = (now + timedelta(seconds=1) - max(used, now)).total_seconds()
    many = max(0, min(most, int(ahead * per_second)))
    if many:
        await settings.keep(transaction, f"budget:{name}", _moved(max(used, now), many, per_second))
    return many


async def give_back(transaction: Transaction, name: str, *, per_second: float, many: int) -> None:
    """So many that were taken were not needed."""
    if many:
        used = datetime.fromisoformat(await settings.value(transaction, f"budget:{name}"))
        await settings.keep(transaction, f"budget:{name}", _moved(used, -many, per_second))


async def rest(transaction: Transaction, name: str, until: datetime, *, now: datetime) -> None:
    """Nothing of it before then, in no process."""
    await settings.keep(transaction, f"budget:{name}", max(await _used(transaction, name, now), until).isoformat())


async def _used(transaction: Transaction, name: str, now: datetime) -> datetime:
    key = f"budget:{name}"
    dialect = sqlite if transaction.sqlite else postgresql
    await transaction.run(dialect.insert(setting).values(key=key, value=now.isoformat()).on_conflict_do_nothing())
    row = await transaction.first(select(setting.c.value).where(setting.c.key == key).with_for_update())
    return datetime.fromisoformat(row[0]) if row is not None else now


def _moved(moment: datetime, many: int, per_second: float) -> str:
    return (moment + timedelta(seconds=many / per_second)).isoformat()
