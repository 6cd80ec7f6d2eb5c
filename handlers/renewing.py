"""Whoever agreed to an older version of a notice is asked again at the next contact.

Rules of the file: a survey that is being answered is not interrupted, a link opens what it names once that was asked,
and the rights of a person (STOP, DATA, DELETE …) never wait for an answer. Somebody found to be settled is not looked
up again while the process runs.
"""

from __future__ import annotations

from handlers import consenting, enrolling, moving
from handlers.consenting import BROADCAST, SURVEY
from handlers.desk import Desk, current
from handlers.visit import Visit
from storage import privacy
from surveys.messages import Outgoing, Text
from surveys.text.commands import spoken_command

_NEVER_WAIT = frozenset(("stop", "data", "copy", "correct", "delete", "help", "language", "status"))


async def asked_anew(visit: Visit, desk: Desk) -> bool:
    """Ask whoever agreed to an older version; False where nothing is to be asked now."""
    notices, reply = desk.house.notices, desk.incoming.reply
    if visit.new or not notices.texts or visit.respondent_id in notices.settled:
        return False
    if not isinstance(reply, Text) or visit.dialog.get("doing", "menu") != "menu" or current(visit) is not None:
        return False
    spoken = spoken_command(reply.text)
    if spoken is not None and spoken.command in _NEVER_WAIT:
        return False
    link = spoken.argument.strip() if spoken is not None and spoken.command == "start" else ""
    if link.startswith(moving.PAYLOAD):
        return False
    stands = await privacy.standing(desk.unit.transaction, visit.respondent_id)
    for purpose in (SURVEY, BROADCAST):
        found = stands.get(purpose)
        if found is None or found.action != "given" or found.version == notices.version(purpose):
            continue
        if link and purpose != SURVEY:
            return False  # it asks for something else
        _ = desk.say(visit)
        visit.say(Outgoing(text=_("Our notice has changed, so we ask once more.")))
        if purpose == SURVEY:
            enrolling.ask_consent(visit, desk, link)
        else:
            consenting.ask_broadcast(visit, desk)
        return True
    notices.note_settled(visit.respondent_id)
    return False
