"""Learning hours (jam pelajaran, JP) that somebody earned, and how far that is from the year's target.

Rule of the file: Decimals, to two places; the hours of a training are shared among its days as the organiser states
them, equally where nothing is stated.

Source: Peraturan LAN 10/2018 (20 JP a year for PNS). Other kinds have no target until the office sets one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from outreach.training import Say, Training, TrainingSession

_CENT = Decimal("0.01")
_NOTHING = Decimal(0)
TARGETS: Mapping[str, Decimal] = {"PNS": Decimal(20)}
"""JP a year by employment kind, as long as the office sets no others."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """One person, one year. ``target`` None: there is none for that kind, and no cap either."""

    earned: Decimal
    target: Decimal | None

    @property
    def left(self) -> Decimal:
        """JP still to earn."""
        return max(_NOTHING, self.target - self.earned) if self.target is not None else _NOTHING

    @property
    def reached(self) -> bool:
        """Whether nothing is left to earn."""
        return not self.left

    @property
    def percent(self) -> int | None:
        """Of the target, rounded down, so that 100 means reached; may pass 100."""
        return int(self.earned * 100 / self.target) if self.target else None


def earned(training: Training, session: TrainingSession, attended: Collection[date]) -> Decimal:
    """The JP for having been there on these days: all of them for every day, none for none."""
    return sum(earned_by_year(training, session, attended).values(), _NOTHING)


def earned_by_year(training: Training, session: TrainingSession, attended: Collection[date]) -> Mapping[int, Decimal]:
    """The same by the year of the day, for a session that goes over New Year's Eve."""
    dates = sorted({day.date for day in session.days})
    if not dates:
        return {}
    years: dict[int, Decimal] = defaultdict(Decimal)
    if all(day.jp is not None for day in session.days):
        for day in session.days:
            if day.date in attended:
                years[day.date.year] += day.jp or _NOTHING
        return dict(years)
    for number, one in enumerate(dates):
        if one in attended:  # by running totals, so that the whole is exactly the whole
            years[one.year] += _share(training.jp, number + 1, len(dates)) - _share(training.jp, number, len(dates))
    return dict(years)


def progress(jp: Decimal, employment: str, targets: Mapping[str, Decimal] = TARGETS) -> Progress:
    """How far somebody of that employment kind (PNS, PPPK …) is with ``jp`` in a year."""
    return Progress(earned=jp, target=targets.get(employment))


def progress_line(year: int, found: Progress, say: Say) -> str:
    """That in one sentence."""
    _ = say
    jp = shown_jp(found.earned, say)
    if found.target is None:
        return _("In {year} you have {jp} learning hours (JP).").format(year=year, jp=jp)
    if found.reached:
        return _("In {year} you have {jp} learning hours (JP): the target of {target} is reached.").format(
            year=year, jp=jp, target=shown_jp(found.target, say)
        )
    return _("In {year} you have {jp} of {target} learning hours (JP), {left} to go.").format(
        year=year, jp=jp, target=shown_jp(found.target, say), left=shown_jp(found.left, say)
    )


def shown_jp(jp: Decimal, say: Say) -> str:
    """16, or 10,67 as it is written here: no more places than it has."""
    _ = say
    whole, _point, places = f"{jp.quantize(_CENT, ROUND_HALF_UP):f}".partition(".")
    places = places.rstrip("0")
    return _("{whole}.{places}").format(whole=whole, places=places) if places else whole


def _share(jp: Decimal, days: int, of: int) -> Decimal:
    return (jp * days / of).quantize(_CENT, ROUND_HALF_UP)
