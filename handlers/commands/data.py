"""DATA: what is held about the person, in a few lines, and what can be done with it."""

from __future__ import annotations

from handlers import privacy
from handlers.desk import Desk
from handlers.visit import Visit

WORDS = ("data",)


async def run(visit: Visit, argument: str, desk: Desk) -> None:
    """Say what is held, and ask what shall be done with it."""
    del argument
    await privacy.overview(visit, desk)
