"""Numbers as officers type them into forms and options: "4,5", "16", "Rp1.500.000".

Rule of the file: what cannot be read is one sentence.
"""

from __future__ import annotations

import re
from decimal import Decimal

from outreach.training import Say

_NUMBER = re.compile(r"\d{1,9}(?:[.,]\d{1,4})?")
_RUPIAH = re.compile(r"(?:rp\.?\s*)?(\d{1,3}(?:\.\d{3})+|\d{1,12})(?:,00|,-)?", re.IGNORECASE)
_DAYS = re.compile(r"\d{1,3}")


class NoNumber(ValueError):
    """What was typed is no number: a sentence for the officer."""


def number(text: str, say: Say) -> Decimal:
    """ "4,5", "4.5". Raises NoNumber."""
    _ = say
    if not _NUMBER.fullmatch(text.strip()):
        raise NoNumber(_("“{text}” is no number.").format(text=text.strip()[:40]))
    return Decimal(text.strip().replace(",", "."))


def whole(text: str, say: Say) -> int:
    """Of places, of percent; "" is 0. Raises NoNumber."""
    _ = say
    if not re.fullmatch(r"\d{0,6}", text.strip()):
        raise NoNumber(_("“{text}” is no number.").format(text=text.strip()[:40]))
    return int(text.strip() or 0)


def rupiah(text: str, say: Say) -> Decimal:
    """ "1.500.000", "Rp1.500.000", "1500000"; "" is 0. Raises NoNumber."""
    _ = say
    if not text.strip():
        return Decimal(0)
    found = _RUPIAH.fullmatch(text.strip())
    if found is None:
        raise NoNumber(_("“{text}” is no amount in rupiah: write it like 1.500.000").format(text=text.strip()[:40]))
    return Decimal(found[1].replace(".", ""))


def days(text: str, say: Say) -> tuple[int, ...]:
    """ "30, 90". Raises NoNumber."""
    _ = say
    parts = [part for part in re.split(r"[\s,;]+", text.strip()) if part]
    if not parts or not all(_DAYS.fullmatch(part) for part in parts):
        raise NoNumber(_("“{text}” names no days: write them like 30, 90").format(text=text.strip()[:40]))
    return tuple(sorted({int(part) for part in parts}, reverse=True))
