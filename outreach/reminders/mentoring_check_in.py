"""Mentoring check-in: on the day of a meeting, mentor and mentee are both reminded and asked whether they met.

09.00 on that day, moved to the working day before; of use for a week, or until the next meeting.
"""

from __future__ import annotations

from datetime import date, timedelta

from outreach.calendar import Calendar
from outreach.reminding import (
    LONGEST,
    LONGEST_LINE,
    Facts,
    Meeting,
    Planned,
    Reason,
    Subject,
    button,
    later_button,
    planned,
    why_not,
)
from outreach.training import ReminderSettings, Say
from outreach.wording import relative_day, short, within
from surveys.messages import Outgoing

URGENCY = 65
OFFSETS: tuple[int, ...] = ()
OPEN_FOR = timedelta(days=7)


def plan(
    subject: Subject,
    settings: ReminderSettings,  # noqa: ARG001 -- every rule is asked in the same way
    calendar: Calendar,
) -> tuple[Planned, ...]:
    """A row for each meeting."""
    if not isinstance(subject, Meeting) or subject.pair.ended:
        return ()
    moments = [calendar.days_before(day, 0, subject.kind) for day in subject.pair.check_ins]
    rows: tuple[Planned, ...] = ()
    for place, due_at in enumerate(moments):
        expires_at = min([due_at + OPEN_FOR, *moments[place + 1 : place + 2]])
        rows += planned(
            "mentoring_check_in", subject, due_at=due_at, expires_at=expires_at, calendar=calendar, place=place
        )
    return rows


def still_wanted(facts: Facts) -> Reason:
    """By who has not told of the meeting."""
    return why_not(facts)


def message(facts: Facts, say: Say) -> Outgoing:
    """Did they meet?"""
    _ = say
    when, name = relative_day(_day(facts), facts.today, say), _name(facts, say)
    text = within(
        LONGEST,
        lambda room: _("🔔 {when}: mentoring {title} with {name}.\nHave you met?").format(
            when=when, title=_title(facts, room), name=name
        ),
    )
    return Outgoing(
        text=text, rows=((button(_("We have met"), "met", facts), later_button(facts, say)),), keyboard="keep"
    )


def line(facts: Facts, say: Say) -> str:
    """Short."""
    _ = say
    when, name = relative_day(_day(facts), facts.today, say), _name(facts, say)
    return within(
        LONGEST_LINE, lambda room: _("{when}: mentoring with {name}.").format(when=when, name=short(name, room))
    )


def _day(facts: Facts) -> date:
    days = _meeting(facts).pair.check_ins
    return days[min(facts.row.payload.place, len(days) - 1)]


def _name(facts: Facts, say: Say) -> str:
    _ = say
    subject = _meeting(facts)
    return short(facts.name, 40).rstrip(".") or (
        _("your mentee") if subject.person == subject.pair.mentor else _("your mentor")
    )


def _title(facts: Facts, room: int) -> str:
    return short(_meeting(facts).training.title, room)


def _meeting(facts: Facts) -> Meeting:
    if isinstance(facts.subject, Meeting):
        return facts.subject
    raise TypeError(f"{facts.row.key} is not about a meeting")
