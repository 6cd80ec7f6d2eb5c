"""Near spellings, against the textbook's own recurrence."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.text.distance import apart, tolerated


@pytest.mark.parametrize(
    ("first", "second", "distance"),
    [
        ("", "", 0),
        ("alak", "alak", 0),
        ("alak", "alk", 1),
        ("alak", "alok", 1),
        ("naioni", "naoini", 1),
        ("deha", "delha", 1),
        ("delaha", "delha", 1),
        ("ca", "abc", 3),
        ("kupang", "naioni", 5),
    ],
)
def test_apart(first: str, second: str, distance: int) -> None:
    assert apart(first, second, 5) == distance


WORD = st.text(alphabet="abc", max_size=9)


@given(WORD, WORD, st.integers(0, 4))
def test_apart_is_the_optimal_string_alignment_up_to_its_limit(first: str, second: str, most: int) -> None:
    rows = [[max(i, j) if 0 in (i, j) else 0 for j in range(len(second) + 1)] for i in range(len(first) + 1)]
    for i in range(1, len(first) + 1):
        for j in range(1, len(second) + 1):
            change = rows[i - 1][j - 1] + (first[i - 1] != second[j - 1])
            rows[i][j] = min(rows[i - 1][j] + 1, rows[i][j - 1] + 1, change)
            if i > 1 and j > 1 and first[i - 1] == second[j - 2] and first[i - 2] == second[j - 1]:
                rows[i][j] = min(rows[i][j], rows[i - 2][j - 2] + 1)
    assert apart(first, second, most) == min(rows[-1][-1], most + 1)


def test_short_words_tolerate_no_slip() -> None:
    assert [tolerated(length) for length in (1, 3, 4, 6, 7, 12, 13, 40)] == [0, 0, 1, 1, 2, 2, 3, 3]
