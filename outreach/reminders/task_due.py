"""Task due: three days and one day before a task after a training is to be handed in.

Moved to the working day before, 09.00; each is of use until the next, the last until the task is due.
"""

from __future__ import annotations

from outreach.calendar import Calendar
from outreach.reminding import LONGEST, LONGEST_LINE, Assigned, Facts, Planned, Reason, Subject, before, button, why_not
from outreach.training import ReminderSettings, Say
from outreach.wording import short, within
from surveys.messages import Button, Outgoing
from surveys.speaking import day as day_in_words

URGENCY = 80
OFFSETS = (3, 1)


def plan(subject: Subject, settings: ReminderSettings, calendar: Calendar) -> tuple[Planned, ...]:
    """A row for each offset."""
    if not isinstance(subject, Assigned):
        return ()
    return before(
        "task_due",
        subject,
        day=calendar.today(subject.due),
        ends=subject.due,
        offsets=settings.offsets_of("task_due", OFFSETS),
        calendar=calendar,
    )


def still_wanted(facts: Facts) -> Reason:
    """By who has not handed it in."""
    return why_not(facts)


def message(facts: Facts, say: Say) -> Outgoing:
    """As M14, when its time draws near."""
    _ = say
    subject = _assigned(facts)
    due = _due(subject, facts, say)
    text = within(
        LONGEST,
        lambda room: _("📌 The task “{task}” of the training {title} is expected by {due}.").format(
            task=short(subject.title, room), title=short(subject.training.title, room), due=due
        ),
    )
    return Outgoing(text=text, rows=(_buttons(facts, say),), keyboard="keep")


def line(facts: Facts, say: Say) -> str:
    """Short."""
    _ = say
    subject = _assigned(facts)
    due = _due(subject, facts, say)
    return within(
        LONGEST_LINE, lambda room: _("Task “{task}” by {due}.").format(task=short(subject.title, room), due=due)
    )


def _due(subject: Assigned, facts: Facts, say: Say) -> str:
    return day_in_words(facts.calendar.today(subject.due), say)


def _buttons(facts: Facts, say: Say) -> tuple[Button, ...]:
    _ = say
    return (button(_("Hand in the task"), "hand_in", facts), button(_("See the rubric"), "rubric", facts))


def _assigned(facts: Facts) -> Assigned:
    if isinstance(facts.subject, Assigned):
        return facts.subject
    raise TypeError(f"{facts.row.key} is not about a task")
