"""What of a response rate may be shown to somebody who may not see names."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from insights.response_rate import LEAST, UnitRate, disclosed, total


def unit(key: str, employees: int, took_part: int | None) -> UnitRate:
    return UnitRate(key=key, label=key.upper(), employees=employees, took_part=took_part)


def shown(*rates: UnitRate) -> tuple[list[int | None], int | None]:
    units, whole = disclosed(rates)
    return [one.took_part for one in units], whole.took_part


def test_large_counts_are_shown() -> None:
    assert shown(unit("a", 20, 8), unit("b", 30, 25)) == ([8, 25], 33)
    assert unit("a", 20, 8).share == 0.4
    assert unit("a", 0, 0).share is None


def test_a_unit_in_which_few_did_or_did_not_is_hidden_and_a_second_with_it() -> None:
    assert shown(unit("a", 20, 4), unit("b", 30, 15), unit("c", 40, 20)) == ([None, None, 20], 39)
    assert shown(unit("a", 20, 16), unit("b", 30, 15), unit("c", 40, 20)) == ([None, None, 20], 51)


def test_one_unit_alone_hides_its_total_too() -> None:
    assert shown(unit("a", 20, 4)) == ([None], None)


def test_small_units_hide_each_other_where_together_they_are_many() -> None:
    assert shown(unit("a", 9, 4), unit("b", 9, 4), unit("c", 40, 20)) == ([None, None, 20], 28)
    assert shown(unit("a", 9, 1), unit("b", 9, 1), unit("c", 40, 20)) == ([None, None, None], 22)


def test_what_is_hidden_from_one_reader_is_hidden_from_all() -> None:
    everything = (unit("a", 20, 4), unit("b", 30, 15), unit("c", 40, 20))
    for of, found in (
        (("b",), ([None], None)),  # beside the whole office's total it would give a away
        (("c",), ([20], 20)),
        (("b", "c"), ([None, 20], None)),
    ):
        units, whole = disclosed(everything, of=of)
        assert ([one.took_part for one in units], whole.took_part) == found
        assert whole.employees == sum(one.employees for one in units)


def test_nobody_and_everybody_are_told_of_no_unit() -> None:
    assert shown(unit("a", 20, 0), unit("b", 20, 20)) == ([None, None], 20)


@given(st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), min_size=1, max_size=8))
def test_what_is_hidden_cannot_be_worked_out(counts: list[tuple[int, int]]) -> None:
    rates = [unit(str(n), max(pair), min(pair)) for n, pair in enumerate(counts)]
    units, whole = disclosed(rates)
    for one in units:
        if one.took_part is not None:
            assert one.took_part >= LEAST
            assert one.employees - one.took_part >= LEAST
    hidden = [one for one, after in zip(rates, units, strict=True) if after.took_part is None]
    if hidden and whole.took_part is not None:
        left = total(hidden)
        assert left.took_part is not None
        assert len(hidden) >= 2
        assert left.took_part >= LEAST
        assert left.employees - left.took_part >= LEAST
