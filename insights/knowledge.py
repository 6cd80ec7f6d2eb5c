"""What participants knew before and after a training (Kirkpatrick level 2), and how good the questions were.

Rule of the file: scores are 0–100; a gain is said only of people who sat both tests.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from insights.exact import Number, average, exact, rounded, share, within

PASS_MARK = 70
ITEM_LEAST = 20

AtTop = Literal["tetap maksimal", "turun dari maksimal"]


def paper_score(answers: Sequence[str | None], key: Sequence[str]) -> Fraction:
    """Percent answered as the key says, 0–100. An answer left out is a wrong one.

    Raises ValueError for an empty key, or one of another length than the answers.
    """
    if not key or len(key) != len(answers):
        raise ValueError(f"{len(answers)} answers cannot be marked with a key of {len(key)}.")
    return Fraction(100 * sum(given == right for given, right in zip(answers, key, strict=True)), len(key))


@dataclass(frozen=True, slots=True, kw_only=True)
class Hake:
    """``value``: the part of the possible gain that was reached, at most 1, negative for a loss.

    None where the test before was perfect already; ``note`` then says whether it stayed so.
    """

    value: Fraction | None
    note: AtTop | None = None


def hake(pre: Number, post: Number) -> Hake:
    """Normalised gain g = (post − pre)/(100 − pre) of one person, or of the means of a class.

    Raises ValueError for a score outside 0–100. Source: Hake, "Interactive-engagement versus traditional methods",
    American Journal of Physics 66 (1998), 64–74.
    """
    before, after = within([exact(pre), exact(post)], 0, 100, what="Score")
    if before == 100:
        return Hake(value=None, note="tetap maksimal" if after == 100 else "turun dari maksimal")
    return Hake(value=(after - before) / (100 - before))


@dataclass(frozen=True, slots=True, kw_only=True)
class Sitting:
    """One person's scores 0–100 before and after; None: did not sit that test. Raises ValueError out of range."""

    pre: Number | None = None
    post: Number | None = None

    def __post_init__(self) -> None:
        within([exact(score) for score in (self.pre, self.post) if score is not None], 0, 100, what="Score")


@dataclass(frozen=True, slots=True, kw_only=True)
class Learning:
    """What a class learned.

    ``n_both`` people with both scores; ``mean_pre``, ``mean_post`` (0–100), ``gain`` (points, −100 to 100) and ``hake``
    (of the two means) are theirs. ``n_post`` people sat the test after it, ``passed`` of them reached the pass mark.
    """

    n_both: int
    mean_pre: Fraction | None
    mean_post: Fraction | None
    gain: Fraction | None
    hake: Hake | None
    n_post: int
    passed: int
    pass_rate: Fraction | None


def learning(sittings: Iterable[Sitting], *, pass_mark: Number = PASS_MARK) -> Learning:
    """The class as a whole. Raises ValueError for a pass mark outside 0–100."""
    within([exact(pass_mark)], 0, 100, what="Pass mark")
    listed = tuple(sittings)
    both = [(exact(one.pre), exact(one.post)) for one in listed if one.pre is not None and one.post is not None]
    before, after = average(pre for pre, _post in both), average(post for _pre, post in both)
    last = [exact(one.post) for one in listed if one.post is not None]
    passed = sum(score >= exact(pass_mark) for score in last)
    return Learning(
        n_both=len(both),
        mean_pre=before,
        mean_post=after,
        gain=None if before is None or after is None else after - before,
        hake=None if before is None or after is None else hake(before, after),
        n_post=len(last),
        passed=passed,
        pass_rate=share(passed, len(last)),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One question of a test. ``difficulty`` p 0–1 (share right, so 1 is easy), ``discrimination`` D −1 to 1."""

    difficulty: Fraction | None
    discrimination: Fraction | None
    n: int


def item_analysis(papers: Iterable[Sequence[bool]]) -> tuple[Item, ...]:
    """Each question over all papers (a row a person, True for a right answer). Both figures only from 20 papers.

    D is the share right among the best 27 % of papers minus that among the weakest 27 % (rounded half up). Where papers
    with equal totals stand on that border, each counts in part, so that no order of papers changes D. Raises ValueError
    for papers of different lengths.
    Source: Kelley, "The selection of upper and lower groups for the validation of test items", Journal of Educational
    Psychology 30 (1939), 17–24.
    """
    listed = [tuple(paper) for paper in papers]
    width = len(listed[0]) if listed else 0
    if any(len(paper) != width for paper in listed):
        raise ValueError("Every paper has one mark for each question; these papers differ in length.")
    return tuple(_item(listed, number) for number in range(width))


def _item(papers: list[tuple[bool, ...]], number: int) -> Item:
    n = len(papers)
    if n < ITEM_LEAST:
        return Item(difficulty=None, discrimination=None, n=n)
    seats = int(rounded(Fraction(27 * n, 100), 0))
    return Item(
        difficulty=share(sum(paper[number] for paper in papers), n),
        discrimination=(_right(papers, number, seats, best=True) - _right(papers, number, seats, best=False)) / seats,
        n=n,
    )


def _right(papers: list[tuple[bool, ...]], number: int, seats: int, *, best: bool) -> Fraction:
    """How many of the best (or weakest) got the question right; equal totals share the last seats."""
    right, left = Fraction(0), seats
    for total in sorted({sum(paper) for paper in papers}, reverse=best):
        equals = [paper[number] for paper in papers if sum(paper) == total]
        taken = min(left, len(equals))
        right += Fraction(taken * sum(equals), len(equals))
        left -= taken
    return right
