"""Numbers as words and figures: "tiga puluh empat", "dualima ratus", "1,5 juta", "2 rb 500", "dua setengah".

Rule of the file: reads one numeral at a place in a row of tokens and says how far it goes. What it answers, and
whether it is certain, is for ``numbers``, ``dates`` and ``choices`` to decide.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

ONES = {
    "nol": 0, "zero": 0, "satu": 1, "one": 1, "dua": 2, "two": 2, "tiga": 3, "three": 3,
    "empat": 4, "ampat": 4, "four": 4, "lima": 5, "five": 5, "enam": 6, "anam": 6, "six": 6, "tujuh": 7, "tuju": 7,
    "seven": 7, "delapan": 8, "dalapan": 8, "lapan": 8, "dlapan": 8, "eight": 8, "sembilan": 9, "sambilan": 9,
    "smbilan": 9, "nine": 9,
}  # fmt: skip
TENS = {
    "sepuluh": 10, "sapulu": 10, "sepulu": 10, "spuluh": 10, "ten": 10, "twenty": 20, "thirty": 30, "forty": 40,
    "fourty": 40,    "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip
TEENS = {
    "sebelas": 11, "sablas": 11, "seblas": 11, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14,
    "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19,
}  # fmt: skip
TEEN, TEN = frozenset({"belas", "blas"}), frozenset({"puluh", "pulu", "puluhan"})
HUNDRED = frozenset({"ratus", "ratos", "rts", "ratusan", "hundred"})
SCALES = {
    "ribu": 10**3, "rb": 10**3, "rebu": 10**3, "rbu": 10**3, "ribuan": 10**3, "k": 10**3, "thousand": 10**3,
    "juta": 10**6, "jt": 10**6, "jta": 10**6, "jutaan": 10**6, "million": 10**6,
    "miliar": 10**9, "milyar": 10**9, "mlr": 10**9, "milliar": 10**9, "billion": 10**9, "triliun": 10**12,
}  # fmt: skip
ONE_OF = {
    "seratus": 100,
    "saratus": 100,
    "seribu": 10**3,
    "saribu": 10**3,
    "sejuta": 10**6,
    "sajuta": 10**6,
    "semiliar": 10**9,
}
ROUGH = frozenset({"ribuan", "jutaan", "puluhan", "ratusan"})
HALVES = {
    "setengah": Decimal("0.5"),
    "stengah": Decimal("0.5"),
    "separuh": Decimal("0.5"),
    "seperempat": Decimal("0.25"),
    "half": Decimal("0.5"),
}
POINT = frozenset({"koma", "titik", "point"})
_SPELT = sorted(
    {*ONES, *TENS, *TEENS, *TEEN, *TEN, *HUNDRED, *ONE_OF, "ribu", "juta", "setengah", "koma"} - {"one", "ten", "six"},
    key=len,
    reverse=True,
)
_RUN_TOGETHER = re.compile("(?:" + "|".join(_SPELT) + ")+")
_PIECE = re.compile("|".join(_SPELT))
_FIGURE = re.compile(r"\d+(?:[.,]\d+)*|[.,]\d+")
_MOST_DIGITS = 18


@dataclass(frozen=True, slots=True)
class Numeral:
    """One number in a row of tokens: what it may be worth, where it ends, how it was written."""

    values: tuple[Decimal, ...]
    """The likeliest first; none if it is written in a way that has no value ("1.50.0")."""
    end: int
    sure: bool = True
    in_words: bool = False
    plain: bool = False
    """One figure or one word for a digit, nothing more."""


def is_figure(token: str) -> bool:
    """Whether ``token`` is written in digits."""
    return _FIGURE.fullmatch(token) is not None


def pieces(word: str) -> list[str]:
    """The number words that were written together: "tigapuluh" is "tiga puluh". Any other word is itself."""
    if len(word) < 5 or _RUN_TOGETHER.fullmatch(word) is None or word in _SPELT:
        return [word]
    return _PIECE.findall(word)


def figure_values(text: str, *, english: bool = False, whole: bool = False) -> tuple[tuple[Decimal, ...], bool]:
    """What digits with dots and commas may be worth, and whether that is certain.

    Indonesian writes 1.234,5. ``english``: 1,234.5. ``whole``: a whole number is expected, so "1.500" is grouped, and
    "1.0000" or "1.000,000" may be a slip of the mark.
    """
    if len(text) > _MOST_DIGITS + 8 or sum(char.isdigit() for char in text) > _MOST_DIGITS:
        return (), False
    if text.isdigit():
        return (Decimal(text),), len(text) < 9 or text[0] != "0"  # 0812… is a phone
    group = "," if english else "."
    marks = [char for char in text if char in ".,"]
    last = marks[-1]
    head, _, tail = text.rpartition(last)
    if len(set(marks)) == 2:  # both marks: the last one is the point, the other groups
        other = "," if last == "." else "."
        if marks.count(last) == 1 and _grouped(head, other) and not (last == group and len(tail) == 3):
            as_point = Decimal(head.replace(other, "") + "." + tail)
            return _spared(as_point, Decimal(head.replace(other, "") + tail), sure=not (whole and _lost(tail, 3)))
        return (), False
    if len(marks) > 1:
        return ((Decimal(text.replace(last, "")),), True) if _grouped(text, last) else ((), False)
    as_point, as_group = Decimal((head or "0") + "." + tail), Decimal(head + tail)
    if not _grouped(text, last):
        lost = _lost(tail, 2 if last == group and len(head) <= 3 else 3)
        return _spared(as_point, as_group, sure=not (whole and lost))
    if whole:
        return (as_group,), last == group
    return ((as_group, as_point), False) if last == group else ((as_point, as_group), False)


def _lost(tail: str, zeros: int) -> bool:
    """Whether so many zeros and nothing else stand behind the point: no cents, but thousands, the mark slipped."""
    return len(tail) >= zeros and not tail.strip("0")


def _spared(as_point: Decimal, as_group: Decimal, *, sure: bool) -> tuple[tuple[Decimal, ...], bool]:
    """The number with its fraction; where that is not sure, also the number with the mark left out."""
    return ((as_point,), True) if sure or as_point == as_group else ((as_point, as_group), False)


def _grouped(text: str, mark: str) -> bool:
    head, *groups = text.split(mark)
    return 0 < len(head) <= 3 and head.isdigit() and head[0] != "0" and all(len(g) == 3 and g.isdigit() for g in groups)


def numeral_at(tokens: list[str], start: int, *, english: bool = False, whole: bool = False) -> Numeral | None:
    """The numeral that begins at ``start``, as long as it goes; None if none begins there."""
    first = tokens[start]
    if not is_figure(first) and first not in _BEGINNINGS:
        return None
    values, sure = figure_values(first, english=english, whole=False) if is_figure(first) else ((), True)
    choices: list[Decimal | None] = list(values) if is_figure(first) else [None]
    if not choices:
        return Numeral((), start + 1, sure=False)
    readings = [reading for value in choices if (reading := _Builder(english).read(tokens, start, value)) is not None]
    if not readings:
        return None
    end = max(reading.end for reading in readings)
    if end == start + 1 and is_figure(first):
        values, sure = figure_values(first, english=english, whole=whole)
        return Numeral(values, end, sure=sure, plain=True)
    kept = tuple(dict.fromkeys(reading.value for reading in readings if reading.end == end))
    loose = any(reading.loose or reading.short_million for reading in readings)
    return Numeral(
        kept,
        end,
        sure=len(kept) == 1 and not loose,
        in_words=not is_figure(first),
        plain=end == start + 1 and first in ONES,
    )


_BEGINNINGS = frozenset({*ONES, *TENS, *TEENS, *ONE_OF, *HALVES})


@dataclass(slots=True)
class _Builder:
    """Adds up a numeral from left to right: each word must be smaller than the place still open."""

    english: bool
    total: Decimal = Decimal(0)
    scale: int = 10**15
    base: Decimal = Decimal(0)
    unit: Decimal | None = None
    room: int = 10**15
    started: bool = False
    loose: bool = False
    end: int = 0

    def read(self, tokens: list[str], start: int, first: Decimal | None) -> _Builder | None:
        self.end = start
        value = first
        while self.end < len(tokens):
            token = tokens[self.end]
            if self.end > start:
                value = None
            if token == "and" and self.started and self.base % 100 == 0 and self.base and self.unit is None:
                following = tokens[self.end + 1] if self.end + 1 < len(tokens) else ""
                if following in ONES or following in TENS or following in TEENS:
                    self.end += 1
                    continue
            if not self._take(token, value):
                break
            self.end += 1
            self.started = True
            if self.end < len(tokens) and tokens[self.end] in POINT and not self._point(tokens):
                break
        return self if self.started else None

    @property
    def value(self) -> Decimal:
        rest = self.base + (self.unit or 0)
        if self.short_million and rest >= 100:
            rest *= 1000  # "1jt500" is one and a half million, said with a question mark
        return self.total + rest

    @property
    def short_million(self) -> bool:
        return self.scale == SCALES["juta"] and 0 < self.base + (self.unit or 0) < 1000

    def _take(self, token: str, value: Decimal | None) -> bool:  # noqa: PLR0911 -- one line a kind of word
        if value is None and is_figure(token):
            found, sure = figure_values(token, english=self.english, whole=True)
            if (
                len(found) != 1
                or not sure
                or found[0] >= self.scale
                or self.base
                or self.unit is not None
                or not self.total
            ):
                return False
            value = found[0]
            self.loose = True  # "1jt500": made certain again by a scale that follows
            self.unit = value
            return True
        if value is not None:
            self.unit = value
            return True
        if token in ONES:
            return self._unit(Decimal(ONES[token]))
        if token in TENS or token in TEENS:
            return self._closed(TENS.get(token) or TEENS[token])
        if token in TEEN:
            return self._lift(10, 10, add=True)
        if token in TEN:
            self.loose = self.loose or token in ROUGH
            return self._lift(10, 100, add=False)
        if token in HUNDRED:
            self.loose = self.loose or token in ROUGH
            return self._lift(100, 1000, add=False)
        if token == "perempat":
            return self._quarters()
        if token in HALVES:
            return self._half(HALVES[token])
        if token in ONE_OF:
            return self._one_of(ONE_OF[token])
        if token in SCALES:
            return self._scaled(SCALES[token], rough=token in ROUGH)
        return False

    def _unit(self, value: Decimal) -> bool:
        if self.unit is not None or self.room <= 1 or value >= self.room or (self.started and value == 0):
            return False
        self.unit = value
        return True

    def _closed(self, value: int) -> bool:
        if self.unit is not None or self.room <= 10:
            return False
        self.base += value
        self.room = 10 if value % 10 == 0 and value > 10 else 1
        return True

    def _lift(self, size: int, needed: int, *, add: bool) -> bool:
        if self.unit is None or not 1 <= self.unit <= 9 or self.unit != int(self.unit) or self.room < needed:
            return False
        self.base += self.unit + size if add else self.unit * size
        self.unit = None
        self.room = 1 if add else size
        return True

    def _half(self, value: Decimal) -> bool:
        if not self.started:
            self.unit = value
            self.room = 1
            return True
        if self.total or self.unit is None or self.unit != int(self.unit) or value != Decimal("0.5"):
            return False
        self.unit += value
        return True

    def _quarters(self) -> bool:
        if self.total or self.base or self.unit not in {1, 3}:
            return False
        self.unit = self.unit * Decimal("0.25")
        self.room = 1
        return True

    def _one_of(self, value: int) -> bool:
        if (
            self.unit is not None
            or (value >= 1000 and (self.base or value >= self.scale))
            or (value == 100 and self.room < 1000)
        ):
            return False
        if value == 100:
            self.base += 100
            self.room = 100
        else:
            self.total += value
            self.scale = value
            self.room = 1000
        return True

    def _scaled(self, scale: int, *, rough: bool) -> bool:
        group = self.base + (self.unit or 0)
        if not self.started or scale >= self.scale or (not group and self.unit is None):
            return False
        self.total += group * scale
        self.scale, self.base, self.unit, self.room = scale, Decimal(0), None, 1000
        self.loose = rough
        return True

    def _point(self, tokens: list[str]) -> bool:
        digits, place = "", self.end + 1
        while place < len(tokens) and (tokens[place] in ONES or tokens[place].isdigit()):
            digits += str(ONES[tokens[place]]) if tokens[place] in ONES else tokens[place]
            place += 1
        whole = self.value
        counted = numeral_at(tokens, self.end + 1, whole=True) if self.end + 1 < len(tokens) else None
        if counted is not None and counted.end > place and len(counted.values) == 1 and 10 <= counted.values[0] < 100:
            digits, place = str(int(counted.values[0])), counted.end  # "tiga koma empat belas"
            self.loose = True
        if not digits or len(digits) > 6 or whole != int(whole) or self.total:
            return False
        self.base, self.unit, self.room = whole, Decimal("0." + digits), 1
        self.end = place
        return self.end < len(tokens)


@lru_cache(maxsize=2048)
def word_number(word: str) -> int | None:
    """The whole number that one word stands for ("lima", "tigapuluh", "sebelas"); None if it is no number."""
    parts = pieces(word)
    numeral = numeral_at(parts, 0, whole=True)
    if numeral is None or numeral.end != len(parts) or len(numeral.values) != 1:
        return None
    value = numeral.values[0]
    return int(value) if value == int(value) else None
