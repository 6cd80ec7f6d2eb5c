"""Reminders are planned when what they are about changes, and sent when they are due.

Rule of the file: a row is planned from what is stored, so that planning again moves it; it is judged again when it is
due.
"""

from __future__ import annotations

from storage.unit_of_work import UnitOfWork


async def plan_session(unit: UnitOfWork, session: str) -> None:
    """Plan anew everything that follows from this session, its people and its tasks, as they are stored once ``unit``
    is flushed. Raises StorageError."""
    del unit, session
