"""Learning hours (JP) by unit, and which of these figures may be shown to somebody who may not see names.

Rule of the file: how many reached their target is shown as ``insights.response_rate`` shows who took part. A mean is
shown for five people or more, and not where taking the shown units from the whole would tell it of fewer.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal

from insights import response_rate
from insights.disclosure import LEAST
from insights.response_rate import UnitRate

_CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitHours:
    """One unit in a year. ``targeted``: its employees whose kind has a target. None: not shown."""

    key: str
    label: str
    employees: int
    targeted: int
    reached: int | None
    mean: Decimal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Worked:
    """One employee: their unit, their JP, and their target where their kind has one."""

    unit: str
    label: str
    jp: Decimal
    target: Decimal | None


def by_unit(people: Iterable[Worked]) -> tuple[tuple[UnitHours, ...], UnitHours]:
    """Every unit by its label, and all of them together, as if every figure were shown."""
    units: dict[str, list[Worked]] = {}
    for one in people:
        units.setdefault(one.unit, []).append(one)
    rows = [_of(key, some[0].label, some) for key, some in units.items()]
    everybody = [one for some in units.values() for one in some]
    return tuple(sorted(rows, key=lambda row: (row.label, row.key))), _of("", "", everybody)


def disclosed(units: Sequence[UnitHours], whole: UnitHours) -> tuple[tuple[UnitHours, ...], UnitHours]:
    """The same as it may be shown without names."""
    rates = [UnitRate(key=one.key, label="", employees=one.targeted, took_part=one.reached) for one in units]
    shown, total = response_rate.disclosed(rates)
    hidden = _without_mean(units)
    rows = tuple(
        replace(one, reached=rate.took_part, mean=None if one.key in hidden else one.mean)
        for one, rate in zip(units, shown, strict=True)
    )
    left = [one for one in units if one.key in hidden]
    tells = bool(left) and _gives_away(left)
    return rows, replace(
        whole,
        reached=total.took_part,
        mean=None if tells or whole.employees < LEAST else whole.mean,
    )


def _of(key: str, label: str, people: Sequence[Worked]) -> UnitHours:
    targets = [(one.jp, one.target) for one in people if one.target is not None]
    total = sum((one.jp for one in people), Decimal(0))
    return UnitHours(
        key=key,
        label=label,
        employees=len(people),
        targeted=len(targets),
        reached=sum(jp >= target for jp, target in targets),
        mean=(total / len(people)).quantize(_CENT, ROUND_HALF_UP) if people else None,
    )


def _without_mean(units: Sequence[UnitHours]) -> set[str]:
    hidden = {one.key for one in units if one.employees < LEAST}
    spare = sorted((one for one in units if one.key not in hidden), key=lambda one: (one.employees, one.key))
    while hidden and _gives_away([one for one in units if one.key in hidden]) and spare:
        hidden.add(spare.pop(0).key)
    return hidden


def _gives_away(hidden: Sequence[UnitHours]) -> bool:
    return len(hidden) < 2 or sum(one.employees for one in hidden) < LEAST
