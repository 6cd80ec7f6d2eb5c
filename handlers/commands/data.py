"""DATA: what is held about the person, in a few lines."""

from __future__ import annotations

from handlers import dialogs
from handlers.desk import Desk, kind_names
from handlers.visit import Visit
from surveys.messages import Outgoing

WORDS = ("data",)


async def run(visit: Visit, argument: str, desk: Desk) -> None:
    """Say what is held."""
    del argument
    _ = desk.say(visit)
    held = await desk.unit.held(visit.respondent_id)
    kinds = kind_names(_)
    lines = [
        _("This is what we hold about you:"),
        "· " + _("this chat's address, encrypted"),
        "· " + _("you write as: {kind}").format(kind=kinds.get(visit.kind, _("not said yet"))),
        "· " + _("surveys of which we keep your answers: {number}").format(number=held.responses),
        "· " + _("surveys still open: {number}").format(number=len([c for c in visit.conversations if not c.over])),
        "· " + _("aspirations with a number: {number}").format(number=held.tickets),
        "· " + _("agreements recorded: {number}").format(number=held.consents),
        _("Anonymous answers are kept without any link to you, so we cannot show them here."),
    ]
    visit.say(Outgoing(text="\n".join(lines), keyboard="keep"))
    await dialogs.say_where_one_is(visit, desk)
