"""Ticket numbers of aspirations in what people write, with the PIN of an anonymous one.

``ALK-26-0417-Q`` is unit, year, a random serial and a check letter (the serial with its year modulo 23). Rule of the
file: a number is one however it is written; whoever writes it asks how the aspiration goes, and it tells whose that is.
"""

from __future__ import annotations

import re

from surveys.text.normal import cleaned

_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXY"
_MOST_SERIALS = 100_000
_APART = r"[\s./_\u2010-\u2015\u2212-]*"
_UNNAMED = rf"{_APART}\d{{2}}{_APART}\d{{4,5}}{_APART}[A-Z](?![A-Z])"
_SHAPE = re.compile(
    rf"(?<![A-Z])([A-Z]{{2,5}}){_APART}(\d{{2}}){_APART}(\d{{4,5}}){_APART}([A-Z])(?![A-Z])", re.IGNORECASE
)
_RESEMBLING = re.compile(rf"[A-Z]{{2}}{_UNNAMED}", re.IGNORECASE)
_PIN = r"(?<!\d)\d{4}(?!\d)"
_PIN_AFTER, _PIN_BEFORE = re.compile(rf"\D{{0,20}}({_PIN})"), re.compile(rf"({_PIN})\D{{0,20}}$")
_PIN_ALONE = re.compile(rf"\W*(?:pin|kode)\s?(?:nya|saya|ini|itu|adalah|\W)*{_PIN}\W*(?:pak|bu|ya)?\W*", re.IGNORECASE)
_WITH_PIN = re.compile(
    rf"[A-Z]{{2,5}}{_UNNAMED}\D{{0,20}}{_PIN}|{_PIN}\D{{0,20}}?[A-Z]{{2,5}}{_UNNAMED}", re.IGNORECASE
)


def check_letter(year: int, serial: int) -> str:
    """The letter that catches a mistyped digit."""
    return _LETTERS[(year * _MOST_SERIALS + serial) % len(_LETTERS)]


def number_in(text: str) -> str | None:
    """The ticket number in ``text`` in its written form, None if there is none or its check letter is wrong."""
    found = _found(cleaned(text))
    if found is None:
        return None
    prefix, year, serial, letter = found.groups()
    return f"{prefix}-{year}-{serial}-{letter}".upper()


def pin_in(text: str) -> str | None:
    """The four digits that stand alone behind the ticket number in ``text``, or else before it."""
    typed = cleaned(text)
    found = _found(typed)
    if found is None:
        return None
    pin = _PIN_AFTER.match(typed, found.end()) or _PIN_BEFORE.search(typed[: found.start()])
    return None if pin is None else pin[1]


def about_ticket(text: str) -> bool:
    """Whether ``text`` holds what looks like a ticket number, mistyped or not, or is nothing but a PIN."""
    typed = cleaned(text)
    return _RESEMBLING.search(typed) is not None or _PIN_ALONE.fullmatch(typed) is not None


def hidden(text: str) -> str:
    """``text`` with a number that has its PIN beside it masked: together they tell whose the aspiration is."""
    return _WITH_PIN.sub("••••", text)


def _found(typed: str) -> re.Match[str] | None:
    """The first ticket number whose check letter is right."""
    for found in _SHAPE.finditer(typed):
        if check_letter(int(found[2]), int(found[3])) == found[4].upper():
            return found
    return None
