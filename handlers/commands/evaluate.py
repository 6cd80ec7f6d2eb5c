"""TES, UMPAN BALIK, EVALUASI: what may be answered about a training now."""

from __future__ import annotations

from handlers import what_is_asked
from handlers.desk import Desk
from handlers.visit import Visit

WORDS = ("evaluate",)


async def run(visit: Visit, argument: str, desk: Desk) -> None:
    """Begin it, or ask which."""
    del argument
    await what_is_asked.show(visit, desk)
