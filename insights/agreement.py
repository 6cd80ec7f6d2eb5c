"""How far two people who judged the same thing agree: two markers of a task, or a participant and the supervisor.

Rule of the file: a pair counts only where both have judged.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from insights.exact import average, share

KAPPA_LEAST = 20

Pair = tuple[int | None, int | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """``exact`` and ``adjacent`` between 0 and 1 (adjacent: at most one step apart, the same included).

    ``difference`` is the mean of first minus second, in steps of the scale. ``kappa`` −1 to 1. All None for no pair.
    """

    n: int
    exact: Fraction | None
    adjacent: Fraction | None
    difference: Fraction | None
    kappa: Fraction | None


def agreement(pairs: Iterable[Pair]) -> Agreement:
    """Everything that is said about pairs of judgements on one ordered scale of whole numbers."""
    both = _complete(pairs)
    return Agreement(
        n=len(both),
        exact=share(sum(first == second for first, second in both), len(both)),
        adjacent=share(sum(abs(first - second) <= 1 for first, second in both), len(both)),
        difference=average(first - second for first, second in both),
        kappa=quadratic_kappa(both),
    )


def quadratic_kappa(pairs: Iterable[Pair]) -> Fraction | None:
    """Cohen's kappa with quadratic weights: 1 is full agreement, 0 what chance would give, below 0 less than chance.

    One minus the mean squared difference within the pairs over that between all firsts and all seconds; so it needs no
    list of categories. None below twenty pairs, and where both always gave one and the same value.
    Source: Cohen, "Weighted kappa", Psychological Bulletin 70 (1968), 213–220.
    """
    both = _complete(pairs)
    n = len(both)
    if n < KAPPA_LEAST:
        return None
    firsts, seconds = zip(*both, strict=True)
    squares = sum(value * value for value in (*firsts, *seconds))
    by_chance = n * squares - 2 * sum(firsts) * sum(seconds)
    if not by_chance:
        return None
    return 1 - Fraction(n * sum((first - second) ** 2 for first, second in both), by_chance)


def _complete(pairs: Iterable[Pair]) -> list[tuple[int, int]]:
    return [(first, second) for first, second in pairs if first is not None and second is not None]
