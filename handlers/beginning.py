"""A survey is begun: for the first time, where one left it, or once more to change what was sent.

Rule of the file: who may not begin is told why, and is back where they were.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from handlers import conversing, knowing
from handlers.carrying import SENT, WRITTEN_AT, carry_out
from handlers.desk import Desk, kind_names, language_of
from handlers.visit import Conversation, PublishedSurvey, Visit
from surveys import engine
from surveys.events import Step
from surveys.messages import Outgoing, Text
from surveys.session import OCCASION
from surveys.survey import in_language
from surveys.text.redaction import redact


async def begin(
    visit: Visit,
    survey: PublishedSurvey,
    desk: Desk,
    *,
    message: str = "",
    written_at: str = "",
    occasion: str = "",
    facts: Mapping[str, str] | None = None,
    test: bool = False,
) -> None:
    """Start ``survey`` for the visitor, or go on where they left it.

    ``message``: what they already wrote (for an aspiration), and when (ISO 8601): it belongs to the session, and where
    that is anonymous it is forgotten with it. ``occasion``: what it is about, "" if nothing in particular; the same
    survey may be open for several, and is answered once for each. ``facts``: what the survey is told of it.
    """
    name = survey.playbook.survey.name
    for conversation in visit.conversations:
        same = conversation.survey.playbook.survey.name == name
        if same and knowing.occasion_of(conversation.session) == occasion and not conversation.over:
            await conversing.take_up(visit, conversation, desk)
            return
    about = {**(facts or {}), **({OCCASION: occasion} if occasion else {})}
    if not test and await _reopened(visit, survey, about, desk):
        return
    refusal = "" if test else await _refusal(visit, survey, occasion, desk)
    if refusal:
        visit.say(Outgoing(text=refusal, keyboard="keep"))
        await conversing.return_to_current(visit, desk)
        return
    known = {} if test else await knowing.facts_of(visit, survey, desk)
    known |= {"message": message, WRITTEN_AT: written_at} if message else {}
    step = engine.start(
        survey.playbook,
        language=language_of(visit, desk),
        now=desk.moment.now,
        rng=desk.moment.rng,
        say=desk.say(visit),
        facts=known | about,
        test=test,
    )
    await _opened(visit, Conversation(desk.unit.new_id(), survey, step.session, None, new=True), step, desk)


async def _opened(visit: Visit, conversation: Conversation, step: Step, desk: Desk) -> None:
    """The first prompt. What the visitor just sent is kept with it, so that a double tap on a menu is known for one."""
    visit.settle()
    visit.conversations.append(conversation)
    reply = desk.incoming.reply
    if isinstance(reply, Text):
        step = replace(step, session=replace(step.session, last_raw=redact(reply.text)[0]))
    await carry_out(visit, conversation, step, desk)


async def _reopened(visit: Visit, survey: PublishedSurvey, about: Mapping[str, str], desk: Desk) -> bool:
    """Put what they sent before up for changing, where the survey allows that and takes one response a person.

    False where there is nothing to change.
    """
    chat = survey.playbook.survey.chat
    closes = chat.closes
    if not (chat.editable and chat.once and chat.anonymous == "no") or (
        closes is not None and desk.moment.now >= closes
    ):
        return False
    sent = await desk.unit.finished(visit.respondent_id, survey.playbook.survey.name, about.get(OCCASION, ""))
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
        facts={**about, SENT: sent.ticket or ""},
    )
    _ = desk.say(visit)
    title = in_language(version.playbook.title, step.session.language)
    visit.say(
        Outgoing(
            text=_("You have sent “{title}”. Its answers can still be changed.").format(title=title), keyboard="keep"
        )
    )
    await _opened(visit, Conversation(desk.unit.new_id(), version, step.session, sent.id, new=True), step, desk)
    return True


async def _refusal(visit: Visit, survey: PublishedSurvey, occasion: str, desk: Desk) -> str:
    _ = desk.say(visit)
    chat, now = survey.playbook.survey.chat, desk.moment.now
    title = in_language(survey.playbook.title, language_of(visit, desk))
    if survey.closed or (chat.closes is not None and now >= chat.closes):
        return _("“{title}” is closed. Thank you for your interest.").format(title=title)
    if chat.opens is not None and now < chat.opens:
        return _("“{title}” is not open yet.").format(title=title)
    if chat.audience not in {"all", visit.kind}:
        named = kind_names(_)[chat.audience]
        return _("“{title}” is meant for others. If you write as {kind}, type {kind}.").format(title=title, kind=named)
    if chat.occasion and not occasion:
        return _("“{title}” is about a training: it is opened by the link or the reminder of that training.").format(
            title=title
        )
    if chat.once and survey.playbook.survey.name in await desk.unit.participated(visit.respondent_id, occasion):
        return _("You have already answered “{title}”. Thank you.").format(title=title)
    return ""
