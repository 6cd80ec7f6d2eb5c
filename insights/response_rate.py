"""How many of each unit took part, and which of these counts may be shown to somebody who may not see names.

Rule of the file: a count below five is not shown, and neither is what would let it be worked out from the others: those
who took part, those who did not, and what is left when shown units are taken from the total.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from insights import disclosure

LEAST = disclosure.LEAST


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitRate:
    """One unit. ``took_part`` None: not shown."""

    key: str
    label: str
    employees: int
    took_part: int | None

    @property
    def share(self) -> float | None:
        """Between 0 and 1; None where it is not shown or there is nobody."""
        return None if self.took_part is None or not self.employees else self.took_part / self.employees


def total(rates: Iterable[UnitRate]) -> UnitRate:
    """All units together, as if every count were shown."""
    listed = list(rates)
    return UnitRate(
        key="",
        label="",
        employees=sum(one.employees for one in listed),
        took_part=sum(one.took_part or 0 for one in listed),
    )


def disclosed(rates: Iterable[UnitRate], *, of: Collection[str] = ()) -> tuple[tuple[UnitRate, ...], UnitRate]:
    """The units and their total as they may be shown without names. ``of``: these alone, out of all ``rates``: what is
    hidden is the same for every reader, so that two of them together know no more."""
    listed = tuple(rates)
    whole = total(listed)
    hidden = {one.key for one in listed if _small([one])}
    spare = sorted((one for one in listed if one.key not in hidden), key=lambda one: (one.employees, one.key))
    while hidden and _gives_away([one for one in listed if one.key in hidden]) and spare:
        hidden.add(spare.pop(0).key)
    shown = tuple(_hide(one) if one.key in hidden else one for one in listed)
    left = [one for one in listed if one.key in hidden]
    if of:
        mine = tuple(one for one in shown if one.key in of)
        together = total(mine)
        return mine, _hide(together) if any(one.took_part is None for one in mine) else together
    return shown, _hide(whole) if _small([whole]) or (left and _gives_away(left)) else whole


def _small(rates: list[UnitRate]) -> bool:
    together = total(rates)
    took_part = together.took_part or 0
    return took_part < LEAST or together.employees - took_part < LEAST


def _gives_away(hidden: list[UnitRate]) -> bool:
    """Whether taking the shown units from the total tells of one unit, or of fewer than five people."""
    return len(hidden) < 2 or _small(hidden)


def _hide(rate: UnitRate) -> UnitRate:
    return UnitRate(key=rate.key, label=rate.label, employees=rate.employees, took_part=None)
