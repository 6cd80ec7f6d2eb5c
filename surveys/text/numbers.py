"""A number someone gives as an answer: "34 thn", "tigapuluh empat", "Rp 1.500.000,-", "kira2 20".

Rule of the file: one number and nothing that contradicts it is certain; a guess, a unit the question does not speak of
or an unknown word beside it is asked back; a range, a negation or a year of birth is no number.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache

from surveys.text.meaning import NOTHING, Meaning, certain, perhaps
from surveys.text.normal import LONGEST, cleaned, words
from surveys.text.numerals import SCALES, Numeral, is_figure, numeral_at, pieces
from surveys.text.vocabulary import HEDGES, INTRODUCING, POLITE, listed, standard

_TOKEN = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:'[^\W\d_]+)*|[^\s\w]|_")
_ENDING = re.compile(r"(?<=\d)\s?[.,]?-+$|[\s.,!;:)\]\"'*]+$")
_BEGINNING = re.compile(r"^[\s(\[\"*:;=#]+")
_LEADING_POINT = re.compile(r"(?<![\w.,])[.,](?=\d+(?![.,\d]))")
_HYPHENED = re.compile(r"\b((?:twen|thir|for|fif|six|seven|eigh|nine)ty)-(?=[a-z])")

TIME_UNITS = listed("tahun bulan minggu pekan hari jam menit detik day days hour hours minute minutes")
COUNTS = listed("orang kali x anak buah biji ekor lembar unit jiwa kk peserta jp sks pelatihan kegiatan butir pcs people person times")
MONEY = listed("rp rupiah idr perak rph")
MEASURES = listed("kg kilo gram gr g km m meter cm mm ha hektar liter l ltr ton are persen percent kwh m2 watt poin point bintang")
_ABOUT_MONEY = listed("rupiah rp penghasilan pendapatan gaji upah biaya harga tarif uang honor income money cost price salary")
_ABOUT_AGE = listed("umur usia age old berumur berusia")
_NEUTRAL = listed("umur usia umurnya usianya umurku berumur berusia sudah age old total jumlah jumlahnya sebanyak sebesar ada per tiap setiap pas tepat genap lebihkurang")
_ABOUT = listed("kurang lebih")
_CONTRADICTING = listed("tidak bukan jangan belum tanpa lahir kelahiran born antara sampai sampe hingga s sd dari kurang diatas dibawah atas bawah "
    "pertiga perlima seperlima sepertiga minimal maksimal min max minimum maksimum more less than under over between to until angkatan kecuali selain")
_PER_ONE = {"sebulan": "bulan", "perbulan": "bulan", "sehari": "hari", "perhari": "hari", "seminggu": "minggu", "setahun": "tahun", "pertahun": "tahun", "perjam": "jam"}
_NONE_AT_ALL = frozenset({"nihil", "kosong", "tidak ada", "belum ada", "tidak punya", "belum punya", "tidak pernah", "belum pernah", "none", "zip"})
_ASKS_HOW_MANY = listed("berapa jumlah banyak banyaknya total many much number nomor")
_ASKS_HOW_MUCH = _ASKS_HOW_MANY | _ABOUT_MONEY
_IGNORED_MARKS = frozenset(".,;:!\"'()[]{}*_#=|👍✅✔")
_MOST = Decimal(10**15)

Accepts = Callable[[str], str]


def accept_all(value: str) -> str:
    """The form has no constraint."""
    return "" if value else ""


def plain(value: Decimal) -> str:
    """A number as it is stored: no exponent, no needless zeros."""
    text = format(value, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in {"-0", ""} else text


@lru_cache(maxsize=1024)
def label_words(label: str) -> frozenset[str]:
    """The words of a question, in standard spelling: what an answer may repeat."""
    return frozenset(standard(word) for word in words(label))


@dataclass(slots=True)
class _Said:
    """A text taken apart: its numerals, and the words and marks around them."""

    numerals: list[tuple[int, Numeral, bool]] = field(default_factory=list)
    """Place of the first token, the numeral, whether it is negative."""
    loose: list[tuple[int, str]] = field(default_factory=list)
    between: str = ""
    sure: bool = True


def read_number(
    text: str,
    *,
    whole: bool,
    label: str = "",
    english: bool = False,
    accepts: Accepts = accept_all,
    out_of: Decimal | None = None,
) -> Meaning:
    """The number in ``text`` as it is stored ("1500000", "2.5").

    ``whole``: only whole numbers are meant. ``out_of``: the end of a scale, for "9/10" and "9 dari 10".
    ``accepts`` gives "" for a value the form allows; it decides between readings and nothing else.
    """
    if len(text) <= 15 and text.isascii() and text.isdigit() and (len(text) < 9 or text[0] != "0"):
        return certain(str(int(text)))
    if len(text) > LONGEST:
        return NOTHING
    typed = cleaned(text)
    doubt = "?" in typed
    typed = _BEGINNING.sub("", _ENDING.sub("", typed.replace("?", " ").rstrip()))
    typed = _LEADING_POINT.sub(lambda found: "0" + found[0], typed)
    typed = _HYPHENED.sub(r"\1 ", typed).replace("out of", "dari")
    tokens, glued = _tokens(typed)
    if not tokens:
        return NOTHING
    said = _take_apart(tokens, glued, english=english, whole=whole)
    if said is None:
        return NOTHING
    if not said.numerals:
        return _none_at_all(tokens, label, accepts)
    asked = label_words(label)
    verdict = _judge_words(tokens, said, asked)
    if verdict is None:
        return NOTHING
    values, sure = _combined(tokens, said, whole=whole, out_of=out_of)
    fitting = [value for value in values if abs(value) < _MOST and (not whole or value == int(value))]
    return _weighed([plain(value) for value in fitting], sure=sure and verdict and not doubt, accepts=accepts)


def _weighed(values: list[str], *, sure: bool, accepts: Accepts) -> Meaning:
    if not values:
        return NOTHING
    if len(values) == 1:
        return certain(values[0]) if sure else perhaps(values[0])
    allowed = [value for value in values if not accepts(value)]
    return perhaps(*(allowed or values[:1]))


def _tokens(typed: str) -> tuple[list[str], list[bool]]:
    """The tokens of ``typed``, and for each whether it touches the one before."""
    tokens: list[str] = []
    glued: list[bool] = []
    end = -1
    for found in _TOKEN.finditer(typed):
        token = found[0].replace("'", "") if len(found[0]) > 1 else found[0]
        for number, piece in enumerate(pieces(token)):
            tokens.append(piece if piece.isdigit() else (piece if piece in SCALES else standard(piece)))
            glued.append(found.start() == end and number == 0)
        end = found.end()
    return tokens, glued


def _take_apart(tokens: list[str], glued: list[bool], *, english: bool, whole: bool) -> _Said | None:
    said = _Said()
    place = 0
    while place < len(tokens):
        token = tokens[place]
        if is_figure(token) and glued[place] and place:
            before = tokens[place - 1]
            if token == "2" and len(before) > 2 and before.isalpha():  # "kira2": a word said twice
                place += 1
                continue
            if before.isalpha() and before not in MONEY | {"umur", "usia", "nomor", "x", "nilai", "skor"}:
                return None  # "l0", "covid19"
            if before in {".", ","}:
                return None  # "1..5"
        numeral = numeral_at(tokens, place, english=english, whole=whole)
        if numeral is None:
            said.loose.append((place, token))
            place += 1
            continue
        if not numeral.values:
            return None
        end = numeral.end
        if end < len(tokens) and glued[end] and tokens[end].isalpha() and is_figure(tokens[end - 1]):
            if tokens[end] == "an" or (tokens[end] == "-" and tokens[end + 1 : end + 2] == ["an"]):
                said.sure = False
            elif tokens[end] not in TIME_UNITS | COUNTS | MONEY | MEASURES | {"pak", "bu", "kak", "ya"}:
                return None  # "1e2", "3o"
        said.numerals.append((place, numeral, False))
        place = end
    _join_groups(tokens, said)
    return said


def _join_groups(tokens: list[str], said: _Said) -> None:
    """ "2 000 000" is one number; "1 500" may be. Changes ``said`` where it is so."""
    figures = [tokens[place] for place, numeral, _ in said.numerals if numeral.plain]
    places = [place for place, _, _ in said.numerals]
    if len(figures) < 2 or len(figures) != len(said.numerals) or places != list(range(places[0], places[0] + len(places))):
        return
    if not (figures[0].isdigit() and len(figures[0]) <= 3 and figures[0][0] != "0"):
        return
    if not all(len(figure) == 3 and figure.isdigit() for figure in figures[1:]):
        return
    value = Decimal("".join(figures))
    said.numerals = [(places[0], Numeral((value,), places[-1] + 1, sure=len(figures) > 2), False)]


def _judge_words(tokens: list[str], said: _Said, asked: frozenset[str]) -> bool | None:
    """Whether the words around the numbers leave the answer certain; None if they contradict it."""
    sure = said.sure
    first = said.numerals[0][0]
    units_asked = asked & TIME_UNITS
    negative = False
    for place, token in said.loose:
        before = tokens[place - 1] if place else ""
        after = tokens[place + 1] if place + 1 < len(tokens) else ""
        if not token[0].isalpha():
            verdict = _judge_mark(token, place, tokens, said)
            if verdict is None:
                return None
            negative = negative or verdict == "negative"
            sure = sure and verdict != "doubt"
        elif token in {"minus", "negatif"} and place + 1 == first:
            negative = True
        elif token in _ABOUT and {before, after} & (_ABOUT - {token}):
            sure = False
        elif token == "lebih" and place > first:
            sure = False
        elif token == "dari" and said.between == "of":
            continue
        elif token in {"atau", "dan"} and len(said.numerals) > 1:
            said.between = token
        elif token in asked and token not in _CONTRADICTING and token not in TIME_UNITS:
            continue
        elif token in _PER_ONE or token in TIME_UNITS:
            verdict_unit = _judge_time(token, place, tokens, said, asked, units_asked)
            if verdict_unit is None:
                return None
            sure = sure and verdict_unit
        elif token == "dari" and _of(tokens, said, place):
            said.between = "of"
        elif token in _CONTRADICTING or (token == "lebih" and place < first):
            return None
        elif token in MEASURES | HEDGES:
            sure = sure and token == "bintang"
        elif token in MONEY:
            sure = sure and not asked & _ABOUT_AGE
        elif token in COUNTS:
            sure = sure and bool(asked & _ASKS_HOW_MANY)
        elif token in _ABOUT_MONEY and asked & _ABOUT_MONEY:
            continue
        elif token not in POLITE and token not in INTRODUCING and token not in _NEUTRAL:
            sure = False
    if negative:
        place, numeral, _ = said.numerals[0]
        said.numerals[0] = (place, numeral, True)
    return sure


def _of(tokens: list[str], said: _Said, place: int) -> bool:
    """ "9 dari 10"."""
    starts = [start for start, _, _ in said.numerals]
    return len(starts) == 2 and said.numerals[0][1].end == place and starts[1] == place + 1


def _judge_mark(mark: str, place: int, tokens: list[str], said: _Said) -> str | None:
    starts = {start for start, _, _ in said.numerals}
    ends = {numeral.end for _, numeral, _ in said.numerals}
    if mark == "-":
        if place in ends and place + 1 in starts:
            return None  # a range
        if place + 1 in starts:
            return "negative" if place == 0 or not tokens[place - 1].isalpha() or tokens[place - 1] in MONEY else "fine"
        return "fine"
    if mark == "'" and place + 1 in starts:
        return None  # '90 is a year
    if mark == "/":
        if place in ends and place + 1 in starts:
            said.between = "of"
            return "fine"
        return "fine" if place and tokens[place - 1][0].isalnum() else None
    if mark == "+":
        return "fine" if place + 1 in starts and place not in ends else None
    if mark in "~±":
        return "doubt"
    if mark in "%$€":
        return "doubt"
    if mark in "⭐★":
        return "doubt"
    return "fine" if mark in _IGNORED_MARKS else None


def _judge_time(token: str, place: int, tokens: list[str], said: _Said, asked: frozenset[str], units_asked: frozenset[str]) -> bool | None:
    unit = _PER_ONE.get(token, token)
    start, numeral, _ = said.numerals[0]
    if place < start and token == "tahun":  # "tahun 1990" is a year, "tahun 90" no age
        year = numeral.values[0]
        if not 1900 <= year <= 2100:
            return None
        return "tahun" in asked
    rate = token in _PER_ONE or (place > 0 and tokens[place - 1] in {"per", "/", "tiap", "setiap"})
    if unit in asked:
        return True
    if units_asked:
        return None
    return not rate and unit == "tahun"


def _combined(tokens: list[str], said: _Said, *, whole: bool, out_of: Decimal | None) -> tuple[list[Decimal], bool]:
    numerals = [(numeral, -1 if negative else 1) for _, numeral, negative in said.numerals]
    first, sign = numerals[0]
    if len(numerals) == 1:
        return [value * sign for value in first.values], first.sure
    alone = [numeral.values[0] for numeral, _ in numerals if len(numeral.values) == 1]
    if len(alone) != len(numerals):
        return [], False
    if len(set(alone)) == 1 and sign == 1 and said.between != "of":
        return alone[:1], True  # "34 (tiga puluh empat)"
    if said.between == "of":
        return _parts(alone, whole=whole, out_of=out_of, sign=sign)
    if len(alone) == 2 and said.between == "atau":
        return alone, False
    if len(alone) == 2 and said.between == "" and all(n.plain and not tokens[p].isdigit() for p, n, _ in said.numerals):
        tens, ones = alone
        if whole and tens >= 2 and said.numerals[1][0] == said.numerals[0][1].end:
            return [tens * 10 + ones], False  # "dua lima"
    units = [tokens[numeral.end] if numeral.end < len(tokens) else "" for numeral, _ in numerals]
    if whole and units == ["tahun", "bulan"]:
        return alone[:1], False  # "34 tahun 6 bulan"
    return [], False


def _parts(alone: list[Decimal], *, whole: bool, out_of: Decimal | None, sign: int) -> tuple[list[Decimal], bool]:
    """ "9/10" on a scale up to 10; "1/2" and "2 1/2" where fractions are meant."""
    *front, upper, lower = alone
    if out_of is not None and lower == out_of and not front and 0 <= upper <= lower:
        return [upper], True
    divisors = {2, 4} if out_of is not None else {2, 4, 5, 8, 10, 20, 100}
    if whole or lower not in divisors or upper >= lower or upper != int(upper) or len(front) > 1:
        return [], False
    before = front[0] if front else Decimal(0)
    if before != int(before):
        return [], False
    return [(before + upper / lower) * sign], True


def _none_at_all(tokens: list[str], label: str, accepts: Accepts) -> Meaning:
    typed = " ".join(token for token in tokens if token[0].isalpha() and token not in POLITE)
    if typed in _NONE_AT_ALL and label_words(label) & _ASKS_HOW_MUCH and not label_words(label) & _ABOUT_AGE and not accepts("0"):
        return perhaps("0")
    return NOTHING
