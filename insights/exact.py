"""Numbers without rounding errors: what goes into a formula, and how a result is rounded when it is shown.

Rule of the package: every formula works with whole numbers and fractions and returns a ``Fraction``; only whoever
prints rounds it, half up as on paper. None means: cannot be said, never zero.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from typing import TypeVar

Number = int | float | Decimal | Fraction

Rated = TypeVar("Rated", int, Fraction)


def exact(value: Number) -> Fraction:
    """The number as it is written: the float 0.1 is one tenth. Raises ValueError for what is no number (nan, inf)."""
    if isinstance(value, float | Decimal) and not math.isfinite(value):
        raise ValueError(f"{value} is not a number one can calculate with.")
    return Fraction(repr(value)) if isinstance(value, float) else Fraction(value)


def rounded(value: Number, places: int = 2) -> Decimal:
    """Rounded half up, away from zero: 76.605 is 76.61 and −0.5 is −1 with no places. Always shows all places."""
    if places < 0:
        raise ValueError(f"{places} places cannot be shown.")
    number = exact(value)
    digits = math.floor(abs(number) * 10**places + Fraction(1, 2))
    return Decimal(f"{'-' if number < 0 and digits else ''}{digits}E-{places}")


def average(values: Iterable[Number]) -> Fraction | None:
    """The arithmetic mean in the unit of the values; None for no values."""
    listed = [value if isinstance(value, int) else exact(value) for value in values]
    return Fraction(sum(listed), len(listed)) if listed else None


def share(part: int, whole: int) -> Fraction | None:
    """How large a part is of the whole, between 0 and 1; None for an empty whole.

    Raises ValueError for a part that is negative or larger than the whole.
    """
    if not 0 <= part <= whole:
        raise ValueError(f"{part} is no part of {whole}.")
    return Fraction(part, whole) if whole else None


def within(values: Iterable[Rated], low: int, high: int, *, what: str) -> tuple[Rated, ...]:
    """The values, each of them looked at. Raises ValueError for one below ``low`` or above ``high``."""
    listed = tuple(values)
    for value in listed:
        if not low <= value <= high:
            raise ValueError(f"{what}: {value} is not between {low} and {high}.")
    return listed


def sum_to_one(**weights: Number) -> None:
    """Looks at the weights of an index. Raises ValueError for one below zero, and where they do not sum to 1."""
    for name, weight in weights.items():
        if exact(weight) < 0:
            raise ValueError(f"The weight of {name} is {weight}; a weight is not negative.")
    total = sum(exact(weight) for weight in weights.values())
    if total != 1:
        raise ValueError(f"The weights sum to {float(total):g}, not to 1.")
