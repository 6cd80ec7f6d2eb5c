"""PINDAH: a code with which another channel becomes the same conversation; with a code, that is done."""

from __future__ import annotations

from handlers import conversing, moving
from handlers.desk import Desk
from handlers.visit import Visit

WORDS = ("move",)


async def run(visit: Visit, argument: str, desk: Desk) -> None:
    """Give a code, or take one."""
    if argument.strip():
        await moving.typed(visit, argument, desk)
        return
    await moving.hand_out(visit, desk)
    await conversing.return_to_current(visit, desk)
