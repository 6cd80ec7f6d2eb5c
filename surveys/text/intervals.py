"""Choices that are ranges of numbers: "0", "1–9", "10–19 JP", "≥20", "Kurang dari 1 tahun", "56 tahun ke atas".

Rule of the file: a label is a range only if it says nothing but numbers, how they compare, and a unit.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from surveys.text.normal import cleaned
from surveys.text.numerals import SCALES, figure_values
from surveys.text.vocabulary import listed, standard

_ABOVE = frozenset(
    {"lebih", "atas", "more", "over", "above", "older", "minimal", "min", "minimum", "plus", "up", "melebihi"}
)
_BELOW = frozenset(
    {"kurang", "bawah", "less", "under", "below", "younger", "maksimal", "maks", "max", "maximum", "sampai", "hingga"}
)
_LINKS = listed(
    "dari di ke atau than or and to s d sd sampai hingga dan the of years old year berusia usia umur ada sudah"
)
_TOKEN = re.compile(r"<=|>=|[<>]|\d+(?:[.,]\d+)*|[^\W\d_]+|[-+/]")
_MOST_WORDS = 2


@dataclass(frozen=True, slots=True)
class Interval:
    """Numbers from ``low`` to ``high``; None is without end. ``open_*``: the end itself does not belong."""

    low: Decimal | None
    high: Decimal | None
    open_low: bool = False
    open_high: bool = False

    def holds(self, value: Decimal) -> bool:
        """Whether ``value`` lies in it."""
        if self.low is not None and (value < self.low or (self.open_low and value == self.low)):
            return False
        return self.high is None or value < self.high or (not self.open_high and value == self.high)

    @property
    def single(self) -> bool:
        """One number only."""
        return self.low is not None and self.low == self.high


@lru_cache(maxsize=2048)
def interval_of(text: str) -> tuple[Interval, frozenset[str]] | None:
    """The range that ``text`` is, and the words beside it (a unit); None if it is none."""
    tokens = [
        standard(token) if token.isalpha() and token not in SCALES else token for token in _TOKEN.findall(cleaned(text))
    ]
    numbers = _numbers(tokens)
    if not 1 <= len(numbers) <= 2:
        return None
    said = {token for token in tokens if token.isalpha() and token not in SCALES}
    units = frozenset(said - _ABOVE - _BELOW - _LINKS)
    if len(units) > _MOST_WORDS:
        return None
    signs = {token for token in tokens if token in {"<", ">", "<=", ">="}}
    if len(numbers) == 2:
        between = set(tokens[numbers[0][1] : numbers[1][0]]) - {"tahun", "years", "year"}
        if signs or not between & {"-", "sampai", "hingga", "s", "sd", "to"} or numbers[0][2] > numbers[1][2]:
            return None
        return Interval(numbers[0][2], numbers[1][2]), units
    place, end, value = numbers[0]
    if "-" in tokens or "/" in tokens:
        return None
    above, below = said & _ABOVE, said & _BELOW
    if signs:
        sign = next(iter(signs))
        if len(signs) > 1 or tokens.index(sign) > place:
            return None
        return (
            Interval(value, None, open_low=sign == ">")
            if sign[0] == ">"
            else Interval(None, value, open_high=sign == "<")
        ), units
    if "+" in tokens[end:]:
        return Interval(value, None), units
    if above and below:
        return None
    if above:
        return Interval(
            value, None, open_low=bool({"lebih", "more", "over", "above", "atas", "melebihi"} & set(tokens[:place]))
        ), units
    if below:
        return Interval(
            None, value, open_high=bool({"kurang", "less", "under", "below", "bawah"} & set(tokens[:place]))
        ), units
    return Interval(value, value), units


def _numbers(tokens: list[str]) -> list[tuple[int, int, Decimal]]:
    """Where each number begins and ends, and its value; a scale after the last counts for both ("1–2 juta")."""
    found: list[tuple[int, int, Decimal, int]] = []
    for place, token in enumerate(tokens):
        if not token[0].isdigit():
            continue
        values, _ = figure_values(token, whole=True)
        if not values:
            return []
        scale = SCALES.get(tokens[place + 1], 1) if place + 1 < len(tokens) else 1
        found.append((place, place + 1 + (scale > 1), values[0], scale))
    if len(found) == 2 and found[0][3] == 1 and found[1][3] > 1 and found[0][2] < 1000:
        place, end, value, _ = found[0]
        found[0] = (place, end, value, found[1][3])
    return [(place, end, value * scale) for place, end, value, scale in found]
