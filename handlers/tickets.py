"""Ticket numbers and PINs of aspirations: speakable, random, with a check letter.

``ALK-26-0417-Q`` is unit, year, a random serial and a check letter (the serial with its year modulo 23). Rule of the
file: numbers are drawn, never counted, so that they tell nothing about order or time within the year.
"""

from __future__ import annotations

import re

from handlers.desk import Desk
from handlers.errors import Conflict
from handlers.visit import Moment

_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXY"
_SERIALS, _MORE_SERIALS = 10_000, 100_000
"""How many numbers a year has, and how many with a fifth digit."""
_ATTEMPTS = 40
_PINS = 10_000
_SHAPE = re.compile(r"\b([A-Z]{2,5})[\s-]*(\d{2})[\s-]*(\d{4,5})[\s-]*([A-Z])\b")


def check_letter(year: int, serial: int) -> str:
    """The letter that catches a mistyped digit."""
    return _LETTERS[(year * _MORE_SERIALS + serial) % len(_LETTERS)]


async def new_number(prefix: str, desk: Desk) -> str:
    """A number nobody has. Five digits once four are crowded."""
    year = desk.moment.now.year % 100
    for attempt in range(_ATTEMPTS):
        crowded = attempt >= _ATTEMPTS // 2
        serial = desk.moment.rng.randrange(_SERIALS, _MORE_SERIALS) if crowded else desk.moment.rng.randrange(_SERIALS)
        number = f"{prefix}-{year:02d}-{serial:04d}-{check_letter(year, serial)}"
        if not await desk.unit.ticket_taken(number):
            return number
    msg = "no free ticket number was found"
    raise Conflict(msg)


def new_pin(moment: Moment) -> str:
    """Four digits."""
    return f"{moment.rng.randrange(_PINS):04d}"


def number_in(text: str) -> str | None:
    """The ticket number in ``text`` in its written form, None if there is none or its check letter is wrong."""
    found = _SHAPE.search(text.upper())
    if found is None:
        return None
    prefix, year, serial, letter = found.groups()
    if check_letter(int(year), int(serial)) != letter:
        return None
    return f"{prefix}-{year}-{serial}-{letter}"


def pin_in(text: str) -> str | None:
    """Four digits standing alone at the end of ``text``."""
    found = re.search(r"(?<!\d)(\d{4})\s*$", text.strip())
    return found.group(1) if found else None
