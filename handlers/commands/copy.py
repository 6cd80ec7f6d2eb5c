"""SALINAN: everything that is held about the person, as files of their own (JSON and Excel)."""

from __future__ import annotations

from handlers import data_requests, dialogs
from handlers.desk import Desk
from handlers.visit import Visit

WORDS = ("copy",)


async def run(visit: Visit, argument: str, desk: Desk) -> None:
    """Have the copy made; it comes by itself."""
    del argument
    await data_requests.copy(visit, desk)
    await dialogs.say_where_one_is(visit, desk)
