"""Tests before and after a training, and their questions."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from insights.knowledge import Hake, Item, Learning, Sitting, hake, item_analysis, learning, paper_score

SCORES = st.integers(0, 100)


def test_the_score_of_a_paper() -> None:
    assert paper_score(["b", "a", None], ["b", "c", "d"]) == Fraction(100, 3)
    assert paper_score(["b"], ["b"]) == 100
    for answers, key in ((["a"], ["a", "b"]), ([], [])):
        with pytest.raises(ValueError, match=f"^{len(answers)} answers cannot be marked with a key of {len(key)}\\.$"):
            paper_score(answers, key)


@pytest.mark.parametrize(
    ("pre", "post", "found"),
    [
        (50, 80, Hake(value=Fraction(3, 5))),
        (0, 100, Hake(value=Fraction(1))),
        (0, 0, Hake(value=Fraction(0))),
        (80, 50, Hake(value=Fraction(-3, 2))),
        (99, 100, Hake(value=Fraction(1))),
        (100, 100, Hake(value=None, note="tetap maksimal")),
        (100, 90, Hake(value=None, note="turun dari maksimal")),
    ],
)
def test_hake(pre: int, post: int, found: Hake) -> None:
    assert hake(pre, post) == found


@pytest.mark.parametrize(("pre", "post", "value"), [(-1, 5, -1), (5, 101, 101)])
def test_a_score_out_of_range(pre: int, post: int, value: int) -> None:
    for call in (hake, lambda pre, post: Sitting(pre=pre, post=post)):
        with pytest.raises(ValueError, match=f"^Score: {value} is not between 0 and 100\\.$"):
            call(pre, post)


def test_what_a_class_learned() -> None:
    people = [Sitting(pre=40, post=70), Sitting(pre=60, post=69), Sitting(pre=10), Sitting(post=100), Sitting()]
    assert learning(people) == Learning(
        n_both=2,
        mean_pre=Fraction(50),
        mean_post=Fraction(139, 2),
        gain=Fraction(39, 2),
        hake=Hake(value=Fraction(39, 100)),
        n_post=3,
        passed=2,
        pass_rate=Fraction(2, 3),
    )
    assert learning(people, pass_mark=69).passed == 3
    assert learning(people, pass_mark=100).passed == 1


def test_nobody_sat_a_test() -> None:
    assert learning([]) == Learning(
        n_both=0, mean_pre=None, mean_post=None, gain=None, hake=None, n_post=0, passed=0, pass_rate=None
    )


def test_all_stayed_at_the_top() -> None:
    found = learning([Sitting(pre=100, post=100)] * 3)
    assert (found.gain, found.hake) == (Fraction(0), Hake(value=None, note="tetap maksimal"))


@pytest.mark.parametrize("mark", [-1, 101])
def test_a_pass_mark_out_of_range(mark: int) -> None:
    with pytest.raises(ValueError, match=f"^Pass mark: {mark} is not between 0 and 100\\.$"):
        learning([], pass_mark=mark)


@given(st.lists(st.builds(Sitting, pre=SCORES, post=SCORES), min_size=1))
def test_gain_and_hake_have_the_same_sign(people: list[Sitting]) -> None:
    found = learning(people)
    assert found.gain is not None
    assert found.hake is not None
    assert -100 <= found.gain <= 100
    if found.hake.value is not None:
        assert found.hake.value <= 1
        assert (found.hake.value > 0, found.hake.value < 0) == (found.gain > 0, found.gain < 0)


def test_questions_that_divide_and_that_do_not() -> None:
    # The first is known by the better half alone, the second by everybody, the third by the weaker half alone; the last
    # four put the halves in their order.
    good, weak = (True, True, False, True, True, True, True), (False, True, True, False, False, False, False)
    assert item_analysis([good] * 10 + [weak] * 10)[:3] == (
        Item(difficulty=Fraction(1, 2), discrimination=Fraction(1), n=20),
        Item(difficulty=Fraction(1), discrimination=Fraction(0), n=20),
        Item(difficulty=Fraction(1, 2), discrimination=Fraction(-1), n=20),
    )


def test_equal_papers_share_the_border() -> None:
    # 27 % of 20 are five (5.4 rounded). Two papers are best, two weakest; the sixteen between them share three seats.
    best, weakest = [(True, True)] * 2, [(False, False)] * 2
    middle = [(True, False)] * 12 + [(False, True)] * 4
    first, second = item_analysis([*best, *middle, *weakest])
    upper, lower = 2 + Fraction(3 * 12, 16), Fraction(3 * 12, 16)
    assert first == Item(difficulty=Fraction(14, 20), discrimination=(upper - lower) / 5, n=20)
    assert second == Item(difficulty=Fraction(6, 20), discrimination=Fraction(2, 5), n=20)
    assert item_analysis([*weakest, *reversed(middle), *best]) == (first, second)


def test_few_papers_say_nothing_of_questions() -> None:
    assert item_analysis([(True,)] * 19) == (Item(difficulty=None, discrimination=None, n=19),)
    assert item_analysis([]) == ()


def test_papers_of_different_lengths() -> None:
    with pytest.raises(ValueError, match=r"these papers differ in length\.$"):
        item_analysis([(True,), (True, False)])


@given(st.lists(st.tuples(*[st.booleans()] * 3), min_size=20, max_size=40))
def test_the_order_of_papers_changes_nothing(papers: list[tuple[bool, ...]]) -> None:
    found = item_analysis(papers)
    assert item_analysis(sorted(papers)) == found
    assert item_analysis(papers[::-1]) == found
    for one in found:
        assert one.difficulty is not None
        assert one.discrimination is not None
        assert 0 <= one.difficulty <= 1
        assert -1 <= one.discrimination <= 1
