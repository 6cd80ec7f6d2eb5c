"""/tingkat (/rate) in a chat: an admin hears how many of each unit took part in a survey.

Rules of the file: for everybody else the words are text like any other, and only these words cost a look at who writes.
One message, no names, and of those bound to units their own alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from handlers import administering, dialogs, rates
from handlers.desk import Desk, language_of
from handlers.permissions import may
from handlers.visit import PublishedSurvey, Visit
from insights.response_rate import UnitRate
from reports.base import ReportError
from reports.response_rate import ResponseRate
from storage import admins
from surveys.messages import Outgoing
from surveys.survey import in_language

_ASKED = re.compile(r"\s*/\s?(?:tingkat|rate)(?:@\w+)?(?:\s+([\w-]{1,100}))?\s*", re.IGNORECASE)
MOST_SHOWN = 3500
"""Characters of the message."""


async def told(visit: Visit, text: str, desk: Desk) -> bool:
    """Answer it, if that is what an admin wrote. False where it is not."""
    asked = _ASKED.fullmatch(text)
    if asked is None:
        return False
    admin = await admins.of_address(desk.unit.transaction, desk.unit.vault, visit.address_id)
    if admin is None:
        return False
    actor = await administering.acting(desk.unit.transaction, admin, visit.address.channel)
    if not may(actor, "rates.see"):
        return False
    surveys = _surveys(desk)
    survey = surveys.get((asked[1] or "").lower())
    if survey is None:
        words = _list(visit, surveys, desk)
    else:
        try:
            found = await rates.rates(
                desk.unit.transaction,
                desk.unit.vault,
                actor,
                survey.playbook.survey.name,
                now=desk.moment.now,
                say=desk.say(visit),
            )
            words = _figures(found, in_language(survey.playbook.title, language_of(visit, desk)), desk.say(visit))
        except ReportError as error:
            words = str(error)
    visit.say(Outgoing(text=words, keyboard="keep"))
    await dialogs.say_where_one_is(visit, desk)
    return True


def _surveys(desk: Desk) -> dict[str, PublishedSurvey]:
    """Those that employees may answer, by name."""
    newest = sorted(desk.house.surveys.newest().items())
    return {name.lower(): one for name, one in newest if one.playbook.survey.chat.audience in {"all", "asn"}}


def _list(visit: Visit, surveys: dict[str, PublishedSurvey], desk: Desk) -> str:
    _ = desk.say(visit)
    if not surveys:
        return _("No survey is published yet.")
    names = ", ".join(one.playbook.survey.name for one in surveys.values())
    return _("Type /rate and one of these: {names}").format(names=names)[:MOST_SHOWN]


def _figures(found: ResponseRate, title: str, say: Callable[[str], str]) -> str:
    """The whole first, then units, as many as the message holds."""
    _ = say
    head = [f"{title or found.survey}: {_rate(found.whole, say)}"]
    if found.unconfirmed is not None:
        head.append(_("Civil servants not confirmed who took part: {count}").format(count=found.unconfirmed))
    foot = _("A number below five is not shown, nor what would give it away.")
    lines = [f"· {one.label}: {_rate(one, say)}" for one in found.units]
    room = MOST_SHOWN - sum(len(line) + 1 for line in (*head, foot)) - 100
    shown: list[str] = []
    for line in lines:
        room -= len(line) + 1
        if room < 0:
            break
        shown.append(line)
    left = len(lines) - len(shown)
    more = [_("There are {number} more units; see the dashboard.").format(number=left)] if left else []
    hidden = [foot] if any(one.took_part is None for one in (found.whole, *found.units)) else []
    return "\n".join([*head, *shown, *more, *hidden])


def _rate(one: UnitRate, say: Callable[[str], str]) -> str:
    _ = say
    if one.took_part is None or one.share is None:
        return _("not shown (employees: {number})").format(number=one.employees)
    words = _("{some} of {all} ({share}%)")
    return words.format(some=one.took_part, all=one.employees, share=f"{100 * one.share:.0f}")
