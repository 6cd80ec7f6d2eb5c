"""One message at the desk: who or what it is for.

In order: a group, a block, a command word, an open question outside surveys, the survey being answered, a survey put
aside, and at last text that belongs to nothing, which is offered as an aspiration. Rule of the file: it only finds the
door; what happens behind it stands in ``conversing``, ``dialogs``, ``straying`` and ``commands``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers import admitting, choosing, commands, conversing, dialogs, moving, privacy, renewing, straying, trying
from handlers.desk import Desk, current, put_aside
from handlers.visit import House, Moment, Visit
from surveys import engine
from surveys.messages import Blocked, Edit, Incoming, Outgoing, Press, Text
from surveys.text.commands import spoken_command

if TYPE_CHECKING:
    from storage.unit_of_work import UnitOfWork


async def attend(
    visit: Visit, incoming: Incoming, *, unit: UnitOfWork, house: House, moment: Moment, unseen: bool
) -> None:
    """Handle one message of one person.

    What is to be sent is in ``visit.outgoing``, what is to be written in ``unit``.
    """
    desk = Desk(unit, house, moment, incoming)
    reply = incoming.reply
    if incoming.group:
        _group(visit, desk)
        return
    if isinstance(reply, Blocked):
        visit.gone = reply.blocked
        visit.changed = True
        return
    if visit.gone:
        visit.gone = False
        visit.changed = True
    if await renewing.asked_anew(visit, desk):
        return
    if isinstance(reply, Text) and await trying.tried(visit, reply.text, desk):
        return
    if isinstance(reply, Text) and await admitting.admitted(visit, reply.text, desk):
        return
    if isinstance(reply, Text) and await _commanded(visit, reply.text, desk):
        return
    if visit.dialog.get("doing") and await dialogs.answered(visit, desk):
        return
    conversation = current(visit)
    if conversation is not None:
        if await moving.came_over(visit, conversation, desk):
            return
        await conversing.answer(visit, conversation, desk, unseen=unseen)
        return
    aside = put_aside(visit)
    if aside is not None and await choosing.answered_aside(visit, aside, desk):
        return
    if isinstance(reply, Edit):
        return
    if isinstance(reply, Press):
        _ = desk.say(visit)
        visit.say(
            Outgoing(text=_("This button is no longer in use."), edits=reply.message_id, acknowledges=reply.callback_id)
        )
        return
    await straying.nothing_open(visit, desk)


async def _commanded(visit: Visit, text: str, desk: Desk) -> bool:
    """Carry out a command word. False where the text is none, or is for the survey being answered."""
    conversation = current(visit)
    if conversation is None:
        found = spoken_command(text)
    else:
        word = engine.heard(
            conversation.survey.playbook,
            conversation.session,
            text,
            say=desk.say(visit),
            now=desk.moment.now,
            rng=desk.moment.rng,
        )
        found = spoken_command(text) if word is not None else None
        if word in engine.HEARD and not visit.dialog.get("doing"):
            return False
        if word == "send" and conversation.session.doing in {"reviewing", "jumping"}:
            return False  # the button of the review, not a word in between
    if found is None or (found.command == "cancel" and visit.dialog.get("doing") in privacy.DIALOGS):
        return False
    command = commands.by_word().get(found.command)
    if command is None:
        return False
    await command.run(visit, found.argument, desk)
    return True


def _group(visit: Visit, desk: Desk) -> None:
    reply = desk.incoming.reply
    if isinstance(reply, Text) and reply.text.split("@")[0].split(" ")[0] == "/start":
        _ = desk.say(visit)
        visit.say(Outgoing(text=_("This service does not answer in groups. Please write to us in a private chat.")))
