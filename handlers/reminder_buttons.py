"""The buttons under reminders: I will come, I cannot come, start, later, and what else the rules have.

Rules of the file: a press is found again in the log of what was sent, by the mark of its key, and means the same
however late it comes; on a telephone that several share it is meant by the one who was reminded. The line of the log
keeps which button was pressed.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta

from handlers import (
    beginning,
    conversing,
    evaluating,
    learning_session,
    mentoring,
    planning,
    snoozing,
    taking_part,
    task_desk,
)
from handlers.attendance_list import WAS_ABSENT, WAS_THERE
from handlers.desk import Desk
from handlers.errors import HandlerError
from handlers.reminder_facts import read
from handlers.reminding import plan_session
from handlers.visit import Visit
from outreach.merging import MOST, message_of
from outreach.reminders import RULES, rule
from outreach.reminding import PRESSED, Planned, mark, pressed, snoozed
from outreach.wording import days_in_words, hour_in_words
from storage import joining, reminders
from storage.enrolments import person_of
from storage.reminders import SENT, Logged
from surveys.messages import Button, Outgoing, Press
from surveys.speaking import day as day_in_words

SHOWN_FOR = timedelta(days=30)
"""So long after it was sent a reminder is shown again when asked for."""


@dataclass(frozen=True, slots=True)
class Pressed:
    """A button that was pressed: under which line of the log, and the row as it would be planned now."""

    line: Logged
    act: str
    row: Planned | None

    @property
    def key(self) -> str:
        """Of the session, the pair, the survey or the conversation."""
        return self.line.subject.partition(":")[2]


Act = Callable[[Visit, Pressed, Desk], Awaitable[None]]


async def taken(visit: Visit, desk: Desk) -> bool:
    """Carry out the press of a reminder's button. False where the message is none. Raises StorageError."""
    reply = desk.incoming.reply
    if not isinstance(reply, Press):
        return False
    found = pressed(reply.data)
    if found is None:
        return False
    _ = desk.say(visit)
    name, act, row_mark = found
    log = [] if visit.new else await _log(visit, desk)
    line = next((one for one in reversed(log) if one.rule == name and mark(one.key) == row_mark), None)
    carry_out = _ACTS.get(act)
    if line is None or carry_out is None:
        visit.say(Outgoing(text="", edits=reply.message_id, acknowledges=reply.callback_id))
        visit.say(Outgoing(text=_("This button is no longer in use."), keyboard="keep"))
        return True
    together = [one for one in log if one.at == line.at and one.respondent_id == line.respondent_id]
    alone = len([one for one in together if one.rule in RULES and one.rule != "h0"]) == 1
    visit.say(Outgoing(text="", edits=reply.message_id if alone else "", acknowledges=reply.callback_id))
    if line.answer == act and act not in _AGAIN:
        return True  # a double tap
    rows = await planning.rows_of(desk.unit, desk.house, line.subject)
    row = next((one for one in rows if one.key == line.key), None)
    await reminders.answer(desk.unit.transaction, line, act)
    await carry_out(visit, Pressed(line, act, row), desk)
    return True


async def _log(visit: Visit, desk: Desk) -> list[Logged]:
    """What was sent to those who use this address, in the order of their times."""
    transaction = desk.unit.transaction
    people = {visit.respondent_id}
    people |= {one.respondent_id for one in await joining.profiles(transaction, desk.unit.vault, visit.address_id)}
    return [one for one in await reminders.log_of_people(transaction, sorted(people)) if one.outcome == SENT]


# ---- acts -------------------------------------------------------------------------------------------


async def _come(visit: Visit, press: Pressed, desk: Desk) -> None:
    """They will come."""
    _ = desk.say(visit)
    person, zone = person_of(press.line.respondent_id), desk.house.timezone
    try:
        place = await taking_part.confirm(desk.unit, press.key, person, timezone=zone, say=_)
    except HandlerError as refused:
        visit.say(Outgoing(text=str(refused), keyboard="keep"))
        return
    days = place.offered.session.in_order
    if place.enrolment.state == "waiting":
        words = _("This session is full by now. You stand on the waiting list, place {place}.").format(place=place.line)
    else:
        words = _("Thank you. We look forward to seeing you: {days}, {hour}.").format(
            days=days_in_words(days, _), hour=hour_in_words(days[0], zone, _)
        )
    visit.say(Outgoing(text=words, keyboard="keep"))


async def _stay_away(visit: Visit, press: Pressed, desk: Desk) -> None:
    """They are asked why; of whoever is not writing here now it is asked whether it is true. Only then is the place
    free for somebody else."""
    if press.line.respondent_id == visit.respondent_id:
        learning_session.ask_reason(visit, press.key, desk)
        return
    _ = desk.say(visit)
    about = f"{press.line.rule}:{{act}}:{mark(press.line.key)}"
    rows = (
        (Button(_("Free the place"), data=PRESSED + about.format(act="give_up")),),
        (Button(_("Keep the place"), data=PRESSED + about.format(act="come")),),
    )
    words = _("The place becomes free for whoever waits. Is it certain that they cannot come?")
    visit.say(Outgoing(text=words, rows=rows, keyboard="keep"))


async def _give_up(visit: Visit, press: Pressed, desk: Desk) -> None:
    """It is certain that they cannot come."""
    _ = desk.say(visit)
    person, zone = person_of(press.line.respondent_id), desk.house.timezone
    try:
        place = await taking_part.call_off(desk.unit, press.key, person, "", timezone=zone, say=_)
    except HandlerError as refused:
        visit.say(Outgoing(text=str(refused), keyboard="keep"))
        return
    words = _("Thank you for telling us. Your place in the training {title} is free for somebody else.")
    visit.say(Outgoing(text=words.format(title=place.offered.training.title), keyboard="keep"))


async def _was_there(visit: Visit, press: Pressed, desk: Desk) -> None:
    del press
    _ = desk.say(visit)
    words = _("Thank you. We pass it on to the organiser; your attendance counts once they have confirmed it.")
    visit.say(Outgoing(text=words, keyboard="keep"))


async def _was_absent(visit: Visit, press: Pressed, desk: Desk) -> None:
    del press
    _ = desk.say(visit)
    visit.say(Outgoing(text=_("All right, thank you for telling us."), keyboard="keep"))


async def _not_mine(visit: Visit, press: Pressed, desk: Desk) -> None:
    _ = desk.say(visit)
    await plan_session(desk.unit, press.key)
    words = _("Thank you. We do not ask you about this person any more, and tell the office to mend its list.")
    visit.say(Outgoing(text=words, keyboard="keep"))


async def _later(visit: Visit, press: Pressed, desk: Desk) -> None:
    _ = desk.say(visit)
    calendar = desk.house.calendar
    row = snoozed(press.row, desk.unit.now, calendar, today=press.act == "later") if press.row is not None else None
    if row is None:
        visit.say(Outgoing(text=_("Later would be too late. You can still do it now."), keyboard="keep"))
        return
    await snoozing.keep(desk, row, press.line.subject)
    at = calendar.local(row.due_at)
    words = _("All right, we remind you on {day}, at {hour}.")
    visit.say(Outgoing(text=words.format(day=day_in_words(at.date(), _), hour=f"{at:%H.%M %Z}"), keyboard="keep"))


async def _start(visit: Visit, press: Pressed, desk: Desk) -> None:
    if press.row is None or press.line.respondent_id != visit.respondent_id:
        _over_or_elsewhere(visit, press, desk)
        return
    kind = press.line.subject.partition(":")[0]
    if kind == "conversation":
        for conversation in visit.conversations:
            if str(conversation.id) == press.key and not conversation.over:
                await conversing.take_up(visit, conversation, desk)
                return
    elif kind == "survey":
        survey = desk.house.surveys.newest().get(press.key)
        if survey is not None:
            await beginning.begin(visit, survey, desk)
    else:
        ids = press.row.payload
        await evaluating.start(visit, desk, rule=ids.rule, session=ids.session, step=ids.step, about=ids.about)


def _over_or_elsewhere(visit: Visit, press: Pressed, desk: Desk) -> None:
    _ = desk.say(visit)
    if press.row is None:
        words = _("This is over. Thank you.")
    else:
        words = _("Somebody else writes here now. Type /profile and choose your name, then press again.")
    visit.say(Outgoing(text=words, keyboard="keep"))


async def _stop(visit: Visit, press: Pressed, desk: Desk) -> None:
    _ = desk.say(visit)
    for conversation in visit.conversations:
        if str(conversation.id) == press.key and not conversation.over:
            await conversing.end(visit, conversation, desk, stopped=True)
            await conversing.return_to_current(visit, desk)
            return
    visit.say(Outgoing(text=_("This is over. Thank you."), keyboard="keep"))


async def _met(visit: Visit, press: Pressed, desk: Desk) -> None:
    if press.row is not None:
        await mentoring.met(visit, press.key, press.row.payload.place, press.line.respondent_id, desk)


async def _hand_in(visit: Visit, press: Pressed, desk: Desk) -> None:
    if press.row is None or press.line.respondent_id != visit.respondent_id:
        _over_or_elsewhere(visit, press, desk)
    else:
        await task_desk.hand_in(visit, desk, press.row.payload.task)


async def _rubric(visit: Visit, press: Pressed, desk: Desk) -> None:
    if press.row is None or press.line.respondent_id != visit.respondent_id:
        _over_or_elsewhere(visit, press, desk)
    else:
        await task_desk.show_rubric(visit, desk, press.row.payload.task)


_ACTS: Mapping[str, Act] = {
    "come": _come,
    "stay_away": _stay_away,
    "give_up": _give_up,
    WAS_THERE: _was_there,
    WAS_ABSENT: _was_absent,
    "start": _start,
    "later": _later,
    "tomorrow": _later,
    "stop": _stop,
    "not_mine": _not_mine,
    "met": _met,
    "hand_in": _hand_in,
    "rubric": _rubric,
}
_AGAIN = frozenset({"stay_away", "start", "later", "tomorrow", "hand_in", "rubric", "met"})
"""What may be pressed as often as one likes."""


# ---- PENGINGAT --------------------------------------------------------------------------------------


async def show(visit: Visit, desk: Desk) -> None:
    """The reminders that still wait for an answer, once more. Raises StorageError."""
    _ = desk.say(visit)
    unit, now = desk.unit, desk.unit.now
    log = [] if visit.new else await reminders.log_of_people(unit.transaction, [visit.respondent_id])
    recent = {one.key: one for one in log if one.outcome == SENT and one.at >= now - SHOWN_FOR}
    open_ = [one for one in recent.values() if not one.answer or one.answer in _AGAIN]
    rows: list[Planned] = []
    for subject in dict.fromkeys(one.subject for one in open_):
        keys = {one.key for one in open_ if one.subject == subject}
        found = await planning.rows_of(unit, desk.house, subject)
        rows += [row for row in found if row.key in keys and row.kind in RULES]
    rows = [replace(row, payload=replace(row.payload, snoozed=True)) for row in rows]  # asked for by the person
    facts = await read(unit, desk.house, rows, reachable={visit.respondent_id})
    wanted = [
        one for one in facts if rule(one.row.kind).message(one, _).rows and not rule(one.row.kind).still_wanted(one)
    ]
    wanted.sort(key=lambda one: -rule(one.row.kind).URGENCY)
    if wanted:
        visit.say(message_of(wanted[:MOST], _))
    else:
        visit.say(Outgoing(text=_("No reminder waits for an answer of yours."), keyboard="keep"))
