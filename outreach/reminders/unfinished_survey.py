"""Unfinished survey: who put a survey aside and did not come back is told that their answers are kept.

One day after the last answer; of use for a week, and never after the survey has closed. An answer plans it anew.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, timedelta

from outreach.calendar import Calendar
from outreach.reminding import (
    LONGEST,
    LONGEST_LINE,
    Facts,
    Planned,
    Reason,
    Subject,
    Unfinished,
    after,
    button,
    why_not,
)
from outreach.training import ReminderSettings, Say
from outreach.wording import short, within
from surveys.messages import Outgoing
from surveys.speaking import day as day_in_words

URGENCY = 20
OFFSETS = (1,)
OPEN_DAYS = 7


def plan(subject: Subject, settings: ReminderSettings, calendar: Calendar) -> tuple[Planned, ...]:
    """A row for each offset that lies before the end."""
    if not isinstance(subject, Unfinished):
        return ()
    rows = after(
        "unfinished_survey",
        subject,
        day=calendar.today(subject.touched_at),
        offsets=settings.offsets_of("unfinished_survey", OFFSETS),
        open_days=OPEN_DAYS,
        calendar=calendar,
    )
    return tuple(cut for row in rows for cut in _until(row, subject))


def still_wanted(facts: Facts) -> Reason:
    """Not by who wants nothing they did not sign up for, unless they asked for it themselves."""
    return why_not(facts) or ("opted_out" if facts.no_announcements and not facts.row.payload.snoozed else "")


def message(facts: Facts, say: Say) -> Outgoing:
    """As M09."""
    _ = say
    if facts.answered_questions:
        parts = [_("Your answers to {title} up to question {number} are saved.")]
    else:
        parts = [_("Your answers to {title} are saved.")]
    closes_at = facts.subject.closes_at if isinstance(facts.subject, Unfinished) else None
    if closes_at is not None:
        parts.append(_("You can go on until {date}."))
    date = day_in_words(facts.calendar.today(closes_at), say) if closes_at is not None else ""
    text = within(
        LONGEST,
        lambda room: (
            " ".join(parts).format(title=_title(facts, room), number=facts.answered_questions, date=date)
            + "\n"
            + _("Would you like to go on now?")
        ),
    )
    rows = (
        (button(_("Go on"), "start", facts), button(_later(facts, say), "tomorrow", facts)),
        (button(_("Stop"), "stop", facts),),
    )
    return Outgoing(text=text, rows=rows, keyboard="keep")


def line(facts: Facts, say: Say) -> str:
    """Short."""
    _ = say
    return within(LONGEST_LINE, lambda room: _("{title} is not finished yet.").format(title=_title(facts, room)))


def _until(row: Planned, subject: Unfinished) -> tuple[Planned, ...]:
    closes_at = subject.closes_at
    if closes_at is None or row.expires_at <= closes_at:
        return (row,)
    return (replace(row, expires_at=closes_at.astimezone(UTC)),) if row.due_at < closes_at else ()


def _later(facts: Facts, say: Say) -> str:
    """ "Tomorrow" where that is true."""
    _ = say
    when = facts.calendar.today(facts.calendar.next_day_allowed(facts.now, facts.row.payload.window))
    return _("Remind me tomorrow") if when == facts.today + timedelta(days=1) else _("Remind me later")


def _title(facts: Facts, room: int) -> str:
    return short(facts.subject.title, room) if isinstance(facts.subject, Unfinished) else ""
