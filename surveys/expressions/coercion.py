"""The three kinds of value of XPath 1.0 and how each becomes another, as JavaRosa does it.

Source: XPath 1.0 §§3.4, 4.2–4.4; XForms 1.1 and the ODK XForms specification for dates; where they leave a choice,
JavaRosa's behaviour (numbers closer than 1e-12 are equal, a decimal comma is read, no exponents).
Rule of the file: every function is total; what cannot be converted is NaN or "".
"""

from __future__ import annotations

import math
import re
from decimal import Decimal

from surveys.expressions import moments
from surveys.expressions.scope import Scope

Value = str | float | bool
"""What an expression ends in. Dates are texts in ISO 8601, marked as one of the classes below on the way."""

NAN = math.nan
CLOSE = 1e-12
"""Numbers no further apart are equal."""

_NUMBER = re.compile(r"\s*(-?(?:[0-9]+(?:[.,][0-9]*)?|[.,][0-9]+))\s*")
_PLAIN = re.compile(r"0|-?(?:[1-9][0-9]*|(?:0|[1-9][0-9]*)\.[0-9]*[1-9])")


class Moment(str):
    """A date, a date with time, or a time of day, as text; "" is none."""

    __slots__ = ()


class Day(Moment):
    """YYYY-MM-DD."""

    __slots__ = ()


class Instant(Moment):
    """YYYY-MM-DDTHH:MM:SS.sss±HH:MM."""

    __slots__ = ()


class Clock(Moment):
    """HH:MM, with seconds and zone or without."""

    __slots__ = ()


def number_of_text(text: str) -> float:
    """A text as number: digits with a sign and a point or comma, spaces around them; else NaN."""
    if text.isdigit() and text.isascii():
        return float(text)
    found = _NUMBER.fullmatch(text)
    return float(found[1].replace(",", ".")) if found else NAN


def text_of_number(number: float) -> str:
    """5.0 is "5", one third "0.3333333333333333"; never an exponent."""
    if math.isnan(number):
        return "NaN"
    if math.isinf(number):
        return "Infinity" if number > 0 else "-Infinity"
    whole = int(number)
    if abs(number - whole) < CLOSE:
        return str(whole)
    shown = repr(number)
    return format(Decimal(shown), "f") if "e" in shown else shown


def tidy(text: str) -> str:
    """The text of a number question as string() gives it: "2.50" is "2.5". Long whole numbers keep every digit."""
    if _PLAIN.fullmatch(text) or not text:
        return text
    number = number_of_text(text)
    return text if math.isnan(number) else text_of_number(number)


def truth_of_number(number: float) -> bool:
    """Zero and NaN are false."""
    return abs(number) > CLOSE


def number_of(value: Value, scope: Scope) -> float:
    """Any value as number. Dates are days since 1970-01-01 in the office's zone, times fractions of a day."""
    if isinstance(value, float):
        return value
    if isinstance(value, bool):
        return 1.0 if value else 0.0
    if isinstance(value, Clock):
        return moments.fraction(value, scope.now)
    if isinstance(value, Moment):
        return moments.days_of_text(value, scope.now)
    return number_of_text(value)


def text_of(value: Value) -> str:
    """Any value as text."""
    if isinstance(value, str):
        return str(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    return text_of_number(value)


def truth_of(value: Value) -> bool:
    """Any value as true or false: a text is true when it is not empty."""
    if isinstance(value, str):
        return value != ""
    return value if isinstance(value, bool) else truth_of_number(value)


def is_empty(value: Value) -> bool:
    """Whether coalesce() and once() pass it over: an empty text, or NaN."""
    return value == "" or value != value  # noqa: PLR0124 -- only NaN differs from itself


def near(left: float, right: float) -> bool:
    """Equality of numbers; NaN equals nothing."""
    return left == right or abs(left - right) < CLOSE


def equal(left: Value, right: Value, scope: Scope) -> bool:
    """XPath's ``=`` on two single values: booleans first, then numbers, then texts. Two dates are compared in time."""
    if isinstance(left, bool) or isinstance(right, bool):
        return truth_of(left) == truth_of(right)
    if isinstance(left, float) or isinstance(right, float):
        return near(number_of(left, scope), number_of(right, scope))
    if isinstance(left, Moment) and isinstance(right, Moment) and left and right:
        return near(number_of(left, scope), number_of(right, scope))
    return left == right
