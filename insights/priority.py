"""Which training comes first in a cycle: what the staff lack, what citizens ask for, what supervisors confirm.

Rule of the file: the weights are the office's to set, and are printed wherever the order is shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from insights.exact import Number, exact, sum_to_one, within


@dataclass(frozen=True, slots=True, kw_only=True)
class PriorityWeights:
    """How much each part counts: not negative, and together exactly 1, else ValueError."""

    discrepancy: Number = Fraction(5, 10)
    citizens: Number = Fraction(3, 10)
    supervisors: Number = Fraction(2, 10)

    def __post_init__(self) -> None:
        sum_to_one(discrepancy=self.discrepancy, citizens=self.citizens, supervisors=self.supervisors)


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """One competence in a cycle. ``mwds`` in its own unit; the shares of citizens and supervisors between 0 and 1.

    ``citizens``: share of citizens (weighted, see weighting.py) who name a skill this competence serves.
    ``supervisors``: share of supervisors' confirmations that agree with the gap. None: not known.
    """

    key: str
    mwds: Number | None
    citizens: Number | None = None
    supervisors: Number | None = None

    def __post_init__(self) -> None:
        known = [exact(one) for one in (self.citizens, self.supervisors) if one is not None]
        within(known, 0, 1, what=f"Share for {self.key}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Priority:
    """``score`` and its parts between 0 and 1; ``missing`` names the parts that were not known.

    ``score`` None without a discrepancy: nobody rated the competence.
    """

    key: str
    score: Fraction | None
    discrepancy: Fraction | None
    citizens: Fraction | None
    supervisors: Fraction | None
    missing: tuple[str, ...]


def min_max(values: Sequence[Number | None]) -> tuple[Fraction | None, ...]:
    """Each value between the smallest (0) and the largest (1) of them. All alike: 0 for each, nothing to tell apart."""
    known = [exact(value) for value in values if value is not None]
    if not known:
        return (None,) * len(values)
    low, width = min(known), max(known) - min(known)
    return tuple(None if value is None else (exact(value) - low) / width if width else Fraction(0) for value in values)


def priorities(candidates: Iterable[Candidate], *, weights: PriorityWeights | None = None) -> tuple[Priority, ...]:
    """The candidates of one cycle in the order given, each with its score (the larger, the sooner).

    Score = 0.5 · MWDS (min-max within the cycle) + 0.3 · citizens + 0.2 · supervisors, with these or other weights.
    Where the share of citizens or supervisors is not known, it is left out and the others are weighed as if they were
    all: the weights that remain are divided by their sum.
    """
    listed = tuple(candidates)
    chosen = weights or PriorityWeights()
    return tuple(
        _priority(one, normal, chosen) for one, normal in zip(listed, min_max([c.mwds for c in listed]), strict=True)
    )


def _priority(one: Candidate, normal: Fraction | None, weights: PriorityWeights) -> Priority:
    parts = {
        "discrepancy": (normal, exact(weights.discrepancy)),
        "citizens": (None if one.citizens is None else exact(one.citizens), exact(weights.citizens)),
        "supervisors": (None if one.supervisors is None else exact(one.supervisors), exact(weights.supervisors)),
    }
    known = [(value, weight) for value, weight in parts.values() if value is not None]
    whole = sum(weight for _value, weight in known)
    return Priority(
        key=one.key,
        score=sum((v * w for v, w in known), Fraction(0)) / whole if normal is not None and whole else None,
        discrepancy=normal,
        citizens=parts["citizens"][0],
        supervisors=parts["supervisors"][0],
        missing=tuple(name for name, (value, _weight) in parts.items() if value is None),
    )
