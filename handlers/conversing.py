"""A survey is answered, put aside, taken up, ended; files arrive for it.

Rule of the file: one survey stands at a time. What happens to another one is said without asking anything there.
"""

from __future__ import annotations

from dataclasses import replace

from handlers import referring
from handlers.carrying import SENT, carry_out
from handlers.desk import Desk, current
from handlers.visit import Conversation, Visit
from surveys import engine
from surveys.events import Asked, Doubted, Rejected, Repeating, Restarting, Reviewed, Specified, Step
from surveys.messages import Outgoing, Press

PROMPTS = (Asked, Doubted, Specified, Repeating, Restarting, Reviewed)
"""Events that put a question."""
INLINE = frozenset({"select_multiple", "rank"})
"""Types whose buttons stand under their message."""


async def take_up(visit: Visit, conversation: Conversation, desk: Desk) -> None:
    """Go on with ``conversation``: its prompt is said again, and no question outside surveys stands any more."""
    visit.settle()
    visit.conversations.remove(conversation)
    visit.conversations.append(conversation)
    step = engine.take_up(
        conversation.survey.playbook,
        conversation.session,
        now=desk.moment.now,
        rng=desk.moment.rng,
        say=desk.say(visit),
    )
    await carry_out(visit, conversation, step, desk)


async def answer(visit: Visit, conversation: Conversation, desk: Desk) -> None:
    """What the visitor sent belongs to ``conversation``. Where another one is being answered, nothing is asked here."""
    incoming = desk.incoming
    before = conversation.session
    step = engine.resume(
        conversation.survey.playbook,
        before,
        incoming.reply,
        now=desk.moment.now,
        rng=desk.moment.rng,
        say=desk.say(visit),
        message_id=incoming.message_id,
        unseen=desk.unseen,
    )
    standing = current(visit)
    if standing is not None and standing is not conversation:
        step = _without_prompts(step)
    else:
        _retire(visit, conversation, step, desk)
    referral = referring.wanted(conversation, step, desk)
    if referral is not None:
        step = replace(step, events=tuple(event for event in step.events if not isinstance(event, PROMPTS)))
    await carry_out(visit, conversation, step, desk)
    if referral is not None:
        referring.ask(visit, conversation, referral, desk)
    elif conversation.over:
        await return_to_current(visit, desk)


def _without_prompts(step: Step) -> Step:
    kept = tuple(event for event in step.events if not isinstance(event, (*PROMPTS, Rejected)))
    return replace(step, events=kept)


def _retire(visit: Visit, conversation: Conversation, step: Step, desk: Desk) -> None:
    """The buttons under a prompt that was answered in words go."""
    before, at = conversation.session, conversation.session.at
    if (
        isinstance(desk.incoming.reply, Press)
        or before.doing != "asking"
        or at is None
        or step.session.turn == before.turn
    ):
        return
    if (
        conversation.survey.playbook.item(at.name).question.type in INLINE
        and visit.prompt_message_id
        and not visit.moved
    ):
        visit.say(Outgoing(text="", edits=visit.prompt_message_id, keyboard="keep"))


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
    await carry_out(visit, conversation, step, desk)


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
    await carry_out(visit, conversation, step, desk)


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
    if step.session == before:
        return
    if current(visit) is not conversation or visit.dialog.get("doing"):
        step = _without_prompts(step)
    await carry_out(visit, conversation, step, desk)
    if conversation.over and not visit.dialog.get("doing"):
        await return_to_current(visit, desk)


async def discard(visit: Visit, conversation: Conversation, desk: Desk) -> None:
    """Close ``conversation``; nothing of it is kept."""
    await end(visit, conversation, desk, stopped=True)
    if conversation.response_id is not None and SENT not in conversation.session.facts:
        desk.unit.drop_response(conversation.response_id)
        conversation.keeps = ()


async def return_to_current(visit: Visit, desk: Desk) -> None:
    """After something in between: the survey that was being answered stands again."""
    conversation = current(visit)
    if conversation is not None:
        await take_up(visit, conversation, desk)
