"""PROFIL: several people share this chat; who is writing now."""

from __future__ import annotations

from handlers import profiles
from handlers.desk import Desk
from handlers.visit import Visit

WORDS = ("profile",)


async def run(visit: Visit, argument: str, desk: Desk) -> None:
    """Ask who writes."""
    del argument
    await profiles.show(visit, desk)
