"""Takes out of a free text the numbers that identify a person: NIK (16 digits), NIP (18 digits), mobile numbers.

Rule of the file: separators (spaces, dots, dashes, slashes, brackets), invisible characters and every script's digits
are seen through; what stays is untouched. Years in a row, dates, hours and lists of small numbers are no NIK. The marks
left behind are in Indonesian: they stand in the answer of an Indonesian office.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Literal

Kind = Literal["nik", "nip", "phone"]
MASKS: dict[Kind, str] = {"nik": "[NIK disamarkan]", "nip": "[NIP disamarkan]", "phone": "[No. HP disamarkan]"}

_DIGIT = r"[\d\u00b2\u00b3\u00b9\u2070\u2074-\u2079\u2080-\u2089\u2460-\u2468\u24ea\u2776-\u277e]"
_UNSEEN = r"\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufe00-\ufe0f\ufeff\u20e3"
_BETWEEN = rf"[\s.\-/_()\u2010-\u2015\u2043\u2212\ufe58\ufe63\uff0d\uff0e\uff0f\uff3f·•{_UNSEEN}]"
_RUN = re.compile(rf"[+＋(]?{_DIGIT}(?:{_BETWEEN}{{0,6}}{_DIGIT}){{8,}}")
_GROUP = re.compile(rf"{_DIGIT}(?:[{_UNSEEN}]*{_DIGIT})*")
_TAIL = re.compile(rf"[{_UNSEEN}]*")
_NAMED = re.compile(
    r"(?:nik|no\.?\s*ktp|nomor\s*ktp|ktp|no\.?\s*kk|nomor\s*kk)[\s:.=\-]*(?:saya|adalah|no\.?|nomor)?[\s:.=\-]*$",
    re.IGNORECASE,
)
_MOBILE = re.compile(r"(?:62|0)8\d{8,11}")
_YEAR = re.compile(r"(?:19|20)\d\d")


def redact(text: str) -> tuple[str, tuple[Kind, ...]]:
    """``text`` with such numbers masked, and the kinds that were found, each once, in order."""
    found = _RUN.search(text)
    if found is None:
        return text, ()
    parts: list[str] = []
    kinds: dict[Kind, None] = {}
    kept = 0
    while found is not None:
        for start, end, kind in _personal(text, found.start(), found.end()):
            parts += (text[kept:start], MASKS[kind])
            kinds[kind] = None
            kept = end
        found = _RUN.search(text, found.end())
    if not kinds:
        return text, ()
    return "".join((*parts, text[kept:])), tuple(kinds)


class _Groups:
    """The groups of digits in one run, in plain digits, with where they stand."""

    def __init__(self, text: str, start: int, end: int) -> None:
        found = list(_GROUP.finditer(text, start, end))
        self.digits = ["".join(map(_digit, group[0])) for group in found]
        self.starts = [group.start() for group in found]
        self.ends = [group.end() for group in found]
        self.gaps = [
            re.sub(rf"[{_UNSEEN}]", "", text[self.ends[i] : self.starts[i + 1]]) for i in range(len(found) - 1)
        ]


def _personal(text: str, start: int, end: int) -> list[tuple[int, int, Kind]]:
    """What is personal in one run of digits: start, end, kind."""
    groups = _Groups(text, start, end)
    count = len(groups.digits)
    spans: list[tuple[int, int, Kind]] = []
    place = 0
    while place < count:
        named = _NAMED.search(text, max(0, groups.starts[place] - 24), groups.starts[place]) is not None
        last, kind = _whole(groups, place, named=named)
        if kind is None and _may_ring(groups, place):
            last, kind = _phone(groups, place)
        if kind is None:
            place += 1
            continue
        tail = _TAIL.match(text, groups.ends[last])
        end_of_it = groups.ends[last] if tail is None else tail.end()
        spans.append((_opened(text, groups, place, last, kind), end_of_it, kind))
        place = last + 1
    return spans


def _opened(text: str, groups: _Groups, place: int, last: int, kind: Kind) -> int:
    """Where the mask begins: a plus sign, or a bracket that closes inside the number, goes with it."""
    start = groups.starts[place]
    before = text[start - 1] if start else ""
    if kind == "phone" and before in {"+", "＋"}:
        start -= 1
        before = text[start - 1] if start else ""
    if before == "(" and any(")" in gap for gap in groups.gaps[place:last]):
        start -= 1
    return start


def _whole(groups: _Groups, place: int, *, named: bool) -> tuple[int, Kind | None]:
    """The shortest row of groups from ``place`` that is a NIK or NIP as a whole."""
    total = 0
    for last in range(place, len(groups.digits)):
        total += len(groups.digits[last])
        if total > 18:
            break
        if total not in {16, 18}:
            continue
        row = groups.digits[place : last + 1]
        if total == 16 and len(row) < len(groups.digits) - place and _is_nip("".join(row), groups, last):
            continue
        if total == 16 and not named and _YEAR.fullmatch(row[0]) and _fits(groups.digits[place + 1 :]):
            break  # a year, then the number
        kind: Kind = "nik" if total == 16 else "nip"
        if len(row) == 1 or (named and total == 16) or _one_number(row, "".join(row), kind):
            return last, kind
    return place, None


def _fits(row: list[str]) -> bool:
    """Whether sixteen digits begin here, in whole groups."""
    total = 0
    for group in row:
        total += len(group)
        if total >= 16:
            break
    return total == 16


def _is_nip(row: str, groups: _Groups, last: int) -> bool:
    """Whether two more digits make an employee number of these sixteen ("19860926 201505 1 0 01")."""
    following = groups.digits[last + 1] if last + 1 < len(groups.digits) else ""
    return len(following) == 2 and _dated(row[:8]) and _YEAR.match(row[8:12]) is not None


def _one_number(row: list[str], digits: str, kind: Kind) -> bool:
    """Whether groups side by side are one number in parts rather than years, dates, hours or a list."""
    if kind == "nip":
        return _dated(digits[:8]) and _YEAR.match(digits[8:12]) is not None and (len(row) < 6 or digits[14] in "12")
    if all(len(group) == 4 and _YEAR.fullmatch(group) for group in row):
        return False
    if _dates_or_hours(row):
        return False
    sizes = [len(group) for group in row]
    if _shaped(digits) and (max(sizes) >= 4 or set(sizes) == {2}):
        return True
    return (
        len(row) <= 5 and min(sizes) >= 2 and max(sizes) >= 4 and not any(group.startswith("08") for group in row[1:])
    )


def _shaped(digits: str) -> bool:
    """Province, then day (women: +40) and month of birth where a NIK has them."""
    day, month = int(digits[6:8]), int(digits[8:10])
    return "11" <= digits[:2] <= "97" and (1 <= day <= 31 or 41 <= day <= 71) and 1 <= month <= 12


def _dates_or_hours(row: list[str]) -> bool:
    """Only whole dates ("24-11-2026 25-11-2026") and pairs of hours and minutes ("08.00-15.30 …")."""
    place = 0
    while place < len(row):
        if len(row[place : place + 3]) == 3 and _is_date(row[place : place + 3]):
            place += 3
        elif len(row[place : place + 2]) == 2 and _is_hour(row[place : place + 2]):
            place += 2
        elif (
            len(row[place]) == 8 and (_dated(row[place]) or _dated(row[place][4:] + row[place][2:4] + row[place][:2]))
        ) or _YEAR.fullmatch(row[place]):
            place += 1
        else:
            return False
    return True


def _is_date(parts: list[str]) -> bool:
    day, month, year = parts
    if len(day) == 4:
        day, year = year, day
    return len(day) <= 2 and len(month) <= 2 and len(year) == 4 and _dated(f"{year}{int(month):02}{int(day):02}")


def _is_hour(parts: list[str]) -> bool:
    hour, minute = parts
    return len(hour) <= 2 and len(minute) == 2 and int(hour) < 25 and int(minute) < 60


def _dated(digits: str) -> bool:
    return _YEAR.match(digits) is not None and 1 <= int(digits[4:6]) <= 12 and 1 <= int(digits[6:8]) <= 31


def _may_ring(groups: _Groups, place: int) -> bool:
    first = groups.digits[place]
    following = groups.digits[place + 1] if place + 1 < len(groups.digits) else ""
    return (
        first.startswith(("08", "628"))
        or (first in {"62", "0"} and following[:1] == "8")
        or (first == "62" and following[:2] == "08")
    )


def _phone(groups: _Groups, place: int) -> tuple[int, Kind | None]:
    """The groups from ``place`` that are one mobile number, as few as make sense."""
    digits = ""
    best: int | None = None
    for last in range(place, min(place + 8, len(groups.digits))):
        group = groups.digits[last]
        doubled = last == place + 1 and groups.digits[place] == "62" and group.startswith("08")  # "+62 0812 …"
        ended = best is not None and (group.startswith("08") or not _goes_on(groups, place, last, digits))
        if last > place and not doubled and ended:
            break
        digits += group
        if len(digits) > 14:
            break
        plain = "62" + digits[3:] if digits.startswith("620") else digits
        if (
            _MOBILE.fullmatch(plain) is not None
            and plain[-len(plain) :][(2 if plain[0] == "6" else 1) + 1] not in "046"
        ):
            best = last
    if best is None or not _grouped_as_phone(groups, place, best):
        return place, None
    return best, "phone"


def _goes_on(groups: _Groups, place: int, last: int, digits: str) -> bool:
    """Whether the group at ``last`` still belongs to a number that might already be complete."""
    sizes = [len(group) for group in groups.digits[place:last]]
    gaps = set(groups.gaps[place:last])
    if len(sizes) == 1 or len(digits) >= 12:
        return False
    return (
        len(groups.digits[last]) in {sizes[-1], sizes[-1] - 1, sizes[-1] + 1}
        and len(gaps) <= 2
        and len(groups.digits[last]) >= 2
    )


def _grouped_as_phone(groups: _Groups, place: int, last: int) -> bool:
    """No hours and no dates: the first part has three digits or more, or all parts are alike."""
    row = groups.digits[place : last + 1]
    if len(row) == 1:
        return True
    front = row[0] if row[0] not in {"62", "0"} else row[1]
    if len(front) >= 3:
        return True
    return (
        len(set(groups.gaps[place:last])) == 1
        and len({len(group) for group in row[:-1]}) == 1
        and not _dates_or_hours(row)
    )


@lru_cache(maxsize=1024)
def _digit(char: str) -> str:
    value = unicodedata.digit(char, None)
    return "" if value is None else str(value)
