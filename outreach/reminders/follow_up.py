"""Follow-up: 30 and 90 days after a session its participants are asked what they apply of it (L3).

On the day that is counted from the last one, moved to the next day that is open; of use as long as it can be answered.
"""

from __future__ import annotations

from outreach.calendar import Calendar
from outreach.reminding import (
    LONGEST,
    LONGEST_LINE,
    Attending,
    Facts,
    Planned,
    Reason,
    Subject,
    asked_after,
    attended_or_why,
    attending,
    button,
    later_button,
)
from outreach.training import ReminderSettings, Say
from outreach.wording import short, within
from surveys.messages import Outgoing

URGENCY = 40
OFFSETS = (30, 90)


def plan(subject: Subject, settings: ReminderSettings, calendar: Calendar) -> tuple[Planned, ...]:
    """A row for each offset."""
    if not isinstance(subject, Attending) or not subject.takes_part:
        return ()
    return asked_after("follow_up", subject, settings, day=subject.session.last.date, usual=OFFSETS, calendar=calendar)


def still_wanted(facts: Facts) -> Reason:
    """By who was there and has not answered."""
    return attended_or_why(facts)


def message(facts: Facts, say: Say) -> Outgoing:
    """M15: leads into the survey, whose questions are the survey's own."""
    _ = say
    training = attending(facts).training
    skill = next(iter(training.to_apply), "")
    parts = [_("It is {days} days since the training {title}.")]
    if skill:
        parts.append(_("How often do you apply {skill}?"))
    if facts.minutes and facts.questions:
        parts.append(_("We ask for {minutes} minutes for {questions} short questions."))
    elif not skill:
        parts.append(_("We would like to know what you apply of it."))
    text = within(
        LONGEST,
        lambda room: " ".join(parts).format(
            days=facts.row.payload.step,
            title=short(training.title, room),
            skill=short(skill, 110),
            minutes=facts.minutes,
            questions=facts.questions,
        ),
    )
    return Outgoing(text=text, rows=((button(_("Start"), "start", facts), later_button(facts, say)),), keyboard="keep")


def line(facts: Facts, say: Say) -> str:
    """Short."""
    _ = say
    title = attending(facts).training.title
    return within(
        LONGEST_LINE,
        lambda room: _("{days} days after the training {title}: what do you apply?").format(
            days=facts.row.payload.step, title=short(title, room)
        ),
    )
