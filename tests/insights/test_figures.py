"""A figure that may not be shown has no value."""

from __future__ import annotations

from fractions import Fraction

import pytest

from insights.figures import Figure, Reason, Showing, absent

VALUE = Fraction(7, 2)


def test_nothing_was_collected() -> None:
    assert absent("k", "score", "f") == Figure(
        key="k", value=None, n=None, unit="score", formula="f", reason=Reason.ABSENT
    )
    assert absent("k", "score", "f").shown is False


@pytest.mark.parametrize(
    ("names", "value", "n", "people", "least", "found"),
    [
        (False, VALUE, 5, None, 0, (VALUE, 5, None)),
        (False, VALUE, 4, None, 0, (None, None, Reason.FEW)),
        (False, VALUE, 16, 4, 0, (None, None, Reason.FEW)),
        (False, VALUE, 4, 5, 0, (VALUE, 4, None)),
        (False, None, 0, None, 0, (None, None, Reason.FEW)),
        (False, None, 9, None, 10, (None, 9, Reason.SMALL)),
        (False, None, 10, None, 10, (None, 10, Reason.UNDEFINED)),
        (True, VALUE, 1, None, 0, (VALUE, 1, None)),
        (True, None, 0, None, 10, (None, 0, Reason.ABSENT)),
        (True, None, 9, None, 10, (None, 9, Reason.SMALL)),
    ],
)
def test_what_is_shown(
    names: bool,
    value: Fraction | None,
    n: int,
    people: int | None,
    least: int,
    found: tuple[Fraction | None, int | None, Reason | None],
) -> None:
    figure = Showing(names).figure("k", value, n, "score", "f", people=people, least=least)
    assert (figure.value, figure.n, figure.reason) == found
    assert figure.shown is (found[2] is None)
    assert (figure.key, figure.unit, figure.formula) == ("k", "score", "f")


def test_a_note_goes_with_the_value_and_not_with_what_is_hidden() -> None:
    assert Showing().figure("k", VALUE, 5, "score", "f", note="baik").note == "baik"
    assert Showing().figure("k", None, 5, "score", "f", note="tetap maksimal").note == "tetap maksimal"
    assert Showing().figure("k", VALUE, 4, "score", "f", note="baik").note is None


@pytest.mark.parametrize(
    ("names", "part", "whole", "found"),
    [
        (False, 5, 10, (Fraction(1, 2), 10, None)),
        (False, 4, 10, (None, None, Reason.ONE_SIDE)),
        (False, 6, 10, (None, None, Reason.ONE_SIDE)),
        (False, 10, 10, (None, None, Reason.ONE_SIDE)),
        (False, 2, 4, (None, None, Reason.FEW)),
        (True, 4, 10, (Fraction(2, 5), 10, None)),
        (True, 0, 0, (None, 0, Reason.ABSENT)),
    ],
)
def test_a_share(names: bool, part: int, whole: int, found: tuple[Fraction | None, int | None, Reason | None]) -> None:
    figure = Showing(names).share("k", part, whole, "f")
    assert (figure.value, figure.n, figure.reason) == found
    assert figure.unit == "share"
    with pytest.raises(ValueError, match=r"^3 is no part of 2\.$"):
        Showing(names).share("k", 3, 2, "f")
