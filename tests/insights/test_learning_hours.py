"""JP by unit: what may be shown of it to somebody who may not see names."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from insights.learning_hours import Worked, by_unit, disclosed

TARGET = Decimal(20)


def unit(key: str, *jp: int, target: Decimal | None = TARGET) -> list[Worked]:
    return [Worked(unit=key, label=key.upper(), jp=Decimal(one), target=target) for one in jp]


def test_figures() -> None:
    rows, whole = by_unit([*unit("b", 20, 0), *unit("a", 5, target=None)])
    assert [(one.key, one.employees, one.targeted, one.reached, one.mean) for one in (*rows, whole)] == [
        ("a", 1, 0, 0, Decimal("5.00")), ("b", 2, 2, 1, Decimal("10.00")), ("", 3, 2, 1, Decimal("8.33")),
    ]  # fmt: skip


def test_nobody() -> None:
    rows, whole = by_unit([])
    assert (rows, whole.employees, whole.mean) == ((), 0, None)
    assert disclosed(rows, whole)[1].reached is None


def test_a_small_unit_is_not_told_by_the_others() -> None:
    shown, whole = disclosed(*by_unit([*unit("a", *[20] * 6), *unit("b", *[10] * 8), *unit("c", 3, 3)]))
    assert [one.mean for one in shown] == [None, Decimal("10.00"), None]
    assert whole.mean == Decimal("12.88")


@given(st.lists(st.lists(st.integers(0, 40), min_size=1, max_size=9), max_size=6))
def test_no_mean_of_fewer_than_five_can_be_worked_out(units: list[list[int]]) -> None:
    people = [one for place, jp in enumerate(units) for one in unit(f"u{place}", *jp)]
    shown, whole = disclosed(*by_unit(people))
    hidden = [one for one in shown if one.mean is None]
    assert all(one.employees >= 5 for one in shown if one.mean is not None)
    if whole.mean is not None and hidden:
        assert len(hidden) > 1
        assert sum(one.employees for one in hidden) >= 5
