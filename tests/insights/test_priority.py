"""The order of a cycle, with the usual weights, others, and what is not known."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from insights.priority import Candidate, Priority, PriorityWeights, min_max, priorities

SHARES = st.none() | st.fractions(0, 1)


def test_the_usual_weights() -> None:
    found = priorities(
        [
            Candidate(key="a", mwds=9, citizens=0.4, supervisors=0.5),
            Candidate(key="b", mwds=2, citizens=1, supervisors=0),
            Candidate(key="c", mwds=Fraction(11, 2), citizens=0, supervisors=1),
        ]
    )
    assert [one.score for one in found] == [Fraction(72, 100), Fraction(3, 10), Fraction(45, 100)]
    assert found[0] == Priority(
        key="a",
        score=Fraction(72, 100),
        discrepancy=Fraction(1),
        citizens=Fraction(2, 5),
        supervisors=Fraction(1, 2),
        missing=(),
    )


def test_other_weights() -> None:
    weights = PriorityWeights(discrepancy=0, citizens=1, supervisors=0)
    assert [one.score for one in priorities([Candidate(key="a", mwds=1, citizens=0.4)], weights=weights)] == [
        Fraction(2, 5)
    ]


def test_what_is_not_known_is_named_and_the_rest_weighed_as_all() -> None:
    found = priorities(
        [
            Candidate(key="a", mwds=4, supervisors=0.5),
            Candidate(key="b", mwds=0),
            Candidate(key="c", mwds=4),
            Candidate(key="d", mwds=None, citizens=1, supervisors=1),
        ]
    )
    assert [(one.score, one.missing) for one in found] == [
        (Fraction(6, 7), ("citizens",)),
        (0, ("citizens", "supervisors")),
        (1, ("citizens", "supervisors")),
        (None, ("discrepancy",)),
    ]


def test_nothing_that_is_known_weighs_anything() -> None:
    weights = PriorityWeights(discrepancy=0, citizens=1, supervisors=0)
    assert priorities([Candidate(key="a", mwds=4)], weights=weights)[0].score is None


def test_min_max() -> None:
    assert min_max([]) == ()
    assert min_max([None]) == (None,)
    assert list(min_max([3, 3])) == [0, 0]
    assert list(min_max([-4, None, 0, 4])) == [0, None, Fraction(1, 2), 1]


def test_weights_that_do_not_sum_to_one() -> None:
    with pytest.raises(ValueError, match=r"^The weights sum to 1\.1, not to 1\.$"):
        PriorityWeights(discrepancy=0.6)
    with pytest.raises(ValueError, match=r"^The weight of citizens is -0\.5; a weight is not negative\.$"):
        PriorityWeights(discrepancy=1, citizens=-0.5, supervisors=0.5)


@pytest.mark.parametrize("given", [{"citizens": 2}, {"supervisors": 2}])
def test_a_share_above_one(given: dict[str, int]) -> None:
    with pytest.raises(ValueError, match=r"^Share for a: 2 is not between 0 and 1\.$"):
        Candidate(key="a", mwds=1, citizens=given.get("citizens"), supervisors=given.get("supervisors"))


@given(st.lists(st.builds(Candidate, key=st.just("x"), mwds=st.integers(-6, 20), citizens=SHARES, supervisors=SHARES)))
def test_a_score_is_between_zero_and_one(candidates: list[Candidate]) -> None:
    assert [one.score is not None and 0 <= one.score <= 1 for one in priorities(candidates)] == [True] * len(candidates)
