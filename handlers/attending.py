"""One message at the desk: who or what it is for.

In order: a group, a block, what belongs to an earlier answer (an edit, a photo of its album), a command word, an open
question outside surveys, the survey being answered, a survey put aside, and at last text that belongs to nothing, which
is offered as an aspiration. Rule of the file: it only finds the
door; what happens behind it stands in ``conversing``, ``dialogs``, ``straying`` and ``commands``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers import (
    admitting,
    choosing,
    commands,
    conversing,
    dialogs,
    moving,
    privacy,
    profiles,
    renewing,
    straying,
    telling_rates,
    trying,
)
from handlers.desk import Desk, current, keep_order, put_aside
from handlers.visit import Conversation, House, Moment, Visit
from surveys import engine
from surveys.messages import Blocked, Edit, Incoming, Media, Outgoing, Press, Text
from surveys.text.commands import command_word, spoken_command
from surveys.text.normal import words
from surveys.text.vocabulary import listed

if TYPE_CHECKING:
    from storage.unit_of_work import UnitOfWork


async def attend(
    visit: Visit, incoming: Incoming, *, unit: UnitOfWork, house: House, moment: Moment, unseen: bool
) -> None:
    """Handle one message of one person.

    What is to be sent is in ``visit.outgoing``, what is to be written in ``unit``.
    """
    desk = Desk(unit, house, moment, incoming, unseen)
    reply = incoming.reply
    if incoming.group:
        visit.group = True
        _group(visit, desk)
        return
    if isinstance(reply, Blocked):
        visit.gone = reply.blocked
        visit.changed = True
        return
    if visit.gone:
        visit.gone = False
        visit.changed = True
    for conversation in visit.conversations:
        if not conversation.over and conversation.session.expires <= moment.now:
            await conversing.end(visit, conversation, desk, stopped=False)
    if not await _of_earlier(visit, desk):
        await _now(visit, desk)
    keep_order(visit)


async def _of_earlier(visit: Visit, desk: Desk) -> bool:
    """An edit, or a later photo of an album: it belongs to whichever survey has its answer, put aside or not."""
    reply = desk.incoming.reply
    going_on = [conversation for conversation in reversed(visit.conversations) if not conversation.over]
    if isinstance(reply, Edit):
        for conversation in going_on:
            if engine.knows(conversation.session, reply.message_id):
                await conversing.answer(visit, conversation, desk)
                return True
        await straying.edited(visit, reply, desk)
        return True
    if not isinstance(reply, Media) or not reply.album:
        return False
    for conversation in going_on:
        if conversation.session.album == reply.album and conversation.session.album_place is not None:
            await conversing.answer(visit, conversation, desk)
            return True
    return visit.dialog.get("album") == reply.album


async def _now(visit: Visit, desk: Desk) -> None:
    reply = desk.incoming.reply
    if await profiles.seats_nobody(visit, desk):
        await _of_nobody(visit, reply.text if isinstance(reply, Text) else "", desk)
        return
    if await renewing.asked_anew(visit, desk):
        return
    if isinstance(reply, Text) and await trying.tried(visit, reply.text, desk):
        return
    if isinstance(reply, Text) and await admitting.admitted(visit, reply.text, desk):
        return
    if isinstance(reply, Text) and await telling_rates.told(visit, reply.text, desk):
        return
    if isinstance(reply, Text) and await _commanded(visit, reply.text, desk):
        return
    if visit.dialog.get("doing") and await dialogs.answered(visit, desk):
        return
    conversation = current(visit)
    if conversation is not None:
        if await moving.came_over(visit, conversation, desk):
            return
        if visit.missed and not isinstance(reply, Press):  # a press tells what was seen
            await conversing.take_up(visit, conversation, desk)
            return
        await conversing.answer(visit, conversation, desk)
        return
    aside = put_aside(visit)
    if aside is not None and await choosing.answered_aside(visit, aside, desk):
        return
    if isinstance(reply, Press):
        _ = desk.say(visit)
        visit.say(
            Outgoing(text=_("This button is no longer in use."), edits=reply.message_id, acknowledges=reply.callback_id)
        )
        return
    await straying.nothing_open(visit, desk)


async def _of_nobody(visit: Visit, text: str, desk: Desk) -> None:
    """Before it is known who writes, STOP alone is carried out: it covers the address."""
    if command_word(text) == "stop":
        await commands.by_word()["stop"].run(visit, "", desk)
        text = ""
    await profiles.heard_by_nobody(visit, text, desk)


async def _commanded(visit: Visit, text: str, desk: Desk) -> bool:
    """Carry out a command word. False where the text is none, or is for the survey being answered."""
    spoken = spoken_command(text)
    if spoken is None:
        return False
    word = spoken.command
    if word == "cancel" and visit.dialog.get("doing") in privacy.DIALOGS:
        return False  # a button of theirs
    if visit.dialog.get("doing"):
        if await dialogs.commanded(visit, word, desk):
            return True
    elif (conversation := current(visit)) is not None:
        heard = engine.heard(
            conversation.survey.playbook,
            conversation.session,
            text,
            say=desk.say(visit),
            now=desk.moment.now,
            rng=desk.moment.rng,
        )
        if heard is None or (word == "send" and conversation.session.doing in {"reviewing", "jumping"}):
            return False  # the label of a choice that stands, or the button of the review
    if current(visit) is not None and word in engine.HEARD and not visit.dialog.get("doing"):
        return False
    aside = put_aside(visit)
    if aside is not None and current(visit) is None:
        if desk.unseen and text == aside.session.last_raw:
            return True  # a double tap on what put it aside
        if word in _FOR_A_SURVEY_ASIDE or (
            word == "stop" and not visit.dialog.get("doing") and _stops_the_survey(aside, text)
        ):
            await conversing.answer(visit, aside, desk)
            return True
    command = commands.by_word().get(word)
    if command is None:
        return False
    await command.run(visit, spoken.argument, desk)
    return True


_FOR_A_SURVEY_ASIDE = frozenset({"later", "restart", "cancel"})
"""Words that a survey hears though it was put aside; others take it up, or mean something to the whole desk."""
_ALL_MESSAGES = listed(
    "semua semuanya all pesan messages langganan berlangganan unsubscribe kirim kirimi chat wa hubungi ganggu out"
)
"""Who says one of these with "berhenti" means more than the survey."""


def _stops_the_survey(aside: Conversation, text: str) -> bool:
    """Whether "berhenti" is said of the survey that was put aside for later; the next one is for all messages."""
    return command_word(aside.session.last_raw) != "stop" and not _ALL_MESSAGES & set(words(text))


def _group(visit: Visit, desk: Desk) -> None:
    reply = desk.incoming.reply
    if isinstance(reply, Press):
        visit.say(Outgoing(text="", acknowledges=reply.callback_id))
        return
    if isinstance(reply, Text) and reply.text.split("@")[0].split(" ")[0] == "/start":
        _ = desk.say(visit)
        visit.say(Outgoing(text=_("This service does not answer in groups. Please write to us in a private chat.")))
