"""HADIR and six digits: somebody is at a training, by the code that is shown in the room.

Rule of the file: whatever becomes of it, the question that stood is said once more.
"""

from __future__ import annotations

from handlers import checking_in, dialogs
from handlers.desk import Desk
from handlers.visit import Visit

WORDS = ("attend",)


async def run(visit: Visit, argument: str, desk: Desk) -> None:
    """Check in with the digits that stood after the word."""
    before = visit.dialog.get("doing")
    await checking_in.typed(visit, argument, desk)
    if visit.dialog.get("doing") == before:
        await dialogs.say_where_one_is(visit, desk)
