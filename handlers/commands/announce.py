"""PENGUMUMAN: whether announcements may be sent, a question of its own."""

from __future__ import annotations

from handlers import consenting
from handlers.desk import Desk
from handlers.visit import Visit

WORDS = ("announce",)


async def run(visit: Visit, argument: str, desk: Desk) -> None:
    """Ask."""
    del argument
    consenting.ask_broadcast(visit, desk)
