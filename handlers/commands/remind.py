"""PENGINGAT: the reminders that wait for an answer are shown once more, with their buttons."""

from __future__ import annotations

from handlers import reminder_buttons
from handlers.desk import Desk
from handlers.visit import Visit

WORDS = ("remind",)


async def run(visit: Visit, argument: str, desk: Desk) -> None:
    """Show them. Whoever writes sees their own."""
    del argument
    await reminder_buttons.show(visit, desk)
