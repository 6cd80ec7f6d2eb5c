"""Scales against published numbers and at their edges."""

from __future__ import annotations

from dataclasses import fields
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from insights.exact import rounded
from insights.scales import (
    STATEMENTS,
    SUB_SCALES,
    Alpha,
    Reaction,
    SubScale,
    cronbach_alpha,
    mean,
    nps,
    reaction,
    sub_scales,
)

FIVE = [[4, 4, 3, 4], [3, 3, 3, 3], [5, 4, 4, 5], [2, 3, 2, 2], [4, 5, 4, 4]]


def test_the_mean_leaves_out_who_did_not_answer() -> None:
    assert mean([]) is None
    assert mean([None]) is None
    assert mean([4, None, 5]) == Fraction(9, 2)


def test_nps_of_ten() -> None:
    assert nps([10, 9, 9, 8, 7, 6, 10, 3, 9, 8]) == 30


@pytest.mark.parametrize(
    ("answers", "score"),
    [
        ([], None),
        ([10] * 9, None),
        ([10] * 9 + [None], None),
        ([10] * 10, 100),
        ([0] * 10, -100),
        ([6] * 10, -100),
        ([7] * 10, 0),
        ([8] * 10, 0),
        ([9] * 10, 100),
        ([9] * 4 + [0] * 7, Fraction(-300, 11)),
    ],
)
def test_nps(answers: list[int | None], score: Fraction | None) -> None:
    assert nps(answers) == score


@pytest.mark.parametrize("answer", [-1, 11])
def test_nps_off_the_scale(answer: int) -> None:
    with pytest.raises(ValueError, match=f"^Recommendation: {answer} is not between 0 and 10\\.$"):
        nps([answer])


@given(st.lists(st.integers(0, 10), min_size=10))
def test_nps_is_between_minus_and_plus_hundred(answers: list[int]) -> None:
    score = nps(answers)
    assert score is not None
    assert -100 <= score <= 100


def test_alpha_of_five() -> None:
    found = cronbach_alpha(FIVE)
    assert found.value is not None
    assert str(rounded(found.value, 4)) == "0.9440"
    assert (found.n, found.items, found.label) == (5, 4, None)


@pytest.mark.parametrize(
    ("rows", "alpha"),
    [
        ([], Alpha(value=None, n=0, items=0, label=None)),
        ([[3, 4]], Alpha(value=None, n=1, items=2, label=None)),
        ([[3], [4]], Alpha(value=None, n=2, items=1, label=None)),
        ([[3, 3]] * 25, Alpha(value=None, n=25, items=2, label=None)),
        ([[1, 2], [2, 1]] * 12, Alpha(value=None, n=24, items=2, label=None)),
        ([[1, 1], [2, 2]], Alpha(value=Fraction(1), n=2, items=2, label=None)),
        ([[1, 1], [2, 2], [None, 5]], Alpha(value=Fraction(1), n=2, items=2, label=None)),
    ],
)
def test_alpha(rows: list[list[int | None]], alpha: Alpha) -> None:
    assert cronbach_alpha(rows) == alpha


def test_alpha_has_a_word_only_from_twenty_people() -> None:
    assert cronbach_alpha(FIVE * 4).label == "baik"
    assert cronbach_alpha((FIVE * 4)[:19]).label is None


@pytest.mark.parametrize(
    ("second", "value", "label"),
    [
        # 20 people, two items; the second item follows the first, or does not, for so many of them
        ([1] * 10 + [2] * 10, Fraction(1), "baik"),
        ([1, 2] * 10, Fraction(0), "rendah"),
    ],
)
def test_the_word_for_alpha(second: list[int], value: Fraction, label: str) -> None:
    rows = list(zip([1] * 10 + [2] * 10, second, strict=True))
    assert cronbach_alpha(rows) == Alpha(value=value, n=20, items=2, label=label)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("alike", "value", "label"),
    # of 28 people in two halves, so many of each answer both items alike: r = (alike − other)/14, alpha = 2r/(1 + r)
    [(10, Fraction(3, 5), "cukup"), (9, Fraction(4, 9), "rendah"), (11, Fraction(8, 11), "baik")],
)
def test_the_borders_of_the_words(alike: int, value: Fraction, label: str) -> None:
    first = [1] * 14 + [2] * 14
    second = [1] * alike + [2] * (14 - alike) + [2] * alike + [1] * (14 - alike)
    found = cronbach_alpha(list(zip(first, second, strict=True)))
    assert (found.value, found.label) == (value, label)


def test_seven_tenths_is_good() -> None:
    # r = 7/13: 40 alike and 12 not of 52 gives alpha = 2·7/(13 + 7) = 0.7
    first = [1] * 26 + [2] * 26
    second = [1] * 20 + [2] * 6 + [2] * 20 + [1] * 6
    found = cronbach_alpha(list(zip(first, second, strict=True)))
    assert (found.value, found.label) == (Fraction(7, 10), "baik")


def test_rows_of_different_lengths_are_refused() -> None:
    with pytest.raises(ValueError, match=r"these rows differ in length\.$"):
        cronbach_alpha([[1, 2], [1]])


@given(st.lists(st.lists(st.integers(1, 5), min_size=3, max_size=3), max_size=30))
def test_alpha_is_at_most_one(rows: list[list[int]]) -> None:
    found = cronbach_alpha(rows)
    assert found.value is None or found.value <= 1


@given(st.lists(st.lists(st.integers(1, 5), min_size=3, max_size=3), min_size=2, max_size=20))
def test_alpha_does_not_depend_on_where_the_scale_begins(rows: list[list[int]]) -> None:
    assert cronbach_alpha([[one + 7 for one in row] for row in rows]) == cronbach_alpha(rows)


def answered(*values: int | None, nps: int | None = None) -> Reaction:
    given: dict[str, Any] = dict(zip(STATEMENTS, values, strict=True))
    return Reaction(**given, nps=nps)


def test_the_statements_are_the_questions_of_the_survey() -> None:
    survey = Path(__file__).parents[2] / "surveys" / "definitions" / "l1_reaksi.md"
    found: list[tuple[str, list[str]]] = []
    for line in survey.read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.split("|")]
        if len(cells) > 3 and cells[2] == "begin_group":
            found.append((cells[3], []))
        if len(cells) > 3 and cells[2] == "select_one setuju":
            found[-1][1].append(cells[3])
    assert [(key, tuple(items)) for key, items in found if items] == list(SUB_SCALES)
    assert [field.name for field in fields(Reaction)] == [*STATEMENTS, "nps"]


def test_sub_scales_with_their_own_n() -> None:
    people = [answered(5, 5, 4, 4, 3, 5, 2, 2, 1, None, 4), answered(4, 4, None, None, 5, 5, None, None, 2, 4, None)]
    assert sub_scales(people) == (
        SubScale(key="materi", mean=Fraction(17, 4), n=2),
        SubScale(key="pengajar", mean=Fraction(9, 2), n=2),
        SubScale(key="metode", mean=Fraction(2), n=1),
        SubScale(key="sarana", mean=Fraction(2), n=2),
        SubScale(key="keyakinan", mean=Fraction(4), n=1),
    )


def test_who_answered_less_than_half_of_a_scale_does_not_count_in_it() -> None:
    people = [
        answered(5, None, None, None, *[None] * 7),
        answered(*[3] * 5, *[None] * 6),
        answered(*[3] * 6, *[None] * 5),
    ]
    assert sub_scales(people)[0] == SubScale(key="materi", mean=Fraction(3), n=2)
    assert reaction(people) == SubScale(key="l1", mean=Fraction(3), n=1)


def test_nobody_gave_feedback() -> None:
    assert [(one.mean, one.n) for one in sub_scales([])] == [(None, 0)] * 5
    assert reaction([]) == SubScale(key="l1", mean=None, n=0)


@pytest.mark.parametrize("value", [0, 6])
def test_feedback_off_its_scale(value: int) -> None:
    with pytest.raises(ValueError, match=f"^waktu_cukup: {value} is not between 1 and 5\\.$"):
        Reaction(waktu_cukup=value)


def test_recommendation_goes_from_zero_to_ten() -> None:
    assert Reaction(nps=0).nps == 0
    assert Reaction(nps=10).nps == 10
    with pytest.raises(ValueError, match=r"^nps: 11 is not between 0 and 10\.$"):
        Reaction(nps=11)
