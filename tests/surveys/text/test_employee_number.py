"""NIP and NI PPPK, on 24 November 2026. The numbers are made up."""

from __future__ import annotations

from datetime import date

import pytest

from surveys.text.employee_number import Fault, read_employee_number
from tests.surveys.text.said import rows, said

TODAY = date(2026, 11, 24)

TABLE = """
    198609262015051001 => 198609262015051001
    19860926 201505 1 001 => 198609262015051001
    NIP. 19860926 201505 1 001 => 198609262015051001
    NIP:19860926.201505.1.001 => 198609262015051001
    19860926-201505-1-001 => 198609262015051001
    19860926/201505/1/001 => 198609262015051001
    1986 09 26 2015 05 1 001 => 198609262015051001
    nip saya 198609262015051001 pak => 198609262015051001
    NI PPPK 198609262023211001 => 198609262023211001
    198609262016131001 => 198609262016131001
    198609262015052999 => 198609262015052999
    200909262026051001 => 200909262026051001
    \\uff11\\uff19\\uff18\\uff16\\uff10\\uff19\\uff12\\uff16201505\\u00a01\\u2013001 => 198609262015051001
    198609262015051001? => ? 198609262015051001
    198609262015051001 budi => ? 198609262015051001
    l98609262015051001 => ? 198609262015051001
    19860926201505100I => ? 198609262015051001
    1986O9262015051001 => ? 198609262015051001
"""

FAULTS: list[tuple[str, Fault, int]] = [
    ("19860926201505100", "length", 17),
    ("1986092620150510011", "length", 19),
    ("5371012345678901", "length", 16),
    ("tidak tahu", "length", 0),
    ("", "length", 0),
    ("198609262015051001, 198609262015051002", "several", 36),
    ("198613262015051001", "birth", 18),
    ("198602302015051001", "birth", 18),
    ("000009262015051001", "birth", 18),
    ("201009262026051001", "birth", 18),
    ("195009262015051001", "birth", 18),
    ("198609262002051001", "appointment", 18),
    ("198609262015001001", "appointment", 18),
    ("198609262028051001", "appointment", 18),
    ("198609262026121001", "appointment", 18),
    ("198609262027211001", "appointment", 18),
    ("198609262015053001", "sex", 18),
    ("198609262015050001", "sex", 18),
    ("198609262015051000", "sequence", 18),
]


@pytest.mark.parametrize(("typed", "meaning"), rows(TABLE))
def test_employee_number(typed: str, meaning: str) -> None:
    assert said(read_employee_number(typed, today=TODAY).meaning) == meaning


@pytest.mark.parametrize(("typed", "fault", "digits"), FAULTS)
def test_what_cannot_be_right(typed: str, fault: Fault, digits: int) -> None:
    found = read_employee_number(typed, today=TODAY)
    assert (found.meaning.values, found.fault, found.digits) == ((), fault, digits)
