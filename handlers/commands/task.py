"""TUGAS: the tasks after my trainings, and what waits for my assessment."""

from __future__ import annotations

from handlers import task_desk
from handlers.desk import Desk
from handlers.visit import Visit

WORDS = ("task",)


async def run(visit: Visit, argument: str, desk: Desk) -> None:
    """Show them."""
    del argument
    await task_desk.show(visit, desk)
