"""What a unit needs to learn: how far people are from what their work asks, and which competence comes first.

Rule of the file: a person counts in a figure only with the answers that figure needs; ``n`` says how many those were.
All levels and importances are whole numbers 1–5.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from insights.exact import Number, average, exact, rounded, share, within

Colour = Literal["merah", "kuning", "hijau"]

RANKS_APART = 3
_QUINTILES = (Fraction(10, 100), Fraction(25, 100), Fraction(50, 100))


def signed_gap(required: int, current: int) -> int:
    """Required minus current level, −4 to 4; negative for somebody above the standard. Raises ValueError off 1–5."""
    within([required, current], 1, 5, what="Level")
    return required - current


def gap(required: int, current: int) -> int:
    """How many levels are missing, 0 to 4. Raises ValueError off 1–5."""
    return max(0, signed_gap(required, current))


@dataclass(frozen=True, slots=True, kw_only=True)
class Rating:
    """One person on one competence. None: not asked or not answered. Raises ValueError off 1–5.

    Where the level needed was asked instead of an importance (technical competences), it stands in both places.
    """

    current: int | None = None
    importance: int | None = None
    required: int | None = None

    def __post_init__(self) -> None:
        within([level for level in (self.current, self.required) if level is not None], 1, 5, what="Level")
        within([self.importance] if self.importance is not None else [], 1, 5, what="Importance")


def share_below_standard(ratings: Iterable[Rating]) -> Fraction | None:
    """P = #(gap ≥ 1)/n, between 0 and 1, over those whose level and standard are known."""
    gaps = _gaps(ratings)
    return share(sum(one >= 1 for one in gaps), len(gaps))


def mwds(ratings: Iterable[Rating]) -> Fraction | None:
    """Mean weighted discrepancy score, −6.25 to 20: mean of (importance − current), times the mean importance.

    Positive: people can do less than the work asks. Source: Borich, "A Needs Assessment Model for Conducting Follow-Up
    Studies", Journal of Teacher Education 31 (1980), 39–42.
    """
    both = [(one.importance, one.current) for one in ratings if one.importance is not None and one.current is not None]
    importance = average(wanted for wanted, _current in both)
    return None if importance is None else Fraction(sum(w - c for w, c in both), len(both)) * importance


def mwds_by_standard(ratings: Iterable[Rating]) -> Fraction | None:
    """The same against the standard of the position, −20 to 20: mean of (required − current), times mean importance."""
    full = [
        (one.required - one.current, one.importance)
        for one in ratings
        if one.required is not None and one.current is not None and one.importance is not None
    ]
    importance = average(wanted for _gap, wanted in full)
    return None if importance is None else Fraction(sum(missing for missing, _wanted in full), len(full)) * importance


def rds(ratings: Iterable[Rating]) -> Fraction | None:
    """Ranked discrepancy score, −100 (everybody lacks) to 100: percent above minus percent below the importance.

    It uses only the order of the levels. Source: Narine and Harder, "Comparing the Borich model with the Ranked
    Discrepancy Model for competency assessment", Advancements in Agricultural Development 2/3 (2021), 96–111.
    """
    both = [(one.importance, one.current) for one in ratings if one.importance is not None and one.current is not None]
    over, under = sum(c > w for w, c in both), sum(c < w for w, c in both)
    return Fraction(100 * (over - under), len(both)) if both else None


def ranks(values: Sequence[Number | None]) -> tuple[Fraction | None, ...]:
    """The place of each value, 1 for the largest. Equals share the mean of their places; None has no place."""
    present = [exact(value) for value in values if value is not None]
    return tuple(None if value is None else _place(exact(value), present) for value in values)


def _place(value: Fraction, among: list[Fraction]) -> Fraction:
    before = sum(other > value for other in among)
    return before + Fraction(among.count(value) + 1, 2)


@dataclass(frozen=True, slots=True, kw_only=True)
class Risk:
    """A place in the 5×5 matrix: ``likelihood`` and ``consequence`` 1–5, ``score`` 1–25."""

    likelihood: int
    consequence: int
    score: int
    colour: Colour


def risk(below: Number, importance: Number) -> Risk:
    """Share below standard (0–1) times mean importance (1–5), read as likelihood and consequence.

    Likelihood: below 10 % is 1, from 10 % 2, from 25 % 3, from 50 % 4, above 75 % 5. Consequence: the importance
    rounded half up. Score from 15 merah (train this year), from 8 kuning, else hijau. Raises ValueError out of range.
    """
    within([exact(below)], 0, 1, what="Share below standard")
    within([exact(importance)], 1, 5, what="Importance")
    likelihood = 1 + sum(exact(below) >= least for least in _QUINTILES) + (exact(below) > Fraction(75, 100))
    consequence = int(rounded(importance, 0))
    score = likelihood * consequence
    colour: Colour = "merah" if score >= 15 else "kuning" if score >= 8 else "hijau"
    return Risk(likelihood=likelihood, consequence=consequence, score=score, colour=colour)


@dataclass(frozen=True, slots=True, kw_only=True)
class Competence:
    """One competence and what everybody said of it."""

    key: str
    ratings: tuple[Rating, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """One line of the table of needs.

    ``n`` people with importance and current level; ``n_standard`` people with standard and current level.
    ``mean_gap`` in levels, −4 to 4, signed. ``apart``: the two ranks differ by more than three places, so look closer.
    """

    key: str
    n: int
    n_standard: int
    mean_current: Fraction | None
    mean_importance: Fraction | None
    mean_gap: Fraction | None
    below: Fraction | None
    mwds: Fraction | None
    rds: Fraction | None
    mwds_rank: Fraction | None
    rds_rank: Fraction | None
    apart: bool
    risk: Risk | None


def needs(competences: Iterable[Competence]) -> tuple[Need, ...]:
    """The table of needs in the order given. Rank 1 is the greatest need in both scores."""
    listed = tuple(competences)
    by_size = ranks([mwds(one.ratings) for one in listed])
    by_order = ranks([None if (score := rds(one.ratings)) is None else -score for one in listed])
    return tuple(_need(*line) for line in zip(listed, by_size, by_order, strict=True))


def _need(one: Competence, mwds_rank: Fraction | None, rds_rank: Fraction | None) -> Need:
    below = share_below_standard(one.ratings)
    importance = average(rating.importance for rating in one.ratings if rating.importance is not None)
    gaps = _gaps(one.ratings)
    return Need(
        key=one.key,
        n=sum(rating.importance is not None and rating.current is not None for rating in one.ratings),
        n_standard=len(gaps),
        mean_current=average(rating.current for rating in one.ratings if rating.current is not None),
        mean_importance=importance,
        mean_gap=average(gaps),
        below=below,
        mwds=mwds(one.ratings),
        rds=rds(one.ratings),
        mwds_rank=mwds_rank,
        rds_rank=rds_rank,
        apart=mwds_rank is not None and rds_rank is not None and abs(mwds_rank - rds_rank) > RANKS_APART,
        risk=None if below is None or importance is None else risk(below, importance),
    )


def _gaps(ratings: Iterable[Rating]) -> list[int]:
    return [one.required - one.current for one in ratings if one.required is not None and one.current is not None]
