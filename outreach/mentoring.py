"""Mentoring: who accompanies whom, and when the two meet.

Rule of the file: a meeting that falls on a day off is moved to the working day before it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from outreach.calendar import Calendar
from outreach.training import Say


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """A mentor and a mentee. ``check_ins``: the days on which they meet, in order."""

    key: str
    training: str
    mentor: str
    mentee: str
    check_ins: tuple[date, ...]
    ended: bool = False


def check_in_dates(starts: date, *, every_days: int, times: int, calendar: Calendar) -> tuple[date, ...]:
    """The days of ``times`` meetings from ``starts`` on; two that fall on one working day are one."""
    days = (calendar.previous_working_day(starts + timedelta(days=every_days * turn)) for turn in range(times))
    return tuple(dict.fromkeys(days))


def check_pair(pair: Pair, *, today: date, known: bool, say: Say) -> tuple[str, ...]:
    """What hinders this pair, a sentence each. ``known``: both are on the list of employees."""
    _ = say
    found = []
    if pair.mentor == pair.mentee:
        found.append(_("Mentor and mentee are the same person: name two people."))
    if not known:
        found.append(_("The mentor or the mentee is not on the list of employees."))
    if not pair.check_ins:
        found.append(_("The pair has no meetings: name the first day, how many days between, and how often."))
    elif min(pair.check_ins) < today:
        found.append(_("The first meeting lies in the past: name a day from today on."))
    return tuple(found)
