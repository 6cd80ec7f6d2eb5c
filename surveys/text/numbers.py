"""A number someone gives as an answer: "34 thn", "tigapuluh empat", "Rp 1.500.000,-", "kira2 20".

Rule of the file: one number and nothing that contradicts it is certain; a guess, a unit the question does not speak of
or an unknown word beside it is asked back; a range, a negation or a year of birth is no number.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from functools import lru_cache

from surveys.text.meaning import NOTHING, Meaning, certain, perhaps
from surveys.text.normal import LONGEST, cleaned, words
from surveys.text.number_context import (
    ABOUT_AGE,
    ABOUT_MONEY,
    ASKS_HOW_MANY,
    COUNTS,
    MEASURES,
    MONEY,
    TIME_UNITS,
    Said,
    judge,
)
from surveys.text.numerals import SCALES, Numeral, is_figure, numeral_at, pieces
from surveys.text.vocabulary import POLITE, standard

_TOKEN = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:'[^\W\d_]+)*|[^\s\w]|_")
_ENDING = re.compile(r"(?<=\d)\s?[.,]?-+$|[\s.,!;:)\]\"'*]+$")
_BEGINNING = re.compile(r"^[\s(\[\"*:;=#]+")
_LEADING_POINT = re.compile(r"(?<![\w.,])[.,](?=\d+(?![.,\d]))")
_HYPHENED = re.compile(r"\b((?:twen|thir|for|fif|six|seven|eigh|nine)ty)-(?=[a-z])")

_NONE_AT_ALL = frozenset(
    {"nihil", "kosong", "tidak ada", "belum ada", "tidak punya", "belum punya", "tidak pernah", "belum pernah", "none"}
)
_MOST = Decimal(10**15)

Accepts = Callable[[str], str]


def accept_all(_value: str) -> str:
    """The form has no constraint."""
    return ""


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
    verdict = judge(said, asked)
    if verdict is None:
        return NOTHING
    values, sure = _combined(said, whole=whole, out_of=out_of)
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


def _take_apart(tokens: list[str], glued: list[bool], *, english: bool, whole: bool) -> Said | None:
    said = Said(tokens)
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
            elif tokens[end] not in TIME_UNITS | COUNTS | MONEY | MEASURES | {"pak", "bu", "kak", "ya", "yo"}:
                return None  # "1e2", "3o"
        said.numerals.append((place, numeral, False))
        place = end
    _join_groups(tokens, said)
    return said


def _join_groups(tokens: list[str], said: Said) -> None:
    """Spaces between groups of three: "2 000 000" is one number, "1 500" may be. Changes ``said`` where it is so."""
    figures = [tokens[place] for place, numeral, _ in said.numerals if numeral.plain]
    places = [place for place, _, _ in said.numerals]
    if (
        len(figures) < 2
        or len(figures) != len(said.numerals)
        or places != list(range(places[0], places[0] + len(places)))
    ):
        return
    if not (figures[0].isdigit() and len(figures[0]) <= 3 and figures[0][0] != "0"):
        return
    if not all(len(figure) == 3 and figure.isdigit() for figure in figures[1:]):
        return
    value = Decimal("".join(figures))
    said.numerals = [(places[0], Numeral((value,), places[-1] + 1, sure=len(figures) > 2), False)]


def _combined(said: Said, *, whole: bool, out_of: Decimal | None) -> tuple[list[Decimal], bool]:
    numerals = [(numeral, -1 if negative else 1) for _, numeral, negative in said.numerals]
    first, sign = numerals[0]
    if len(numerals) == 1:
        return [value * sign for value in first.values], first.sure
    alone = [numeral.values[0] for numeral, _ in numerals if len(numeral.values) == 1]
    if len(alone) != len(numerals):
        return [], False
    if len(set(alone)) == 1 and sign == 1 and said.between != "of":
        return alone[:1], len({numeral.in_words for numeral, _ in numerals}) == 2  # "34 (tiga puluh empat)"
    if said.between == "of":
        return _parts(alone, whole=whole, out_of=out_of, sign=sign)
    if len(alone) == 2 and said.between == "atau":
        return alone, False
    if (
        len(alone) == 2
        and said.between == ""
        and all(n.plain and not said.tokens[p].isdigit() for p, n, _ in said.numerals)
    ):
        tens, ones = alone
        if whole and tens >= 2 and said.numerals[1][0] == said.numerals[0][1].end:
            return [tens * 10 + ones], False  # "dua lima"
    units = [said.after(numeral.end - 1) for numeral, _ in numerals]
    if whole and units == ["tahun", "bulan"]:
        return alone[:1], False  # "34 tahun 6 bulan"
    return [], False


def _parts(alone: list[Decimal], *, whole: bool, out_of: Decimal | None, sign: int) -> tuple[list[Decimal], bool]:
    """A part of a scale ("9/10" up to 10), or a fraction ("1/2", "2 1/2") where one is meant."""
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
    if (
        typed in _NONE_AT_ALL
        and label_words(label) & (ASKS_HOW_MANY | ABOUT_MONEY)
        and not label_words(label) & ABOUT_AGE
        and not accepts("0")
    ):
        return perhaps("0")
    return NOTHING
