"""An Indonesian mobile number in any form: "0812 3456 7890", "+62812…", "wa.me/62812…", "081234567890 (WA)".

Rule of the file: exactly one number, stored as E.164 (+628…). Without its leading 0, with letters for digits or with
further words it is asked back; a landline, a foreign number or two numbers are none.

A mobile number has 9 to 12 digits after +62, the first an 8 and the second none of 0, 4 and 6 (not given to mobiles).
"""

from __future__ import annotations

import re

from surveys.text.meaning import NOTHING, Meaning, certain, perhaps
from surveys.text.normal import LONGEST, cleaned, words
from surveys.text.numerals import ONES, pieces
from surveys.text.vocabulary import HEDGES, INTRODUCING, POLITE, listed, standard

_RUN = re.compile(r"[+(]?\d(?:[\s().\-/]{0,3}\d)*")
_MOBILE = re.compile(r"8[1235789]\d{7,10}")
_ADDRESS = re.compile(r"(?:https?://)?(?:(?:wa\.me|api\.whatsapp\.com/send\?phone=)/?\+?|whatsapp:|tel:|callto:)")
_WORDS = listed(
    "wa whatsapp hp hape handphone telepon telpon telp tlp tel hpnya mobile phone nomornya kontak contact "
    "aktif sms call telegram tg "
    "simpati telkomsel xl indosat tri axis smartfren as kartu halo milik pribadi"
)
_DIGIT_WORDS = {**{word: str(value) for word, value in ONES.items()}, "kosong": "0", "o": "0"}
_LETTERS = re.compile(r"(?<=\d)[oli](?![a-z])|(?<![a-z])[oli](?=\d)")
_ANDS = re.compile(r"\b(?:dan|atau|and|or|deng|dengan|serta)\b|&")


def read_phone(text: str) -> Meaning:
    """The mobile number in ``text`` as "+628…"."""
    if len(text) > LONGEST:
        return NOTHING
    typed = _ADDRESS.sub(" ", cleaned(text)).strip()
    spelt = _LETTERS.sub(lambda found: "0" if found[0] == "o" else "1", typed)
    runs = [found[0] for found in _RUN.finditer(spelt)]
    if not runs:
        return _in_words(typed)
    rest = _RUN.sub(" ", spelt)
    numbers = [number for run in runs if (number := _mobile(run)) is not None]
    if len(numbers) != 1 or len(runs) != 1:
        return _several(runs, numbers, rest)
    e164, sure = numbers[0]
    loose = [standard(word) for word in words(rest)]
    if "bukan" in loose or "tidak" in loose:
        return NOTHING
    known = all(word in _WORDS or word in POLITE or word in INTRODUCING for word in loose)
    sure = sure and known and spelt == typed and "?" not in typed and "*" not in typed
    return certain(e164) if sure else perhaps(e164)


def _several(runs: list[str], numbers: list[tuple[str, bool]], rest: str) -> Meaning:
    found = list(dict.fromkeys(number for number, _ in numbers))
    if len(found) == 1 and len(numbers) == len(runs):
        return certain(found[0])  # the same number twice
    if len(found) == 1 and all(len(_digits(run)) <= 3 for run in runs if _mobile(run) is None):
        return perhaps(found[0])
    if len(found) == 2 and len(numbers) == len(runs) and _ANDS.search(rest) is not None and "dan" not in rest:
        return perhaps(*found)
    return NOTHING


def _digits(run: str) -> str:
    return "".join(char for char in run if char.isdigit())


def _mobile(run: str) -> tuple[str, bool] | None:
    """The E.164 form of one run of digits, and whether it was written out as a phone number is."""
    parts = run.split()
    if len(parts) > 1 and len(_digits(parts[0])) >= 10:  # a whole number, and something after it
        after = [_digits(part) for part in parts[1:]]
        first = _mobile(parts[0])
        if first is None or set(after) == {_digits(parts[0])}:
            return first
        return (first[0], False) if len("".join(after)) <= 3 else None
    digits = _digits(run)
    sure = True
    if digits.startswith("0062") and not run.startswith("+"):
        national = digits[4:]
    elif digits.startswith("62"):
        national = digits[2:]
    elif run.startswith("+"):
        return None
    elif digits.startswith("0"):
        national = digits[1:]
    else:
        national, sure = digits, False
    if national.startswith("0") and len(national) > 9 and not digits.startswith("0"):
        national = national[1:]  # "+62 0812 …"
    if _MOBILE.fullmatch(national) is None:
        return None
    return "+62" + national, sure


def _in_words(typed: str) -> Meaning:
    """Digits in words: "nol delapan satu dua …"."""
    digits = ""
    for word in words(typed):
        for piece in pieces(word):
            if piece in _DIGIT_WORDS:
                digits += _DIGIT_WORDS[piece]
            elif standard(piece) not in POLITE | INTRODUCING | HEDGES | _WORDS:
                return NOTHING
    found = _mobile(digits) if digits else None
    return NOTHING if found is None else perhaps(found[0])
