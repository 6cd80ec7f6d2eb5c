"""Agreement of two judges against worked numbers and at its edges."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from insights.agreement import Agreement, Pair, agreement, quadratic_kappa

PAIRS = st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), min_size=20, max_size=40)


def by_table(pairs: list[tuple[int, int]]) -> Fraction | None:
    """Kappa as the paper writes it: 1 − Σ w·observed / Σ w·expected over a table of categories."""
    n = len(pairs)
    cells = [(i, j) for i in range(5) for j in range(5)]
    observed = sum(Fraction((i - j) ** 2 * pairs.count((i, j)), n) for i, j in cells)
    rows = [sum(first == i for first, _second in pairs) for i in range(5)]
    columns = [sum(second == j for _first, second in pairs) for j in range(5)]
    expected = sum(Fraction((i - j) ** 2 * rows[i] * columns[j], n * n) for i, j in cells)
    return 1 - observed / expected if expected else None


@given(PAIRS)
def test_kappa_is_that_of_the_paper_and_between_minus_one_and_one(pairs: list[tuple[int, int]]) -> None:
    kappa = quadratic_kappa(pairs)
    assert kappa == by_table(pairs)
    assert kappa is None or -1 <= kappa <= 1
    assert quadratic_kappa([(second, first) for first, second in pairs]) == kappa


@pytest.mark.parametrize(
    ("pairs", "kappa"),
    [
        ([], None),
        ([(1, 1), (2, 2)] * 9 + [(1, 1)], None),  # nineteen
        ([(1, 1), (2, 2)] * 10, Fraction(1)),
        ([(1, 2), (2, 1)] * 10, Fraction(-1)),
        ([(1, 1), (1, 2), (2, 1), (2, 2)] * 5, Fraction(0)),
        ([(3, 3)] * 20, None),
        ([(3, 4)] * 20, Fraction(0)),
        ([(1, 1), (2, 2)] * 10 + [(None, 4), (4, None)], Fraction(1)),
    ],
)
def test_kappa(pairs: list[Pair], kappa: Fraction | None) -> None:
    assert quadratic_kappa(pairs) == kappa


def test_agreement_of_few() -> None:
    assert agreement([(4, 4), (3, 4), (4, 2), (None, 1), (1, None)]) == Agreement(
        n=3, exact=Fraction(1, 3), adjacent=Fraction(2, 3), difference=Fraction(1, 3), kappa=None
    )
    assert agreement([]) == Agreement(n=0, exact=None, adjacent=None, difference=None, kappa=None)


@given(PAIRS)
def test_the_same_is_adjacent_too(pairs: list[tuple[int, int]]) -> None:
    found = agreement(pairs)
    assert found.exact is not None
    assert found.adjacent is not None
    assert 0 <= found.exact <= found.adjacent <= 1
    assert found.kappa == quadratic_kappa(pairs)
