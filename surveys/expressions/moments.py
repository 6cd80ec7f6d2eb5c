"""Dates and times in expressions: reading ISO 8601, counting days since 1970-01-01, and writing by pattern.

Two counts of days exist, as in JavaRosa. A date is a whole number of days in the office's zone, so that
``today() - 24`` is a date again and dates compare with times of the same day. ``decimal-date-time()`` counts from
1970-01-01T00:00Z. Rule of the file: total functions; what is no date is None, NaN or "".
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo

EPOCH = date(1970, 1, 1).toordinal()
_MIDNIGHT_1970 = datetime(1970, 1, 1)  # noqa: DTZ001 -- local midnight, whatever the zone
_DAY = timedelta(days=1)
_ISO = re.compile(
    r"([0-9]{1,4})-([0-9]{1,2})-([0-9]{1,2})"
    r"(?:T([0-9]{1,2}):([0-9]{1,2})(?::([0-9]{1,2})(?:\.([0-9]*))?)?(Z|[+-][0-9]{1,2}(?::?[0-9]{2})?)?)?"
)
_TIME = re.compile(r"([0-9]{1,2}):([0-9]{1,2})(?::([0-9]{1,2})(?:\.([0-9]*))?)?(Z|[+-][0-9]{1,2}(?::?[0-9]{2})?)?")

_MONTHS = {
    "en": ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
    "id": ("Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov", "Des"),
}
_DAYS = {
    "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
    "id": ("Sen", "Sel", "Rab", "Kam", "Jum", "Sab", "Min"),
}


def midnight_1970() -> datetime:
    """1970-01-01T00:00Z."""
    return _MIDNIGHT_1970.replace(tzinfo=UTC)


def moment_of_text(text: str, now: datetime) -> date | None:
    """A date, or a datetime in ``now``'s zone; None if the text is neither. Without an offset it is local time."""
    if len(text) == 10 and text[7] == "-":  # 2026-W48-2 is another ISO form, which ODK does not read
        try:
            return date.fromisoformat(text)
        except ValueError:
            pass
    found = _ISO.fullmatch(text)
    if found is None:
        return None
    year, month, day, hour, minute, second, fraction, offset = found.groups()
    try:
        if hour is None:
            return date(int(year), int(month), int(day))
        clock = (int(hour), int(minute), int(second or 0), _microseconds(fraction))
        local = datetime(int(year), int(month), int(day), *clock, tzinfo=_zone(offset, now))
        return local.astimezone(now.tzinfo or UTC)
    except (ValueError, OverflowError):
        return None


def time_of_text(text: str, now: datetime) -> datetime | None:
    """HH:MM on the day of ``now``, in its zone; None if the text is no time."""
    found = _TIME.fullmatch(text)
    if found is None:
        return None
    hour, minute, second, fraction, offset = found.groups()
    try:
        clock = (int(hour), int(minute), int(second or 0), _microseconds(fraction))
        there = datetime(now.year, now.month, now.day, *clock, tzinfo=_zone(offset, now))
        here = there.astimezone(now.tzinfo or UTC)
        return here.replace(year=now.year, month=now.month, day=now.day)
    except (ValueError, OverflowError):
        return None


def _microseconds(fraction: str | None) -> int:
    return int(f"{fraction or '':0<6.6}")


def _zone(offset: str | None, now: datetime) -> tzinfo:
    if offset is None:
        return now.tzinfo or UTC
    if offset == "Z":
        return UTC
    digits = offset[1:].replace(":", "")
    hours, minutes = int(digits[:2] if len(digits) != 3 else digits[:1]), int(digits[-2:] if len(digits) > 2 else 0)
    ahead = timedelta(hours=hours, minutes=minutes)
    return timezone(-ahead if offset[0] == "-" else ahead)


def days(moment: date | None) -> float:
    """Days since local midnight of 1970-01-01: whole for a date, with a fraction for a datetime; NaN for None."""
    if moment is None:
        return math.nan
    if isinstance(moment, datetime):
        return (moment.replace(tzinfo=None) - _MIDNIGHT_1970) / _DAY
    return float(moment.toordinal() - EPOCH)


def days_of_text(text: str, now: datetime) -> float:
    """``days`` of an ISO text."""
    if len(text) == 10 and text[7] == "-":
        try:
            return float(date.fromisoformat(text).toordinal() - EPOCH)
        except ValueError:
            pass
    return days(moment_of_text(text, now))


def days_utc(moment: date | None, now: datetime) -> float:
    """Days since 1970-01-01T00:00Z; a date is its local midnight; NaN for None."""
    if moment is None:
        return math.nan
    if not isinstance(moment, datetime):
        moment = datetime(moment.year, moment.month, moment.day, tzinfo=now.tzinfo or UTC)
    return moment.timestamp() / 86_400


def day_of_days(number: float) -> date | None:
    """The date that ``days`` counts; the fraction is dropped. None outside the years 1 to 9999."""
    if not math.isfinite(number):
        return None
    try:
        return date.fromordinal(EPOCH + int(number))
    except (ValueError, OverflowError):
        return None


def instant_of_days(number: float, now: datetime) -> date | None:
    """The datetime that ``days`` counts with its fraction, in ``now``'s zone."""
    if not math.isfinite(number):
        return None
    try:
        return (_MIDNIGHT_1970 + timedelta(milliseconds=round(number * 86_400_000))).replace(tzinfo=now.tzinfo or UTC)
    except OverflowError:
        return None


def instant_of_days_utc(number: float, now: datetime) -> date | None:
    """The datetime that ``days_utc`` counts, in ``now``'s zone."""
    if not math.isfinite(number):
        return None
    try:
        instant = midnight_1970() + timedelta(milliseconds=round(number * 86_400_000))
        return instant.astimezone(now.tzinfo or UTC)
    except OverflowError:
        return None


def fraction(text: str, now: datetime) -> float:
    """The part of the local day that is over at a time, or at a date with time: noon is 0.5; NaN if it is neither."""
    moment = time_of_text(text, now) or moment_of_text(text, now)
    return fraction_of_moment(moment)


def fraction_of_moment(moment: date | None) -> float:
    """``fraction`` of a date (0) or a datetime."""
    if moment is None:
        return math.nan
    if not isinstance(moment, datetime):
        return 0.0
    return (moment.replace(tzinfo=None) - moment.replace(hour=0, minute=0, second=0, microsecond=0, tzinfo=None)) / _DAY


def iso(moment: date | None) -> str:
    """The text of a date or a datetime; "" for None."""
    if moment is None:
        return ""
    return moment.isoformat(timespec="milliseconds") if isinstance(moment, datetime) else moment.isoformat()


def unknown_pattern(pattern: str) -> str:
    """The first %-letter that ODK does not have, "" if all are good."""
    at = pattern.find("%")
    while at >= 0:
        if pattern[at + 1 : at + 2] not in _WRITTEN:
            return pattern[at : at + 2]
        at = pattern.find("%", at + 2)
    return ""


def formatted(moment: date | None, pattern: str, language: str) -> str:
    """``moment`` by ODK's pattern; "" for None. Unknown letters stay as they are."""
    if moment is None:
        return ""
    written: list[str] = []
    at = 0
    while at < len(pattern):
        letter = pattern[at + 1 : at + 2] if pattern[at] == "%" else ""
        if letter in _WRITTEN:
            written.append(_written(moment, letter, language))
            at += 2
        else:
            written.append(pattern[at])
            at += 1
    return "".join(written)


def _written(moment: date, letter: str, language: str) -> str:
    clock = moment if isinstance(moment, datetime) else datetime(moment.year, moment.month, moment.day)  # noqa: DTZ001
    known = language if language in _MONTHS else "en"
    return _WRITTEN[letter](clock, known)


_WRITTEN: Mapping[str, Callable[[datetime, str], str]] = {
    "Y": lambda clock, _: f"{clock.year:04}",
    "y": lambda clock, _: f"{clock.year % 100:02}",
    "m": lambda clock, _: f"{clock.month:02}",
    "n": lambda clock, _: str(clock.month),
    "b": lambda clock, language: _MONTHS[language][clock.month - 1],
    "d": lambda clock, _: f"{clock.day:02}",
    "e": lambda clock, _: str(clock.day),
    "a": lambda clock, language: _DAYS[language][clock.weekday()],
    "H": lambda clock, _: f"{clock.hour:02}",
    "h": lambda clock, _: str(clock.hour),
    "M": lambda clock, _: f"{clock.minute:02}",
    "S": lambda clock, _: f"{clock.second:02}",
    "3": lambda clock, _: f"{clock.microsecond // 1000:03}",
    "%": lambda clock, _: "%",
}
"""The letters that may follow % in format-date() and format-date-time()."""
