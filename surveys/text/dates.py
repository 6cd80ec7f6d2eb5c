"""A date as people give it: "17/8/45", "17 agustus 1990", "kemarin", "3 hari lalu", "Senin depan", "tgl 5".

Rule of the file: day before month, as everybody here writes. A year of two figures, a day without a month or a month
without a year is completed by what the form allows and by what is near; where two readings stay, both are offered.
"Minggu depan" is no day yet: it is asked back.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

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
from surveys.text.distance import apart
from surveys.text.meaning import NOTHING, Meaning, certain, perhaps
from surveys.text.normal import LONGEST, cleaned
from surveys.text.numbers import Accepts, accept_all, label_words
from surveys.text.numerals import numeral_at, pieces
from surveys.text.vocabulary import HEDGES, INTRODUCING, POLITE, listed, standard

Part = Literal["day", "month", "year"]
"""What is asked for: a day, a month of a year (its first day is stored), a year (its 1 January is stored)."""

_TOKEN = re.compile(r"\d+|[^\W\d_]+|[^\s\w]")
_DAY_FIRST = re.compile(r"(?<!\d)(\d{1,2})\s?[-/. ,]\s?(\d{1,2})\s?[-/. ,]\s?'?(\d{4}|\d{2})(?![\d])")
_YEAR_FIRST = re.compile(r"(?<!\d)(\d{4})\s?[-/. ]\s?(\d{1,2})\s?[-/. ]\s?(\d{1,2})(?!\d)")
_COMPACT = re.compile(r"(?<!\d)(\d{8})(?!\d)")
_DAY_MONTH = re.compile(r"(?<![\d/.-])(\d{1,2})\s?[-/]\s?(\d{1,2})(?![\d/.-])")
_MONTH_YEAR = re.compile(r"(?<!\d)(\d{1,2})\s?[-/. ]\s?(\d{4})(?!\d)")
_LEADING_WORDS = listed("tanggal hari pada di tepatnya mulai sejak tempat lahir kelahiran born on date the of tahun bulan ttl")
_CONTRADICTING = listed("tidak bukan jangan belum sampai sampe hingga antara sebelum sesudah setelah sejak before after until except tiap setiap awal akhir pertengahan s sd")
_OLD = 110
_BORN = listed("lahir kelahiran born birth birthday")


@dataclass(frozen=True, slots=True)
class _Found:
    """Days that were meant, the likeliest first; and the tokens that said nothing about them."""

    days: tuple[date, ...]
    sure: bool = True
    rest: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reading:
    today: date
    accepts: Accepts
    born: bool
    """A day of birth is asked for: the past, and no "kemarin"."""


def read_date(
    text: str, *, today: date, label: str = "", accepts: Accepts = accept_all, part: Part = "day"
) -> Meaning:
    """The date in ``text`` as YYYY-MM-DD. ``accepts`` gives "" for a date the form allows."""
    if len(text) > LONGEST:
        return NOTHING
    typed = cleaned(text)
    reading = _Reading(today=today, accepts=accepts, born=is_birth(label))
    if part != "day":
        return _read_part(typed, reading, part)
    halves = re.split(r"\s(?:atau|ato|or|ka)\s", typed)
    if len(halves) == 2:
        days = [found.days[0] for half in halves if (found := _found(half, reading)) is not None and len(found.days) == 1]
        return perhaps(*(day.isoformat() for day in days)) if len(days) == 2 else NOTHING
    found = _found(typed, reading)
    if found is None:
        return NOTHING
    sure = found.sure and "?" not in typed and _nothing_else(found.rest, label_words(label))
    if not found.days or not _nothing_against(found.rest):
        return NOTHING
    if len(found.days) == 1:
        return certain(found.days[0].isoformat()) if sure else perhaps(found.days[0].isoformat())
    return perhaps(*(day.isoformat() for day in found.days))


def is_birth(label: str) -> bool:
    """Whether a question asks for a day of birth."""
    return bool(label_words(label) & _BORN)


def _nothing_against(rest: tuple[str, ...]) -> bool:
    return not any(word in _CONTRADICTING or word.isdigit() or word == "-" and len(rest) > 1 for word in rest)


def _nothing_else(rest: tuple[str, ...], asked: frozenset[str]) -> bool:
    return all(
        word in _LEADING_WORDS or word in POLITE or word in INTRODUCING or word in asked or word in PARTS_OF_DAY or not word[0].isalnum()
        for word in rest
    )


def _found(typed: str, reading: _Reading) -> _Found | None:
    for attempt in (_in_figures, _in_words):
        found = attempt(typed, reading)
        if found is not None:
            return found
    return None


# ---- figures ----------------------------------------------------------------------------------------


def _in_figures(typed: str, reading: _Reading) -> _Found | None:
    for pattern, order in ((_YEAR_FIRST, (2, 1, 0)), (_DAY_FIRST, (0, 1, 2))):
        found = pattern.search(typed)
        if found is None:
            continue
        day, month, year = (found[place + 1] for place in order)
        rest = _tokens(typed[: found.start()] + " " + typed[found.end() :])
        return _with_weekday(_written(int(day), int(month), year, reading), rest, reading)
    found = _COMPACT.search(typed)
    if found is not None:
        figures = found[1]
        rest = _tokens(typed[: found.start()] + " " + typed[found.end() :])
        ways = [_written(int(figures[:2]), int(figures[2:4]), figures[4:], reading), _written(int(figures[6:]), int(figures[4:6]), figures[:4], reading)]
        days = tuple(dict.fromkeys(day for way in ways if way is not None and way.sure for day in way.days))
        return _Found(days, sure=ways[0] is not None and ways[0].days == days, rest=tuple(rest)) if days else _Found(())
    found = _DAY_MONTH.search(typed)
    if found is not None:
        rest = _tokens(typed[: found.start()] + " " + typed[found.end() :])
        if any(word in MONTHS or word.isdigit() for word in rest):
            return None  # "5-7 desember" is no date
        return _with_weekday(_without_year(int(found[1]), int(found[2]), reading), rest, reading)
    return None


def _written(day: int, month: int, year: str, reading: _Reading) -> _Found | None:
    years = [int(year)] if len(year) == 4 else _full_years(int(year))
    days = [found for full in years if (found := _day(full, month, day)) is not None]
    if days:
        return _weighed(days, reading, two_figures=len(year) == 2)
    swapped = [found for full in years if (found := _day(full, day, month)) is not None] if month > 12 else []
    if swapped:
        kept = _weighed(swapped, reading, two_figures=len(year) == 2)
        return _Found(kept.days, sure=False)
    return _Found(())


def _full_years(two: int) -> list[int]:
    return [2000 + two, 1900 + two]


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _weighed(days: list[date], reading: _Reading, *, two_figures: bool) -> _Found:
    """Of the days that a year of two figures leaves, those the form allows and a life allows."""
    today = reading.today
    if not two_figures:
        plausible = 1900 <= days[0].year <= today.year + 100 and not (reading.born and today.year - days[0].year > _OLD)
        return _Found((days[0],), sure=plausible)
    allowed = [day for day in days if not reading.accepts(day.isoformat()) and (not reading.born or day <= today)]
    if not allowed:
        near = min(days, key=lambda day: abs((day - today).days))
        return _Found((near,), sure=True)
    alive = [day for day in allowed if today.year - day.year <= _OLD - 6] or allowed
    if len(alive) == 1:
        return _Found((alive[0],))
    near, far = sorted(alive, key=lambda day: abs((day - today).days))[:2]
    if not reading.born and abs((near - today).days) < 20 * 365 and abs((far - today).days) > 60 * 365:
        return _Found((near,))
    if not reading.born and near <= today < far and abs((far - today).days) > 25 * 365:
        return _Found((near,))
    return _Found((near, far), sure=False)


def _without_year(day: int, month: int, reading: _Reading) -> _Found:
    """A day and a month: the year that is near and that the form allows."""
    if reading.born:
        return _Found(())
    today = reading.today
    span = 4 if (day, month) == (29, 2) else 1
    days = [found for year in range(today.year - span, today.year + span + 1) if (found := _day(year, month, day)) is not None]
    days.sort(key=lambda found: abs((found - today).days))
    allowed = [found for found in days if not reading.accepts(found.isoformat())]
    if not allowed:
        return _Found(tuple(days[:1]))
    nearest = allowed[0] == days[0]
    if len(allowed) == 1:
        return _Found((allowed[0],), sure=nearest)
    if nearest and abs((allowed[0] - today).days) <= 60:
        return _Found((allowed[0],))
    return _Found(tuple(allowed[:2]), sure=False)


# ---- words ------------------------------------------------------------------------------------------


def _tokens(typed: str) -> list[str]:
    """Words in standard spelling and figures; figures written out become figures ("tujuh belas")."""
    raw = [piece for found in _TOKEN.findall(typed.replace("jum'at", "jumat").replace("jum at", "jumat")) for piece in pieces(found)]
    tokens: list[str] = []
    place = 0
    while place < len(raw):
        numeral = numeral_at(raw, place, whole=True) if raw[place].isalpha() and raw[place] not in {"setengah", "half"} else None
        if numeral is not None and len(numeral.values) == 1 and numeral.values[0] == int(numeral.values[0]):
            tokens.append(str(int(numeral.values[0])))
            place = numeral.end
        else:
            tokens.append(raw[place] if raw[place] in MONTHS or raw[place] in WEEKDAYS else standard(raw[place]))
            place += 1
    return [token for token in tokens if token not in {",", ".", "!", ":", ";", "(", ")", '"', "'", "?"}]


def _in_words(typed: str, reading: _Reading) -> _Found | None:
    tokens = _tokens(typed)
    written_out = any(piece in _NUMBER_WORDS for word in _TOKEN.findall(typed) for piece in pieces(word))
    found = _with_month(tokens, reading)
    if found is not None:
        return _Found(found.days, sure=found.sure and not written_out, rest=found.rest)
    for attempt in (_feast, _counted, _day_number, _near, _week, _weekday_alone):
        found = attempt(tokens, reading)
        if found is not None:
            return found
    return None


_NUMBER_WORDS = listed("belas puluh ratus ribu seribu sebelas sepuluh satu dua tiga empat lima enam tujuh delapan sembilan ampat anam lapan")


def _with_month(tokens: list[str], reading: _Reading) -> _Found | None:
    """ "17 agustus 1990", "tgl 5 bulan 12", "August 17, 1990"."""
    for place, token in enumerate(tokens):
        month, exact = _month(token)
        used = {place}
        if token == "bulan" and place and tokens[place - 1].isdigit() and place + 1 < len(tokens):
            following = tokens[place + 1]
            month, exact = (int(following), True) if following.isdigit() and 1 <= int(following) <= 12 else _month(following)
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
        elif first > 1 and tokens[first - 1] in {"th", "st", "nd", "rd", "of", "tahun", "-", "/"} and tokens[first - 2].isdigit():
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
            return _Found(())
        found = _written(int(day), month, year, reading) if year else _without_year(int(day), month, reading)
        if found is None or not found.days:
            return _Found(())
        return _with_weekday(_Found(found.days, sure=found.sure and exact), rest, reading)
    return None


def _month(token: str) -> tuple[int, bool]:
    """The month a word names (0 for none), and whether it is spelt well enough to be certain."""
    if token in MONTHS:
        return MONTHS[token], True
    if len(token) < 5 or not token.isalpha():
        return 0, False
    near = {number for name, number in LONG_MONTHS.items() if apart(token, name, 1) <= 1}
    return (near.pop(), False) if len(near) == 1 else (0, False)


def _with_weekday(found: _Found | None, rest: list[str], reading: _Reading) -> _Found | None:
    """The weekday beside a date must be its own."""
    if found is None or not found.days:
        return found
    named = {WEEKDAYS[word] for word in rest if word in WEEKDAYS}
    left = [word for word in rest if word not in WEEKDAYS]
    if "minggu" in left and not named:
        named, left = {SUNDAY}, [word for word in left if word != "minggu"]
    sure = found.sure and (not named or named == {found.days[0].weekday()})
    return _Found(found.days, sure=sure, rest=(*found.rest, *left))


def _feast(tokens: list[str], reading: _Reading) -> _Found | None:
    said = " ".join(tokens)
    for name, (month, day) in FEASTS.items():
        if name in said:
            found = _without_year(day, month, reading)
            left = [token for token in tokens if token not in {*name.split(), "hari"}]
            return _Found(found.days[:1], sure=False, rest=tuple(left))
    return None


def _counted(tokens: list[str], reading: _Reading) -> _Found | None:
    """ "3 hari lalu", "seminggu lagi", "dalam 3 hari", "2 weeks ago"."""
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
        if unit == "bulan" and direction in NEXT and (before == "tanggal" or token.isdigit()):
            return None  # the fifth of next month
        if direction in LAST:
            number = -number
        elif direction not in LATER and not (before in {"dalam", "in"} and not direction):
            return None
        rest = (*tokens[: place - 1 if before in {"dalam", "in"} else place], *tokens[after + 1 :])
        day = _moved(reading.today, number, unit)
        return None if day is None else _Found((day,), sure=unit == "hari" and not reading.born, rest=rest)
    return None


def _moved(today: date, number: int, unit: str) -> date | None:
    try:
        if unit in {"hari", "minggu"}:
            return today + timedelta(days=number * (7 if unit == "minggu" else 1))
        months = today.year * 12 + today.month - 1 + number * (12 if unit == "tahun" else 1)
        year, month = divmod(months, 12)
        return date(year, month + 1, min(today.day, calendar.monthrange(year, month + 1)[1]))
    except (ValueError, OverflowError, calendar.IllegalMonthError):
        return None


def _day_number(tokens: list[str], reading: _Reading) -> _Found | None:
    """ "tgl 5", "5", "tgl 5 bulan depan"."""
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
        first = _moved(today.replace(day=1), shift, "bulan")
        found = _day(first.year, first.month, day) if first else None
        left = [token for token in rest if token not in {"bulan", which, "yang"}]
        return _Found((found,), rest=tuple(left)) if found else _Found(())
    if not named and not all(token in POLITE | INTRODUCING | set(WEEKDAYS) for token in rest):
        return None
    near = [found for shift in range(-2, 3) if (first := _moved(today.replace(day=1), shift, "bulan")) and (found := _day(first.year, first.month, day))]
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
    return _Found(days, sure=False, rest=tuple(rest))


def _near(tokens: list[str], reading: _Reading) -> _Found | None:
    """ "besok", "kemarin dulu", "hari ini", "tadi malam"."""
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
    return _Found((day,), sure=sure and not reading.born and (not named or named == {day.weekday()}), rest=rest)


def _this_part(tokens: list[str]) -> bool:
    """ "malam ini", "nanti malam"."""
    pairs = set(zip(tokens, tokens[1:], strict=False))
    return any((part, "ini") in pairs or ("nanti", part) in pairs for part in PARTS_OF_DAY)


def _week(tokens: list[str], reading: _Reading) -> _Found | None:
    """ "minggu depan": seven days from today, asked back; with "hari" or a date beside it, Sunday is meant."""
    for place, token in enumerate(tokens[:-1]):
        if token not in {"minggu", "pekan"} or (place and tokens[place - 1] == "hari"):
            continue
        following = tokens[place + 1] if tokens[place + 1] != "yang" else tokens[place + 2] if place + 2 < len(tokens) else ""
        if following in NEXT or following in LAST:
            if any(token in WEEKDAYS for token in tokens):
                return _weekday_of_week(tokens, following in NEXT, reading)
            days = 7 if following in NEXT else -7
            rest = tuple(token for token in tokens if token not in {"minggu", "pekan", "yang"} | NEXT | LAST)
            return _Found((reading.today + timedelta(days=days),), sure=False, rest=rest)
    if tokens[:2] == ["next", "pekan"] or tokens[:2] == ["last", "pekan"]:
        return _Found((reading.today + timedelta(days=7 if tokens[0] == "next" else -7),), sure=False, rest=tuple(tokens[2:]))
    return None


def _weekday_of_week(tokens: list[str], ahead: bool, reading: _Reading) -> _Found:  # noqa: FBT001
    """ "Senin minggu depan"."""
    weekday = next(WEEKDAYS[token] for token in tokens if token in WEEKDAYS)
    monday = reading.today - timedelta(days=reading.today.weekday()) + timedelta(days=7 if ahead else -7)
    rest = tuple(token for token in tokens if token not in WEEKDAYS and token not in {"minggu", "pekan", "yang", "hari"} | NEXT | LAST)
    return _Found((monday + timedelta(days=weekday),), rest=rest)


def _weekday_alone(tokens: list[str], reading: _Reading) -> _Found | None:
    """ "Senin", "Senin depan", "Jumat lalu", "hari Minggu"."""
    named = [token for token in tokens if token in WEEKDAYS]
    sunday = not named and "hari" in tokens and "minggu" in tokens
    if len({WEEKDAYS[token] for token in named}) != 1 and not sunday:
        return None
    weekday = SUNDAY if sunday else WEEKDAYS[named[0]]
    today = reading.today
    ahead = today + timedelta(days=(weekday - today.weekday() - 1) % 7 + 1)
    past = today - timedelta(days=(today.weekday() - weekday - 1) % 7 + 1)
    said = set(tokens)
    rest = tuple(token for token in tokens if token not in WEEKDAYS and token not in {"hari", "minggu", "yang"} | NEXT | LAST | THIS | TOMORROW)
    if reading.born:
        return _Found(())
    this_week = today - timedelta(days=today.weekday()) + timedelta(days=weekday)
    if said & (NEXT | TOMORROW):
        following = this_week + timedelta(days=7)
        return _Found((ahead,), rest=rest) if following == ahead else _Found((ahead, following), sure=False, rest=rest)
    if said & (LAST | YESTERDAY):
        before = this_week - timedelta(days=7)
        return _Found((past,), rest=rest) if before == past else _Found((past, before), sure=False, rest=rest)
    if said & THIS:
        return _Found((this_week,), rest=rest)
    if this_week == today:
        return _Found((today, ahead), sure=False, rest=rest)
    allowed = tuple(day for day in (past, ahead) if not reading.accepts(day.isoformat()))
    return _Found(allowed or (ahead,), sure=False, rest=rest)


# ---- a month, a year --------------------------------------------------------------------------------


def _read_part(typed: str, reading: _Reading, part: Part) -> Meaning:
    """A month of a year or a year alone; a whole date gives its month or year."""
    tokens = _tokens(typed)
    today = reading.today
    if any(token in _CONTRADICTING or token in HEDGES for token in tokens):
        return NOTHING
    years = [token for token in tokens if token.isdigit()]
    if part == "year":
        return _read_year(tokens, years, reading)
    found = _MONTH_YEAR.search(typed)
    if found is not None and len(years) == 2 and 1 <= int(found[1]) <= 12:
        return _month_value(int(found[2]), int(found[1]), today)
    months = [place for place, token in enumerate(tokens) if _month(token)[0]]
    if len(months) == 1:
        month, exact = _month(tokens[months[0]])
        after = [token for token in years if tokens.index(token) > months[0]]
        if len(after) == 1 and len(after[0]) == 4:
            meaning = _month_value(int(after[0]), month, today)
            return meaning if exact else perhaps(*meaning.values)
        if not years:
            near = sorted((date(year, month, 1) for year in range(today.year - 1, today.year + 2)), key=lambda day: abs((day - today).days))
            allowed = [day for day in near if not reading.accepts(day.isoformat())]
            return perhaps(*(day.isoformat() for day in allowed[:1]))
        return NOTHING
    if "bulan" in tokens and not years:
        said = set(tokens)
        shift = 0 if said & THIS else 1 if said & NEXT else -1 if said & LAST else None
        moved = _moved(today.replace(day=1), shift, "bulan") if shift is not None else None
        return NOTHING if moved is None else certain(moved.isoformat())
    whole = _in_figures(typed, reading)
    if whole is not None and len(whole.days) == 1 and not whole.rest:
        return perhaps(whole.days[0].replace(day=1).isoformat())
    return NOTHING


def _month_value(year: int, month: int, today: date) -> Meaning:
    if not 1 <= year <= 9999:
        return NOTHING
    value = f"{year:04}-{month:02}-01"
    return certain(value) if 1900 <= year <= today.year + 100 else perhaps(value)


def _read_year(tokens: list[str], years: list[str], reading: _Reading) -> Meaning:
    today = reading.today
    said = set(tokens)
    loose = [token for token in tokens if not token.isdigit() and token not in POLITE | INTRODUCING | _LEADING_WORDS and token.isalpha()]
    if not years and "tahun" in said:
        shift = 0 if said & THIS else 1 if said & NEXT else -1 if said & LAST else None
        return NOTHING if shift is None else certain(f"{today.year + shift:04}-01-01")
    if len(years) != 1 or any(token in MONTHS for token in loose):
        return NOTHING
    figure = years[0]
    if len(figure) == 4 and 1800 <= int(figure) <= today.year + 100:
        value = f"{figure}-01-01"
        return certain(value) if not loose and int(figure) >= 1900 else perhaps(value)
    if len(figure) == 2 and not loose:
        full = [f"{year}-01-01" for year in _full_years(int(figure)) if not reading.accepts(f"{year}-01-01")]
        return perhaps(*full)
    return NOTHING


