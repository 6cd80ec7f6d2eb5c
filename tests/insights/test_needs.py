"""Needs against the published example and at their edges."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from insights.exact import Number
from insights.needs import (
    Competence,
    Rating,
    Risk,
    gap,
    mwds,
    mwds_by_standard,
    needs,
    ranks,
    rds,
    risk,
    share_below_standard,
    signed_gap,
)

LEVELS = st.integers(1, 5)
RATINGS = st.lists(st.builds(Rating, current=LEVELS, importance=LEVELS, required=LEVELS), min_size=1, max_size=30)


def rated(*pairs: tuple[int | None, int | None]) -> list[Rating]:
    """Importance first, current second."""
    return [Rating(importance=importance, current=current) for importance, current in pairs]


LACKING = rated((5, 2), (4, 3), (5, 3), (4, 2))
MIXED = rated((4, 3), (4, 4), (3, 3), (5, 4))
NEARLY = rated((5, 5), (5, 4), (5, 5), (4, 4))


@pytest.mark.parametrize(
    ("required", "current", "missing", "signed"), [(3, 1, 2, 2), (3, 3, 0, 0), (2, 5, 0, -3), (5, 1, 4, 4)]
)
def test_gap(required: int, current: int, missing: int, signed: int) -> None:
    assert (gap(required, current), signed_gap(required, current)) == (missing, signed)


@pytest.mark.parametrize(("required", "current", "value"), [(0, 3, 0), (3, 6, 6)])
def test_a_level_off_the_scale(required: int, current: int, value: int) -> None:
    for call in (gap, signed_gap):
        with pytest.raises(ValueError, match=f"^Level: {value} is not between 1 and 5\\.$"):
            call(required, current)
    with pytest.raises(ValueError, match=f"^Level: {value} is not between 1 and 5\\.$"):
        Rating(required=required, current=current)


@pytest.mark.parametrize("value", [0, 6])
def test_an_importance_off_the_scale(value: int) -> None:
    with pytest.raises(ValueError, match=f"^Importance: {value} is not between 1 and 5\\.$"):
        Rating(importance=value)


@pytest.mark.parametrize(
    ("ratings", "score", "order"),
    [
        (LACKING, 9, -100),
        (MIXED, 2, -50),
        (NEARLY, Fraction(19, 16), -25),
        (rated((1, 5)), -4, 100),
        (rated((3, 3)), 0, 0),
        (rated((5, 1)), 20, -100),
        (rated((4, None), (None, 1), (5, 1)), 20, -100),
        (rated((4, None)), None, None),
        ([], None, None),
    ],
)
def test_discrepancy_scores(ratings: list[Rating], score: Fraction | None, order: Fraction | None) -> None:
    assert (mwds(ratings), rds(ratings)) == (score, order)


def test_discrepancy_against_the_standard() -> None:
    people = [Rating(current=2, importance=4, required=3), Rating(current=3, importance=5, required=3)]
    assert mwds_by_standard(people) == Fraction(1, 2) * Fraction(9, 2)
    assert mwds_by_standard([*people, Rating(current=1, importance=1), Rating(current=1, required=5)]) == Fraction(9, 4)
    assert mwds_by_standard([]) is None


def test_share_below_standard() -> None:
    people = [Rating(current=c, required=3) for c in (1, 2, 3, 4)]
    assert share_below_standard(people) == Fraction(1, 2)
    assert share_below_standard([*people, Rating(current=1), Rating(required=5)]) == Fraction(1, 2)
    assert share_below_standard([Rating(current=1)]) is None


@given(RATINGS)
def test_scores_have_the_sign_of_the_discrepancy_and_stay_in_their_range(ratings: list[Rating]) -> None:
    score, order, standard = mwds(ratings), rds(ratings), mwds_by_standard(ratings)
    assert score is not None
    assert order is not None
    assert standard is not None
    lacking = sum((one.importance or 0) - (one.current or 0) for one in ratings)
    assert (score > 0, score < 0) == (lacking > 0, lacking < 0)
    assert Fraction(-25, 4) <= score <= 20
    assert -100 <= order <= 100
    assert -20 <= standard <= 20


@pytest.mark.parametrize(
    ("values", "places"),
    [
        ([], []),
        ([7], [1]),
        ([1, 3, 2], [3, 1, 2]),
        ([5, 5, 1], [Fraction(3, 2), Fraction(3, 2), 3]),
        ([2, 2, 2], [2, 2, 2]),
        ([None, 4, None, 9], [None, 2, None, 1]),
    ],
)
def test_ranks(values: list[Number | None], places: list[Number | None]) -> None:
    assert list(ranks(values)) == places


@given(st.lists(st.integers(-5, 5), min_size=1, max_size=12))
def test_ranks_share_out_all_places(values: list[int]) -> None:
    assert sum(place for place in ranks(values) if place is not None) == Fraction(len(values) * (len(values) + 1), 2)


@pytest.mark.parametrize(
    ("percent", "importance", "found"),
    [
        (0, 1, (1, 1, 1, "hijau")),
        (9, 5, (1, 5, 5, "hijau")),
        (10, 3, (2, 3, 6, "hijau")),
        (10, 4, (2, 4, 8, "kuning")),
        (24, Fraction(7, 2), (2, 4, 8, "kuning")),
        (24, Fraction(349, 100), (2, 3, 6, "hijau")),
        (25, 4, (3, 4, 12, "kuning")),
        (25, 5, (3, 5, 15, "merah")),
        (49, 4, (3, 4, 12, "kuning")),
        (50, 3, (4, 3, 12, "kuning")),
        (75, 4, (4, 4, 16, "merah")),
        (75, 2, (4, 2, 8, "kuning")),
        (Fraction(751, 10), 3, (5, 3, 15, "merah")),
        (100, 5, (5, 5, 25, "merah")),
    ],
)
def test_risk(percent: Fraction, importance: Fraction, found: tuple[int, int, int, str]) -> None:
    one = risk(Fraction(percent) / 100, importance)
    assert (one.likelihood, one.consequence, one.score, one.colour) == found


def test_risk_out_of_range() -> None:
    with pytest.raises(ValueError, match=r"^Share below standard: 2 is not between 0 and 1\.$"):
        risk(2, 3)
    with pytest.raises(ValueError, match=r"^Importance: 1/2 is not between 1 and 5\.$"):
        risk(1, Fraction(1, 2))


def test_the_table_of_needs() -> None:
    table = needs(
        [
            Competence(key="nearly", ratings=tuple(NEARLY)),
            Competence(key="nobody", ratings=()),
            Competence(key="lacking", ratings=tuple(LACKING)),
            Competence(
                key="standard", ratings=(Rating(current=2, importance=4, required=3), Rating(current=4, required=3))
            ),
        ]
    )
    assert [(one.key, one.mwds, one.rds, one.mwds_rank, one.rds_rank, one.apart) for one in table] == [
        ("nearly", Fraction(19, 16), -25, 3, 3, False),
        ("nobody", None, None, None, None, False),
        ("lacking", 9, -100, 1, Fraction(3, 2), False),
        ("standard", 8, -100, 2, Fraction(3, 2), False),
    ]
    assert (table[1].n, table[1].mean_current, table[1].mean_importance, table[1].risk) == (0, None, None, None)
    assert (table[2].n, table[2].n_standard, table[2].below, table[2].mean_gap, table[2].risk) == (
        4,
        0,
        None,
        None,
        None,
    )
    last = table[3]
    assert (last.n, last.n_standard, last.mean_current, last.mean_importance) == (1, 2, Fraction(3), Fraction(4))
    assert (last.below, last.mean_gap) == (Fraction(1, 2), Fraction(0))
    assert last.risk == Risk(likelihood=4, consequence=4, score=16, colour="merah")


@pytest.mark.parametrize(("others", "apart"), [(3, False), (4, True)])
def test_ranks_more_than_three_apart_are_pointed_at(others: int, apart: bool) -> None:
    # Everybody lacks a little in the first: first by order, last by size. In the others four of five lack much.
    first = Competence(key="first", ratings=tuple(rated((2, 1))))
    more = [Competence(key=str(n), ratings=tuple(rated(*[(5, 1)] * (9 + n), (5, 5)))) for n in range(others)]
    assert needs([first, *more])[0].apart is apart
