"""LANJUT: take up the survey that was put aside."""

from __future__ import annotations

from handlers import conversing
from handlers.desk import Desk, current, put_aside
from handlers.visit import Visit
from surveys.messages import Outgoing

WORDS = ("resume", "later", "skip", "back", "restart", "send", "cancel")


async def run(visit: Visit, argument: str, desk: Desk) -> None:
    """Go on with what waits; the other words of a survey say that none stands."""
    del argument
    _ = desk.say(visit)
    standing = current(visit) or put_aside(visit)
    if standing is not None:
        await conversing.take_up(visit, standing, desk)
        return
    visit.say(Outgoing(text=_("No survey is open at the moment. Type MENU to see what there is."), keyboard="keep"))
