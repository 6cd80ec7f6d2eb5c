"""MENU: what is open to the person. A survey that stands waits; its words come back when it is taken up again."""

from __future__ import annotations

from handlers import choosing, enrolling
from handlers.desk import Desk
from handlers.visit import Visit

WORDS = ("menu",)


async def run(visit: Visit, argument: str, desk: Desk) -> None:
    """Show the menu, or ask first as whom they write."""
    del argument
    if visit.kind:
        choosing.show_menu(visit, desk)
    else:
        enrolling.ask_kind(visit, desk)
