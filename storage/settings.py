"""Small facts about this database that must outlive a restart: one text by key.

Rule of the file: nothing personal, nothing secret, nothing an officer would set (that is config.toml).
"""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite

from storage.database import Transaction
from storage.tables import setting


async def value(transaction: Transaction, key: str) -> str:
    """What was kept, "" if nothing."""
    row = await transaction.first(select(setting.c.value).where(setting.c.key == key))
    return row[0] if row is not None else ""


async def keep(transaction: Transaction, key: str, text: str) -> None:
    """Keep this."""
    statement = (sqlite if transaction.sqlite else postgresql).insert(setting).values(key=key, value=text)
    await transaction.run(
        statement.on_conflict_do_update(index_elements=["key"], set_={"value": statement.excluded.value})
    )
