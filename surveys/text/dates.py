"""A date as people give it: "17/8/45", "17 agustus 1990", "kemarin", "3 hari lalu", "Senin depan", "tgl 5".

Rule of the file: day before month, as everybody here writes. A year of two figures, a day without a month or a month
without a year is completed by what the form allows and by what is near; where two readings stay, both are offered.
"Minggu depan" is no day yet: it is asked back.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Literal

from surveys.text.calendar_words import LAST, MONTHS, NEXT, PARTS_OF_DAY, THIS
from surveys.text.days import Found, Reading, full_years, moved, tokens_of
from surveys.text.days_in_figures import in_figures
from surveys.text.days_in_words import in_words, month_of
from surveys.text.meaning import NOTHING, Meaning, certain, perhaps
from surveys.text.normal import LONGEST, cleaned
from surveys.text.numbers import Accepts, accept_all, label_words
from surveys.text.vocabulary import HEDGES, INTRODUCING, POLITE, listed

Part = Literal["day", "month", "year"]
"""What is asked for: a day, a month of a year (its first day is stored), a year (its 1 January is stored)."""

_MONTH_YEAR = re.compile(r"(?<!\d)(\d{1,2})\s?[-/. ]\s?(\d{4})(?!\d)")
_LEADING_WORDS = listed(
    "tanggal hari pada di tepatnya mulai sejak tempat lahir kelahiran born on date the of tahun bulan ttl"
)
_CONTRADICTING = listed(
    "tidak bukan jangan belum sampai sampe hingga antara sebelum sesudah setelah sejak before after until "
    "except tiap setiap awal akhir pertengahan s sd"
)
_NEAR = {
    "hari ini": 0, "besok": 1, "kemarin": -1, "lusa": 2, "today": 0, "tomorrow": 1, "yesterday": -1,
}  # fmt: skip
"""What the buttons say."""
_BORN = listed("lahir kelahiran born birth birthday")


def read_date(text: str, *, today: date, label: str = "", accepts: Accepts = accept_all, part: Part = "day") -> Meaning:
    """The date in ``text`` as YYYY-MM-DD. ``accepts`` gives "" for a date the form allows."""
    if len(text) > LONGEST:
        return NOTHING
    near = _NEAR.get(text.strip().lower())
    if near is not None and part == "day" and not is_birth(label):
        return certain((today + timedelta(days=near)).isoformat())
    typed = cleaned(text)
    reading = Reading(today=today, accepts=accepts, born=is_birth(label))
    if part != "day":
        return _read_part(typed, reading, part)
    halves = re.split(r"\s(?:atau|ato|or|ka)\s", typed)
    if len(halves) == 2:
        days = [
            found.days[0]
            for half in halves
            if (found := _found(half, reading)) is not None and len(found.days) == 1 and _nothing_against(found.rest)
        ]
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
    return not any(word in _CONTRADICTING or word.isdigit() or (word == "-" and len(rest) > 1) for word in rest)


def _nothing_else(rest: tuple[str, ...], asked: frozenset[str]) -> bool:
    return all(
        word in _LEADING_WORDS
        or word in POLITE
        or word in INTRODUCING
        or word in asked
        or word in PARTS_OF_DAY
        or not word[0].isalnum()
        for word in rest
    )


def _found(typed: str, reading: Reading) -> Found | None:
    for attempt in (in_figures, in_words):
        found = attempt(typed, reading)
        if found is not None:
            return found
    return None


def _read_part(typed: str, reading: Reading, part: Part) -> Meaning:
    """A month of a year or a year alone; a whole date gives its month or year."""
    tokens = tokens_of(typed)
    today = reading.today
    if any(token in _CONTRADICTING or token in HEDGES for token in tokens):
        return NOTHING
    years = [token for token in tokens if token.isdigit()]
    if part == "year":
        return _read_year(tokens, years, reading)
    found = _MONTH_YEAR.search(typed)
    if found is not None and len(years) == 2 and 1 <= int(found[1]) <= 12:
        return _month_value(int(found[2]), int(found[1]), today)
    months = [place for place, token in enumerate(tokens) if month_of(token)[0]]
    if len(months) == 1:
        month, exact = month_of(tokens[months[0]])
        after = [token for token in years if tokens.index(token) > months[0]]
        if len(after) == 1 and len(after[0]) == 4:
            meaning = _month_value(int(after[0]), month, today)
            return meaning if exact else perhaps(*meaning.values)
        if not years:
            near = sorted(
                (date(year, month, 1) for year in range(today.year - 1, today.year + 2)),
                key=lambda day: abs((day - today).days),
            )
            allowed = [day for day in near if not reading.accepts(day.isoformat())]
            return perhaps(*(day.isoformat() for day in allowed[:1]))
        return NOTHING
    if "bulan" in tokens and not years:
        said = set(tokens)
        shift = 0 if said & THIS else 1 if said & NEXT else -1 if said & LAST else None
        month_meant = moved(today.replace(day=1), shift, "bulan") if shift is not None else None
        return NOTHING if month_meant is None else certain(month_meant.isoformat())
    whole = in_figures(typed, reading)
    if whole is not None and len(whole.days) == 1 and not whole.rest:
        return perhaps(whole.days[0].replace(day=1).isoformat())
    return NOTHING


def _month_value(year: int, month: int, today: date) -> Meaning:
    if not 1 <= year <= 9999:
        return NOTHING
    value = f"{year:04}-{month:02}-01"
    return certain(value) if 1900 <= year <= today.year + 100 else perhaps(value)


def _read_year(tokens: list[str], years: list[str], reading: Reading) -> Meaning:
    today = reading.today
    said = set(tokens)
    loose = [
        token
        for token in tokens
        if not token.isdigit() and token not in POLITE | INTRODUCING | _LEADING_WORDS and token.isalpha()
    ]
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
        full = [f"{year}-01-01" for year in full_years(int(figure)) if not reading.accepts(f"{year}-01-01")]
        return perhaps(*full)
    return NOTHING
