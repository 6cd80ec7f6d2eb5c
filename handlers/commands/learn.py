"""PELATIHAN: what there is to learn; PELATIHAN SAYA: where one takes part; /pelatihan baru: an admin announces one."""

from __future__ import annotations

from handlers import announcing, learning
from handlers.desk import Desk
from handlers.visit import Visit
from surveys.messages import Text
from surveys.text.normal import words

WORDS = ("learn",)
_MINE = frozenset({"saya", "my", "mine", "jadwal"})
_NEW = frozenset({"baru", "new"})


async def run(visit: Visit, argument: str, desk: Desk) -> None:
    """Show the list, or one's own; begin announcing where an admin asks for that."""
    if set(words(argument)) & _NEW and await announcing.begun(visit, desk):
        return
    reply = desk.incoming.reply
    said = set(words(reply.text)) if isinstance(reply, Text) else set()
    if said & _MINE:
        await learning.show_mine(visit, desk)
    else:
        await learning.show(visit, desk)
