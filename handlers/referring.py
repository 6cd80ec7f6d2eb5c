"""A story that belongs elsewhere: whoever tells of bribes, crime or an emergency is told where to turn, and decides
whether it is kept as an aspiration all the same.

Rule of the file: nothing is promised and nothing is decided for the person; the survey waits for their word.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.desk import Desk, language_of
from handlers.referrals import Referral, referral_for
from handlers.visit import Conversation, Visit
from surveys.events import Answered, Completed, Ended
from surveys.messages import Button, Outgoing
from surveys.survey import in_language
from surveys.text.normal import normal
from surveys.text.yes_no import yes_no

if TYPE_CHECKING:
    from surveys.events import Step


def signpost(referral: Referral, visit: Visit, desk: Desk) -> Outgoing:
    """Where to turn, and whether it shall be kept here too."""
    _ = desk.say(visit)
    there = in_language(referral.text, language_of(visit, desk))
    return Outgoing(
        text=f"{there} " + _("We can also keep it as an aspiration."),
        rows=((Button(_("Keep as aspiration")),), (Button(_("No need")),)),
        tag="referral",
    )


def kept(text: str, visit: Visit, desk: Desk) -> bool | None:
    """Whether ``text`` wants it kept; None if it says neither."""
    _ = desk.say(visit)
    typed = normal(text)
    if typed in {normal(_("Keep as aspiration")), "simpan", "simpan saja", "keep"}:
        return True
    if typed in {normal(_("No need")), "tidak usah", "tidak perlu"}:
        return False
    return yes_no(text)


def wanted(conversation: Conversation, step: Step, desk: Desk) -> Referral | None:
    """The place to turn to with what was just told in ``step``; None where it was told before, or there is no such."""
    playbook, before = conversation.survey.playbook, conversation.session
    if not playbook.survey.chat.ticket or any(isinstance(event, Completed | Ended) for event in step.events):
        return None
    for event in step.events:
        if not isinstance(event, Answered):
            continue
        question = playbook.item(event.place.name).question
        if question.type != "text" or question.chat_kind:
            continue
        words = f"{event.answer.value} {event.answer.other}"
        old = before.answers.get(event.place)
        known = (before.facts.get("message", ""), old.value if old else "", old.other if old else "")
        referral = referral_for(words, desk.house.referrals)
        if referral is not None and referral not in [referral_for(text, desk.house.referrals) for text in known]:
            return referral
    return None


def ask(visit: Visit, conversation: Conversation, referral: Referral, desk: Desk) -> None:
    """The survey waits for the answer to this."""
    visit.say(signpost(referral, visit, desk))
    visit.moved = True
    visit.ask("referred", session=str(conversation.id), referral=str(desk.house.referrals.index(referral)))


def ask_again(visit: Visit, desk: Desk) -> None:
    """The same once more."""
    number = visit.dialog.get("referral", "")
    if number.isdecimal() and int(number) < len(desk.house.referrals):
        visit.say(signpost(desk.house.referrals[int(number)], visit, desk))
    else:
        visit.settle()
