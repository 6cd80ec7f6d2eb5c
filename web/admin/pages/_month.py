"""A month as a table of weeks, Monday first.

Rule of the file: pure; days of other months are empty.
"""

from __future__ import annotations

import calendar
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from storage.trainings import Offered


@dataclass(frozen=True, slots=True)
class Square:
    """One day and what is held on it; ``day`` None: of another month."""

    day: date | None
    held: tuple[Offered, ...] = ()


def first_of(text: str, today: date) -> date:
    """The first day of "2026-12"; of this month for anything else."""
    try:
        return date.fromisoformat(f"{text}-01")
    except ValueError:
        return today.replace(day=1)


def moved(first: date, by: int) -> date | None:
    """The first day of the month so many later; None beyond what a calendar has."""
    months = first.year * 12 + first.month - 1 + by
    year, month = divmod(months, 12)
    return date(year, month + 1, 1) if date.min.year <= year < date.max.year else None


def weeks(first: date, held: Sequence[Offered]) -> list[list[Square]]:
    """The weeks of that month."""
    found = []
    for week in calendar.Calendar().monthdayscalendar(first.year, first.month):
        row = []
        for number in week:
            day = first.replace(day=number) if number else None
            on = [one for one in held if any(part.date == day for part in one.session.days)]
            on.sort(key=lambda one: min(part.starts for part in one.session.days if part.date == day))
            row.append(Square(day, tuple(on)))
        found.append(row)
    return found
