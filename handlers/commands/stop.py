"""BERHENTI outside a survey: no announcements any more. Inside one the engine puts the survey aside instead.

Rule of the file: reminders of trainings somebody enrolled in go on, unless they say that those too are to stop:
BERHENTI SEMUA, or BERHENTI once more.
"""

from __future__ import annotations

from handlers import sharing, stopping
from handlers.desk import Desk
from handlers.visit import Visit
from surveys.messages import Outgoing, Text
from surveys.text.normal import normal

WORDS = ("stop",)
_EVERYTHING = frozenset({"berhenti semua", "stop semua", "stop all"})


async def run(visit: Visit, argument: str, desk: Desk) -> None:
    """Opt out, at once, for every address of the person."""
    del argument
    _ = desk.say(visit)
    reply = desk.incoming.reply
    everything = visit.opted_out or (isinstance(reply, Text) and normal(reply.text) in _EVERYTHING)
    visit.settle()
    visit.opted_out, visit.changed = True, True
    await stopping.stop(visit, desk, reminders=everything)
    await sharing.opted_out(visit, desk)
    if everything:
        text = _(
            "All right, we write to you no more: no announcements, no reminders. Type START if you change your mind."
        )
    else:
        text = _(
            "All right, you will receive no more announcements. Reminders of trainings you enrolled "
            "in are still sent. Type START if you change your mind."
        )
    visit.say(Outgoing(text=text))
