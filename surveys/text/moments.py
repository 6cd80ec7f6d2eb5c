"""A date with its time: "besok jam 9 pagi", "25/11/2026 09.00", "lusa jam setengah 8 pagi".

Rule of the file: both parts must be said; each is read by its own reader, and certain only if both are. Midnight and
the hours after it, said of a night, belong to the day after the one named: they are asked back, that day first.
"""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

from surveys.text.dates import read_date
from surveys.text.meaning import MOST_OFFERED, NOTHING, Meaning, certain, perhaps
from surveys.text.normal import LONGEST, cleaned
from surveys.text.numbers import Accepts, accept_all
from surveys.text.times import minutes_ago, read_time

_PART = r"(?:pagi|pg|siang|sore|malam|mlm|malem|subuh|petang|dini hari|am|pm|a\.m\.?|p\.m\.?)"
_HOUR = r"(?:(?:setengah|stengah)\s+[a-z0-9]+|\d{1,2}(?:\s?[.:]\s?\d{2}){0,2}|\d{4}|(?:se)?[a-z]+(?:\s+belas)?)"
_WITH_WORD = re.compile(
    rf"(?:(?P<before>{_PART})\s+)?\b(?:jam|pukul|pkl|jm|pk|at)(?=[\s\d])\s*(?P<time>{_HOUR}(?:\s+(?:lewat|lebih|kurang)\s+[a-z0-9]+(?:\s*menit)?)?(?:\s*{_PART}\b)?(?:\s*wita\b)?)"
)
_IN_FIGURES = re.compile(
    rf"(?:^|(?<=[\s,t]))(?P<time>\d{{1,2}}\s?:\s?\d{{2}}(?:\s?:\s?\d{{2}})?(?:\.\d+)?(?:\s*{_PART}\b)?(?:\s*wita\b|[+-]\d\d:?\d\d$)?)"
)
_POINTED = re.compile(rf"(?<=\s)(?P<time>\d{{1,2}}\.\d{{2}}(?:\s*{_PART}\b)?(?:\s*wita\b)?)\s*$")
_IN_PART = re.compile(rf"(?<![\d./-])(?P<time>(?:setengah\s+)?\d{{1,2}}\s*{_PART}\b)")
_NIGHT = re.compile(r"(?<!selamat )\b(?:malam|mlm|malem|mlam|(?:mid|to)?night)\b")
_DAWN = "05:00"
_ISO = re.compile(r"(\d{4}-\d{2}-\d{2})t(\d{2}:\d{2}).*")


def read_moment(text: str, *, now: datetime, label: str = "", accepts: Accepts = accept_all) -> Meaning:
    """The date and time in ``text`` as YYYY-MM-DDTHH:MM."""
    if len(text) > LONGEST:
        return NOTHING
    typed = cleaned(text)
    if typed in {"sekarang", "skrg", "skarang", "now", "saat ini", "hari ini sekarang"}:
        return certain(f"{now:%Y-%m-%dT%H:%M}")
    near = minutes_ago(typed, now)
    if near is not None:
        return perhaps(f"{near:%Y-%m-%dT%H:%M}")
    iso = _ISO.fullmatch(typed)
    if iso is not None:
        typed = f"{iso[1]} {iso[2]}"
    for pattern in (_WITH_WORD, _IN_FIGURES, _POINTED, _IN_PART):
        found = pattern.search(typed)
        if found is not None:
            break
    else:
        return NOTHING
    part = found["before"] or "" if "before" in pattern.groupindex else ""
    time_said = f"{found['time']} {part}"
    hour = read_time(re.sub(r"[+-]\d\d:?\d\d$|(?<=\d\d:\d\d:\d\d)\.\d+", "", time_said), now=now)
    rest = f"{typed[: found.start()]} {part} {typed[found.end() :]}".strip(" ,;-")
    night = _NIGHT.search(typed) is not None
    return _joined(rest, hour, night=night, now=now, label=label, accepts=accepts)


def _joined(rest: str, hour: Meaning, *, night: bool, now: datetime, label: str, accepts: Accepts) -> Meaning:
    def allowed(day: str) -> str:
        return "" if any(not accepts(f"{day}T{time}") for time in hour.values) else "no"

    if not hour.values:
        return NOTHING
    day = read_date(rest, today=now.date(), label=label, accepts=allowed)
    moments = [f"{named}T{time}" for named in day.values for time in hour.values]
    at_night = [moment for named in day.values for time in hour.values for moment in _at_night(named, time)]
    if night and at_night != moments:
        offered = [moment for moment in at_night if not accepts(moment)] or at_night
        return perhaps(*offered[:MOST_OFFERED])
    if day.sure and hour.sure:
        return certain(moments[0])
    return perhaps(*moments[:MOST_OFFERED])


def _at_night(day: str, time: str) -> tuple[str, ...]:
    """What a time said of the night of ``day`` may be: "malam jam 12" is the midnight that ends it, or begins it."""
    hour = time.replace("12:", "00:", 1) if time.startswith("12:") else time
    named = date.fromisoformat(day)
    if hour >= _DAWN or named == date.max:
        return (f"{day}T{hour}",)
    return f"{named + timedelta(days=1)}T{hour}", f"{day}T{hour}"
