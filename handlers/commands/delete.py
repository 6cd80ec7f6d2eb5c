"""HAPUS: everything that is held about the person goes, after one more tap."""

from __future__ import annotations

from handlers import deleting
from handlers.desk import Desk
from handlers.visit import Visit

WORDS = ("delete",)


async def run(visit: Visit, argument: str, desk: Desk) -> None:
    """Say what goes and what stays, and ask."""
    del argument
    deleting.ask_delete(visit, desk)
