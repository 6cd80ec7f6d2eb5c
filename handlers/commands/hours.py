"""JP: the learning hours of the year, against the target."""

from __future__ import annotations

from handlers import dialogs, hours
from handlers.desk import Desk
from handlers.visit import Visit

WORDS = ("hours",)


async def run(visit: Visit, argument: str, desk: Desk) -> None:
    """Tell them; the question that stood is said once more."""
    del argument
    await hours.tell(visit, desk)
    await dialogs.say_where_one_is(visit, desk)
