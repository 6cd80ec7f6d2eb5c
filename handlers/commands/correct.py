"""RALAT: answers that may be changed are put up for that; anything else is noted for the office."""

from __future__ import annotations

from handlers import correcting
from handlers.desk import Desk
from handlers.visit import Visit

WORDS = ("correct",)


async def run(visit: Visit, argument: str, desk: Desk) -> None:
    """Begin the correction."""
    del argument
    await correcting.correct(visit, desk)
