"""Making those who answered resemble the population: one weight a stratum (kelurahan × age band, unit × kind …).

Rule of the file: weights correct for who is over- or underrepresented among the strata, and for nothing else. People
who chose to answer a bot remain no random sample, and a report that shows weighted figures says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from insights.exact import Number, average, exact

TRIM = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Stratum:
    """``population`` people live or work here, ``sample`` of them answered.

    Raises ValueError below zero, and for answers out of a population of nobody.
    """

    key: str
    population: int
    sample: int

    def __post_init__(self) -> None:
        if self.population < 0 or self.sample < 0:
            raise ValueError(f"Stratum {self.key} counts fewer than nobody.")
        if self.sample and not self.population:
            raise ValueError(f"Stratum {self.key} has answers, but its population is given as 0.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighted:
    """Strata that share one ``weight``: ``keys`` has more than one where an empty stratum was taken together."""

    keys: tuple[str, ...]
    sample: int
    weight: Fraction
    trimmed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighting:
    """The weights, which average 1 over the ``n`` people who answered.

    ``deff``: Kish's design effect, at least 1: how many times the variance grows by weighing. ``n_effective`` = n/deff.
    Both None, and no groups, where nobody answered.
    """

    n: int
    groups: tuple[Weighted, ...]
    deff: Fraction | None
    n_effective: Fraction | None

    def weight(self, key: str) -> Fraction:
        """The weight of everybody in this stratum. Raises ValueError for an unknown one."""
        for group in self.groups:
            if key in group.keys:
                return group.weight
        raise ValueError(f"There is no weight for the stratum {key!r}.")


def post_stratify(strata: Iterable[Stratum]) -> Weighting:
    """One weight a stratum: (N_stratum/N) / (n_stratum/n).

    A stratum in which nobody answered is taken together with the next in the given order, the last ones with the one
    before; so the order should put like beside like. Weights above five times the median of the people's weights are
    cut to it, and all are then scaled to average 1 again. Raises ValueError for a key that comes twice.
    Source: Kish, "Weighting for unequal P_i", Journal of Official Statistics 8 (1992), 183–200.
    """
    listed = list(strata)
    if len({one.key for one in listed}) < len(listed):
        raise ValueError("Two strata have the same key.")
    groups = _collapsed(listed)
    n = sum(group.sample for group in groups)
    if not n:
        return Weighting(n=0, groups=(), deff=None, n_effective=None)
    population = sum(group.population for group in groups)
    raw = [Fraction(group.population * n, population * group.sample) for group in groups]
    most = TRIM * _median(raw, [group.sample for group in groups])
    cut = [min(weight, most) for weight in raw]
    scale = n / sum((weight * group.sample for weight, group in zip(cut, groups, strict=True)), Fraction(0))
    weighted = tuple(
        Weighted(keys=group.keys, sample=group.sample, weight=after * scale, trimmed=before > most)
        for before, after, group in zip(raw, cut, groups, strict=True)
    )
    deff = _deff((group.weight, group.sample) for group in weighted)
    return Weighting(n=n, groups=weighted, deff=deff, n_effective=n / deff)


def design_effect(weights: Iterable[Number]) -> Fraction | None:
    """Kish's deff = n·Σw²/(Σw)², one weight a person; None for nobody. Raises ValueError for a weight of 0 or less."""
    listed = [(exact(weight), 1) for weight in weights]
    if any(weight <= 0 for weight, _one in listed):
        raise ValueError("A weight is above 0.")
    return _deff(listed) if listed else None


def weighted_mean(values: Sequence[Number | None], weights: Sequence[Number]) -> Fraction | None:
    """Σwx/Σw over those who answered, in the unit of the values; None for nobody.

    A share is the mean of ones and zeros. Raises ValueError where the two differ in length.
    """
    if len(values) != len(weights):
        raise ValueError(f"{len(values)} answers cannot have {len(weights)} weights.")
    given = [(exact(x), exact(w)) for x, w in zip(values, weights, strict=True) if x is not None]
    whole = sum((w for _x, w in given), Fraction(0))
    return sum((x * w for x, w in given), Fraction(0)) / whole if whole else None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Group:
    keys: tuple[str, ...]
    population: int
    sample: int


def _collapsed(strata: list[Stratum]) -> list[_Group]:
    groups: list[_Group] = []
    waiting: list[Stratum] = []
    for stratum in strata:
        waiting.append(stratum)
        if stratum.sample:
            groups.append(_together(waiting))
            waiting = []
    if waiting and groups:
        last = groups.pop()
        rest = _together(waiting)
        groups.append(
            _Group(keys=last.keys + rest.keys, population=last.population + rest.population, sample=last.sample)
        )
    return groups


def _together(strata: list[Stratum]) -> _Group:
    return _Group(
        keys=tuple(one.key for one in strata),
        population=sum(one.population for one in strata),
        sample=sum(one.sample for one in strata),
    )


def _median(weights: list[Fraction], samples: list[int]) -> Fraction:
    """The median over people, of whom so many have each weight."""
    people = sorted(zip(weights, samples, strict=True))
    n = sum(samples)
    middle = [_at(people, (n - 1) // 2), _at(people, n // 2)]
    return average(middle) or Fraction(0)


def _at(people: list[tuple[Fraction, int]], place: int) -> Fraction:
    seen = 0
    for weight, count in people:
        seen += count
        if place < seen:
            return weight
    raise IndexError(place)


def _deff(weights: Iterable[tuple[Fraction, int]]) -> Fraction:
    listed = list(weights)
    n = sum(count for _weight, count in listed)
    total = sum(weight * count for weight, count in listed)
    return n * sum(weight * weight * count for weight, count in listed) / Fraction(total * total)
