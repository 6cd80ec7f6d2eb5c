"""Feedback: when the last day of a session is over, who was there is asked what it was like (L1).

At the end of that day, or when the hours for writing next begin; of use for a week.
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
    attended_or_why,
    attending,
    button,
    later_button,
    planned,
)
from outreach.training import ReminderSettings, Say
from outreach.wording import short, within
from surveys.messages import Outgoing

URGENCY = 50
OFFSETS: tuple[int, ...] = ()
OPEN_FOR = timedelta(days=7)


def plan(
    subject: Subject,
    settings: ReminderSettings,  # noqa: ARG001 -- every rule is asked in the same way
    calendar: Calendar,
) -> tuple[Planned, ...]:
    """One row."""
    if not isinstance(subject, Attending) or not subject.takes_part:
        return ()
    due_at = calendar.next_allowed(subject.session.last.finishes(calendar.settings.timezone), subject.kind)
    return planned("feedback", subject, due_at=due_at, expires_at=due_at + OPEN_FOR, calendar=calendar)


def still_wanted(facts: Facts) -> Reason:
    """By who was there and has not answered."""
    return attended_or_why(facts)


def message(facts: Facts, say: Say) -> Outgoing:
    """M13."""
    _ = say
    sentence = (
        _(
            "Thank you for having taken part in the training {title}. We ask for {minutes} minutes for {questions} "
            "short questions. Your name is not shown to the instructor."
        )
        if facts.minutes and facts.questions
        else _(
            "Thank you for having taken part in the training {title}. We ask for your short feedback. "
            "Your name is not shown to the instructor."
        )
    )
    title = attending(facts).training.title
    text = within(
        LONGEST,
        lambda room: sentence.format(title=short(title, room), minutes=facts.minutes, questions=facts.questions),
    )
    return Outgoing(text=text, rows=((button(_("Start"), "start", facts), later_button(facts, say)),), keyboard="keep")


def line(facts: Facts, say: Say) -> str:
    """Short."""
    _ = say
    title = attending(facts).training.title
    return within(
        LONGEST_LINE, lambda room: _("Short feedback on the training {title}.").format(title=short(title, room))
    )
