"""A NIP (civil servant) or NI PPPK (contract): 18 digits, in any grouping.

Rule of the file: the form is checked, not the person. Source: Perka BKN 43/2007 for NIP; for NI PPPK the practice of
contracts: YYYYMMDD birth, then YYYYMM appointment (NIP) or YYYY and a contract count of 21 or more (NI PPPK), 1 or 2
for the sex, a running number from 001. There is no check digit.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Literal

from surveys.text.meaning import NOTHING, Meaning, certain, perhaps
from surveys.text.normal import LONGEST, cleaned, words
from surveys.text.vocabulary import INTRODUCING, POLITE, listed, standard

LENGTH = 18
_RUN = re.compile(r"\d(?:[\s.\-/_]{0,3}\d)*")
_LETTERS = re.compile(r"(?<=\d)[oli](?![a-z])|(?<![a-z])[oli](?=\d)")
"""Letters that are typed for the digits 0 and 1."""
_WORDS = listed("nip ni pppk pns asn p3k nomor induk pegawai baru aktif nipnya nipppk")
_YOUNGEST, _OLDEST = 17, 70

Fault = Literal["", "length", "birth", "appointment", "sex", "sequence", "several"]


@dataclass(frozen=True, slots=True)
class EmployeeNumber:
    """What was read: the digits, and the first thing that cannot be right ("" if nothing)."""

    meaning: Meaning
    digits: int
    """How many digits there were, 0 if none."""
    fault: Fault


def read_employee_number(text: str, *, today: date) -> EmployeeNumber:
    """The 18 digits in ``text``."""
    if len(text) > LONGEST:
        return EmployeeNumber(NOTHING, 0, "length")
    typed = cleaned(text)
    typed = re.sub(r"\bp3k\b", "pppk", typed)
    spelt = _LETTERS.sub(lambda found: "0" if found[0] == "o" else "1", typed)
    runs = [found[0] for found in _RUN.finditer(spelt)]
    if len(runs) != 1:
        count = sum(char.isdigit() for char in typed)
        return EmployeeNumber(NOTHING, count, "several" if len(runs) > 1 else "length")
    digits = "".join(char for char in runs[0] if char.isdigit())
    fault = fault_of(digits, today=today)
    if fault:
        return EmployeeNumber(NOTHING, len(digits), fault)
    loose = [standard(word) for word in words(_RUN.sub(" ", spelt))]
    known = all(word in _WORDS or word in POLITE or word in INTRODUCING for word in loose)
    sure = known and spelt == typed and "?" not in typed
    return EmployeeNumber(certain(digits) if sure else perhaps(digits), LENGTH, "")


def fault_of(digits: str, *, today: date) -> Fault:
    """The first thing that cannot be right about these digits; "" if nothing."""
    if len(digits) != LENGTH:
        return "length"
    try:
        born = date(int(digits[:4]), int(digits[4:6]), int(digits[6:8]))
    except ValueError:
        return "birth"
    age = today.year - born.year - ((today.month, today.day) < (born.month, born.day))
    if not _YOUNGEST <= age <= _OLDEST:
        return "birth"
    year, month = int(digits[8:12]), int(digits[12:14])
    later = year > today.year or (month <= 12 and (year, month) > (today.year, today.month))
    if month == 0 or later or year < born.year + _YOUNGEST:
        return "appointment"
    if digits[14] not in "12":
        return "sex"
    return "sequence" if digits[15:] == "000" else ""
