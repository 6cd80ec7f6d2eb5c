"""Task scores: all at "Baik" passes, and a rubric that does not sum is refused."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from insights.agreement import Agreement
from insights.rubric import RUBRIC, Criterion, DoubleMark, Rubric, marking_agreement, task_passed, task_score

LEVELS = st.tuples(*[st.integers(1, 4)] * 4)


@pytest.mark.parametrize(
    ("levels", "score", "passed"),
    [
        ((3, 3, 3, 3), Fraction(200, 3), True),
        ((1, 1, 1, 1), 0, False),
        ((4, 4, 4, 4), 100, True),
        ((4, 1, 1, 1), 30, False),
        ((1, 4, 1, 1), 30, False),
        ((1, 1, 4, 1), 20, False),
        ((1, 1, 1, 4), 20, False),
        ((2, 3, 3, 3), Fraction(170, 3), False),
        ((4, 3, 2, 3), 70, True),
    ],
)
def test_a_task(levels: tuple[int, ...], score: Fraction, passed: bool) -> None:
    assert task_score(levels) == score
    assert task_passed(task_score(levels)) is passed


def test_the_pass_mark() -> None:
    assert (task_passed(66), task_passed(65.99), task_passed(66, pass_mark=67)) == (True, False, False)
    for score, mark in ((101, 66), (66, -1)):
        with pytest.raises(ValueError, match=r"^Score: (101|-1) is not between 0 and 100\.$"):
            task_passed(score, pass_mark=mark)


def test_levels_that_do_not_fit_the_rubric() -> None:
    with pytest.raises(ValueError, match=r"^The rubric has 4 criteria, not 3\.$"):
        task_score((3, 3, 3))
    for level in (0, 5):
        with pytest.raises(ValueError, match=f"^Level: {level} is not between 1 and 4\\.$"):
            task_score((3, 3, 3, level))


def test_another_rubric() -> None:
    rubric = Rubric((Criterion(key="a", weight=12.5), Criterion(key="b", weight=87.5)))
    assert task_score((4, 1), rubric=rubric) == Fraction(25, 2)
    assert [(one.key, one.weight) for one in RUBRIC.criteria] == [
        ("kesesuaian", 30),
        ("ketepatan", 30),
        ("kemanfaatan", 20),
        ("ketepatan_waktu", 20),
    ]


@pytest.mark.parametrize(
    ("criteria", "sentence"),
    [
        ((), r"^The weights of the rubric sum to 0, not to 100\.$"),
        ((("a", 50), ("b", 49)), r"^The weights of the rubric sum to 99, not to 100\.$"),
        ((("a", 100), ("b", 0)), r"^The weight of b is 0; it must be above 0\.$"),
        ((("a", 50), ("a", 50)), r"^Two criteria of the rubric have the same key\.$"),
    ],
)
def test_a_rubric_that_cannot_be(criteria: tuple[tuple[str, int], ...], sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        Rubric(tuple(Criterion(key=key, weight=weight) for key, weight in criteria))


@given(LEVELS)
def test_a_score_is_between_0_and_100_and_a_better_level_raises_it(levels: tuple[int, ...]) -> None:
    score = task_score(levels)
    assert 0 <= score <= 100
    for place, level in enumerate(levels):
        if level < 4:
            assert task_score((*levels[:place], level + 1, *levels[place + 1 :])) > score


def test_two_markers() -> None:
    marks = [DoubleMark(first=(3, 4), second=(3, 2)), DoubleMark(first=(1, 2), second=(2, 2))]
    assert marking_agreement(marks) == Agreement(
        n=4, exact=Fraction(1, 2), adjacent=Fraction(3, 4), difference=Fraction(1, 4), kappa=None
    )
    assert marking_agreement([DoubleMark(first=(1, 4), second=(1, 4))] * 10).kappa == 1
    with pytest.raises(ValueError, match=r"^The two markers gave levels for different numbers of criteria\.$"):
        DoubleMark(first=(3,), second=(3, 3))
    with pytest.raises(ValueError, match=r"^Level: 5 is not between 1 and 4\.$"):
        DoubleMark(first=(3,), second=(5,))
