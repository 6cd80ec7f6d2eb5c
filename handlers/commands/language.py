"""BAHASA: the language of the conversation, chosen by the person."""

from __future__ import annotations

from handlers import enrolling
from handlers.desk import Desk
from handlers.visit import Visit

WORDS = ("language",)


async def run(visit: Visit, argument: str, desk: Desk) -> None:
    """Ask for the language."""
    del argument
    enrolling.ask_language(visit, desk)
