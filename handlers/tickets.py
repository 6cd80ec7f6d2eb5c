"""Ticket numbers and PINs of aspirations: speakable, random, with a check letter.

How one is written and read stands in ``surveys.text.ticket_numbers``. Rule of the file: numbers are drawn, never
counted, so that they tell nothing about order or time within the year.
"""

from __future__ import annotations

from handlers.desk import Desk
from handlers.errors import Conflict
from handlers.visit import Moment
from surveys.text.ticket_numbers import check_letter

_SERIALS, _MORE_SERIALS = 10_000, 100_000
"""How many numbers a year has, and how many with a fifth digit."""
_ATTEMPTS = 40
_PINS = 10_000


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
