"""Reminders, one file a rule: found by their names, planned ahead as rows, judged again when they are due.

A file of this folder has what ``Rule`` lists. Rule: pure; planning asks for no time, so the same subject always gives
the same rows, and what is past is sorted out by ``outreach.catching_up``.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol, cast

from outreach.calendar import Calendar
from outreach.reminding import Facts, Planned, Reason, Subject
from outreach.training import ReminderSettings, Say
from surveys.messages import Outgoing
from surveys.registry import Registry

RULES = Registry(__name__)
"""The files by name. A name is the ``kind`` of a row, and its place in ``ReminderSettings``."""


class Rule(Protocol):
    """What a file of this folder has."""

    URGENCY: int
    """Where it stands among several in one message: the highest first."""
    OFFSETS: tuple[int, ...]
    """Its days before or after, unless a training says otherwise; () where it has none."""

    def plan(self, subject: Subject, settings: ReminderSettings, calendar: Calendar) -> tuple[Planned, ...]:
        """Its rows for ``subject``; () for a subject it does not serve."""

    def still_wanted(self, facts: Facts) -> Reason:
        """Asked when a row is due: "" to send it, else why it is skipped."""

    def message(self, facts: Facts, say: Say) -> Outgoing:
        """The message alone, 300 characters at most."""

    def line(self, facts: Facts, say: Say) -> str:
        """The same as one line among others."""


def rule(name: str) -> Rule:
    """The rule of that name. Raises KeyError."""
    return cast("Rule", RULES[name])


def plan(subject: Subject, settings: ReminderSettings, calendar: Calendar) -> tuple[Planned, ...]:
    """The rows of all rules for ``subject``, without those that its training has switched off."""
    return tuple(
        row for name in RULES if name not in settings.off for row in rule(name).plan(subject, settings, calendar)
    )


def replan(before: tuple[Planned, ...], now: tuple[Planned, ...]) -> Mapping[str, Planned | None]:
    """What to write when a subject changed: by key the row as it is planned now, None for one that is no more.

    Rows that stay as they are are left out, so that planning again sends nothing twice.
    """
    old, new = {row.key: row for row in before}, {row.key: row for row in now}
    return {key: new.get(key) for key in sorted({**old, **new}) if old.get(key) != new.get(key)}


def afresh(row: Planned, subject: Subject, settings: ReminderSettings, calendar: Calendar) -> Planned | None:
    """The same row as it would be planned today; None if it would not. For ``Facts.afresh``."""
    if row.kind in settings.off or row.kind not in RULES:
        return None
    return next((one for one in rule(row.kind).plan(subject, settings, calendar) if one.key == row.key), None)
