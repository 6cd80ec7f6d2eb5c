"""How certificates are numbered: a pattern that fits always gives one, and never the same twice."""

from __future__ import annotations

from datetime import date

import pytest

from outreach.certificate_number import fits, numbered

ON = date(2026, 12, 3)


@pytest.mark.parametrize(
    ("pattern", "number"),
    [
        ("{number:03}/SERT-ALAK/{month}/{year}", "007/SERT-ALAK/XII/2026"),
        ("800.1.4/{number}/{training}", "800.1.4/7/pelayanan_prima"),
    ],
)
def test_numbers(pattern: str, number: str) -> None:
    assert fits(pattern)
    assert numbered(pattern, 7, on=ON, training="pelayanan_prima") == number


@pytest.mark.parametrize(
    "pattern",
    ["", "SERT/{year}", "{number", "{number}{name}", "{0}", "{number.real}", "{number!z}", "{number:x y}", "{}{number}",
     "{number}\n", "{year.__class__}{number}", "{number:.1}"],
)  # fmt: skip
def test_patterns_that_do_not_fit(pattern: str) -> None:
    assert not fits(pattern)
