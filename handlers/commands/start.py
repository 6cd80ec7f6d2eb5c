"""/start and MULAI: welcome, a deep link into a survey, and the way back for those who stopped all messages.

Rules of the file: whatever was half done stays; a survey that stands is said again after the greeting. A link opens
what it names and nothing else: only the bare word, of somebody known to be the one who writes, ends an opt-out.
"""

from __future__ import annotations

from handlers import beginning, choosing, conversing, dialogs, enrolling, links, moving, profiles, stopping
from handlers.desk import Desk, current, put_aside
from handlers.visit import Visit
from surveys.messages import Outgoing

WORDS = ("start",)


async def run(visit: Visit, argument: str, desk: Desk) -> None:
    """Greet, and open what the link names."""
    _ = desk.say(visit)
    if argument.strip().startswith(moving.PAYLOAD):
        if not await moving.typed(visit, argument.strip().removeprefix(moving.PAYLOAD), desk):
            await dialogs.say_where_one_is(visit, desk)
        return
    if links.at_once(argument.strip()):
        before = visit.dialog.get("doing")
        await links.follow(visit, argument.strip(), desk)
        if visit.dialog.get("doing") == before:
            await dialogs.say_where_one_is(visit, desk)
        return
    visit.settle()
    if await profiles.asked_who(visit, desk, argument.strip()):
        return
    if not argument.strip():
        await stopping.start(visit, desk)
    if await _opened(visit, argument.strip(), desk):
        return
    if argument.strip():
        visit.say(Outgoing(text=_("That link is no longer valid."), keyboard="keep"))
    standing = current(visit) or put_aside(visit)
    if standing is not None:
        visit.say(Outgoing(text=enrolling.greeting(desk, visit), keyboard="keep"))
        await conversing.take_up(visit, standing, desk)
    elif visit.kind:
        choosing.show_menu(visit, desk, first=enrolling.greeting(desk, visit))
    else:
        enrolling.ask_kind(visit, desk)


async def _opened(visit: Visit, payload: str, desk: Desk) -> bool:
    """Open the survey that the link names, or where else it leads. False where it leads nowhere."""
    survey = desk.house.surveys.newest().get(payload)
    audience = "asn" if survey is None else survey.playbook.survey.chat.audience
    if survey is None and not links.leads(payload):
        return False
    if not visit.kind and audience == "asn":
        enrolling.ask_consent(visit, desk, payload)
        return True
    if not visit.kind and audience in {"warga", "stakeholder"}:
        visit.kind, visit.changed = audience, True
    if survey is None:
        return await links.follow(visit, payload, desk)
    await beginning.begin(visit, survey, desk)
    return True
