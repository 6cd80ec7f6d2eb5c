"""The questions asked outside surveys: which one stands, and who reads its answer.

Where a person stands is ``visit.dialog``: {"doing": …} and what belongs to it, stored encrypted with the address.
Rule of the file: a dialog is one question; its answer ends it, and no word in between loses it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from handlers import (
    announcing,
    assessing,
    certifying,
    checking_in,
    choosing,
    consenting,
    conversing,
    enrolling,
    handing_in,
    identifying,
    learning,
    learning_session,
    mentoring,
    moving,
    nominating,
    privacy,
    profiles,
    referring,
    straying,
    task_desk,
    what_is_asked,
)
from handlers.desk import Desk, Heard, current, put_aside
from handlers.visit import Visit
from surveys.messages import Edit, Media, Outgoing, Press, Text
from surveys.text.commands import Command

_LEFT_AT_WILL = frozenset({"menu", "language"})
"""Questions that may simply be left; others too, where a survey is being answered below."""


class _Asks(Protocol):
    """A file with questions of its own."""

    async def answered(self, visit: Visit, text: str, desk: Desk) -> Heard:
        """Take the answer."""

    async def ask_again(self, visit: Visit, desk: Desk) -> None:
        """Say the standing question once more."""


_BETWEEN: Mapping[str, _Asks] = {
    **dict.fromkeys(consenting.DIALOGS, consenting),
    **dict.fromkeys(privacy.DIALOGS, privacy),
    **dict.fromkeys(identifying.DIALOGS, identifying),
    **dict.fromkeys(moving.DIALOGS, moving),
    **dict.fromkeys(profiles.DIALOGS, profiles),
    **dict.fromkeys(what_is_asked.DIALOGS, what_is_asked),
    **dict.fromkeys(learning.DIALOGS, learning),
    **dict.fromkeys(nominating.DIALOGS, nominating),
    **dict.fromkeys(announcing.DIALOGS, announcing),
    **dict.fromkeys(checking_in.DIALOGS, checking_in),
    **dict.fromkeys(certifying.DIALOGS, certifying),
    **dict.fromkeys(mentoring.DIALOGS, mentoring),
    **dict.fromkeys(task_desk.DIALOGS, task_desk),
    **dict.fromkeys(handing_in.DIALOGS, handing_in),
    **dict.fromkeys(assessing.DIALOGS, assessing),
}
"""What is asked in between, about who somebody is and what is kept of them: which dialog is asked by which file."""


_BUTTONS: Mapping[str, frozenset[Command]] = {
    **dict.fromkeys(privacy.DIALOGS, frozenset[Command]({"cancel"})),
    learning_session.SESSION: frozenset[Command]({"cancel"}),
    announcing.NEW: frozenset[Command]({"back", "cancel", "restart"}),
    **dict.fromkeys(handing_in.DIALOGS, handing_in.BUTTONS),
    **dict.fromkeys(assessing.DIALOGS, assessing.BUTTONS),
}
"""Words that are the label of a button there, and no command."""


def hears_for_button(visit: Visit, word: Command) -> bool:
    """Whether the word is a button of the question that stands."""
    return word in _BUTTONS.get(visit.dialog.get("doing", ""), ())


async def answered(visit: Visit, desk: Desk) -> bool:
    """Take the message for the answer to what is asked. False if it is for somebody else."""
    reply = desk.incoming.reply
    if isinstance(reply, Press | Edit):
        return False
    if isinstance(reply, Media) and visit.dialog["doing"] in handing_in.DIALOGS:
        await handing_in.sent(visit, reply, desk)
        return True
    if not isinstance(reply, Text):
        _ = desk.say(visit)
        visit.say(Outgoing(text=_("We cannot use that here."), keyboard="keep"))
        await ask_again(visit, desk)
        if isinstance(reply, Media):
            visit.dialog = {**visit.dialog, "album": reply.album}
        return True
    return await _told(visit, reply.text, desk)


async def _told(visit: Visit, text: str, desk: Desk) -> bool:
    match visit.dialog["doing"]:
        case "kind":
            return await _kind(visit, text, desk)
        case "consent":
            return await enrolling.consented(visit, text, desk)
        case "language":
            return await _language(visit, text, desk)
        case "menu":
            return await choosing.menu_chosen(visit, text, desk)
        case "offer":
            return await straying.offer_answered(visit, text, desk)
        case "referred":
            return await _referred(visit, text, desk)
        case doing if doing in _BETWEEN:
            return await _between(visit, text, desk, _BETWEEN[doing])
        case _:
            visit.settle()
            return False


async def _kind(visit: Visit, text: str, desk: Desk) -> bool:
    if await enrolling.kind_chosen(visit, text, desk):
        return True
    if current(visit) is not None:
        visit.settle()
        return False
    return await straying.wished(visit, text, desk)


async def _between(visit: Visit, text: str, desk: Desk, asks: _Asks) -> bool:
    """The answer to a question in between; once it is closed, what stood before is said again."""
    match await asks.answered(visit, text, desk):
        case "no":
            return await answered(visit, desk) if visit.close() else False
        case "closed":
            visit.close()
            await say_where_one_is(visit, desk)
    return True


async def commanded(visit: Visit, word: Command, desk: Desk) -> bool:
    """A word of surveys while a question outside them stands. False: it is carried out as if none stood."""
    doing, standing = visit.dialog["doing"], current(visit)
    above = standing is not None and doing != "referred"
    match word:
        case "back" | "cancel" | "skip" | "resume" | "send" if above:
            visit.close()
            await say_where_one_is(visit, desk)
        case "back" | "cancel":
            await _leave(visit, desk, given_up=word == "cancel")
        case "resume" if doing in {*_LEFT_AT_WILL, "offer"} and put_aside(visit) is not None:
            visit.settle()
            return False
        case "skip" | "send" | "resume":
            if doing in _LEFT_AT_WILL:
                await _leave(visit, desk, given_up=False)
            else:
                await ask_again(visit, desk)
        case "later" | "stop" | "restart" if standing is not None:
            visit.settle()
            return False
        case "later":
            await _leave(visit, desk, given_up=True)
        case "restart":
            await ask_again(visit, desk)
        case _:
            return False
    return True


async def _leave(visit: Visit, desk: Desk, *, given_up: bool) -> None:
    _ = desk.say(visit)
    match visit.dialog["doing"]:
        case "consent" if not given_up:
            enrolling.ask_kind(visit, desk, visit.dialog.get("then", ""))
            return
        case "kind" if not given_up:
            enrolling.ask_kind(visit, desk, visit.dialog.get("then", ""))
            return
        case "referred":
            referring.ask_again(visit, desk)
            return
        case "offer":
            visit.settle()
            straying.let_go(visit, desk)
            return
        case _:
            visit.close()
    if visit.dialog.get("doing") or current(visit) is not None:
        await say_where_one_is(visit, desk)
    else:
        visit.say(Outgoing(text=_("All right. Type MENU whenever you like to go on.")))


async def say_where_one_is(visit: Visit, desk: Desk) -> None:
    """After a word in between: the question that stands, outside surveys or inside, is said once more."""
    if visit.dialog.get("doing"):
        await ask_again(visit, desk)
    else:
        await conversing.return_to_current(visit, desk)


async def ask_again(visit: Visit, desk: Desk) -> None:
    """Say the standing question once more."""
    match visit.dialog.get("doing"):
        case "kind":
            enrolling.ask_kind(visit, desk, visit.dialog.get("then", ""))
        case "consent":
            enrolling.ask_consent(visit, desk, visit.dialog.get("then", ""))
        case "language":
            enrolling.ask_language(visit, desk)
        case "offer":
            straying.ask_offer(visit, desk)
        case "referred":
            referring.ask_again(visit, desk)
        case str() as doing if doing in _BETWEEN:
            await _BETWEEN[doing].ask_again(visit, desk)
        case _:
            choosing.show_menu(visit, desk)


async def speak_in(visit: Visit, named: str, desk: Desk) -> bool:
    """Go on in the language that was named, where one was; False if ``named`` names none."""
    language = enrolling.language_named(named, desk)
    if language is None:
        return False
    enrolling.speak_in(visit, language)
    if visit.dialog.get("doing") == "language":
        visit.close()
    _ = desk.say(visit)
    visit.say(Outgoing(text=_("All right, we go on in English.")))
    if visit.dialog.get("doing") or current(visit) is not None:
        await say_where_one_is(visit, desk)
    elif visit.kind:
        choosing.show_menu(visit, desk)
    else:
        enrolling.ask_kind(visit, desk)
    return True


async def _language(visit: Visit, text: str, desk: Desk) -> bool:
    if await speak_in(visit, text, desk):
        return True
    return await answered(visit, desk) if visit.close() else False


async def _referred(visit: Visit, text: str, desk: Desk) -> bool:
    """Whether a story that belongs elsewhere is kept. False where the message is for the survey: the rest of the story,
    written before this was seen, or anything once the survey is gone."""
    waiting = [one for one in visit.conversations if str(one.id) == visit.dialog.get("session") and not one.over]
    if not waiting:
        visit.settle()
        return False
    if desk.unseen:
        return False
    wish = referring.kept(text, visit, desk)
    if wish is None:
        _ = desk.say(visit)
        visit.say(Outgoing(text=_("Please choose: Keep as aspiration or No need."), keyboard="keep"))
    elif wish:
        await conversing.take_up(visit, waiting[0], desk)
    else:
        visit.settle()
        await conversing.discard(visit, waiting[0], desk)
        await conversing.return_to_current(visit, desk)
    return True
