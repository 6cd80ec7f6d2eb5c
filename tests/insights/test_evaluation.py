"""Application at work, and the index of the programme."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from insights.agreement import Agreement
from insights.evaluation import (
    Applying,
    Component,
    IndexWeights,
    SuccessIndex,
    applying,
    l1_component,
    l2_component,
    l3_component,
    self_and_supervisor,
    success_index,
)
from insights.exact import Number


def test_who_applies_what_they_learned() -> None:
    rows = [(3, 3, None), (4, 2, 3), (4, 2, 2), (None, None, None), (0,)]
    assert applying(rows, asked=10, moved=2) == Applying(
        asked=8,
        n=4,
        response=Fraction(1, 2),
        mean=(3 + 3 + Fraction(8, 3) + 0) / 4,
        applying=2,
        share=Fraction(1, 2),
    )


def test_nobody_was_asked() -> None:
    nothing = Applying(asked=0, n=0, response=None, mean=None, applying=0, share=None)
    assert applying([], asked=0) == nothing
    assert applying([], asked=3, moved=3) == nothing


def test_more_answers_than_people_and_answers_off_the_scale() -> None:
    with pytest.raises(ValueError, match=r"^2 people answered, but only 1 who had not moved were asked\.$"):
        applying([(1,), (2,)], asked=2, moved=1)
    for moved in (-1, 3):
        with pytest.raises(ValueError, match=f"^{moved} of 2 people asked cannot have moved\\.$"):
            applying([], asked=2, moved=moved)
    with pytest.raises(ValueError, match=r"^Frequency: 5 is not between 0 and 4\.$"):
        applying([(5,)], asked=1)


def test_participant_and_supervisor() -> None:
    assert self_and_supervisor([(4, 2), (3, 3), (2, None)]) == Agreement(
        n=2, exact=Fraction(1, 2), adjacent=Fraction(1, 2), difference=Fraction(1), kappa=None
    )
    assert self_and_supervisor([(5, 1)], low=1, high=5).difference == 4
    for value in (-1, 5):
        with pytest.raises(ValueError, match=f"^Judgement: {value} is not between 0 and 4\\.$"):
            self_and_supervisor([(3, value)])


def index(
    l1: Component | None = None,
    l2: Component | None = None,
    task: Component | None = None,
    l3: Component | None = None,
    response: Number | None = 1,
    weights: IndexWeights | None = None,
) -> SuccessIndex:
    return success_index(
        l1=l1 or Component(value=80, n=5),
        l2=l2 or Component(value=60, n=5),
        task=task or Component(value=70, n=5),
        l3=l3 or Component(value=50, n=5),
        l3_response=response,
        weights=weights,
    )


def test_the_index() -> None:
    assert index() == SuccessIndex(
        value=Fraction(63),
        l1=Fraction(80),
        l2=Fraction(60),
        task=Fraction(70),
        l3=Fraction(50),
        missing=(),
    )
    assert index(weights=IndexWeights(l1=0, l2=0, task=1, l3=0)).value == 70


@pytest.mark.parametrize("missing", ["l1", "l2", "task", "l3"])
@pytest.mark.parametrize("component", [Component(value=90, n=4), Component(value=None, n=50)])
def test_a_missing_component_is_named_and_there_is_no_index(missing: str, component: Component) -> None:
    found = index(**{missing: component})  # type: ignore[arg-type]
    left = {"l1": 80, "l2": 60, "task": 70, "l3": 50} | {missing: None}
    assert {"l1": found.l1, "l2": found.l2, "task": found.task, "l3": found.l3} == left
    assert (found.value, found.missing) == (None, (missing,))


@pytest.mark.parametrize(
    ("response", "missing"),
    [(None, ("l3",)), (0, ("l3",)), (Fraction(49, 100), ("l3",)), (0.5, ()), (1, ())],
)
def test_half_of_those_asked_must_have_answered(response: Number | None, missing: tuple[str, ...]) -> None:
    found = index(response=response)
    assert (found.missing, found.value) == (missing, None if missing else 63)


def test_all_components_are_missing() -> None:
    none = Component(value=None, n=0)
    assert index(none, none, none, none, None) == SuccessIndex(
        value=None, l1=None, l2=None, task=None, l3=None, missing=("l1", "l2", "task", "l3")
    )


def test_what_the_index_refuses() -> None:
    with pytest.raises(ValueError, match=r"^Component: 101 is not between 0 and 100\.$"):
        Component(value=101, n=5)
    with pytest.raises(ValueError, match=r"^-1 people cannot have answered\.$"):
        Component(value=1, n=-1)
    with pytest.raises(ValueError, match=r"^Response: 2 is not between 0 and 1\.$"):
        index(response=2)
    with pytest.raises(ValueError, match=r"^The weights sum to 0\.95, not to 1\.$"):
        IndexWeights(l1=0.1)


@pytest.mark.parametrize(
    ("call", "pairs", "wrong"),
    [
        (l1_component, [(1, 0), (3, 50), (5, 100), (Fraction(9, 2), Fraction(175, 2))], 6),
        (l2_component, [(-2, 0), (0, 0), (Fraction(3, 5), 60), (1, 100)], 2),
        (l3_component, [(0, 0), (3, 75), (4, 100)], 5),
    ],
)
def test_components_are_from_0_to_100(call: object, pairs: list[tuple[Number, Number]], wrong: int) -> None:
    assert callable(call)
    assert [(given, call(given)) for given, _found in pairs] == pairs
    with pytest.raises(ValueError, match=f"{wrong} is (not between|above 1)"):
        call(wrong)


VALUES = st.builds(Component, value=st.integers(0, 100), n=st.integers(5, 50))


@given(VALUES, VALUES, VALUES, VALUES)
def test_the_index_lies_between_its_components(l1: Component, l2: Component, task: Component, l3: Component) -> None:
    found = index(l1, l2, task, l3)
    assert found.value is not None
    values = [one.value for one in (l1, l2, task, l3) if one.value is not None]
    assert min(values) <= found.value <= max(values)
