"""A person's rights over their data, in the chat: see, take a copy, correct, delete.

Each is carried out at once or within 3 x 24 hours (UU 27/2022), and logged with the time until which it is due. Rule
of the file: it asks which of them is wanted; what each does stands in a file of its own.
"""

from __future__ import annotations

from handlers import consenting, correcting, deleting
from handlers.consenting import ASPIRATION, BROADCAST, SURVEY
from handlers.correcting import CORRECT
from handlers.data_requests import copy, log
from handlers.deleting import DELETE
from handlers.desk import Desk, Heard, kind_names
from handlers.own_data import blocks
from handlers.visit import Visit
from storage import dossier, privacy, roster
from surveys.messages import Button, Outgoing
from surveys.text.normal import normal
from surveys.text.yes_no import yes_no

DIALOGS = frozenset(("privacy", DELETE, CORRECT))
MOST_SHOWN = 3500
"""Characters of one message."""


async def overview(visit: Visit, desk: Desk) -> None:
    """What we hold, in short, and what can be done with it."""
    _ = desk.say(visit)
    held = await desk.unit.held(visit.respondent_id)
    await log(visit, desk, "access")
    kinds = kind_names(_)
    stands = await privacy.standing(desk.unit.transaction, visit.respondent_id)
    news = stands.get(BROADCAST)
    wanted = not visit.opted_out and news is not None and news.action == "given"
    listed = await roster.facts(desk.unit.transaction, visit.respondent_id) is not None
    lines = [
        _("This is what we hold about you:"),
        "· " + _("this chat's address, encrypted"),
        "· " + _("you write as: {kind}").format(kind=kinds.get(visit.kind, _("not said yet"))),
        *(["· " + _("your entry in the list of employees, encrypted")] if listed else []),
        "· " + _("surveys of which we keep your answers: {number}").format(number=held.responses),
        "· " + _("surveys still open: {number}").format(number=len([c for c in visit.conversations if not c.over])),
        "· " + _("aspirations with a number: {number}").format(number=held.tickets),
        *(["· " + _("trainings: {number}").format(number=held.enrolments)] if held.enrolments else []),
        "· " + _("agreements recorded: {number}").format(number=held.consents),
        "· " + (_("announcements: yes") if wanted else _("announcements: no")),
        _("Anonymous answers are kept without any link to you, so we cannot show them here."),
        _("Please choose. A request is done within 3 x 24 hours at most."),
    ]
    visit.say(Outgoing(text="\n".join(lines), rows=_actions(visit, desk)))
    visit.ask_between("privacy")


def _actions(visit: Visit, desk: Desk) -> tuple[tuple[Button, ...], ...]:
    _ = desk.say(visit)
    return (
        (Button(_("Show it")), Button(_("Send a copy"))),
        (Button(_("Correct")), Button(_("Delete everything"))),
        (Button(_("Read it all")), Button(_("Close"))),
    )


async def ask_again(visit: Visit, desk: Desk) -> None:
    """The question that stands, once more."""
    match visit.dialog.get("doing"):
        case deleting.DELETE:
            deleting.ask_delete(visit, desk)
        case correcting.CORRECT:
            correcting.ask_what(visit, desk)
        case _:
            _ = desk.say(visit)
            visit.say(Outgoing(text=_("What would you like to do with your data?"), rows=_actions(visit, desk)))


async def answered(visit: Visit, text: str, desk: Desk) -> Heard:
    """The answer to what is asked here."""
    match visit.dialog["doing"]:
        case deleting.DELETE:
            return await deleting.answered(visit, text, desk)
        case correcting.CORRECT:
            return await correcting.told(visit, text, desk)
        case _:
            return await _chosen(visit, text, desk)


async def _chosen(visit: Visit, text: str, desk: Desk) -> Heard:
    _ = desk.say(visit)
    typed = normal(text)
    if typed in {normal(_("Show it")), "lihat", "1"}:
        await show(visit, desk)
    elif typed in {normal(_("Send a copy")), "salinan", "2"}:
        await copy(visit, desk)
        return "closed"
    elif typed in {normal(_("Correct")), "ralat", "3"}:
        await correcting.correct(visit, desk)
    elif typed in {normal(_("Delete everything")), "4"} or deleting.says_delete(typed):
        deleting.ask_delete(visit, desk)
    elif typed in {normal(_("Read it all")), "baca lengkap", "baca", "5"}:
        purpose = SURVEY if visit.kind == "asn" else ASPIRATION
        consenting.say_full(visit, desk, purpose, rows=_actions(visit, desk))
    elif typed in {normal(_("Close")), "tutup", "6"} or yes_no(text) is False:
        visit.say(Outgoing(text=_("All right.")))
        return "closed"
    else:
        return "no"
    return "yes"


async def show(visit: Visit, desk: Desk) -> None:
    """All of it, readable, in as many messages as it takes; then the choice again."""
    _ = desk.say(visit)
    held = await dossier.read(desk.unit.transaction, desk.unit.vault, visit.respondent_id)
    told = [] if held is None else [block async for block in blocks(visit, desk, held)]
    if not told:
        told = [_("We hold nothing but the address of this chat.")]
    message = ""
    for block in told:
        if message and len(message) + len(block) > MOST_SHOWN:
            visit.say(Outgoing(text=message, keyboard="keep"))
            message = ""
        message = f"{message}\n\n{block}" if message else block
    visit.say(Outgoing(text=message, rows=_actions(visit, desk)))
    visit.ask_between("privacy")
