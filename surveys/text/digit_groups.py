"""Groups of digits that stand side by side in a text, and what else than one number they may be.

Rule of the file: it only looks. Dates, hours, amounts and lists are told apart here; what identifies a person is for
``redaction`` to say.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

DIGIT = r"[\d\u00b2\u00b3\u00b9\u2070\u2074-\u2079\u2080-\u2089\u2460-\u2468\u24ea\u2776-\u277e]"
UNSEEN = r"\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufe00-\ufe0f\ufeff\u20e3"
BETWEEN = rf"[\s.\-/_(),:;|*~\u2010-\u2015\u2043\u2212\ufe58\ufe63\uff0d\uff0e\uff0f\uff3f·•{UNSEEN}]"
_GROUP = re.compile(rf"{DIGIT}(?:[{UNSEEN}]*{DIGIT})*")
_LISTING = frozenset(",:;|*~")
YEAR = re.compile(r"(?:19|20)\d\d")


class Groups:
    """The groups of digits in one run, in plain digits, with where they stand, what stands just before each, and the
    gaps between them."""

    def __init__(self, text: str, start: int, end: int) -> None:
        found = list(_GROUP.finditer(text, start, end))
        self.digits = ["".join(map(_digit, group[0])) for group in found]
        self.starts = [group.start() for group in found]
        self.ends = [group.end() for group in found]
        self.before = [text[start - 1 : start] for start in self.starts]
        self.gaps = [re.sub(rf"[{UNSEEN}]", "", text[self.ends[i] : self.starts[i + 1]]) for i in range(len(found) - 1)]


def close(gap: str) -> bool:
    """Whether digits that stand so apart may be one number rather than a list or a column."""
    return "\n" not in gap and (not _LISTING & set(gap) or len(gap) == 1)


def listed(gaps: list[str]) -> bool:
    """Whether the marks of a list stand between: "5371, 0144"."""
    return any(_LISTING & set(gap) for gap in gaps)


def mixed(gaps: list[str]) -> bool:
    """Whether such marks stand between some parts and not, or not so, between others."""
    return listed(gaps) and len(set(gaps)) > 1


def clock_or_round(row: list[str]) -> bool:
    """Hours written together ("0800 1200 1600"), or round amounts ("3000 4000 5000 6000")."""
    return all(len(group) == 4 for group in row) and (
        all(int(group[:2]) < 25 and int(group[2:]) < 60 for group in row) or all(group.endswith("00") for group in row)
    )


def dates_or_hours(row: list[str]) -> bool:
    """Only whole dates ("24-11-2026 25-11-2026") and pairs of hours and minutes ("08.00-15.30 …")."""
    place = 0
    while place < len(row):
        if len(row[place : place + 3]) == 3 and _is_date(row[place : place + 3]):
            place += 3
        elif len(row[place : place + 2]) == 2 and _is_hour(row[place : place + 2]):
            place += 2
        elif (
            len(row[place]) == 8 and (dated(row[place]) or dated(row[place][4:] + row[place][2:4] + row[place][:2]))
        ) or YEAR.fullmatch(row[place]):
            place += 1
        else:
            return False
    return True


def _is_date(parts: list[str]) -> bool:
    day, month, year = parts
    if len(day) == 4:
        day, year = year, day
    return len(day) <= 2 and len(month) <= 2 and len(year) == 4 and dated(f"{year}{int(month):02}{int(day):02}")


def _is_hour(parts: list[str]) -> bool:
    hour, minute = parts
    return len(hour) <= 2 and len(minute) == 2 and int(hour) < 25 and int(minute) < 60


def dated(digits: str) -> bool:
    """Whether they begin with a day, year first."""
    return YEAR.match(digits) is not None and 1 <= int(digits[4:6]) <= 12 and 1 <= int(digits[6:8]) <= 31


@lru_cache(maxsize=1024)
def _digit(char: str) -> str:
    value = unicodedata.digit(char, None)
    return "" if value is None else str(value)
