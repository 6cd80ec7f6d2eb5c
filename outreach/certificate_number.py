"""How an office numbers its certificates: a pattern such as "800.1.4/{number:03}/KEC-ALAK/{month}/{year}".

Rule of the file: a pattern that fits always gives a number, and names the running one, so that no two are alike.
"""

from __future__ import annotations

import string
from datetime import date

_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
_NAMES = frozenset({"number", "year", "month", "training"})


def numbered(pattern: str, ordinal: int, *, on: date, training: str) -> str:
    """The number of the ``ordinal``-th certificate of that year; the month is written in Roman figures."""
    return pattern.format(number=ordinal, year=on.year, month=_ROMAN[on.month - 1], training=training)


def fits(pattern: str) -> bool:
    """Whether a number can be made with it."""
    try:
        names = {name for _text, name, _spec, _conversion in string.Formatter().parse(pattern) if name is not None}
        made = [numbered(pattern, ordinal, on=date(2026, 12, 1), training="a") for ordinal in (1, 2, 1000)]
    except (ValueError, LookupError, AttributeError, TypeError):
        return False
    return "number" in names <= _NAMES and len(set(made)) == len(made) and all(one.isprintable() for one in made)
