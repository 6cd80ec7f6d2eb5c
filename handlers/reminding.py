"""Reminders are planned when what they are about changes, and sent when they are due.

Rule of the file: whoever changes something says so in the same transaction, as a due row; the ticker, which knows the
office's calendar, plans within seconds (``handlers.planning``). Until then the old rows do no harm: each is judged
again when it is due.
"""

from __future__ import annotations

from storage import dues
from storage.unit_of_work import UnitOfWork

PLAN = "plan_reminders"
"""Kind of the due rows that ask for planning; their payload is what is to be planned."""
SESSION, PAIR, PERSON, SURVEY, CONVERSATION = "session", "pair", "person", "survey", "conversation"
"""What reminders are planned with: ``session:pelayanan_prima-2026-12-01``."""
EVERYTHING = "everything"
"""What is planned anew each night: rosters, holidays and settings change without saying so."""


def subject(kind: str, key: str | int) -> str:
    """How a subject is called."""
    return f"{kind}:{key}"


async def plan_session(unit: UnitOfWork, session: str) -> None:
    """Plan anew everything that follows from this session, its people and its tasks, as they are stored when this
    transaction ends. Raises StorageError."""
    await _ask(unit, subject(SESSION, session))


def plan_session_at_the_end(unit: UnitOfWork, session: str) -> None:
    """The same once for a whole batch, when the unit is flushed."""
    what = subject(SESSION, session)
    unit.plan(f"reminders:{what}", PLAN, unit.now, what)


async def plan_pair(unit: UnitOfWork, pair: str) -> None:
    """Plan the meetings of a mentor and a mentee anew. Raises StorageError."""
    await _ask(unit, subject(PAIR, pair))


async def plan_person(unit: UnitOfWork, respondent_id: int) -> None:
    """Somebody became known as an employee, or as somebody else too: plan anew whatever they are part of. Raises
    StorageError."""
    await _ask(unit, subject(PERSON, respondent_id))


async def _ask(unit: UnitOfWork, what: str) -> None:
    key = f"reminders:{what}"
    row = {"key": key, "kind": PLAN, "due_at": unit.now, "payload": what, "state": "planned"}
    await dues.write(unit.transaction, {key: row})
