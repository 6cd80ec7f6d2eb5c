"""What the engine said happened is said, and written down.

Rule of the file: the engine decides, this file carries out. Nothing of an anonymous session is written anywhere but in
its own encrypted row until it is sent; then it goes to the pending table without a person.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from handlers import consenting, knowing, tickets
from handlers.desk import Desk, current
from handlers.visit import Conversation, Visit
from surveys.engine.timeless import timeless
from surveys.events import Answered, Completed, Dropped, Ended, Event, Step, Wanted
from surveys.messages import Outgoing, Press
from surveys.questions.media import longest_side
from surveys.session import Answer, Place, Session
from surveys.speaking import speak

WRITTEN_AT = "written_at"
"""The fact that tells when the message was written with which an aspiration began."""
SENT = "sent_ticket"
"""The fact that tells a session which changes a sent response; its ticket, "" if it has none."""


async def carry_out(visit: Visit, conversation: Conversation, step: Step, desk: Desk) -> None:
    """Take over the new session, write down what happened, say it, and end what is over."""
    before, conversation.session = conversation.session, step.session
    conversation.changed = True
    _write(visit, conversation, step.events, desk)
    if SENT not in step.session.facts:  # else what was sent stands until the changes are sent too
        wanted = {event.media_id for event in step.events if isinstance(event, Wanted)}
        desk.unit.drop_files({*before.files, *wanted} - {*step.session.files})
    _speak(visit, conversation, step, desk)
    if any(isinstance(event, Completed) for event in step.events):
        await _complete(visit, conversation, desk)
    elif any(isinstance(event, Ended) for event in step.events):
        _close(conversation, desk)


def _write(visit: Visit, conversation: Conversation, events: tuple[Event, ...], desk: Desk) -> None:
    unit, session = desk.unit, conversation.session
    for event in events:
        if isinstance(event, Wanted):
            unit.want_media(
                event.media_id,
                visit.address.channel,
                event.media,
                conversation.id,
                event.place,
                longest_side=longest_side(conversation.survey.playbook.item(event.place.name).question),
            )
    if session.anonymous:
        if conversation.response_id is not None:
            unit.drop_response(conversation.response_id)
            conversation.response_id = None
        return
    if SENT in session.facts:
        return  # what was sent stands until the changes are sent too
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
    standing = current(visit)
    if standing is not None and standing is not conversation:  # its buttons stay
        messages = [replace(message, keyboard="keep") for message in messages]
    reply = desk.incoming.reply
    if isinstance(reply, Press):
        if spoken.redraws and messages:
            messages[0] = replace(messages[0], edits=reply.message_id, acknowledges=reply.callback_id)
        else:
            visit.say(Outgoing(text="", acknowledges=reply.callback_id, edits=reply.message_id))
    if messages and conversation.session.anonymous and any(isinstance(event, Ended) for event in step.events):
        messages[0] = replace(messages[0], erases_since=_began(conversation.session))
    if spoken.prompts and not spoken.redraws:
        visit.moved = True
    visit.say(*messages)


async def _complete(visit: Visit, conversation: Conversation, desk: Desk) -> None:
    unit, session, playbook = desk.unit, conversation.session, conversation.survey.playbook
    _ = desk.say(visit)
    conversation.over, conversation.keeps = True, session.files
    prefix = playbook.survey.chat.ticket
    before = session.facts.get(SENT)
    number = before or (await tickets.new_number(prefix, desk) if prefix else None)
    thanks = _("✅ Thank you. We have received your answers.")
    if session.anonymous:
        pin = tickets.new_pin(desk.moment) if number else None
        unit.put_pending(
            conversation.survey.id,
            session.language,
            session.test,
            timeless(playbook, session),
            number,
            desk.house.seal("pin", f"{number} {pin}") if pin else None,
            session.files,
            completed_on=desk.moment.now.date(),
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
        if before is not None:
            thanks = _("✅ Thank you. Your changes are saved.")
            response_id = await _rewrite(visit, conversation, desk)
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
    if before is None:
        consenting.agreed_to_contact(visit, conversation, desk)
    if not session.test:
        unit.note_participation(visit.respondent_id, playbook.survey.name)


async def _rewrite(visit: Visit, conversation: Conversation, desk: Desk) -> int:
    """What was sent becomes what stands now; its number."""
    session, playbook = conversation.session, conversation.survey.playbook
    sent = await desk.unit.finished(visit.respondent_id, playbook.survey.name)
    asked = [(place, answer) for place, answer in session.answers.items() if playbook.item(place.name).asks]
    if sent is None:  # it was deleted meanwhile
        response_id = desk.unit.response_id(anonymous=False)
        desk.unit.open_response(
            response_id,
            conversation.survey.id,
            visit.respondent_id,
            session.language,
            session.test,
            session.started,
            verified=knowing.VERIFIED in session.facts,
        )
    else:
        response_id = sent.id
        desk.unit.drop_files({page for given in sent.answers.values() for page in given.pages} - {*session.files})
        desk.unit.drop_answers(response_id, sorted(sent.answers.keys() - session.answers.keys()))
    if asked:
        desk.unit.put_answers(response_id, asked, playbook.sealed)
    return response_id


def _began(session: Session) -> datetime:
    """When the first word of the session was written."""
    written_at = session.facts.get(WRITTEN_AT)
    return min(session.started, datetime.fromisoformat(written_at)) if written_at else session.started


def _close(conversation: Conversation, desk: Desk) -> None:
    conversation.over = True
    if conversation.response_id is None:
        return
    if SENT in conversation.session.facts:
        return  # what was sent stays as it was sent
    stopped = conversation.session.doing == "stopped"
    if stopped and conversation.survey.playbook.survey.chat.anonymous == "choice":
        desk.unit.drop_response(conversation.response_id)  # who ended it was still free to stay unknown
        return
    conversation.keeps = conversation.session.files
    desk.unit.finish_response(conversation.response_id, "stopped" if stopped else "expired", desk.moment.now, None)
