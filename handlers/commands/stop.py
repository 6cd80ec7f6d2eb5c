"""BERHENTI outside a survey: no announcements any more. Inside one the engine puts the survey aside instead."""

from __future__ import annotations

from handlers.desk import Desk
from handlers.visit import Visit
from surveys.messages import Outgoing

WORDS = ("stop", "stop_all")


async def run(visit: Visit, argument: str, desk: Desk) -> None:
    """Opt out, at once."""
    del argument
    _ = desk.say(visit)
    visit.settle()
    visit.opted_out, visit.changed = True, True
    visit.say(
        Outgoing(
            text=_(
                "All right, you will receive no more announcements. Reminders of trainings you enrolled "
                "in are still sent. Type START if you change your mind."
            )
        )
    )
