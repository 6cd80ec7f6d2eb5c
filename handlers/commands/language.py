"""BAHASA: the language of the conversation, chosen by the person."""

from __future__ import annotations

from handlers import dialogs, enrolling
from handlers.desk import Desk
from handlers.visit import Visit
from surveys.messages import Text

WORDS = ("language",)


async def run(visit: Visit, argument: str, desk: Desk) -> None:
    """Go on in the language that was named ("English" is its button's label too); without one, ask for it."""
    reply = desk.incoming.reply
    named = argument or (reply.text if isinstance(reply, Text) else "")
    if not await dialogs.speak_in(visit, named, desk):
        enrolling.ask_language(visit, desk)
