"""VERIFIKASI: an employee proves who they are, now or again later."""

from __future__ import annotations

from handlers import dialogs, enrolling, identifying
from handlers.desk import Desk
from handlers.visit import Visit
from storage import roster
from surveys.messages import Outgoing

WORDS = ("verify",)


async def run(visit: Visit, argument: str, desk: Desk) -> None:
    """Ask for the number, unless they are known already or there is nothing to find them in."""
    del argument
    _ = desk.say(visit)
    transaction = desk.unit.transaction
    if not await roster.anybody(transaction):
        words = _("There is no list of employees here yet. You may answer all surveys without it.")
    elif not visit.new and await roster.facts(transaction, visit.respondent_id) is not None:
        words = _("You are confirmed as an employee already. Thank you.")
    elif visit.kind != "asn":
        enrolling.ask_consent(visit, desk, "")
        return
    else:
        identifying.ask_number(visit, desk)
        return
    visit.say(Outgoing(text=words, keyboard="keep"))
    await dialogs.say_where_one_is(visit, desk)
