"""Notices and consent: what a person is told before anything is kept, in which version, and what they said to it.

Rules of the file: consent is appended and never changed; every purpose is asked for by itself, and announcements are
one of their own. Nobody under 18 agrees to them: civil servants are not, others are asked, and what they say to that is
kept nowhere.
"""

from __future__ import annotations

from handlers.desk import Desk, Heard, language_of
from handlers.notices import Notice
from handlers.visit import Conversation, Visit
from storage.unit_of_work import UnitOfWork
from surveys.messages import Button, Outgoing
from surveys.session import Place
from surveys.text.normal import normal
from surveys.text.yes_no import yes_no

SURVEY, ASPIRATION, BROADCAST, REMINDER = "survey", "aspiration", "broadcast", "reminder"
WANTED, OF_AGE = "broadcast", "broadcast_age"
"""Whether announcements are wanted, and whether they may be: the dialogs."""
DIALOGS = frozenset({WANTED, OF_AGE})
CONFIDENTIAL = "rahasia"
"""Name of the choice by which a person keeps the link but wants their words shown to nobody else."""


# ---- said -------------------------------------------------------------------------------------------


def short(visit: Visit, desk: Desk, purpose: str) -> str:
    """What is said before the question."""
    return _filled(_notice(visit, desk, purpose).short, desk)


def say_full(visit: Visit, desk: Desk, purpose: str, *, rows: tuple[tuple[Button, ...], ...] = ()) -> None:
    """The whole notice, a message for each of its paragraphs; ``rows`` stand under the last."""
    *before, last = _filled(_notice(visit, desk, purpose).full, desk).split("\n\n")
    visit.say(*(Outgoing(text=paragraph, keyboard="keep") for paragraph in before), Outgoing(text=last, rows=rows))


def _notice(visit: Visit, desk: Desk, purpose: str) -> Notice:
    return desk.house.notices.text(purpose, (language_of(visit, desk), *desk.house.languages))


def _filled(words: str, desk: Desk) -> str:
    house = desk.house
    return words.format(office=house.office, year=desk.moment.now.year + 1, contact=house.contact or house.office)


def record(visit: Visit, desk: Desk, purpose: str, action: str) -> None:
    """Append what they said to the newest version. ``action``: given | refused | withdrawn."""
    desk.unit.add_consent(
        visit.respondent_id,
        purpose,
        desk.house.notices.version(purpose),
        action,
        desk.moment.now,
        visit.address.channel,
        desk.incoming.message_id,
    )


# ---- announcements ----------------------------------------------------------------------------------


def ask_broadcast(visit: Visit, desk: Desk) -> None:
    """May we send announcements?"""
    _ = desk.say(visit)
    rows = ((Button(_("Yes, please")), Button(_("No, thank you"))), (Button(_("Read it all")),))
    visit.say(Outgoing(text=short(visit, desk, BROADCAST), rows=rows))
    visit.ask_between(WANTED)


def _ask_age(visit: Visit, desk: Desk) -> None:
    _ = desk.say(visit)
    rows = ((Button(_("Yes")), Button(_("Not yet"))),)
    visit.say(Outgoing(text=_("Are you 18 years old or older? Your answer is not stored."), rows=rows))
    visit.ask_between(OF_AGE)
    visit.moved = True


async def ask_again(visit: Visit, desk: Desk) -> None:
    """Say the standing question once more."""
    if visit.dialog.get("doing") == OF_AGE:
        _ask_age(visit, desk)
    else:
        ask_broadcast(visit, desk)


async def answered(visit: Visit, text: str, desk: Desk) -> Heard:
    """The answer to either."""
    if visit.dialog.get("doing") == OF_AGE:
        return _age_told(visit, text, desk)
    _ = desk.say(visit)
    typed = normal(text)
    if typed in {normal(_("Read it all")), "baca lengkap"}:
        say_full(visit, desk, BROADCAST)
        ask_broadcast(visit, desk)
        return "yes"
    if typed == normal(_("Yes, please")) or yes_no(text) is True:
        wants = True
    elif typed == normal(_("No, thank you")) or yes_no(text) is False:
        wants = False
    else:
        return "no"
    if wants and visit.kind != "asn":
        _ask_age(visit, desk)
        return "yes"
    _decided(visit, desk, wants=wants)
    return "closed"


def _age_told(visit: Visit, text: str, desk: Desk) -> Heard:
    of_age = yes_no(text)
    if of_age is None or desk.unseen:  # a second tap on the first yes says nothing about age
        _ask_age(visit, desk)
        return "yes"
    _decided(visit, desk, wants=of_age)
    return "closed"


def _decided(visit: Visit, desk: Desk, *, wants: bool) -> None:
    _ = desk.say(visit)
    record(visit, desk, BROADCAST, "given" if wants else "refused")
    if wants:
        visit.opted_out, visit.changed = False, True
        visit.say(Outgoing(text=_("Thank you. Announcements will reach you here. Type STOP at any time to end them.")))
    else:
        visit.say(Outgoing(text=_("All right, no announcements. Everything else stays open to you.")))


# ---- confidential -----------------------------------------------------------------------------------


def confidential(conversation: Conversation) -> bool:
    """Whether the person chose, where anonymity is decided, to be known and have their words shown to nobody else."""
    decides = conversation.survey.playbook.anonymous_if
    if decides is None or conversation.session.anonymous:
        return False
    answers = conversation.session.answers
    return any(
        (given := answers.get(Place(name))) is not None and given.value == CONFIDENTIAL for name in decides.names
    )


def keep_switches(conversation: Conversation, unit: UnitOfWork) -> None:
    """Write down what the person chose: at once where their words are confidential, else when it is over."""
    if not conversation.changed or conversation.response_id is None or conversation.session.anonymous:
        return
    wanted = confidential(conversation)
    if wanted or (conversation.over and conversation.survey.playbook.anonymous_if is not None):
        unit.keep_confidential(conversation.response_id, confidential=wanted)


def agreed_to_contact(visit: Visit, conversation: Conversation, desk: Desk) -> None:
    """Sending with contact what could have been sent anonymously is consent: the proof of it."""
    session = conversation.session
    if conversation.survey.playbook.survey.chat.anonymous == "choice" and not (session.anonymous or session.test):
        record(visit, desk, ASPIRATION, "given")
