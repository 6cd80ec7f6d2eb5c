"""Days as officers type them."""

from __future__ import annotations

from datetime import date, time
from decimal import Decimal

import pytest

from outreach.training import Day
from outreach.training_days import NoDays, day_in_figures, read_days

TODAY = date(2026, 11, 24)
EIGHT, HALF_PAST_THREE = time(8), time(15, 30)
FIRST = Day(date(2026, 12, 1), EIGHT, HALF_PAST_THREE)
SECOND = Day(date(2026, 12, 2), EIGHT, HALF_PAST_THREE)


@pytest.mark.parametrize(
    "text",
    [
        "1-2 Desember 2026, 08.00-15.30",
        "1–2 des, 8.00 s/d 15.30",
        "Selasa–Rabu, 1–2 Desember 2026, pukul 08.00–15.30 WITA",
        "2026-12-01 08.00-15.30; 2026-12-02 08:00 - 15:30",
        "2026-12-02 08.00-15.30\n1 Desember 2026 08.00-15.30",
        "1/12/2026 s.d. 2/12/2026, 08.00–15.30",
        "2026-12-01 sampai 2026-12-02 jam 08.00 sampai 15.30",
        "1 Desember - 2 Desember 2026, 08.00-15.30",
    ],
)
def test_the_same_two_days(text: str) -> None:
    assert read_days(text, today=TODAY) == (FIRST, SECOND)


def test_hours_of_learning_and_the_turn_of_a_year() -> None:
    assert read_days("31 Des - 1 Jan 2027, 08.00-12.00 (4,5 JP)", today=TODAY) == (
        Day(date(2026, 12, 31), EIGHT, time(12), Decimal("4.5")),
        Day(date(2027, 1, 1), EIGHT, time(12), Decimal("4.5")),
    )
    assert read_days("5 Januari, 08.00-12.00", today=TODAY) == (Day(date(2027, 1, 5), EIGHT, time(12)),)


@pytest.mark.parametrize(
    "text",
    ["", "besok", "1-2 Desember 2026", "08.00-15.30", "31 Februari 2027, 08.00-12.00", "1 Desember 2026, 25.00-26.00",
     "2-1 Desember 2026, 08.00-12.00", "1 Brumaire, 08.00-12.00", "32/13/2026 08.00-12.00"],
)  # fmt: skip
def test_what_names_no_day_is_asked_back(text: str) -> None:
    with pytest.raises(NoDays, match="Write it like this: 1-2 Desember 2026"):
        read_days(text, today=TODAY)


def test_figures_are_read_again() -> None:
    days = (FIRST, Day(SECOND.date, EIGHT, time(12), Decimal("4.5")))
    assert day_in_figures(days) == "2026-12-01 08.00-15.30\n2026-12-02 08.00-12.00 (4.5 JP)"
    assert read_days(day_in_figures(days), today=TODAY) == days
