"""What is planned, and what became of what was due, as the office reads it.

Rule of the file: people are counted, none is named.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from handlers.errors import NotFound
from handlers.permissions import Actor, require
from handlers.reminding import SESSION, subject
from storage import reminders, trainings
from storage.database import Transaction
from storage.reminders import Counted


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """Both, in the order of their times."""

    planned: list[Counted]
    past: list[Counted]


async def overview(
    transaction: Transaction, actor: Actor, session: str, *, since: datetime, say: Callable[[str], str] = str
) -> Overview:
    """Of one session, or of everything (""). Raises NotAllowed, NotFound, StorageError."""
    _ = say
    require(actor, "reminders.see")
    if session and await trainings.session_of(transaction, session) is None:
        raise NotFound(_("There is no session {key}.").format(key=session))
    about = subject(SESSION, session) if session else ""
    return Overview(
        planned=await reminders.counted_planned(transaction, about),
        past=await reminders.counted_log(transaction, since, about),
    )
