"""PINDAH: a code with which another channel becomes the same conversation; with a code, that is done."""

from __future__ import annotations

from handlers import dialogs, moving
from handlers.desk import Desk
from handlers.visit import Visit

WORDS = ("move",)


async def run(visit: Visit, argument: str, desk: Desk) -> None:
    """Give a code, or take one."""
    if argument.strip():
        if await moving.typed(visit, argument, desk):
            return
    else:
        await moving.hand_out(visit, desk)
    await dialogs.say_where_one_is(visit, desk)
