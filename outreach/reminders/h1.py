"""H-1: the day before a session its participants read when and where it begins, and what to bring.

Moved to the working day before, 09.00; then the date is named instead of "tomorrow". Of no use once H-0 is due.
"""

from __future__ import annotations

from outreach.calendar import Calendar
from outreach.reminders import h0
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
    button,
    why_not,
)
from outreach.training import ReminderSettings, Say
from outreach.wording import hour_in_words, relative_day, short, where, within
from surveys.messages import Button, Outgoing

URGENCY = 90
OFFSETS = (1,)


def plan(subject: Subject, settings: ReminderSettings, calendar: Calendar) -> tuple[Planned, ...]:
    """A row for each offset."""
    if not isinstance(subject, Attending) or subject.state != "enrolled" or not subject.takes_part:
        return ()
    first = subject.session.first
    morning = h0.plan(subject, settings, calendar) if "h0" not in settings.off else ()
    ends = min([first.begins(calendar.settings.timezone), *(row.due_at for row in morning)])
    offsets = settings.offsets_of("h1", OFFSETS)
    return before("h1", subject, day=first.date, ends=ends, offsets=offsets, calendar=calendar)


def still_wanted(facts: Facts) -> Reason:
    """By who is enrolled."""
    return why_not(facts) or ("" if attending(facts).state == "enrolled" else "waiting")


def message(facts: Facts, say: Say) -> Outgoing:
    """M11; with the buttons of M10 for who has not said whether they come."""
    _ = say
    subject = attending(facts)
    bring = " ".join(subject.training.reminders.texts.get("h1", "").split())
    text = within(
        LONGEST,
        lambda room: (
            _("🔔 {when}, {hour}: training {title} {where}. {bring}")
            .format(
                when=relative_day(subject.session.first.date, facts.today, say),
                hour=hour_in_words(subject.session.first, facts.calendar.settings.timezone, say),
                title=short(subject.training.title, room),
                where=where(subject.session, say, room),
                bring=short(bring, 120),
            )
            .strip()
        ),
    )
    rows = () if subject.confirmed else (come_or_not(facts, say),)
    return Outgoing(text=text, rows=rows, keyboard="keep")


def line(facts: Facts, say: Say) -> str:
    """Short."""
    _ = say
    subject = attending(facts)
    when = relative_day(subject.session.first.date, facts.today, say)
    hour = hour_in_words(subject.session.first, facts.calendar.settings.timezone, say)
    return within(
        LONGEST_LINE,
        lambda room: _("{when}, {hour}: training {title} {where}.").format(
            when=when, hour=hour, title=short(subject.training.title, room), where=where(subject.session, say, room)
        ),
    )


def come_or_not(facts: Facts, say: Say) -> tuple[Button, ...]:
    """[Hadir] [Tidak dapat hadir]."""
    _ = say
    return (button(_("I will come"), "come", facts), button(_("I cannot come"), "stay_away", facts))
