"""Survey closing: who was asked to answer a survey and has not is told that it closes soon.

Three days before, moved to the working day before, 09.00; of use until it closes.
"""

from __future__ import annotations

from outreach.calendar import Calendar
from outreach.reminding import (
    LONGEST,
    LONGEST_LINE,
    Facts,
    Invited,
    Planned,
    Reason,
    Subject,
    before,
    button,
    later_button,
    why_not,
)
from outreach.training import ReminderSettings, Say
from outreach.wording import short, within
from surveys.messages import Outgoing
from surveys.speaking import day as day_in_words

URGENCY = 30
OFFSETS = (3,)


def plan(subject: Subject, settings: ReminderSettings, calendar: Calendar) -> tuple[Planned, ...]:
    """A row for each offset."""
    if not isinstance(subject, Invited):
        return ()
    return before(
        "survey_closing",
        subject,
        day=calendar.today(subject.closes_at),
        ends=subject.closes_at,
        offsets=settings.offsets_of("survey_closing", OFFSETS),
        calendar=calendar,
    )


def still_wanted(facts: Facts) -> Reason:
    """Not by who wants nothing they did not sign up for, unless they asked for it themselves."""
    return why_not(facts) or ("opted_out" if facts.no_announcements and not facts.row.payload.snoozed else "")


def message(facts: Facts, say: Say) -> Outgoing:
    """Until when, and how long it takes."""
    _ = say
    parts = [_("🔔 {title} can be answered until {until}.")]
    if facts.minutes and facts.questions:
        parts.append(_("We ask for {minutes} minutes for {questions} short questions."))
    until = _until(facts, say)
    text = within(
        LONGEST,
        lambda room: " ".join(parts).format(
            title=_title(facts, room), until=until, minutes=facts.minutes, questions=facts.questions
        ),
    )
    return Outgoing(text=text, rows=((button(_("Start"), "start", facts), later_button(facts, say)),), keyboard="keep")


def line(facts: Facts, say: Say) -> str:
    """Short."""
    _ = say
    until = _until(facts, say)
    return within(
        LONGEST_LINE,
        lambda room: _("{title} can be answered until {until}.").format(title=_title(facts, room), until=until),
    )


def _until(facts: Facts, say: Say) -> str:
    _ = say
    if not isinstance(facts.subject, Invited):
        return ""
    local = facts.calendar.local(facts.subject.closes_at)
    return f"{day_in_words(local.date(), say)}, " + _("at {hour}").format(hour=f"{local:%H.%M %Z}")


def _title(facts: Facts, room: int) -> str:
    return short(facts.subject.title, room) if isinstance(facts.subject, Invited) else ""
