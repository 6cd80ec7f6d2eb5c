"""What becomes of a message that belongs to nothing.

Rule of the file: nothing typed is lost: it is offered back as an aspiration; what belongs elsewhere is told where. Only
words with a ticket number are neither offered nor kept: they would tell whose an anonymous aspiration is.
"""

from __future__ import annotations

from handlers import beginning, choosing, enrolling, referring, ticket_status
from handlers.desk import Desk, put_aside
from handlers.referrals import referral_for
from handlers.visit import PublishedSurvey, Visit
from surveys.messages import Button, Edit, Media, Outgoing, Text
from surveys.speaking import masked_notice, shorten
from surveys.text.normal import words
from surveys.text.redaction import redact
from surveys.text.ticket_numbers import about_ticket
from surveys.text.vocabulary import POLITE, listed

STRAY_LONGEST = 1000
"""Characters of such a message that are offered back."""
WORTH_OFFERING = 8
"""Shorter text than this is greeted, not offered as an aspiration."""
_ASKS_ONLY = 48
"""Characters with which one asks for a ticket; who writes more wished to say something."""
_GREETINGS = POLITE | listed("assalamualaikum salam sejahtera shalom syalom siap test tes ping")


async def nothing_open(visit: Visit, desk: Desk) -> None:
    """The visitor sent something while nothing stands."""
    reply = desk.incoming.reply
    _ = desk.say(visit)
    if not isinstance(reply, Text):
        _greet(visit, desk, first=_("We cannot use that here."))
        if isinstance(reply, Media) and reply.album:
            visit.dialog = {**visit.dialog, "album": reply.album}
            visit.changed = True
        return
    text = reply.text.strip()
    if await _of_a_ticket(visit, text, desk):
        return
    kind = enrolling.kind_named(text, desk, visit, numbers=False)
    if kind is not None and kind != visit.kind:
        await enrolling.write_as(visit, kind, "", desk)
    elif text.startswith("/") and len(text.split()) == 1:
        _greet(visit, desk, first=_("That command is not known here."))
    elif set(words(text)) <= _GREETINGS:
        _greet(visit, desk, first=enrolling.greeting(desk, visit) if visit.kind else "")
    elif not _offered(visit, text, desk):
        _greet(visit, desk)


def _greet(visit: Visit, desk: Desk, first: str = "") -> None:
    aside = put_aside(visit)
    if aside is not None:
        choosing.ask_to_go_on(visit, aside, desk, first=first)
        return
    if visit.kind:
        choosing.show_menu(visit, desk, first=first)
        return
    if first:
        visit.say(Outgoing(text=first, keyboard="keep"))
    enrolling.ask_kind(visit, desk)


async def wished(visit: Visit, text: str, desk: Desk) -> bool:
    """In place of saying as whom they write, somebody says what moves them: it is offered back. Fewer words, or a link
    that is to be followed first, get the question once more."""
    asked = await _of_a_ticket(visit, text, desk)
    if not asked and not visit.dialog.get("then") and _offered(visit, text.strip(), desk):
        return True
    _ = desk.say(visit)
    visit.say(Outgoing(text=_("Please choose: Civil servant, Citizen or Organisation."), keyboard="keep"))
    return True


async def _of_a_ticket(visit: Visit, text: str, desk: Desk) -> bool:
    """Words with a ticket number or a PIN are a question after it. False where there is none."""
    if not about_ticket(text):
        return False
    if len(text) > _ASKS_ONLY:
        _ = desk.say(visit)
        words_ = _(
            "A message with a ticket number is not kept. Please write what you wish to tell us without the number."
        )
        visit.say(Outgoing(text=words_, keyboard="keep"))
    await ticket_status.tell(visit, text, desk)
    return True


def _offered(visit: Visit, text: str, desk: Desk) -> bool:
    """Offer the words back. False where they are too few, or nobody takes them."""
    receiver = _receiver(visit, desk)
    if receiver is None:
        return False
    if len(text) < WORTH_OFFERING and referral_for(text, desk.house.referrals) is None:
        return False
    written_at = desk.incoming.sent_at.isoformat()
    _keep(visit, text, desk, survey=receiver.playbook.survey.name, written_at=written_at)
    ask_offer(visit, desk)
    return True


def _keep(visit: Visit, text: str, desk: Desk, *, survey: str, written_at: str, before: str = "") -> None:
    """Remember the words until the answer comes; say what of them is not kept."""
    _ = desk.say(visit)
    clean, kinds = redact(text)
    if kinds:
        visit.say(Outgoing(text=masked_notice(kinds, _), keyboard="keep"))
    whole = f"{before}\n{clean}" if before else clean
    if len(whole) > STRAY_LONGEST:
        visit.say(
            Outgoing(
                text=_("That is a long message; we keep its first {most} characters.").format(most=STRAY_LONGEST),
                keyboard="keep",
            )
        )
    visit.ask(
        "offer",
        text=redact(shorten(whole, STRAY_LONGEST))[0],
        survey=survey,
        written_at=written_at,
        message=desk.incoming.message_id if not before else "",
    )


def _receiver(visit: Visit, desk: Desk) -> PublishedSurvey | None:
    """The survey that takes messages: the one with a ticket that is open to the visitor, or to anybody."""
    now = desk.moment.now
    for survey in desk.house.surveys.newest().values():
        chat = survey.playbook.survey.chat
        if (chat.opens is not None and now < chat.opens) or (chat.closes is not None and now >= chat.closes):
            continue
        if chat.ticket and not survey.closed and chat.audience in {"all", "warga", visit.kind}:
            return survey
    return None


def ask_offer(visit: Visit, desk: Desk) -> None:
    """Shall it be an aspiration? What belongs elsewhere is told where, first."""
    _ = desk.say(visit)
    words_ = visit.dialog.get("text", "")
    visit.moved = True
    referral = referral_for(words_, desk.house.referrals)
    if referral is not None:
        visit.say(referring.signpost(referral, visit, desk))
        return
    shown, aside = shorten(words_, 120), put_aside(visit)
    rows: tuple[tuple[Button, ...], ...] = ((Button(_("Yes")), Button(_("No"))),)
    if aside is None:
        text = _("We received: “{text}”\nWould you like to hand this in as an aspiration?").format(text=shown)
    else:
        rows = (*rows, (Button(_("Go on")),))
        text = _(
            "We received: “{text}”\n“{title}” is still waiting, Go on takes you back to it.\n"
            "Would you like to hand this message in as an aspiration?"
        ).format(text=shown, title=choosing.title_of(visit, aside, desk))
    visit.say(Outgoing(text=text, rows=rows, tag="offer"))


async def offer_answered(visit: Visit, text: str, desk: Desk) -> bool:
    """The answer to that. More words join those before; anything else is asked once more."""
    words_, name, written_at = (visit.dialog.get(key, "") for key in ("text", "survey", "written_at"))
    wish = referring.kept(text, visit, desk)
    if wish is None or desk.unseen:
        asked = await _of_a_ticket(visit, text, desk)
        if wish is None and not asked and len(text.strip()) >= WORTH_OFFERING:
            _keep(visit, text.strip(), desk, survey=name, written_at=written_at, before=words_)
        ask_offer(visit, desk)
        return True
    visit.settle()
    survey = desk.house.surveys.newest().get(name)
    if wish and survey is not None:
        if not visit.kind:
            visit.kind = "warga"
            visit.changed = True
        await beginning.begin(visit, survey, desk, message=words_, written_at=written_at)
    else:
        let_go(visit, desk)
    return True


def let_go(visit: Visit, desk: Desk) -> None:
    """It is not handed in."""
    _ = desk.say(visit)
    _greet(visit, desk, first=_("All right, we do not keep that message."))


async def edited(visit: Visit, edit: Edit, desk: Desk) -> None:
    """A message that is being offered back says something else now; any other edit means nothing any more."""
    if visit.dialog.get("doing") != "offer" or visit.dialog.get("message") != edit.message_id:
        return
    if isinstance(edit.reply, Text) and await _of_a_ticket(visit, edit.reply.text, desk):
        visit.settle()
    elif isinstance(edit.reply, Text) and edit.reply.text.strip():
        name, written_at = visit.dialog.get("survey", ""), visit.dialog.get("written_at", "")
        _keep(visit, edit.reply.text.strip(), desk, survey=name, written_at=written_at)
        visit.dialog["message"] = edit.message_id
        ask_offer(visit, desk)
