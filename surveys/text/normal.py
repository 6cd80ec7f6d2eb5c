"""Brings what people type into one plain form: lower case, plain digits, plain dashes, single spaces.

Rule of the file: nothing is understood here, only the ways of writing are evened out: full-width, Arabic and circled
digits, keycap emoji, half signs, typographic dashes and quotation marks, accents, invisible characters, NUL and lone
surrogates.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

LONGEST = 200
"""Characters of a reply that are read as a number, a date or a choice; longer texts are no such thing."""

_KEPT = frozenset("👍👎✅✔❌⭐★→")
"""Pictures that say something."""

_REPLACED = {
    "½": " 1/2", "¼": " 1/4", "¾": " 3/4", "×": "x", "÷": "/", "−": "-", "⁄": "/", "∕": "/", "～": "~", "≈": "~",
    "≥": ">=", "≤": "<=", "⩾": ">=", "⩽": "<=", "…": "...", "•": " ", "·": " ", "№": "no", "\u20e3": " ",
    "‘": "'", "’": "'", "‚": "'", "‛": "'", "′": "'", "´": "'", "ʻ": "'", "ʼ": "'", "‹": "'", "›": "'",
    "“": '"', "”": '"', "„": '"', "″": '"', "«": '"', "»": '"', "ß": "ss",
    "、": ",", "،": ",", "。": ".", "٫": ".", "٬": ",",
}  # fmt: skip
_CONTROL = dict.fromkeys((*range(32), 127), " ")
_WORD = re.compile(r"[^\W_]+")
_REPEATED = re.compile(r"(.)\1+")


def cleaned(text: str) -> str:
    """``text`` in lower case with plain characters and single spaces; punctuation stays."""
    if text.isascii():
        plain = text.lower() if text.isprintable() else text.lower().translate(_CONTROL)
    else:
        plain = "".join(map(_plain, text))
    return " ".join(plain.split())


def words(text: str) -> list[str]:
    """The words and numbers of ``text`` in plain form; apostrophes inside a word are dropped ("ho'oh", "Jum'at")."""
    return _WORD.findall(cleaned(text).replace("'", ""))


def normal(text: str) -> str:
    """The words and numbers of ``text`` with one space between, for comparing without case and punctuation."""
    return " ".join(words(text))


def shows(text: str) -> bool:
    """Whether anything of ``text`` can be seen; spaces, joiners and marks that stand on nothing cannot."""
    return any(unicodedata.category(char)[0] not in "CMZ" for char in text)


def squeezed(word: str) -> str:
    """``word`` without repeated letters: "yaaa" and "ya" are the same."""
    return _REPEATED.sub(r"\1", word)


@lru_cache(maxsize=4096)
def _plain(char: str) -> str:
    if char < "\x7f":
        return char.lower() if char >= " " else " "
    if char in _REPLACED:
        return _REPLACED[char]
    if char in _KEPT:
        return f" {char} "
    category = unicodedata.category(char)
    if category == "Nd":
        return str(unicodedata.decimal(char))
    if category == "No":  # circled, in brackets, raised: a number that stands for itself
        number = unicodedata.numeric(char)
        return f" {int(number)} " if number == int(number) else " "
    if category[0] == "Z" or category == "Cc":
        return " "
    if category == "Pd":
        return "-"
    if category[0] in "CM":
        return ""
    if category in {"So", "Sk"} and unicodedata.normalize("NFKD", char) == char:
        return " "
    decomposed = unicodedata.normalize("NFKD", char)
    kept = "".join(part for part in decomposed if not unicodedata.combining(part))
    return kept.lower() if kept == char or not kept else "".join(_plain(part) for part in kept)
