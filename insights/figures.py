"""One number of a report with what belongs to it: of how many people it is, how it was worked out, whether it shows.

Rule of the file: what is not shown has no value, so that no reader and no export can come upon it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import Literal

from insights.disclosure import both_sides, enough
from insights.exact import share

Unit = Literal["share", "points 0-100", "points", "scale 1-5", "scale 1-4", "scale 0-4", "score", "ratio"]


class Reason(StrEnum):
    """Why a figure is not shown."""

    ABSENT = "nothing was collected"
    FEW = "fewer than five people"
    ONE_SIDE = "fewer than five people on one side"
    SMALL = "too few answers for this figure"
    UNDEFINED = "not defined for these answers"
    RESPONSE = "fewer than half of those asked answered"
    MISSING = "a component is missing"


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One figure. ``value`` in ``unit`` (a share is 0–1) and exact; ``n`` people, or what the formula names instead.

    ``value`` is None where it is not shown; ``n`` is None where the number of people itself would tell too much.
    ``formula`` in short English. ``note``: a word to print beside the value.
    """

    key: str
    value: Fraction | None
    n: int | None
    unit: Unit
    formula: str
    reason: Reason | None = None
    note: str | None = None

    @property
    def shown(self) -> bool:
        """Whether there is a value to show."""
        return self.reason is None


@dataclass(frozen=True, slots=True)
class Showing:
    """Makes figures for one kind of reader; ``names``: one who may see who the people are."""

    names: bool = False

    def figure(
        self,
        key: str,
        value: Fraction | None,
        n: int,
        unit: Unit,
        formula: str,
        *,
        people: int | None = None,
        least: int = 0,
        note: str | None = None,
    ) -> Figure:
        """A figure of ``n``. ``people``: how many people stand behind it where ``n`` counts something else.

        ``least``: below so many the statistic itself says nothing, whoever reads it.
        """
        if not self.names and not enough(n if people is None else people):
            return Figure(key=key, value=None, n=None, unit=unit, formula=formula, reason=Reason.FEW)
        if value is None:
            reason = Reason.ABSENT if n == 0 else Reason.SMALL if n < least else Reason.UNDEFINED
            return Figure(key=key, value=None, n=n, unit=unit, formula=formula, reason=reason, note=note)
        return Figure(key=key, value=value, n=n, unit=unit, formula=formula, note=note)

    def share(self, key: str, part: int, whole: int, formula: str) -> Figure:
        """A part of people, 0–1 of ``whole``: shown where those in it and those not in it are five or more each.

        Raises ValueError for a part that is negative or larger than the whole.
        """
        value = share(part, whole)
        if not self.names and enough(whole) and not both_sides(part, whole):
            return Figure(key=key, value=None, n=None, unit="share", formula=formula, reason=Reason.ONE_SIDE)
        return self.figure(key, value, whole, "share", formula)


def absent(key: str, unit: Unit, formula: str) -> Figure:
    """A figure for which nothing was collected."""
    return Figure(key=key, value=None, n=None, unit=unit, formula=formula, reason=Reason.ABSENT)
