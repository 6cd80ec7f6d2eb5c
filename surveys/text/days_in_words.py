"""A date in words: "17 agustus 1990", "besok", "3 hari lalu", "Senin depan", "tgl 5 bulan depan".

Rule of the file: days counted from today are certain, weeks and months are not; a weekday alone may be the last or the
next one.
"""

from __future__ import annotations

import itertools
import re
from datetime import timedelta

from surveys.text.calendar_words import (
    FEASTS,
    IN_THREE_DAYS,
    IN_TWO_DAYS,
    LAST,
    LATER,
    LONG_MONTHS,
    MONTHS,
    NEXT,
    ONE_UNIT,
    PARTS_OF_DAY,
    SUNDAY,
    THIS,
    TODAY,
    TOMORROW,
    UNITS,
    WEEKDAYS,
    YESTERDAY,
)
from surveys.text.days import Found, Reading, day_of, moved, tokens_of, with_weekday, without_year, written
from surveys.text.distance import apart
from surveys.text.numerals import pieces
from surveys.text.vocabulary import INTRODUCING, POLITE, listed

_TOKEN = re.compile(r"[^\W\d_]+")
_NUMBER_WORDS = listed(
    "belas puluh ratus ribu seribu sebelas sepuluh satu dua tiga empat lima enam tujuh delapan sembilan "
    "ampat anam lapan"
)


def in_words(typed: str, reading: Reading) -> Found | None:
    """The date in ``typed`` (plain form), None if there is none; no days if it is none that exists."""
    tokens = tokens_of(typed)
    written_out = any(piece in _NUMBER_WORDS for word in _TOKEN.findall(typed) for piece in pieces(word))
    found = _with_month(tokens, reading)
    if found is not None:
        return Found(found.days, sure=found.sure and not written_out, rest=found.rest)
    for attempt in (_feast, _counted, _day_number, _near, _week, _weekday_alone):
        found = attempt(tokens, reading)
        if found is not None:
            return found
    return None


def _with_month(tokens: list[str], reading: Reading) -> Found | None:
    """A month by name or number: "17 agustus 1990", "tgl 5 bulan 12", "August 17, 1990"."""
    for place, token in enumerate(tokens):
        month, exact = month_of(token)
        used = {place}
        if token == "bulan" and place and tokens[place - 1].isdigit() and place + 1 < len(tokens):
            following = tokens[place + 1]
            month, exact = (
                (int(following), True) if following.isdigit() and 1 <= int(following) <= 12 else month_of(following)
            )
            used = {place, place + 1}
        if not month:
            continue
        if place and tokens[place - 1] == "bulan":
            used.add(place - 1)
        first, last = min(used), max(used)
        day, year = "", ""
        if first and tokens[first - 1].isdigit() and len(tokens[first - 1]) <= 2:
            day = tokens[first - 1]
            used.add(first - 1)
        elif (
            first > 1
            and tokens[first - 1] in {"th", "st", "nd", "rd", "of", "tahun", "-", "/"}
            and tokens[first - 2].isdigit()
        ):
            day = tokens[first - 2]
            used |= {first - 1, first - 2}
        after = last + 1
        if not day and after < len(tokens) and tokens[after].isdigit() and len(tokens[after]) <= 2:
            day = tokens[after]
            used.add(after)
            after += 1
        while after < len(tokens) and tokens[after] in {"tahun", "th", "st", "nd", "rd", "-", "'", "/"}:
            used.add(after)
            after += 1
        if after < len(tokens) and tokens[after].isdigit():
            year = tokens[after]
            used.add(after)
        elif after < len(tokens) and tokens[after] in THIS | NEXT | LAST and not year:
            return None
        rest = [token for index, token in enumerate(tokens) if index not in used]
        if not day or len(year) not in {0, 2, 4}:
            return Found(())
        found = written(int(day), month, year, reading) if year else without_year(int(day), month, reading)
        if not found.days:
            return Found(())
        return with_weekday(Found(found.days, sure=found.sure and exact), rest)
    return None


def month_of(token: str) -> tuple[int, bool]:
    """The month a word names (0 for none), and whether it is spelt well enough to be certain."""
    if token in MONTHS:
        return MONTHS[token], True
    if len(token) < 5 or not token.isalpha():
        return 0, False
    near = {number for name, number in LONG_MONTHS.items() if apart(token, name, 1) <= 1}
    return (near.pop(), False) if len(near) == 1 else (0, False)


def _feast(tokens: list[str], reading: Reading) -> Found | None:
    said = " ".join(tokens)
    for name, (month, day) in FEASTS.items():
        if name in said:
            found = without_year(day, month, reading)
            left = [token for token in tokens if token not in {*name.split(), "hari"}]
            return Found(found.days[:1], sure=False, rest=tuple(left))
    return None


def _counted(tokens: list[str], reading: Reading) -> Found | None:
    """So many days or weeks from today: "3 hari lalu", "seminggu lagi", "dalam 3 hari"."""
    for place, token in enumerate(tokens):
        if token in ONE_UNIT and token != "semalam":
            number, unit, after = 1, ONE_UNIT[token], place + 1
        elif token.isdigit() and len(token) <= 4 and place + 1 < len(tokens) and tokens[place + 1] in UNITS:
            number, unit, after = int(token), UNITS[tokens[place + 1]], place + 2
        else:
            continue
        while after < len(tokens) and tokens[after] in {"yang", "ke", "sudah", "su", "akan"}:
            after += 1
        before = tokens[place - 1] if place else ""
        direction = tokens[after] if after < len(tokens) else ""
        if unit == "bulan" and (
            (direction in NEXT and token.isdigit()) or (direction in NEXT | LAST and before == "tanggal")
        ):
            return None  # the fifth of next month
        if direction in LAST:
            number = -number
        elif direction not in LATER and not (before in {"dalam", "in"} and not direction):
            return None
        rest = (*tokens[: place - 1 if before in {"dalam", "in"} else place], *tokens[after + 1 :])
        day = moved(reading.today, number, unit)
        return None if day is None else Found((day,), sure=unit == "hari" and not reading.born, rest=rest)
    return None


def _day_number(tokens: list[str], reading: Reading) -> Found | None:
    """A day of the month alone: "tgl 5", "5", "tgl 5 bulan depan"."""
    numbers = [place for place, token in enumerate(tokens) if token.isdigit()]
    if len(numbers) != 1 or len(tokens[numbers[0]]) > 2 or reading.born:
        return None
    place = numbers[0]
    day = int(tokens[place])
    rest = [token for index, token in enumerate(tokens) if index != place and token != "tanggal"]
    named = "tanggal" in tokens
    today = reading.today
    if "bulan" in rest and rest.index("bulan") + 1 < len(rest):
        which = rest[rest.index("bulan") + 1]
        shift = 0 if which in THIS else 1 if which in NEXT else -1 if which in LAST else None
        if shift is None:
            return None
        first = moved(today.replace(day=1), shift, "bulan")
        found = day_of(first.year, first.month, day) if first else None
        left = [token for token in rest if token not in {"bulan", which, "yang"}]
        return Found((found,), rest=tuple(left)) if found else Found(())
    if not named and not all(token in POLITE | INTRODUCING | set(WEEKDAYS) for token in rest):
        return None
    near = [
        found
        for shift in range(-2, 3)
        if (first := moved(today.replace(day=1), shift, "bulan")) and (found := day_of(first.year, first.month, day))
    ]
    allowed = [found for found in near if not reading.accepts(found.isoformat())]
    weekdays = {WEEKDAYS[token] for token in rest if token in WEEKDAYS}
    if weekdays:
        allowed = [found for found in allowed if {found.weekday()} == weekdays]
        rest = [token for token in rest if token not in WEEKDAYS]
    past = [found for found in allowed if found <= today]
    ahead = [found for found in allowed if found > today]
    if past and past[-1] == today:
        ahead = []
    days = (*past[-1:], *ahead[:1])
    return Found(days, sure=False, rest=tuple(rest))


def _near(tokens: list[str], reading: Reading) -> Found | None:
    """A day near today: "besok", "kemarin dulu", "hari ini", "tadi malam"."""
    said = set(tokens)
    used: set[str] = {"hari", "dan"} & said
    shift: int | None = None
    sure = True
    if "day after tomorrow" in " ".join(tokens):
        shift, used = 2, {"the", "day", "after", "tomorrow"}
    elif "day before yesterday" in " ".join(tokens):
        shift, used = -2, {"the", "day", "before", "yesterday"}
    elif said & IN_TWO_DAYS and said & YESTERDAY:
        shift, used = -2, used | IN_TWO_DAYS | YESTERDAY
    elif said & IN_TWO_DAYS:
        shift, used, sure = 2, used | IN_TWO_DAYS | TOMORROW, not said & TOMORROW
    elif said & YESTERDAY and not said & {"minggu", "pekan", "bulan", "tahun"} and not said & set(WEEKDAYS):
        before = said & {"dulu", "lusanya"}
        shift, used = (-2 if before else -1), used | YESTERDAY | before
    elif said & TOMORROW and not said & set(WEEKDAYS) and "minggu" not in said:
        shift, used = 1, used | TOMORROW
    elif said & IN_THREE_DAYS:
        shift, used, sure = 3, used | IN_THREE_DAYS, False
    elif "semalam" in said or ("tadi" in said and "malam" in said):
        shift, used, sure = -1, used | {"semalam", "tadi", "malam"}, False
    elif said & TODAY or ("hari" in said and "ini" in said) or _this_part(tokens):
        shift, used = 0, used | TODAY | {"ini", "nanti"}
    if shift is None:
        return None
    rest = tuple(token for token in tokens if token not in used)
    named = {WEEKDAYS[token] for token in rest if token in WEEKDAYS}
    day = reading.today + timedelta(days=shift)
    rest = tuple(token for token in rest if token not in WEEKDAYS)
    return Found((day,), sure=sure and not reading.born and (not named or named == {day.weekday()}), rest=rest)


def _this_part(tokens: list[str]) -> bool:
    """A part of today: "malam ini", "nanti malam"."""
    pairs = set(itertools.pairwise(tokens))
    return any((part, "ini") in pairs or ("nanti", part) in pairs for part in PARTS_OF_DAY)


def _week(tokens: list[str], reading: Reading) -> Found | None:
    """A week from today, asked back: "minggu depan". With "hari" before it, Sunday is meant."""
    for place, token in enumerate(tokens[:-1]):
        if token not in {"minggu", "pekan"} or (place and tokens[place - 1] == "hari"):
            continue
        following = (
            tokens[place + 1] if tokens[place + 1] != "yang" else tokens[place + 2] if place + 2 < len(tokens) else ""
        )
        if following in NEXT or following in LAST:
            if any(token in WEEKDAYS for token in tokens):
                return _weekday_of_week(tokens, following in NEXT, reading)
            days = 7 if following in NEXT else -7
            rest = tuple(token for token in tokens if token not in {"minggu", "pekan", "yang"} | NEXT | LAST)
            return Found((reading.today + timedelta(days=days),), sure=False, rest=rest)
    if tokens[:2] == ["next", "pekan"] or tokens[:2] == ["last", "pekan"]:
        return Found(
            (reading.today + timedelta(days=7 if tokens[0] == "next" else -7),), sure=False, rest=tuple(tokens[2:])
        )
    return None


def _weekday_of_week(tokens: list[str], ahead: bool, reading: Reading) -> Found:  # noqa: FBT001
    """A weekday of another week: "Senin minggu depan"."""
    weekday = next(WEEKDAYS[token] for token in tokens if token in WEEKDAYS)
    monday = reading.today - timedelta(days=reading.today.weekday()) + timedelta(days=7 if ahead else -7)
    rest = tuple(
        token
        for token in tokens
        if token not in WEEKDAYS and token not in {"minggu", "pekan", "yang", "hari"} | NEXT | LAST
    )
    return Found((monday + timedelta(days=weekday),), rest=rest)


def _weekday_alone(tokens: list[str], reading: Reading) -> Found | None:
    """A weekday: "Senin", "Senin depan", "Jumat lalu", "hari Minggu"."""
    named = [token for token in tokens if token in WEEKDAYS]
    sunday = not named and "hari" in tokens and "minggu" in tokens
    if len({WEEKDAYS[token] for token in named}) != 1 and not sunday:
        return None
    weekday = SUNDAY if sunday else WEEKDAYS[named[0]]
    today = reading.today
    ahead = today + timedelta(days=(weekday - today.weekday() - 1) % 7 + 1)
    past = today - timedelta(days=(today.weekday() - weekday - 1) % 7 + 1)
    said = set(tokens)
    rest = tuple(
        token
        for token in tokens
        if token not in WEEKDAYS and token not in {"hari", "minggu", "yang"} | NEXT | LAST | THIS | TOMORROW
    )
    if reading.born:
        return Found(())
    this_week = today - timedelta(days=today.weekday()) + timedelta(days=weekday)
    if said & (NEXT | TOMORROW):
        following = this_week + timedelta(days=7)
        return Found((ahead,), rest=rest) if following == ahead else Found((ahead, following), sure=False, rest=rest)
    if said & (LAST | YESTERDAY):
        before = this_week - timedelta(days=7)
        return Found((past,), rest=rest) if before == past else Found((past, before), sure=False, rest=rest)
    if said & THIS:
        return Found((this_week,), rest=rest)
    if this_week == today:
        return Found((today, ahead), sure=False, rest=rest)
    allowed = tuple(day for day in (past, ahead) if not reading.accepts(day.isoformat()))
    return Found(allowed or (ahead,), sure=False, rest=rest)
