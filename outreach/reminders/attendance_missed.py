"""Attendance missed: whose attendance was not recorded on a day of their session is asked whether they were there.

One row for each day, when it is over; of use for three days.
"""

from __future__ import annotations

from datetime import timedelta

from outreach.calendar import Calendar
from outreach.reminding import (
    LONGEST,
    LONGEST_LINE,
    Attending,
    Facts,
    Planned,
    Reason,
    Subject,
    attending,
    button,
    planned,
    why_not,
)
from outreach.training import Day, ReminderSettings, Say
from outreach.wording import short, within
from surveys.messages import Outgoing
from surveys.speaking import day as day_in_words

URGENCY = 70
OFFSETS: tuple[int, ...] = ()
OPEN_FOR = timedelta(days=3)


def plan(
    subject: Subject,
    settings: ReminderSettings,  # noqa: ARG001 -- every rule is asked in the same way
    calendar: Calendar,
) -> tuple[Planned, ...]:
    """A row for each day."""
    if not isinstance(subject, Attending) or not subject.takes_part:
        return ()
    rows: tuple[Planned, ...] = ()
    for place, day in enumerate(_days(subject)):
        due_at = calendar.next_allowed(day.finishes(calendar.settings.timezone) + timedelta(minutes=30), subject.kind)
        rows += planned(
            "attendance_missed",
            subject,
            due_at=due_at,
            expires_at=due_at + OPEN_FOR,
            calendar=calendar,
            place=place,
        )
    return rows


def still_wanted(facts: Facts) -> Reason:
    """By who is not known to have been there."""
    common = why_not(facts)
    if common:
        return common
    return "answered" if _day(facts).date in facts.attended else ""


def message(facts: Facts, say: Say) -> Outgoing:
    """Was the person there?"""
    _ = say
    title, day = attending(facts).training.title, day_in_words(_day(facts).date, say)
    text = within(
        LONGEST,
        lambda room: _("Your attendance at the training {title} on {day} is not recorded.\nWere you there?").format(
            title=short(title, room), day=day
        ),
    )
    return Outgoing(
        text=text,
        rows=((button(_("I was there"), "was_there", facts), button(_("I was not there"), "was_absent", facts)),),
        keyboard="keep",
    )


def line(facts: Facts, say: Say) -> str:
    """Short."""
    _ = say
    title, day = attending(facts).training.title, day_in_words(_day(facts).date, say)
    return within(
        LONGEST_LINE,
        lambda room: _("Training {title}, {day}: were you there?").format(title=short(title, room), day=day),
    )


def _days(subject: Attending) -> list[Day]:
    """The last part of each day, since a day may have several."""
    return list({day.date: day for day in subject.session.in_order}.values())


def _day(facts: Facts) -> Day:
    days = _days(attending(facts))
    return days[min(facts.row.payload.place, len(days) - 1)]
