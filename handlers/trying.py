"""COBA and a survey's name: those who look after the program try a survey; what they answer stays out of every export.

Rule of the file: the word is heard from their own addresses alone, for everybody else it is text like any other. A test
may be made of a survey that is closed, not open yet, or meant for others, and as often as one likes.
"""

from __future__ import annotations

import re

from handlers import beginning, dialogs
from handlers.desk import Desk
from handlers.visit import Visit
from surveys.messages import Outgoing

_ASKED = re.compile(r"\s*/?(?:coba|try)(?:@\w+)?(?:\s+([\w-]+))?\s*", re.IGNORECASE)


async def tried(visit: Visit, text: str, desk: Desk) -> bool:
    """Begin a test, if that is what one of them wrote. False where it is not."""
    if visit.address not in desk.house.testers:
        return False
    asked = _ASKED.fullmatch(text)
    if asked is None:
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
