"""What all question types share: the words of a reply, and how certain a reading must be to be an answer.

Rule of the file: ``Meaning`` in, ``Parsed`` out; nothing here knows a type.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from functools import lru_cache

from surveys.messages import Media, Reply, Text
from surveys.questions import Parsed, Read, Unreadable, Unsure
from surveys.text.meaning import Meaning

Say = Callable[[str], str]

_COMPARISON = re.compile(r"\.\s*(>=|<=|>|<)\s*(-?\d+(?:\.\d+)?)")
_COUNTED = re.compile(r"count-selected\(\s*\.\s*\)\s*(>=|<=|>|<|=)\s*(\d+)")


def typed(reply: Reply) -> str | None:
    """What was typed, None where nothing was."""
    return reply.text if isinstance(reply, Text) else None


def answer(meaning: Meaning, expected: Callable[[], str]) -> Parsed:
    """A certain meaning is an answer, a possible one a question back, none a sentence that says what is expected."""
    if meaning.sure:
        return Read(meaning.values[0])
    if meaning.values:
        return Unsure(meaning.values)
    return Unreadable(expected())


def file_of(reply: Reply) -> Media | None:
    """The file that was sent, None where none was."""
    return reply if isinstance(reply, Media) else None


@lru_cache(maxsize=1024)
def number_limits(constraint: str) -> tuple[str, str]:
    """The smallest and the largest number that a constraint like ``. >= 0 and . <= 120`` allows, "" where it has none.

    Only for hints: a constraint with anything but "and" between comparisons says nothing here.
    """
    low = high = ""
    for part in constraint.split(" and "):
        found = _COMPARISON.fullmatch(part.strip(" ()"))
        if found is None:
            continue
        sign, number = found[1], found[2]
        if sign == ">=":
            low = number
        elif sign == "<=":
            high = number
    return ("", "") if " or " in constraint else (low, high)


@lru_cache(maxsize=1024)
def selection_limits(constraint: str) -> tuple[int, int | None]:
    """The fewest and the most choices that a constraint with ``count-selected(.)`` allows; (0, None) where it has none.

    Only for hints and for toggling: what an answer must fulfil is the constraint itself.
    """
    least, most = 0, None
    constraint = _without_negations(constraint)
    for part in re.split(r"\band\b", constraint):
        found = _COUNTED.fullmatch(part.strip(" ()\n"))
        if found is None:
            continue
        sign, number = found[1], int(found[2])
        if sign in {">=", ">"}:
            least = number + (sign == ">")
        elif sign in {"<=", "<"}:
            most = number - (sign == "<")
        else:
            least = most = number
    return (0, None) if re.search(r"\bor\b", constraint) else (least, most)


def _without_negations(constraint: str) -> str:
    """The constraint less every ``not(…)``: what is forbidden there is no limit of its own."""
    while (found := re.search(r"\bnot\s*\(", constraint)) is not None:
        depth, end = 1, found.end()
        while depth and end < len(constraint):
            depth += {"(": 1, ")": -1}.get(constraint[end], 0)
            end += 1
        constraint = f"{constraint[: found.start()]}true(){constraint[end:]}"
    return constraint


def decimal_or_none(text: str) -> Decimal | None:
    """A parameter that should be a number; None if it is none."""
    try:
        value = Decimal(text)
    except InvalidOperation:
        return None
    return value if value.is_finite() else None


def grouped(value: str, language: str) -> str:
    """A stored number as people read it: 1.500.000 or 2,5 in Indonesian, 1,500,000 or 2.5 in English.

    Five figures and more before the point are grouped, so that years are not. Three figures after the point get a zero
    more, so that they are not taken for a group.
    """
    number = decimal_or_none(value)
    if number is None:
        return value
    whole, _, part = value.lstrip("-").partition(".")
    group, point = (",", ".") if language == "en" else (".", ",")
    if len(whole) > 4 and not part:
        whole = f"{int(whole):,}".replace(",", group)
    if len(part) == 3:
        part += "0"
    sign = "-" if value.startswith("-") else ""
    return f"{sign}{whole}{point}{part}" if part else f"{sign}{whole}"
