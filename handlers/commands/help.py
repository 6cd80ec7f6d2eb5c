"""BANTUAN outside a survey: what can be done here. Inside one the engine helps with the question that stands."""

from __future__ import annotations

from handlers import dialogs
from handlers.desk import Desk
from handlers.visit import Visit
from surveys.messages import Outgoing

WORDS = ("help",)


async def run(visit: Visit, argument: str, desk: Desk) -> None:
    """Say what can be typed, and the open question once more."""
    del argument
    _ = desk.say(visit)
    text = _(
        "This is an automatic service (a bot). Type MENU for what is open, STATUS and a number to follow "
        "an aspiration, DATA for what we hold about you, "
        "LANGUAGE to change the language, STOP to end all announcements."
    )
    if visit.kind == "asn":
        text += "\n" + _(
            "For civil servants: TRAININGS for what you can learn, ATTEND and the code in the room, TASKS, TEST, HOURS "
            "for your learning hours (JP), CERTIFICATE, REMINDERS."
        )
    visit.say(Outgoing(text=text, keyboard="keep"))
    if visit.dialog.get("doing"):
        await dialogs.ask_again(visit, desk)
