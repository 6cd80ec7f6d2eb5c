"""A date in figures: "17/8/45", "17.08.1990", "1990-08-17", "17081990", "5/12".

Rule of the file: day before month; month first only where nothing else is possible, and then it is asked back.
"""

from __future__ import annotations

import re

from surveys.text.calendar_words import MONTHS
from surveys.text.days import Found, Reading, tokens_of, with_weekday, without_year, written

_DAY_FIRST = re.compile(r"(?<!\d)(\d{1,2})\s?[-/. ,]\s?(\d{1,2})\s?[-/. ,]\s?'?(\d{4}|\d{2})(?![\d])")
_YEAR_FIRST = re.compile(r"(?<!\d)(\d{4})\s?[-/. ]\s?(\d{1,2})\s?[-/. ]\s?(\d{1,2})(?!\d)")
_COMPACT = re.compile(r"(?<!\d)(\d{8})(?!\d)")
_DAY_MONTH = re.compile(r"(?<![\d/.-])(\d{1,2})\s?([-/.])\s?(\d{1,2})(?![\d/-])(?!\.\d)")


def in_figures(typed: str, reading: Reading) -> Found | None:
    """The date in ``typed`` (plain form), None if there is none; no days if it is none that exists."""
    for pattern, order in ((_YEAR_FIRST, (2, 1, 0)), (_DAY_FIRST, (0, 1, 2))):
        found = pattern.search(typed)
        if found is None:
            continue
        day, month, year = (found[place + 1] for place in order)
        rest = tokens_of(typed[: found.start()] + " " + typed[found.end() :])
        return with_weekday(written(int(day), int(month), year, reading), rest)
    found = _COMPACT.search(typed)
    if found is not None:
        figures = found[1]
        rest = tokens_of(typed[: found.start()] + " " + typed[found.end() :])
        ways = [
            written(int(figures[:2]), int(figures[2:4]), figures[4:], reading),
            written(int(figures[6:]), int(figures[4:6]), figures[:4], reading),
        ]
        days = tuple(dict.fromkeys(day for way in ways if way.sure for day in way.days))
        return Found(days, sure=ways[0].days == days, rest=tuple(rest)) if days else Found(())
    found = _DAY_MONTH.search(typed)
    if found is not None:
        rest = tokens_of(typed[: found.start()] + " " + typed[found.end() :])
        if any(word in MONTHS or word.isdigit() for word in rest):
            return None  # "5-7 desember" is no date
        completed = without_year(int(found[1]), int(found[3]), reading)
        return with_weekday(Found(completed.days, sure=completed.sure and found[2] != "."), rest)
    return None
