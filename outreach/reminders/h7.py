"""H-7: a week before a session its participants are asked whether they can come.

Moved to the working day before, 09.00; of no use once H-1 is due. Who said so already is not asked.
"""

from __future__ import annotations

from outreach.calendar import Calendar
from outreach.learning_hours import shown_jp
from outreach.reminders import h1
from outreach.reminding import (
    LONGEST,
    LONGEST_LINE,
    Attending,
    Facts,
    Planned,
    Reason,
    Subject,
    attending,
    before,
    why_not,
)
from outreach.training import ReminderSettings, Say
from outreach.wording import days_in_words, hours_in_words, short, where, within
from surveys.messages import Outgoing

URGENCY = 60
OFFSETS = (7,)


def plan(subject: Subject, settings: ReminderSettings, calendar: Calendar) -> tuple[Planned, ...]:
    """A row for each offset."""
    if not isinstance(subject, Attending) or subject.state != "enrolled" or not subject.takes_part:
        return ()
    first = subject.session.first
    nearer = h1.plan(subject, settings, calendar) if "h1" not in settings.off else ()
    ends = min([first.begins(calendar.settings.timezone), *(row.due_at for row in nearer)])
    offsets = settings.offsets_of("h7", OFFSETS)
    return before("h7", subject, day=first.date, ends=ends, offsets=offsets, calendar=calendar)


def still_wanted(facts: Facts) -> Reason:
    """Not by who has said whether they come."""
    subject = attending(facts)
    return why_not(facts) or ("answered" if subject.confirmed else "" if subject.state == "enrolled" else "waiting")


def message(facts: Facts, say: Say) -> Outgoing:
    """M10."""
    _ = say
    subject = attending(facts)
    days = subject.session.in_order
    text = within(
        LONGEST,
        lambda room: _(
            "🔔 You are enrolled for the training {title} ({jp} JP), {days}, {hours}, {where}.\nCan you come?"
        ).format(
            title=short(subject.training.title, room),
            jp=shown_jp(subject.training.jp, say),
            days=days_in_words(days, say),
            hours=hours_in_words(days, facts.calendar.settings.timezone, say),
            where=where(subject.session, say, room),
        ),
    )
    return Outgoing(text=text, rows=(h1.come_or_not(facts, say),), keyboard="keep")


def line(facts: Facts, say: Say) -> str:
    """Short."""
    _ = say
    subject = attending(facts)
    days = days_in_words(subject.session.in_order, say)
    return within(
        LONGEST_LINE,
        lambda room: _("Training {title}, {days}: can you come?").format(
            title=short(subject.training.title, room), days=days
        ),
    )
