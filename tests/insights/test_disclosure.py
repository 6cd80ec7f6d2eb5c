"""A hidden count stays hidden: nothing shown around it gives it away."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from insights.disclosure import LEAST, Row, Table, both_sides, enough, row, table

COUNTS = st.integers(0, 12)


@pytest.mark.parametrize(
    ("counts", "cells", "total"),
    [
        ([], (), None),
        ([4], (None,), None),
        ([5], (5,), 5),
        ([0], (None,), None),
        ([5, 5], (5, 5), 10),
        ([4, 20], (None, None), 24),
        ([4, 9, 20], (None, None, 20), 33),
        ([9, 20, 4], (None, 20, None), 33),
        ([4, 4, 20, 30], (None, None, None, 30), 58),  # eight would be two fours
        ([3, 4, 20], (None, None, 20), 27),
        ([1, 1, 20, 30], (None, None, None, 30), 52),  # two would be fewer than five people
        ([0, 0, 20], (None, None, None), 20),
        ([4, 5, 9], (None, None, 9), 18),
        ([4, 0], (None, None), None),
        ([4, 1], (None, None), 5),
        ([6, 4, 6], (None, None, 6), 16),  # of equals the first
        ([0, 6], (None, None), 6),
    ],
)
def test_a_row(counts: list[int], cells: tuple[int | None, ...], total: int | None) -> None:
    assert row(counts) == Row(cells=cells, total=total)


def test_four_fours_are_hidden_with_a_fifth() -> None:
    assert row([4, 4, 4, 4, 9, 30]) == Row(cells=(None, None, None, None, None, 30), total=55)


@pytest.mark.parametrize(
    ("part", "whole", "shown"),
    [(5, 10, True), (4, 10, False), (6, 10, False), (5, 9, False), (0, 0, False), (20, 25, True), (25, 25, False)],
)
def test_a_share_needs_five_on_both_sides(part: int, whole: int, shown: bool) -> None:
    assert both_sides(part, whole) is shown


def test_enough_begins_at_five() -> None:
    assert (LEAST, enough(4), enough(5)) == (5, False, True)


def test_a_negative_count_is_refused() -> None:
    with pytest.raises(ValueError, match=r"^A count of -1 does not exist\.$"):
        row([5, -1])
    with pytest.raises(ValueError, match=r"^A count of -3 does not exist\.$"):
        table([[5, 6], [7, -3]])


def test_rows_of_different_lengths_are_refused() -> None:
    with pytest.raises(ValueError, match=r"^The rows of a table have the same length; these differ\.$"):
        table([[5, 6], [7]])


@given(st.lists(COUNTS, max_size=8))
def test_what_a_row_shows_is_true_and_large_enough(counts: list[int]) -> None:
    shown = row(counts)
    for count, cell in zip(counts, shown.cells, strict=True):
        assert cell in (None, count)
        assert cell is None or cell >= LEAST
        assert count >= LEAST or cell is None
    assert shown.total in (None, sum(counts))


@given(st.lists(COUNTS, max_size=8))
def test_a_row_without_small_counts_is_shown_whole(counts: list[int]) -> None:
    large = [count + LEAST for count in counts]
    assert row(large) == Row(cells=tuple(large), total=sum(large) or None)


@given(st.lists(COUNTS, min_size=1, max_size=8))
def test_a_row_cannot_be_worked_out(counts: list[int]) -> None:
    shown = row(counts)
    hidden = [count for count, cell in zip(counts, shown.cells, strict=True) if cell is None]
    if hidden and shown.total is not None:
        left = shown.total - sum(cell for cell in shown.cells if cell is not None)
        assert left == sum(hidden)
        assert left >= LEAST
        assert len(hidden) >= 2
        assert left != 4 * len(hidden) or len(hidden) == len(counts)


@pytest.mark.parametrize(
    ("counts", "shown"),
    [
        ([], Table(cells=(), rows=(), columns=(), total=None)),
        ([[5]], Table(cells=((5,),), rows=(5,), columns=(5,), total=5)),
        ([[4]], Table(cells=((None,),), rows=(None,), columns=(None,), total=None)),
        (
            [[10, 20], [30, 40]],
            Table(cells=((10, 20), (30, 40)), rows=(30, 70), columns=(40, 60), total=100),
        ),
        (
            [[3, 20], [30, 40]],
            Table(cells=((None, None), (None, None)), rows=(23, 70), columns=(33, 60), total=93),
        ),
        (
            [[3, 20, 8], [30, 40, 9], [11, 12, 13]],
            Table(
                cells=((None, 20, None), (30, 40, 9), (None, 12, None)),
                rows=(31, 79, 36),
                columns=(44, 72, 30),
                total=146,
            ),
        ),
    ],
)
def test_a_table(counts: list[list[int]], shown: Table) -> None:
    assert table(counts) == shown


def tables(most: int = 4, counts: st.SearchStrategy[int] = COUNTS) -> st.SearchStrategy[list[list[int]]]:
    return st.tuples(st.integers(1, most), st.integers(1, most)).flatmap(
        lambda size: st.lists(st.lists(counts, min_size=size[1], max_size=size[1]), min_size=size[0], max_size=size[0])
    )


@given(tables())
def test_what_a_table_shows_is_true_and_large_enough(counts: list[list[int]]) -> None:
    shown = table(counts)
    sums = [sum(line) for line in counts]
    pairs = [
        *((n, c) for line, cells in zip(counts, shown.cells, strict=True) for n, c in zip(line, cells, strict=True)),
        *zip(sums, shown.rows, strict=True),
        *zip((sum(column) for column in zip(*counts, strict=True)), shown.columns, strict=True),
        (sum(sums), shown.total),
    ]
    for count, cell in pairs:
        assert cell in (None, count)
        assert cell is None or cell >= LEAST


@given(tables())
def test_no_line_of_a_table_can_be_worked_out(counts: list[list[int]]) -> None:
    shown = table(counts)
    lines = [
        *zip(shown.cells, shown.rows, strict=True),
        *zip(zip(*shown.cells, strict=True), shown.columns, strict=True),
        (shown.rows, shown.total),
        (shown.columns, shown.total),
    ]
    for cells, total in lines:
        hidden = sum(cell is None for cell in cells)
        if hidden and total is not None:
            assert hidden >= 2
            assert total - sum(cell for cell in cells if cell is not None) >= LEAST


@given(tables(5))
def test_the_sums_of_a_table_fix_no_hidden_number(counts: list[list[int]]) -> None:
    shown = table(counts)
    names = [(r, c) for r in range(len(counts) + 1) for c in range(len(counts[0]) + 1)]
    flat = [*(cell for line, total in zip(shown.cells, shown.rows, strict=True) for cell in (*line, total))]
    values = dict(zip(names, [*flat, *shown.columns, shown.total], strict=True))
    unknown = [name for name in names if values[name] is None]
    equations = [[Fraction(weight(line, name)) for name in unknown] for line in all_lines(len(counts), len(counts[0]))]
    for place in range(len(unknown)):
        assert not determined(equations, place)


def all_lines(height: int, width: int) -> Iterator[list[tuple[int, int]]]:
    for r in range(height + 1):
        yield [(r, c) for c in range(width + 1)]
    for c in range(width + 1):
        yield [(r, c) for r in range(height + 1)]


def weight(line: list[tuple[int, int]], name: tuple[int, int]) -> int:
    return 0 if name not in line else -1 if name == line[-1] else 1


def determined(equations: list[list[Fraction]], place: int) -> bool:
    """Whether these linear equations fix one unknown: its unit vector is a combination of theirs."""
    rows = [[*(x for n, x in enumerate(line) if n != place), line[place]] for line in equations]
    reduced: list[list[Fraction]] = []
    for line in rows:
        left = line
        for pivot in reduced:
            at = next(n for n, x in enumerate(pivot) if x)
            left = [a - left[at] / pivot[at] * b for a, b in zip(left, pivot, strict=True)]
        if any(left):
            reduced.append(left)
    return any(not any(line[:-1]) for line in reduced)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(st.integers(0, 7), min_size=2, max_size=2), min_size=2, max_size=3))
def test_another_table_would_show_the_same_sums(counts: list[list[int]]) -> None:
    """By trying: every hidden cell has another value in some table that agrees with everything shown."""
    shown = table(counts)
    flat = [cell for line in shown.cells for cell in line]
    hidden = [n for n, cell in enumerate(flat) if cell is None]
    true = [n for line in counts for n in line]
    found: list[set[int]] = [set() for _ in hidden]
    steps = (-1, 0, 1) if len(hidden) > 4 else range(-7, 8)
    for changes in product(steps, repeat=len(hidden)):
        other = list(true)
        for n, change in zip(hidden, changes, strict=True):
            other[n] += change
        if min(other) >= 0 and agrees([other[n : n + 2] for n in range(0, len(other), 2)], shown):
            for n, values in zip(hidden, found, strict=True):
                values.add(other[n])
    assert [len(values) > 1 for values in found] == [True] * len(hidden)


def agrees(counts: list[list[int]], shown: Table) -> bool:
    sums = [sum(line) for line in counts]
    columns = [sum(column) for column in zip(*counts, strict=True)]
    told = [*shown.rows, *shown.columns, shown.total]
    return all(cell in (None, count) for count, cell in zip([*sums, *columns, sum(sums)], told, strict=True))
