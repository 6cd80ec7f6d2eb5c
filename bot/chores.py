"""What the ticker does: each chore by its name, and how often at most.

Rule of the file: a chore may run in several processes at once; what must happen once is claimed in the database.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from bot.channels.webchat import WebChat
from bot.metrics import Stored
from bot.ticker import Chore
from storage import conversations, deliveries, inbound, settings

if TYPE_CHECKING:
    from bot.app import Process

HANDED_KEPT = timedelta(minutes=10)
"""How long what went out with a webhook's answer can be given again."""
REPLIES_KEPT = timedelta(days=3)
"""How long the (empty) rows of replies stay."""
_AT_ONCE = 2000


def of(process: Process) -> Mapping[str, tuple[timedelta, Chore]]:
    """Every chore of ``process``."""
    database = process.database

    async def look(now: datetime) -> None:
        async with database.read() as transaction:
            waiting = await deliveries.waiting(transaction)
            sessions = await conversations.count(transaction)
        oldest = (now - waiting.oldest).total_seconds() if waiting.oldest is not None else 0.0
        process.stored = Stored(waiting, sessions, max(0.0, oldest))

    async def erase(now: datetime) -> None:
        async with database.write() as transaction:
            await deliveries.erase_handed(transaction, now - HANDED_KEPT)

    async def purge(now: datetime) -> None:
        async with database.write() as transaction:
            await inbound.purge(transaction, now)
            first = int(await settings.value(transaction, "purged_deliveries") or "0")
            last = await deliveries.purge(transaction, first, now - REPLIES_KEPT, _AT_ONCE)
            if last != first:
                await settings.keep(transaction, "purged_deliveries", str(last))

    async def clear(now: datetime) -> None:
        channel = process.channels.get("webchat")
        if isinstance(channel, WebChat):
            await channel.sweep(now)

    return {
        "numbers": (timedelta(seconds=15), look),
        "erasing what was handed over": (timedelta(minutes=1), erase),
        "clearing what rests in the web chat": (timedelta(minutes=1), clear),
        "purging": (timedelta(minutes=10), purge),
    }
