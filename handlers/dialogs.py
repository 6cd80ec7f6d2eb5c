"""The questions asked outside surveys: which one stands, and who reads its answer.

Where a person stands is ``visit.dialog``: {"doing": …} and what belongs to it, stored encrypted with the address.
Rule of the file: a dialog is one question; its answer ends it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from handlers import choosing, consenting, enrolling, identifying, moving, privacy, profiles, straying
from handlers.desk import Desk
from handlers.visit import Visit
from surveys.messages import Edit, Press, Text


class _Asks(Protocol):
    """A file with questions of its own."""

    async def answered(self, visit: Visit, text: str, desk: Desk) -> bool:
        """Take the answer."""

    async def ask_again(self, visit: Visit, desk: Desk) -> None:
        """Say the standing question once more."""


_PEOPLE: Mapping[str, _Asks] = {
    **dict.fromkeys(identifying.DIALOGS, identifying),
    **dict.fromkeys(moving.DIALOGS, moving),
    **dict.fromkeys(profiles.DIALOGS, profiles),
}
"""Who somebody is: which dialog is asked by which file."""


async def answered(visit: Visit, desk: Desk) -> bool:
    """Take the message for the answer to what is asked. False if it is for somebody else."""
    reply = desk.incoming.reply
    if isinstance(reply, Press | Edit):
        return False
    if not isinstance(reply, Text):
        await ask_again(visit, desk)
        return True
    match visit.dialog["doing"]:
        case "kind":
            return await enrolling.kind_chosen(visit, reply.text, desk)
        case "consent":
            return await enrolling.consented(visit, reply.text, desk)
        case "language":
            return await enrolling.language_chosen(visit, reply.text, desk)
        case "menu":
            return await choosing.menu_chosen(visit, reply.text, desk)
        case "offer":
            return await straying.offer_answered(visit, reply.text, desk)
        case "broadcast":
            return await consenting.broadcast_answered(visit, reply.text, desk)
        case doing if doing in privacy.DIALOGS:
            return await privacy.answered(visit, reply.text, desk)
        case doing if doing in _PEOPLE:
            return await _PEOPLE[doing].answered(visit, reply.text, desk)
        case _:
            visit.settle()
            return False


async def ask_again(visit: Visit, desk: Desk) -> None:
    """Say the standing question once more."""
    match visit.dialog.get("doing"):
        case "kind":
            enrolling.ask_kind(visit, desk)
        case "consent":
            enrolling.ask_consent(visit, desk, visit.dialog.get("then", ""))
        case "language":
            enrolling.ask_language(visit, desk)
        case "offer":
            straying.ask_offer(visit, desk)
        case "broadcast":
            consenting.ask_broadcast(visit, desk)
        case doing if doing in privacy.DIALOGS:
            privacy.ask_again(visit, desk)
        case str() as doing if doing in _PEOPLE:
            await _PEOPLE[doing].ask_again(visit, desk)
        case _:
            choosing.show_menu(visit, desk)
