"""What the readers of dates share: days that were found, years that were left out, weekdays that must agree.

Rule of the file: a day that does not exist is no day; of several years the form's constraint and a human life decide.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta

from surveys.text.calendar_words import MONTHS, SUNDAY, WEEKDAYS
from surveys.text.numbers import Accepts
from surveys.text.numerals import numeral_at, pieces
from surveys.text.vocabulary import standard

_TOKEN = re.compile(r"\d+|[^\W\d_]+|[^\s\w]")
_OLD = 110
"""Nobody is older, in years."""


@dataclass(frozen=True, slots=True)
class Found:
    """Days that were meant, the likeliest first; and the tokens that said nothing about them."""

    days: tuple[date, ...]
    sure: bool = True
    rest: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What decides between readings."""

    today: date
    accepts: Accepts
    born: bool
    """A day of birth is asked for: the past, and no "kemarin"."""


def written(day: int, month: int, year: str, reading: Reading) -> Found:
    """A day, a month and a year of two or four figures; month first only where nothing else is possible."""
    years = [int(year)] if len(year) == 4 else full_years(int(year))
    days = [found for full in years if (found := day_of(full, month, day)) is not None]
    if days:
        return _weighed(days, reading, two_figures=len(year) == 2)
    swapped = [found for full in years if (found := day_of(full, day, month)) is not None] if month > 12 else []
    if swapped:
        kept = _weighed(swapped, reading, two_figures=len(year) == 2)
        return Found(kept.days, sure=False)
    return Found(())


def full_years(two: int) -> list[int]:
    """The years that two figures may mean."""
    return [2000 + two, 1900 + two]


def day_of(year: int, month: int, day: int) -> date | None:
    """The day, None if the calendar has none."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _weighed(days: list[date], reading: Reading, *, two_figures: bool) -> Found:
    """Of the days that a year of two figures leaves, those the form allows and a life allows."""
    today = reading.today
    if not two_figures:
        plausible = 1900 <= days[0].year <= today.year + 100 and not (reading.born and today.year - days[0].year > _OLD)
        return Found((days[0],), sure=plausible)
    allowed = [day for day in days if not reading.accepts(day.isoformat()) and (not reading.born or day <= today)]
    if not allowed:
        near = min(days, key=lambda day: abs((day - today).days))
        return Found((near,), sure=True)
    alive = [day for day in allowed if today.year - day.year <= _OLD - 6] or allowed
    if len(alive) == 1:
        return Found((alive[0],))
    near, far = sorted(alive, key=lambda day: abs((day - today).days))[:2]
    if not reading.born and abs((near - today).days) < 20 * 365 and abs((far - today).days) > 60 * 365:
        return Found((near,))
    if not reading.born and near <= today < far and abs((far - today).days) > 25 * 365:
        return Found((near,))
    return Found((near, far), sure=False)


def without_year(day: int, month: int, reading: Reading) -> Found:
    """A day and a month: the year that is near and that the form allows."""
    if reading.born:
        return Found(())
    today = reading.today
    span = 4 if (day, month) == (29, 2) else 1
    days = [
        found
        for year in range(today.year - span, today.year + span + 1)
        if (found := day_of(year, month, day)) is not None
    ]
    days.sort(key=lambda found: abs((found - today).days))
    allowed = [found for found in days if not reading.accepts(found.isoformat())]
    if not allowed:
        return Found(tuple(days[:1]))
    nearest = allowed[0] == days[0]
    if len(allowed) == 1:
        return Found((allowed[0],), sure=nearest)
    if nearest and abs((allowed[0] - today).days) <= 60:
        return Found((allowed[0],))
    return Found(tuple(allowed[:2]), sure=False)


def tokens_of(typed: str) -> list[str]:
    """Words in standard spelling and figures; figures written out become figures ("tujuh belas")."""
    raw = [
        piece
        for found in _TOKEN.findall(typed.replace("jum'at", "jumat").replace("jum at", "jumat"))
        for piece in pieces(found)
    ]
    tokens: list[str] = []
    place = 0
    while place < len(raw):
        numeral = (
            numeral_at(raw, place, whole=True)
            if raw[place].isalpha() and raw[place] not in {"setengah", "half"}
            else None
        )
        if numeral is not None and len(numeral.values) == 1 and numeral.values[0] == int(numeral.values[0]):
            tokens.append(str(int(numeral.values[0])))
            place = numeral.end
        else:
            tokens.append(raw[place] if raw[place] in MONTHS or raw[place] in WEEKDAYS else standard(raw[place]))
            place += 1
    return [token for token in tokens if token not in {",", ".", "!", ":", ";", "(", ")", '"', "'", "?"}]


def with_weekday(found: Found, rest: list[str]) -> Found:
    """The weekday beside a date must be its own."""
    if not found.days:
        return found
    named = {WEEKDAYS[word] for word in rest if word in WEEKDAYS}
    left = [word for word in rest if word not in WEEKDAYS]
    if "minggu" in left and not named:
        named, left = {SUNDAY}, [word for word in left if word != "minggu"]
    sure = found.sure and (not named or named == {found.days[0].weekday()})
    return Found(found.days, sure=sure, rest=(*found.rest, *left))


def moved(today: date, number: int, unit: str) -> date | None:
    """So many days, weeks ("minggu"), months or years from ``today``; None beyond the calendar."""
    try:
        if unit in {"hari", "minggu"}:
            return today + timedelta(days=number * (7 if unit == "minggu" else 1))
        months = today.year * 12 + today.month - 1 + number * (12 if unit == "tahun" else 1)
        year, month = divmod(months, 12)
        return date(year, month + 1, min(today.day, calendar.monthrange(year, month + 1)[1]))
    except (ValueError, OverflowError, calendar.IllegalMonthError):
        return None
