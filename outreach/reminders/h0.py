"""H-0: on the morning itself, 06.30–07.00, where a session begins that morning.

The one reminder outside the usual hours and beside others of that day; never on a Sunday or a high holiday.
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
    attending,
    planned,
    why_not,
)
from outreach.training import ReminderSettings, Say
from outreach.wording import hour_in_words, short, where, within
from surveys.messages import Outgoing

URGENCY = 100
OFFSETS: tuple[int, ...] = ()


def plan(
    subject: Subject,
    settings: ReminderSettings,  # noqa: ARG001 -- every rule is asked in the same way
    calendar: Calendar,
) -> tuple[Planned, ...]:
    """One row, for the first day."""
    if not isinstance(subject, Attending) or subject.state != "enrolled" or not subject.takes_part:
        return ()
    morning = calendar.morning_of(subject.session.first.begins(calendar.settings.timezone))
    if morning is None:
        return ()
    return planned("h0", subject, due_at=morning[0], expires_at=morning[1], calendar=calendar)


def still_wanted(facts: Facts) -> Reason:
    """By who is enrolled."""
    return why_not(facts) or ("" if attending(facts).state == "enrolled" else "waiting")


def message(facts: Facts, say: Say) -> Outgoing:
    """M12."""
    _ = say
    subject = attending(facts)
    if subject.session.place.strip():
        sentence = _(
            "🔔 Today {hour} the training {title} begins {where}. The attendance code will be shared in the room. "
            "We wish you good learning."
        )
    else:
        sentence = _("🔔 Today {hour} the training {title} begins {where}. We wish you good learning.")
    hour = hour_in_words(subject.session.first, facts.calendar.settings.timezone, say)
    text = within(
        LONGEST,
        lambda room: sentence.format(
            hour=hour, title=short(subject.training.title, room), where=where(subject.session, say, room)
        ),
    )
    return Outgoing(text=text, keyboard="keep")


def line(facts: Facts, say: Say) -> str:
    """Short."""
    _ = say
    subject = attending(facts)
    hour = hour_in_words(subject.session.first, facts.calendar.settings.timezone, say)
    return within(
        LONGEST_LINE,
        lambda room: _("Today {hour}: training {title} {where}.").format(
            hour=hour, title=short(subject.training.title, room), where=where(subject.session, say, room)
        ),
    )
