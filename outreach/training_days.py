"""The days of a session as an officer types them: "1-2 Desember 2026, 08.00-15.30", "2026-12-01 08.00-12.00 (4 JP)".

Rules of the file: several parts stand on lines of their own or are parted by ";". A range names every day from the
first to the last. A date without a year is the next one of that name. What cannot be read is one sentence.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, time, timedelta
from decimal import Decimal

from outreach.training import Day, Say
from outreach.training_checks import MOST_DAYS
from surveys.text.calendar_words import MONTHS, WEEKDAYS

_TO = r"\s*(?:[-–—]|s\s*/?\s*d\.?|sampai|to)\s*"
_HOURS = re.compile(rf"(\d{{1,2}})[.:](\d{{2}}){_TO}(\d{{1,2}})[.:](\d{{2}})", re.IGNORECASE)
_JP = re.compile(r"\(?\s*(\d{1,3}(?:[.,]\d{1,2})?)\s*JP\s*\)?", re.IGNORECASE)
_ISO = re.compile(rf"(\d{{4}})-(\d{{1,2}})-(\d{{1,2}})(?:{_TO}(\d{{4}})-(\d{{1,2}})-(\d{{1,2}}))?", re.IGNORECASE)
_SLASHED = re.compile(rf"(\d{{1,2}})/(\d{{1,2}})/(\d{{4}})(?:{_TO}(\d{{1,2}})/(\d{{1,2}})/(\d{{4}}))?", re.IGNORECASE)
_NAMED = re.compile(
    rf"(\d{{1,2}})\s*([a-z]+)?\s*(\d{{4}})?(?:{_TO}(\d{{1,2}})\s*([a-z]+)?\s*(\d{{4}})?)?", re.IGNORECASE
)
_NOISE = re.compile(
    r"\b(?:"
    + "|".join([*sorted(WEEKDAYS), "minggu", "hari", "tanggal", "tgl", "pukul", "jam", "wita", "pkl"])
    + r")\b",
    re.IGNORECASE,
)


class NoDays(ValueError):
    """The words hold no days: a sentence for the officer."""


def read_days(text: str, *, today: date, say: Say = str) -> tuple[Day, ...]:
    """The days in ``text``, in order. Raises NoDays."""
    found: list[Day] = []
    for part in re.split(r"[;\n]", text):
        if part.strip():
            found += _part(" ".join(part.split()), today, say)
    if not found:
        raise NoDays(_help(text, say))
    return tuple(sorted(found, key=lambda day: (day.date, day.starts)))


def day_in_figures(days: Sequence[Day]) -> str:
    """As ``read_days`` reads it, a line a day: "2026-12-01 08.00-15.30 (8 JP)"."""
    return "\n".join(
        f"{day.date.isoformat()} {day.starts:%H.%M}-{day.ends:%H.%M}" + (f" ({day.jp:f} JP)" if day.jp else "")
        for day in days
    )


def _help(text: str, say: Say) -> str:
    _ = say
    words = _("“{text}” names no day with its hours. Write it like this: 1-2 Desember 2026, 08.00-15.30")
    return words.format(text=" ".join(text.split())[:60])


def _part(text: str, today: date, say: Say) -> list[Day]:
    hours = _HOURS.search(text)
    if hours is None:
        raise NoDays(_help(text, say))
    rest = text[: hours.start()] + " " + text[hours.end() :]
    jp = _JP.search(rest)
    worth = Decimal(jp[1].replace(",", ".")) if jp else None
    if jp:
        rest = rest[: jp.start()] + " " + rest[jp.end() :]
    dates = " ".join(re.sub(r"[,.()]", " ", _NOISE.sub(" ", rest)).split()).strip("-– ")
    try:
        first, last = _range(dates, today)
        starts, ends = time(int(hours[1]), int(hours[2])), time(int(hours[3]), int(hours[4]))
    except (ValueError, TypeError):
        raise NoDays(_help(text, say)) from None
    if not 0 <= (last - first).days < MOST_DAYS:
        raise NoDays(_help(text, say))
    return [Day(first + timedelta(days=n), starts, ends, worth) for n in range((last - first).days + 1)]


def _range(text: str, today: date) -> tuple[date, date]:
    """Raises ValueError."""
    text = re.sub(r"\s*([-–—])\s*", r"\1", text)
    if found := _ISO.fullmatch(text):
        first = date(int(found[1]), int(found[2]), int(found[3]))
        return first, date(int(found[4]), int(found[5]), int(found[6])) if found[4] else first
    if found := _SLASHED.fullmatch(text):
        first = date(int(found[3]), int(found[2]), int(found[1]))
        return first, date(int(found[6]), int(found[5]), int(found[4])) if found[4] else first
    found = _NAMED.fullmatch(text)
    if found is None:
        raise ValueError(text)
    last_month = _month(found[5] or found[2])
    first_month = _month(found[2] or found[5])
    last_year = int(found[6] or found[3] or 0)
    to_number = int(found[4] or found[1])
    if not last_year:
        last_year = today.year if date(today.year, last_month, to_number) >= today else today.year + 1
    last = date(last_year, last_month, to_number)
    first = date(int(found[3] or last_year - (first_month > last_month)), first_month, int(found[1]))
    return first, last


def _month(word: str | None) -> int:
    return MONTHS[word.lower()] if word and word.lower() in MONTHS else _none(word)


def _none(word: str | None) -> int:
    raise ValueError(word)
