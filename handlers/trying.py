"""COBA and a survey's name: those who look after the program try a survey; what they answer stays out of every export.

Rule of the file: the word is heard from their own addresses alone (those in the settings, and chats of admins whose
role may try surveys), for everybody else it is text like any other; only the word costs a look at who writes. A test
may be made of a survey that is closed, not open yet, or meant for others, and as often as one likes.
"""

from __future__ import annotations

import re

from handlers import administering, beginning, dialogs
from handlers.desk import Desk
from handlers.permissions import may
from handlers.visit import Visit
from storage import admins
from surveys.messages import Outgoing

_ASKED = re.compile(r"\s*/?(?:coba|try)(?:@\w+)?(?:\s+([\w-]+))?\s*", re.IGNORECASE)


async def tried(visit: Visit, text: str, desk: Desk) -> bool:
    """Begin a test, if that is what one of them wrote. False where it is not."""
    asked = _ASKED.fullmatch(text)
    if asked is None or not await _may_try(visit, desk):
        return False
    _ = desk.say(visit)
    surveys = desk.house.surveys.newest()
    survey = surveys.get((asked[1] or "").lower())
    if survey is None:
        names = ", ".join(sorted(surveys))
        visit.say(Outgoing(text=_("Type COBA and one of these: {names}").format(names=names), keyboard="keep"))
        await dialogs.say_where_one_is(visit, desk)
        return True
    name = survey.playbook.survey.name
    own = [c for c in visit.conversations if not c.over and c.survey.playbook.survey.name == name]
    if own and not own[-1].session.test:
        words = _("You are answering this survey yourself. Send it or end it first, then it can be tried.")
        visit.say(Outgoing(text=words, keyboard="keep"))
        await dialogs.say_where_one_is(visit, desk)
        return True
    visit.settle()
    visit.say(Outgoing(text=_("This is a test: what you answer now is left out of exports and numbers.")))
    await beginning.begin(visit, survey, desk, test=True)
    return True


async def _may_try(visit: Visit, desk: Desk) -> bool:
    if visit.address in desk.house.testers:
        return True
    transaction = desk.unit.transaction
    admin = await admins.of_address(transaction, desk.unit.vault, visit.address_id)
    if admin is None:
        return False
    return may(await administering.acting(transaction, admin, visit.address.channel), "surveys.try")
