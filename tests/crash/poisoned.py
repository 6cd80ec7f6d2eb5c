"""``suara serve`` with a desk that some messages are poison to: one ends the process, one raises."""

from __future__ import annotations

import os

import bot.app
from bot.cli import main
from handlers.attending import attend
from handlers.visit import House, Moment, Visit
from storage.unit_of_work import UnitOfWork
from surveys.messages import Incoming, Text


async def poisoned(
    visit: Visit, incoming: Incoming, *, unit: UnitOfWork, house: House, moment: Moment, unseen: bool
) -> None:
    if isinstance(incoming.reply, Text):
        if incoming.reply.text == "mati":
            os._exit(9)
        if incoming.reply.text == "salah":
            raise ZeroDivisionError
    await attend(visit, incoming, unit=unit, house=house, moment=moment, unseen=unseen)


if __name__ == "__main__":
    setattr(bot.app, "attend", poisoned)  # noqa: B010 -- it is imported there, not exported
    main(["serve"])
