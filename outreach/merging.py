"""At most one reminder a day for each person: what is due on one day goes into one message, the most urgent first.

Rule of the file: nothing is lost. What does not go out today is put off to the next day that is open, or skipped with
a reason where it would come too late. H-0 goes out beside the others, and so does what the person asked for at this
time themselves. Buttons do not outlive an outage, so a message with buttons says what may be typed instead.

Since a reminder that is sent early the same day takes what is due later that day along, hand in everything that is due
until the end of the day.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, replace
from datetime import UTC

from outreach.calendar import MORNING, Calendar
from outreach.reminders import rule
from outreach.reminding import Facts, Planned, Reason
from outreach.training import Say
from surveys.messages import Button, Outgoing

MOST = 5
"""Reminders in one message: more cannot be read on a phone."""
LONGEST_LABEL = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Merged:
    """One message for one person, and the rows it stands for."""

    person: str
    outgoing: Outgoing
    rows: tuple[Planned, ...]


@dataclass(frozen=True, slots=True)
class Skipped:
    """A row that is not sent at all, and why."""

    row: Planned
    reason: Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Merge:
    """What becomes of the reminders of one day."""

    messages: tuple[Merged, ...] = ()
    put_off: tuple[Planned, ...] = ()
    """Rows with their new time."""
    skipped: tuple[Skipped, ...] = ()


def merge(
    wanted: Iterable[Facts],
    *,
    reminded_today: Collection[str],
    calendar: Calendar,
    say: Callable[[str], Say],
) -> Merge:
    """``wanted``: what is due today and ``still_wanted``, of any number of people; one row of a key counts.
    ``reminded_today``: persons who had a reminder today already, H-0 not counted. ``say``: the language of a person.
    """
    people: dict[str, dict[str, Facts]] = defaultdict(dict)
    for facts in wanted:
        people[facts.row.payload.person].setdefault(facts.row.key, facts)
    messages: list[Merged] = []
    put_off: list[Planned] = []
    skipped: list[Skipped] = []
    for person, found in people.items():
        ordered = sorted(found.values(), key=_urgency)
        shared = [facts for facts in ordered if facts.row.payload.window != MORNING]
        messages += [_message(person, [facts], say(person)) for facts in ordered if facts.row.payload.window == MORNING]
        asked_for = [facts for facts in shared if facts.row.payload.snoozed]
        if person in reminded_today:
            now, rest = asked_for[:MOST], [facts for facts in shared if facts not in asked_for[:MOST]]
        else:
            now, rest = shared[:MOST], shared[MOST:]
        if now:
            messages.append(_message(person, now, say(person)))
        for facts in rest:
            later = _put_off(facts, calendar)
            if isinstance(later, Planned):
                put_off.append(later)
            else:
                skipped.append(later)
    return Merge(messages=tuple(messages), put_off=tuple(put_off), skipped=tuple(skipped))


def _urgency(facts: Facts) -> tuple[bool, int, object, str]:
    """What cannot wait until tomorrow comes before what can."""
    can_wait = isinstance(_put_off(facts, facts.calendar), Planned)
    return (can_wait, -rule(facts.row.kind).URGENCY, facts.row.expires_at, facts.row.key)


def _put_off(facts: Facts, calendar: Calendar) -> Planned | Skipped:
    row = facts.row
    due_at = calendar.next_day_allowed(facts.now, row.payload.window)
    if due_at >= (facts.afresh or row).expires_at:
        return Skipped(row, "two_a_day")
    return replace(row, due_at=due_at.astimezone(UTC))


def _message(person: str, several: list[Facts], say: Say) -> Merged:
    rows = tuple(facts.row for facts in several)
    return Merged(person=person, outgoing=message_of(several, say), rows=rows)


def message_of(several: list[Facts], say: Say) -> Outgoing:
    """One message for these, with a line that says what to type should its buttons be dead."""
    _ = say
    alone = rule(several[0].row.kind).message(several[0], say) if len(several) == 1 else None
    outgoing = alone or _several(several, say)
    if not outgoing.rows:
        return outgoing
    return replace(outgoing, text=f"{outgoing.text}\n" + _("If a button does not react, type REMINDERS."))


def _several(several: list[Facts], say: Say) -> Outgoing:
    _ = say
    lines = [_("🔔 There are {number} things today:").format(number=len(several))]
    buttons: list[tuple[Button, ...]] = []
    for number, facts in enumerate(several, start=1):
        one = rule(facts.row.kind)
        lines.append(f"{number}. {one.line(facts, say)}")
        buttons += [tuple(_numbered(button, number) for button in row) for row in one.message(facts, say).rows]
    return Outgoing(text="\n".join(lines), rows=tuple(buttons), keyboard="keep")


def _numbered(button: Button, number: int) -> Button:
    label = f"{number} {button.label}"
    return replace(button, label=label if len(label) <= LONGEST_LABEL else label[: LONGEST_LABEL - 1].rstrip() + "…")
