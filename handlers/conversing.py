"""A survey is begun, answered, put aside, sent: what the engine said happened is said, and written down.

Rule of the file: the engine decides, this file carries out. Nothing of an anonymous session is written anywhere but in
its own encrypted row until it is sent; then it goes to the pending table without a person.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from handlers import consenting, knowing, tickets
from handlers.desk import Desk, current, language_of
from handlers.visit import Conversation, PublishedSurvey, Visit
from surveys import engine
from surveys.events import Answered, Completed, Dropped, Ended, Event, Step, Wanted
from surveys.messages import Outgoing, Press
from surveys.session import Answer, Place, Session
from surveys.speaking import speak
from surveys.survey import in_language

_WRITTEN_AT = "written_at"
"""The fact that tells when the message was written with which an aspiration began."""
_SENT = "sent_ticket"
"""The fact that tells a session which changes a sent response; its ticket, "" if it has none."""


async def begin(
    visit: Visit,
    survey: PublishedSurvey,
    desk: Desk,
    *,
    message: str = "",
    written_at: str = "",
    test: bool = False,
) -> None:
    """Start ``survey`` for the visitor, or go on where they left it.

    ``message``: what they already wrote (for an aspiration), and when (ISO 8601): it belongs to the session, and where
    that is anonymous it is forgotten with it.
    """
    name = survey.playbook.survey.name
    for conversation in visit.conversations:
        if conversation.survey.playbook.survey.name == name and not conversation.over:
            await take_up(visit, conversation, desk)
            return
    if not test and await _reopened(visit, survey, desk):
        return
    refusal = "" if test else await _refusal(visit, survey, desk)
    if refusal:
        visit.say(Outgoing(text=refusal, keyboard="keep"))
        await return_to_current(visit, desk)
        return
    facts = {} if test else await knowing.facts_of(visit, survey, desk)
    facts |= {"message": message, _WRITTEN_AT: written_at} if message else {}
    step = engine.start(
        survey.playbook,
        language=language_of(visit, desk),
        now=desk.moment.now,
        rng=desk.moment.rng,
        say=desk.say(visit),
        facts=facts,
        test=test,
    )
    conversation = Conversation(desk.unit.new_id(), survey, step.session, None, changed=True, new=True)
    visit.conversations.append(conversation)
    await _carry_out(visit, conversation, step, desk)


async def _reopened(visit: Visit, survey: PublishedSurvey, desk: Desk) -> bool:
    """Put what they sent before up for changing, where the survey allows that and takes one response a person.

    False where there is nothing to change.
    """
    chat = survey.playbook.survey.chat
    closes = chat.closes
    if not (chat.editable and chat.once and chat.anonymous == "no") or (
        closes is not None and desk.moment.now >= closes
    ):
        return False
    sent = await desk.unit.finished(visit.respondent_id, survey.playbook.survey.name)
    if sent is None:
        return False
    await desk.house.surveys.ensure(desk.unit.transaction, {sent.survey_id})
    version = desk.house.surveys.by_id(sent.survey_id)
    step = engine.reopen(
        version.playbook,
        sent.answers,
        language=language_of(visit, desk),
        now=desk.moment.now,
        rng=desk.moment.rng,
        say=desk.say(visit),
        facts={_SENT: sent.ticket or ""},
    )
    desk.unit.reopen_response(sent.id, sent.ticket)
    conversation = Conversation(desk.unit.new_id(), version, step.session, sent.id, changed=True, new=True)
    visit.conversations.append(conversation)
    await _carry_out(visit, conversation, step, desk)
    return True


async def _refusal(visit: Visit, survey: PublishedSurvey, desk: Desk) -> str:
    _ = desk.say(visit)
    chat, now = survey.playbook.survey.chat, desk.moment.now
    title = in_language(survey.playbook.title, language_of(visit, desk))
    if survey.closed or (chat.closes is not None and now >= chat.closes):
        return _("“{title}” is closed. Thank you for your interest.").format(title=title)
    if chat.opens is not None and now < chat.opens:
        return _("“{title}” is not open yet.").format(title=title)
    if chat.audience not in {"all", visit.kind}:
        return _("“{title}” is meant for others.").format(title=title)
    if chat.once and survey.playbook.survey.name in await desk.unit.participated(visit.respondent_id):
        return _("You have already answered “{title}”. Thank you.").format(title=title)
    return ""


async def take_up(visit: Visit, conversation: Conversation, desk: Desk) -> None:
    """Go on with ``conversation``: its prompt is said again."""
    visit.conversations.remove(conversation)
    visit.conversations.append(conversation)
    step = engine.take_up(
        conversation.survey.playbook,
        conversation.session,
        now=desk.moment.now,
        rng=desk.moment.rng,
        say=desk.say(visit),
    )
    await _carry_out(visit, conversation, step, desk)


async def answer(visit: Visit, conversation: Conversation, desk: Desk, *, unseen: bool) -> None:
    """What the visitor sent belongs to ``conversation``."""
    incoming = desk.incoming
    step = engine.resume(
        conversation.survey.playbook,
        conversation.session,
        incoming.reply,
        now=desk.moment.now,
        rng=desk.moment.rng,
        say=desk.say(visit),
        message_id=incoming.message_id,
        unseen=unseen,
    )
    await _carry_out(visit, conversation, step, desk)
    if conversation.over:
        await return_to_current(visit, desk)


async def put_by(visit: Visit, conversation: Conversation, desk: Desk, *, how: str) -> None:
    """Put ``conversation`` aside: "later" or "stop"."""
    step = engine.lay_aside(
        conversation.survey.playbook,
        conversation.session,
        how=how,
        now=desk.moment.now,
        rng=desk.moment.rng,
        say=desk.say(visit),
    )
    await _carry_out(visit, conversation, step, desk)


async def end(visit: Visit, conversation: Conversation, desk: Desk, *, stopped: bool) -> None:
    """Close ``conversation`` unsent: the visitor ended it, or its time is up."""
    step = engine.expire(
        conversation.survey.playbook,
        conversation.session,
        now=desk.moment.now,
        rng=desk.moment.rng,
        say=desk.say(visit),
        stopped=stopped,
    )
    await _carry_out(visit, conversation, step, desk)


async def file_arrived(visit: Visit, conversation: Conversation, desk: Desk, media_id: str, *, kept: bool) -> None:
    """A file of ``conversation`` is stored, or cannot be had."""
    before = conversation.session
    step = engine.fetched(
        conversation.survey.playbook,
        before,
        media_id,
        kept=kept,
        now=desk.moment.now,
        rng=desk.moment.rng,
        say=desk.say(visit),
    )
    if step.session != before:
        await _carry_out(visit, conversation, step, desk)


async def return_to_current(visit: Visit, desk: Desk) -> None:
    """After something in between: the survey that was being answered stands again."""
    conversation = current(visit)
    if conversation is not None:
        await take_up(visit, conversation, desk)


# ---- carrying out -----------------------------------------------------------------------------------


async def _carry_out(visit: Visit, conversation: Conversation, step: Step, desk: Desk) -> None:
    conversation.session = step.session
    conversation.changed = True
    _write(visit, conversation, step.events, desk)
    _speak(visit, conversation, step, desk)
    if any(isinstance(event, Completed) for event in step.events):
        await _complete(visit, conversation, desk)
    elif any(isinstance(event, Ended) for event in step.events):
        _close(conversation, desk)


def _write(visit: Visit, conversation: Conversation, events: tuple[Event, ...], desk: Desk) -> None:
    unit, session = desk.unit, conversation.session
    for event in events:
        if isinstance(event, Wanted):
            unit.want_media(event.media_id, visit.address.channel, event.media, conversation.id, event.place)
    if session.anonymous:
        if conversation.response_id is not None:
            unit.drop_response(conversation.response_id)
            conversation.response_id = None
        return
    sealed = conversation.survey.playbook.sealed
    if conversation.response_id is None:
        conversation.response_id = unit.response_id(anonymous=False)
        unit.open_response(
            conversation.response_id,
            conversation.survey.id,
            visit.respondent_id,
            session.language,
            session.test,
            session.started,
            verified=knowing.VERIFIED in session.facts,
        )
        said = [
            (place, answer)
            for place, answer in session.answers.items()
            if conversation.survey.playbook.item(place.name).asks
        ]
        if said:
            unit.put_answers(conversation.response_id, said, sealed)
        return
    last: dict[Place, Answer | None] = {}
    for event in events:
        if isinstance(event, Answered):
            last[event.place] = event.answer
        elif isinstance(event, Dropped):
            last[event.place] = None
    standing = [(place, answer) for place, answer in last.items() if answer is not None]
    gone = [place for place, answer in last.items() if answer is None]
    if standing:
        unit.put_answers(conversation.response_id, standing, sealed)
    if gone:
        unit.drop_answers(conversation.response_id, gone)


def _speak(visit: Visit, conversation: Conversation, step: Step, desk: Desk) -> None:
    spoken = speak(conversation.survey.playbook, step, say=desk.say(visit), now=desk.moment.now, rng=desk.moment.rng)
    messages = list(spoken.messages)
    reply = desk.incoming.reply
    if isinstance(reply, Press):
        if spoken.redraws and messages:
            messages[0] = replace(messages[0], edits=reply.message_id, acknowledges=reply.callback_id)
        else:
            visit.say(Outgoing(text="", acknowledges=reply.callback_id, edits=reply.message_id))
    if messages and conversation.session.anonymous and any(isinstance(event, Ended) for event in step.events):
        messages[0] = replace(messages[0], erases_since=_began(conversation.session))
    if spoken.prompts:
        visit.moved = True
    visit.say(*messages)


async def _complete(visit: Visit, conversation: Conversation, desk: Desk) -> None:
    unit, session, playbook = desk.unit, conversation.session, conversation.survey.playbook
    _ = desk.say(visit)
    conversation.over = True
    prefix = playbook.survey.chat.ticket
    before = session.facts.get(_SENT)
    number = before or (await tickets.new_number(prefix, desk) if prefix else None)
    thanks = _("✅ Thank you. We have received your answers.")
    if session.anonymous:
        pin = tickets.new_pin(desk.moment) if number else None
        unit.put_pending(
            conversation.survey.id,
            session.language,
            session.test,
            tuple(session.answers.items()),
            number,
            desk.house.seal("pin", f"{number} {pin}") if pin else None,
            tuple(page for answer in session.answers.values() for page in answer.pages),
        )
        if number and pin:
            thanks = _(
                "✅ Thank you. Your anonymous aspiration is recorded as {number} with PIN {pin}. Please "
                "keep both: we cannot send you news because no contact is kept."
            ).format(number=number, pin=pin)
        visit.say(Outgoing(text=thanks, secret=bool(pin), erases_since=_began(session)))
    else:
        response_id = conversation.response_id
        if response_id is None:
            msg = "an identified session has a response"
            raise AssertionError(msg)
        silent = [(place, answer) for place, answer in session.answers.items() if not playbook.item(place.name).asks]
        if silent:
            unit.put_answers(response_id, silent, playbook.sealed)
        unit.finish_response(response_id, "complete", desk.moment.now, number)
        if number and not before:
            unit.issue_ticket(number, playbook.survey.name, visit.respondent_id, response_id)
            thanks = _(
                "✅ Thank you. Your aspiration is recorded as {number}. We look at it within 3 working "
                "days at most.\nType STATUS {number} to see how it goes."
            ).format(number=number)
        visit.say(Outgoing(text=thanks))
    consenting.agreed_to_contact(visit, conversation, desk)
    if not session.test:
        unit.note_participation(visit.respondent_id, playbook.survey.name)


def _began(session: Session) -> datetime:
    """When the first word of the session was written."""
    written_at = session.facts.get(_WRITTEN_AT)
    return min(session.started, datetime.fromisoformat(written_at)) if written_at else session.started


def _close(conversation: Conversation, desk: Desk) -> None:
    conversation.over = True
    if conversation.response_id is None:
        return
    facts = conversation.session.facts
    if _SENT in facts:  # what was sent once stays sent, with what was changed since
        desk.unit.finish_response(conversation.response_id, "complete", desk.moment.now, facts[_SENT] or None)
        return
    stopped = conversation.session.doing == "stopped"
    desk.unit.finish_response(conversation.response_id, "stopped" if stopped else "expired", desk.moment.now, None)
