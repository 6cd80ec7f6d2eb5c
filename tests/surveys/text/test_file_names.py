"""Names of files that leave the program: readable, safe everywhere, none twice."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.text.file_names import Names, readable_name


@pytest.mark.parametrize(
    ("owner", "question", "number", "path", "name"),
    [
        ("ALK-26-0417-Q", "cerita", 1, "ab/0f3c.jpg", "ALK-26-0417-Q_cerita_1.jpg"),
        ("R77", "anak[2]/foto", 3, "ab/0f3c.JPEG", "R77_anak-2-foto_3.jpeg"),
        ("=1+1", "@SUM(A1)", 1, "x.ogg", "1-1_SUM-A1_1.ogg"),
        ("../..", "..", 1, "x./etc", "R_file_1"),
        ("R1", "foto", 1, "x", "R1_foto_1"),
        ("R1", "f" * 200, 1, "x.jpg", f"R1_{'f' * 60}_1.jpg"),
    ],
)
def test_a_name_says_whose_it_is_and_what_it_answers(
    owner: str, question: str, number: int, path: str, name: str
) -> None:
    assert readable_name(owner, question, number, path) == name


@given(st.lists(st.tuples(st.text(), st.text(), st.integers(1, 20), st.text()), max_size=30))
def test_whatever_it_is_called_after_no_name_is_given_twice_and_each_is_safe(
    wanted: list[tuple[str, str, int, str]],
) -> None:
    names = Names()
    given_names = [names.of(*one) for one in wanted]
    assert len({one.casefold() for one in given_names}) == len(wanted)
    assert all(re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_-]*_[0-9]+(\.[a-z0-9]{1,8})?", one) for one in given_names)
    again = Names()
    assert [again.of(*one) for one in wanted] == given_names
