"""Numbers are what they are written as, and are rounded half up."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from insights.exact import Number, average, exact, rounded, share, sum_to_one, within


@pytest.mark.parametrize(
    ("value", "is_exactly"),
    [
        (3, Fraction(3)),
        (0.1, Fraction(1, 10)),
        (1e-05, Fraction(1, 100000)),
        (Decimal("76.605"), Fraction(76605, 1000)),
        (Fraction(1, 9), Fraction(1, 9)),
    ],
)
def test_a_number_is_what_it_is_written_as(value: Number, is_exactly: Fraction) -> None:
    assert exact(value) == is_exactly


@pytest.mark.parametrize("value", [float("nan"), float("inf"), Decimal("NaN"), Decimal("-Infinity")])
def test_what_is_no_number_is_refused(value: Number) -> None:
    with pytest.raises(ValueError, match=r"is not a number one can calculate with\.$"):
        exact(value)


@pytest.mark.parametrize(
    ("value", "places", "shown"),
    [
        (Decimal("76.605"), 2, "76.61"),
        (76.605, 2, "76.61"),
        (76.6049, 2, "76.60"),
        (Fraction(200, 3), 2, "66.67"),
        (2.5, 0, "3"),
        (-2.5, 0, "-3"),
        (-0.5, 0, "-1"),
        (-0.4, 0, "0"),
        (65, 2, "65.00"),
        (0, 2, "0.00"),
        (1234567, 1, "1234567.0"),
    ],
)
def test_rounding_is_half_up_and_shows_all_places(value: Number, places: int, shown: str) -> None:
    assert str(rounded(value, places)) == shown


def test_two_places_are_usual_and_none_below_zero() -> None:
    assert str(rounded(1)) == "1.00"
    with pytest.raises(ValueError, match=r"^-1 places cannot be shown\.$"):
        rounded(1, -1)


@given(st.fractions(), st.integers(0, 6))
def test_rounding_moves_by_at_most_half_a_step(value: Fraction, places: int) -> None:
    assert abs(Fraction(rounded(value, places)) - value) <= Fraction(1, 2 * 10**places)
    assert abs(rounded(-value, places).compare_total_mag(rounded(value, places))) == 0


def test_the_average_of_nothing_is_unknown() -> None:
    assert average([]) is None
    assert average([0]) == 0
    assert average([1, 2, 2]) == Fraction(5, 3)
    assert average([0.1, Decimal("0.2")]) == Fraction(3, 20)


def test_a_share() -> None:
    assert share(0, 0) is None
    assert share(0, 3) == 0
    assert share(3, 3) == 1
    for part, whole in ((4, 3), (-1, 3)):
        with pytest.raises(ValueError, match=f"^{part} is no part of {whole}\\.$"):
            share(part, whole)


def test_within_names_what_is_out_of_range() -> None:
    assert within([1, 5], 1, 5, what="Level") == (1, 5)
    for value in (0, 6):
        with pytest.raises(ValueError, match=f"^Level: {value} is not between 1 and 5\\.$"):
            within([3, value], 1, 5, what="Level")


def test_weights_of_an_index_sum_to_one() -> None:
    sum_to_one(a=0.1, b=0.2, c=0.7)
    sum_to_one(a=1, b=0)
    with pytest.raises(ValueError, match=r"^The weights sum to 0\.9, not to 1\.$"):
        sum_to_one(a=0.5, b=0.4)
    with pytest.raises(ValueError, match=r"^The weight of b is -1; a weight is not negative\.$"):
        sum_to_one(a=2, b=-1)
