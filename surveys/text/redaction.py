"""Takes out of a free text the numbers that identify a person: NIK (16 digits), NIP (18 digits), mobile numbers.

Rule of the file: separators (spaces, dots, dashes, slashes, brackets, commas, colons), invisible characters and every
script's digits are seen through; what stays is untouched. Years in a row, dates, hours, amounts and lists of numbers
are no NIK; commas and other marks of a list part a number only where they stand between all its parts alike. The marks
left behind are in Indonesian: they stand in the answer of an Indonesian office.
"""

from __future__ import annotations

import re
from typing import Literal

from surveys.text.digit_groups import (
    BETWEEN,
    DIGIT,
    UNSEEN,
    YEAR,
    Groups,
    clock_or_round,
    close,
    dated,
    dates_or_hours,
    listed,
    mixed,
)

Kind = Literal["nik", "nip", "phone"]
MASKS: dict[Kind, str] = {"nik": "[NIK disamarkan]", "nip": "[NIP disamarkan]", "phone": "[No. HP disamarkan]"}

_RUN = re.compile(rf"[+＋(]?{DIGIT}(?:{BETWEEN}{{0,6}}{DIGIT}){{8,}}")
_TAIL = re.compile(rf"[{UNSEEN}]*")
_NAMED = re.compile(
    r"(?:nik|no\.?\s*ktp|nomor\s*ktp|ktp|no\.?\s*kk|nomor\s*kk)[\s:.=\-]*(?:saya|adalah|no\.?|nomor)?[\s:.=\-]*$",
    re.IGNORECASE,
)
_MOBILE = re.compile(r"(?:62|0)8\d{8,11}")
_ABROAD = re.compile(r"^00(?=62)|(?<=^62)0|(?<=^0062)0")
"""What is dialled before or left in the country's number: "0062 812 …", "62 0812 …"."""
_LEADING = re.compile(r"^0*(?:62)?0?")
_LEAD = frozenset({"0", "00", "62", "0062"})


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


def _personal(text: str, start: int, end: int) -> list[tuple[int, int, Kind]]:
    """What is personal in one run of digits: start, end, kind."""
    groups = Groups(text, start, end)
    count = len(groups.digits)
    spans: list[tuple[int, int, Kind]] = []
    place = 0
    while place < count:
        named = _NAMED.search(text, max(0, groups.starts[place] - 24), groups.starts[place]) is not None
        last, kind = _spaced_out(groups, place)
        if kind is None:
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


def _opened(text: str, groups: Groups, place: int, last: int, kind: Kind) -> int:
    """Where the mask begins: a plus sign, or a bracket that closes inside the number, goes with it."""
    start = groups.starts[place]
    before = text[start - 1] if start else ""
    if kind == "phone" and before in {"+", "＋"}:
        start -= 1
        before = text[start - 1] if start else ""
    if before == "(" and any(")" in gap for gap in groups.gaps[place:last]):
        start -= 1
    return start


def _spaced_out(groups: Groups, place: int) -> tuple[int, Kind | None]:
    """A mobile number or a NIK written digit by digit: "0 8 1 2 …", "5-3-7-1-…", from where that row begins."""
    begins = place == 0 or len(groups.digits[place - 1]) > 1 or not close(groups.gaps[place - 1])
    if len(groups.digits[place]) > 1 or not begins:
        return place, None
    last = place
    while last + 1 < len(groups.digits) and len(groups.digits[last + 1]) == 1 and close(groups.gaps[last]):
        last += 1
    digits = "".join(groups.digits[place : last + 1])
    if _MOBILE.fullmatch(_ABROAD.sub("", digits)) is not None:
        return last, "phone"
    if len(digits) == 16 and _shaped(digits) and digits[12] == "0" and len(set(digits)) > 2 and _regency(digits):
        return last, "nik"
    return place, None


def _whole(groups: Groups, place: int, *, named: bool) -> tuple[int, Kind | None]:
    """The shortest row of groups from ``place`` that is a NIK or NIP as a whole."""
    total = 0
    for last in range(place, len(groups.digits)):
        total += len(groups.digits[last])
        if total > 18:
            break
        if total not in {16, 18}:
            continue
        row, gaps = groups.digits[place : last + 1], groups.gaps[place:last]
        if mixed(gaps) and not named:
            break
        if total == 16 and len(row) < len(groups.digits) - place and _is_nip("".join(row), groups, last):
            continue
        if total == 16 and not named and YEAR.fullmatch(row[0]) and _fits(groups, place + 1):
            break  # a year, then the number
        kind: Kind = "nik" if total == 16 else "nip"
        if len(row) == 1:
            return last, kind
        if listed(gaps):
            if _one_listed(row, gaps, kind, named=named):
                return last, kind
        elif (named and total == 16) or _one_number(row, "".join(row), kind):
            return last, kind
    return place, None


def _fits(groups: Groups, place: int) -> bool:
    """Whether sixteen digits begin here, in whole groups."""
    total = 0
    for last in range(place, len(groups.digits)):
        total += len(groups.digits[last])
        if total >= 16 or listed(groups.gaps[last : last + 1]):
            break
    return total == 16


def _is_nip(row: str, groups: Groups, last: int) -> bool:
    """Whether two more digits make an employee number of these sixteen ("19860926 201505 1 0 01")."""
    gap, following = groups.gaps[last : last + 1], groups.digits[last + 1 : last + 2]
    ended = listed(gap) or [len(group) for group in following] != [2]
    return not ended and dated(row[:8]) and YEAR.match(row[8:12]) is not None


def _one_number(row: list[str], digits: str, kind: Kind) -> bool:
    """Whether groups side by side are one number in parts rather than years, dates, hours or a list."""
    if kind == "nip":
        return dated(digits[:8]) and YEAR.match(digits[8:12]) is not None and (len(row) < 6 or digits[14] in "12")
    if all(len(group) == 4 and YEAR.fullmatch(group) for group in row):
        return False
    if dates_or_hours(row) or clock_or_round(row):
        return False
    sizes = [len(group) for group in row]
    if _shaped(digits) and (max(sizes) >= 4 or set(sizes) == {2}):
        return True
    return (
        len(row) <= 5 and min(sizes) >= 2 and max(sizes) >= 4 and not any(group.startswith("08") for group in row[1:])
    )


def _one_listed(row: list[str], gaps: list[str], kind: Kind, *, named: bool) -> bool:
    """Whether groups with commas or the like between are one number: a list of amounts has no zeros in front."""
    digits = "".join(row)
    led = any(group[0] == "0" for group in row) and max(map(len, row)) >= 4
    if kind == "nip" or clock_or_round(row):
        return led and _one_number(row, digits, kind)
    if named:
        return led or _shaped(digits) or (max(map(len, row)) >= 4 and all(len(gap) == 1 for gap in gaps))
    return led and _shaped(digits)


def _regency(digits: str) -> bool:
    """Whether the third to sixth digit number a regency or city and a district of it."""
    return ("01" <= digits[2:4] <= "29" or "71" <= digits[2:4] <= "79") and "01" <= digits[4:6] <= "59"


def _shaped(digits: str) -> bool:
    """Province, then day (women: +40) and month of birth where a NIK has them."""
    day, month = int(digits[6:8]), int(digits[8:10])
    return "11" <= digits[:2] <= "97" and (1 <= day <= 31 or 41 <= day <= 71) and 1 <= month <= 12


def _may_ring(groups: Groups, place: int) -> bool:
    first = groups.digits[place]
    following = groups.digits[place + 1] if place + 1 < len(groups.digits) else ""
    return (
        first.startswith(("08", "628", "00628"))
        or (first in _LEAD - {"00"} and following[:1] == "8")
        or (first in {"62", "0062"} and following[:2] == "08")
        or (first == "00" and following[:2] == "62")
    )


def _phone(groups: Groups, place: int) -> tuple[int, Kind | None]:
    """The groups from ``place`` that are one mobile number, as few as make sense."""
    digits = ""
    best: int | None = None
    for last in range(place, min(place + 8, len(groups.digits))):
        group = groups.digits[last]
        doubled = last == place + 1 and groups.digits[place] in {"62", "0062"} and group.startswith("08")
        ended = best is not None and (group.startswith("08") or not _goes_on(groups, place, last, digits))
        if last > place and not doubled and ended:
            break
        digits = _ABROAD.sub("", digits + group)
        if len(digits) > 14:
            break
        if _MOBILE.fullmatch(digits) is not None and not mixed(groups.gaps[place:last]):
            best = last
    if best is None or not _grouped_as_phone(groups, place, best):
        return place, None
    return best, "phone"


def _goes_on(groups: Groups, place: int, last: int, digits: str) -> bool:
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


def _grouped_as_phone(groups: Groups, place: int, last: int) -> bool:
    """No hours and no dates: the first part has three digits or more, or all parts are alike."""
    row = groups.digits[place : last + 1]
    if len(row) == 1:
        return True
    front = next((group for group in row if group not in _LEAD), "")
    if _LEADING.sub("", "".join(row))[1] in "046" and (len(front) < 3 or clock_or_round(row)):
        return False  # "08 04 90 …" is a day, "0800 1200 1600" are hours
    if listed(groups.gaps[place:last]):
        amount = groups.before[place] in {",", "."} and {len(group) for group in row} == {3}
        return row[0][:2] in {"08", "00"} and 3 <= len(front) <= 5 and not amount and not clock_or_round(row)
    if len(front) >= 3:
        return True
    return (
        len(set(groups.gaps[place:last])) == 1
        and len({len(group) for group in row[:-1]}) == 1
        and not dates_or_hours(row)
    )
