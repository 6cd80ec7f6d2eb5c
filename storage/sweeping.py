"""Files that nobody names: rows that no answer leads to, and bytes on the disk that no row leads to.

Both go with the answer (``storage.media``); this finds what a fault or an older version left behind. Rule of the file:
what was over is looked at before the names are read, so that nothing is taken for nameless that got its name meanwhile.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import or_, select

from storage import media
from storage.database import Database
from storage.responses import Pending
from storage.tables import answer, pending_response, session
from storage.tables import media as media_table
from storage.vault import Vault


async def sweep(database: Database, vault: Vault, now: datetime) -> int:
    """Let the rows go whose session is over and which no answer names; how many. Raises StorageError."""
    nameless = await _over(database)
    if nameless:
        nameless -= await _named(database, vault)
    if nameless:
        async with database.write() as transaction:
            await media.drop(transaction, nameless, now)
    return len(nameless)


async def _over(database: Database) -> set[str]:
    statement = (
        select(media_table.c.id)
        .join(session, session.c.id == media_table.c.session_id, isouter=True)
        .where(or_(media_table.c.session_id.is_(None), session.c.id.is_(None)))
    )
    async with database.read() as transaction:
        return {row.id for row in await transaction.all(statement)}


async def _named(database: Database, vault: Vault) -> set[str]:
    """By answers that wait to be moved into the record, then by the record: what is moved gets new ids on the way."""
    named: set[str] = set()
    async with database.read() as transaction:
        for row in await transaction.all(select(pending_response.c.id, pending_response.c.body)):
            named.update(Pending.unsealed(vault, row.id, row.body).media_ids)
        for row in await transaction.all(select(answer.c.pages).where(answer.c.pages != "")):
            named.update(row.pages.split())
    return named
