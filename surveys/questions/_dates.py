"""Dates and times as people read them: "Selasa, 24 November 2026, pukul 09.00"."""

from __future__ import annotations

from datetime import date

from surveys.questions._replies import Say


def month_names(say: Say) -> tuple[str, ...]:
    """January first."""
    _ = say
    return (
        _("January"), _("February"), _("March"), _("April"), _("May"), _("June"),
        _("July"), _("August"), _("September"), _("October"), _("November"), _("December"),
    )  # fmt: skip


def long_date(day: date, say: Say) -> str:
    """Weekday, day, month and year."""
    _ = say
    days = (
        _("Monday"), _("Tuesday"), _("Wednesday"), _("Thursday"), _("Friday"), _("Saturday"), _("Sunday"),
    )  # fmt: skip
    return f"{days[day.weekday()]}, {day.day} {month_names(say)[day.month - 1]} {day.year:04}"


def clock(time: str, language: str) -> str:
    """A time of day with the dot that Indonesian uses, a colon in English."""
    return time if language == "en" else time.replace(":", ".")
