"""What becomes of a message that belongs to nothing.

Rule of the file: nothing typed is lost: it is offered back as an aspiration.
"""

from __future__ import annotations

from handlers import choosing, conversing, enrolling
from handlers.desk import Desk
from handlers.visit import PublishedSurvey, Visit
from surveys.messages import Button, Outgoing, Text
from surveys.speaking import shorten
from surveys.text.redaction import redact
from surveys.text.yes_no import yes_no

STRAY_LONGEST = 1000
"""Characters of such a message that are offered back."""
WORTH_OFFERING = 8
"""Shorter text than this is greeted, not offered as an aspiration."""


async def nothing_open(visit: Visit, desk: Desk) -> None:
    """The visitor sent something while nothing stands."""
    reply = desk.incoming.reply
    _ = desk.say(visit)
    receiver = _receiver(visit, desk)
    if isinstance(reply, Text) and receiver is not None and len(reply.text.strip()) >= WORTH_OFFERING:
        words, _kinds = redact(reply.text.strip()[:STRAY_LONGEST])
        written_at = desk.incoming.sent_at.isoformat()
        visit.ask("offer", text=words, survey=receiver.playbook.survey.name, written_at=written_at)
        ask_offer(visit, desk)
        return
    if not visit.kind:
        enrolling.ask_kind(visit, desk)
        return
    choosing.show_menu(visit, desk, first="" if isinstance(reply, Text) else _("We cannot use that here."))


def _receiver(visit: Visit, desk: Desk) -> PublishedSurvey | None:
    """The survey that takes messages: the one with a ticket that is open to the visitor, or to anybody."""
    for survey in desk.house.surveys.newest().values():
        chat = survey.playbook.survey.chat
        if chat.ticket and not survey.closed and chat.audience in {"all", "warga", visit.kind}:
            return survey
    return None


def ask_offer(visit: Visit, desk: Desk) -> None:
    """Shall it be an aspiration?"""
    _ = desk.say(visit)
    quoted = shorten(visit.dialog.get("text", ""), 120)
    text = _("We received: “{text}”\nWould you like to hand this in as an aspiration?").format(text=quoted)
    visit.say(Outgoing(text=text, rows=((Button(_("Yes")), Button(_("No"))),)))


async def offer_answered(visit: Visit, text: str, desk: Desk) -> bool:
    """The answer to that; False if ``text`` is none."""
    wish = yes_no(text)
    if wish is None:
        visit.settle()
        return False
    words, name, written_at = (visit.dialog.get(key, "") for key in ("text", "survey", "written_at"))
    visit.settle()
    survey = desk.house.surveys.newest().get(name)
    if wish and survey is not None:
        if not visit.kind:
            visit.kind = "warga"
            visit.changed = True
        await conversing.begin(visit, survey, desk, message=words, written_at=written_at)
    elif visit.kind:
        choosing.show_menu(visit, desk)
    else:
        enrolling.ask_kind(visit, desk)
    return True
