"""Weights against the worked example, empty strata, trimming and what always holds."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from insights.exact import rounded
from insights.weighting import Stratum, Weighted, Weighting, design_effect, post_stratify, weighted_mean


def strata(*sizes: tuple[int, int]) -> list[Stratum]:
    """Population first, sample second; keys a, b, c …"""
    return [Stratum(key=chr(97 + n), population=N, sample=s) for n, (N, s) in enumerate(sizes)]


def test_three_strata() -> None:
    found = post_stratify(strata((60, 20), (30, 5), (10, 5)))
    assert [(one.keys, one.weight, one.trimmed) for one in found.groups] == [
        (("a",), Fraction(9, 10), False),
        (("b",), Fraction(9, 5), False),
        (("c",), Fraction(3, 5), False),
    ]
    assert found.n == 30
    assert found.deff == Fraction(114, 100)
    assert found.n_effective is not None
    assert str(rounded(found.n_effective, 1)) == "26.3"


@pytest.mark.parametrize(
    ("sizes", "keys"),
    [
        (((50, 5), (30, 0), (20, 5)), [("a",), ("b", "c")]),
        (((50, 0), (30, 0), (20, 5)), [("a", "b", "c")]),
        (((50, 5), (30, 5), (20, 0)), [("a",), ("b", "c")]),
        (((50, 5), (30, 0), (20, 0)), [("a", "b", "c")]),
        (((50, 0), (30, 5), (0, 0), (20, 5), (9, 0)), [("a", "b"), ("c", "d", "e")]),
    ],
)
def test_an_empty_stratum_goes_with_its_neighbour(
    sizes: tuple[tuple[int, int], ...], keys: list[tuple[str, ...]]
) -> None:
    assert [one.keys for one in post_stratify(strata(*sizes)).groups] == keys


def test_what_goes_together_is_weighed_together() -> None:
    found = post_stratify(strata((50, 5), (30, 0), (20, 5)))
    assert [one.weight for one in found.groups] == [1, 1]
    assert [found.weight(key) for key in "abc"] == [1, 1, 1]
    with pytest.raises(ValueError, match=r"^There is no weight for the stratum 'z'\.$"):
        found.weight("z")


def test_a_weight_above_five_times_the_median_is_cut() -> None:
    # Raw weights 1/2 (of 18 people) and 11/2 (of 2): the median is 1/2, so the second is cut to 5/2.
    found = post_stratify(strata((9, 18), (11, 2)))
    scale = Fraction(20, 14)
    assert found.groups == (
        Weighted(keys=("a",), sample=18, weight=Fraction(1, 2) * scale, trimmed=False),
        Weighted(keys=("b",), sample=2, weight=Fraction(5, 2) * scale, trimmed=True),
    )
    assert found.deff == Fraction(20 * (18 * 1 + 2 * 25), (18 + 10) ** 2)


def test_the_median_of_an_even_number_of_people_lies_between_two() -> None:
    # Raw weights 1/4 (of 1 person), 7/4 (of 1): the median is 1.
    assert [one.trimmed for one in post_stratify(strata((1, 1), (7, 1))).groups] == [False, False]
    # Raw weights 1/8, 1/8 and 4·… : three people, the median is the one in the middle.
    assert [one.trimmed for one in post_stratify(strata((1, 1), (1, 1), (10, 1))).groups] == [False, False, True]


def test_exactly_five_times_the_median_stays() -> None:
    assert [one.trimmed for one in post_stratify(strata((3, 3), (5, 1))).groups] == [False, False]


@pytest.mark.parametrize("sizes", [(), ((10, 0), (20, 0))])
def test_nobody_answered(sizes: tuple[tuple[int, int], ...]) -> None:
    assert post_stratify(strata(*sizes)) == Weighting(n=0, groups=(), deff=None, n_effective=None)


def test_strata_that_cannot_be() -> None:
    for population, sample in ((-1, 0), (1, -1)):
        with pytest.raises(ValueError, match=r"^Stratum a counts fewer than nobody\.$"):
            strata((population, sample))
    with pytest.raises(ValueError, match=r"^Stratum a has answers, but its population is given as 0\.$"):
        strata((0, 1))
    with pytest.raises(ValueError, match=r"^Two strata have the same key\.$"):
        post_stratify([*strata((1, 1)), *strata((1, 1))])


@given(st.lists(st.tuples(st.integers(1, 500), st.integers(0, 30)), min_size=1, max_size=8))
def test_weights_average_one_and_none_is_above_five_times_the_median(sizes: list[tuple[int, int]]) -> None:
    found = post_stratify(strata(*sizes))
    people = sorted(one.weight for one in found.groups for _person in range(one.sample))
    if not people:
        return
    n = len(people)
    assert sum(people) == n == found.n
    assert people[-1] <= 5 * (people[(n - 1) // 2] + people[n // 2]) / 2
    assert people[0] > 0
    assert found.deff == design_effect(people)
    assert found.deff is not None
    assert found.n_effective is not None
    assert found.deff >= 1
    assert 1 <= found.n_effective <= n
    assert [key for one in found.groups for key in one.keys] == [one.key for one in strata(*sizes)]


def test_design_effect() -> None:
    assert design_effect([]) is None
    assert design_effect([2, 2, 2]) == 1
    assert design_effect([0.9] * 20 + [1.8] * 5 + [0.6] * 5) == Fraction(114, 100)
    with pytest.raises(ValueError, match=r"^A weight is above 0\.$"):
        design_effect([1, 0])


def test_weighted_mean() -> None:
    assert weighted_mean([1, 0, None], [3, 1, 100]) == Fraction(3, 4)
    assert weighted_mean([], []) is None
    assert weighted_mean([None], [1]) is None
    with pytest.raises(ValueError, match=r"^1 answers cannot have 2 weights\.$"):
        weighted_mean([1], [1, 2])
