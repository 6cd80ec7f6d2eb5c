"""Supervisor: 30 and 90 days after a session the supervisor of each participant is asked what they see of it (L3).

On the same day as the participant; of use as long as it can be answered. What the supervisor says is
not shown to the person.
"""

from __future__ import annotations

from outreach.calendar import Calendar
from outreach.enrolment import HOLDS_A_PLACE
from outreach.reminding import (
    LONGEST,
    LONGEST_LINE,
    Facts,
    Planned,
    Reason,
    Subject,
    Supervised,
    asked_after,
    attended_or_why,
    button,
)
from outreach.training import ReminderSettings, Say
from outreach.wording import greeting, short, within
from surveys.messages import Outgoing

URGENCY = 45
OFFSETS = (30, 90)


def plan(subject: Subject, settings: ReminderSettings, calendar: Calendar) -> tuple[Planned, ...]:
    """A row for each offset."""
    if not isinstance(subject, Supervised) or subject.state not in HOLDS_A_PLACE or subject.session.cancelled:
        return ()
    return asked_after("supervisor", subject, settings, day=subject.session.last.date, usual=OFFSETS, calendar=calendar)


def still_wanted(facts: Facts) -> Reason:
    """For who was there, by a supervisor who has not answered."""
    return attended_or_why(facts)


def message(facts: Facts, say: Say) -> Outgoing:
    """M16."""
    _ = say
    hello = greeting(facts.calendar.local(facts.now), say)
    if facts.questions:
        sentence = _(
            "We ask for a short assessment ({questions} questions) of how {name} applies what was learned in the "
            "training {title}. Your answers are not shown to them."
        )
    else:
        sentence = _(
            "We ask for a short assessment of how {name} applies what was learned in the training {title}. "
            "Your answers are not shown to them."
        )
    text = within(
        LONGEST,
        lambda room: (
            f"{hello} "
            + sentence.format(questions=facts.questions, name=_name(facts, say).rstrip("."), title=_title(facts, room))
        ),
    )
    return Outgoing(
        text=text,
        rows=((button(_("Start"), "start", facts), button(_("Not on my staff"), "not_mine", facts)),),
        keyboard="keep",
    )


def line(facts: Facts, say: Say) -> str:
    """Short."""
    _ = say
    return within(
        LONGEST_LINE,
        lambda room: _("Short assessment of {name} after the training {title}.").format(
            name=_name(facts, say), title=_title(facts, room)
        ),
    )


def _name(facts: Facts, say: Say) -> str:
    _ = say
    return short(facts.name, 40) or _("one of your staff")


def _title(facts: Facts, room: int) -> str:
    return short(facts.subject.training.title, room) if isinstance(facts.subject, Supervised) else ""
