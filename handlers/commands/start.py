"""/start and MULAI: welcome, a deep link into a survey, and the way back for those who stopped all messages.

Rules of the file: whatever was half done stays; a survey that stands is said again after the greeting. A link opens
what it names and nothing else: only the bare word, of somebody known to be the one who writes, ends an opt-out.
"""

from __future__ import annotations

from handlers import beginning, choosing, conversing, dialogs, enrolling, moving, privacy, profiles
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
    visit.settle()
    if await profiles.asked_who(visit, desk, argument.strip()):
        return
    if not argument.strip():
        await privacy.start(visit, desk)
    survey = desk.house.surveys.newest().get(argument.strip())
    if survey is not None:
        audience = survey.playbook.survey.chat.audience
        if not visit.kind and audience == "asn":
            enrolling.ask_consent(visit, desk, argument.strip())
            return
        if not visit.kind and audience in {"warga", "stakeholder"}:
            visit.kind, visit.changed = audience, True
        await beginning.begin(visit, survey, desk)
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
