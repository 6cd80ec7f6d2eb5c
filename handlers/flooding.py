"""Somebody who sends faster than anybody reads: what is too much is left out, they are told once, nobody else waits.

A message presses when earlier ones of the same person still wait, or their replies are still on the way; whoever waits
for the reply before writing again never presses, however quick they are. Presses take from a bucket that fills by the
clock of the platform, so that what was written over hours of an outage and comes at once is no flood. Rule of the
file: pure; each process counts for itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol, TypeVar

from surveys.messages import Address

PER_SECOND = 1.0
"""Presses that are forgiven each second."""
TOLD_AGAIN = 60.0
"""Seconds after which they are told again."""
_HURRIED = 1.5
"""Seconds between two messages of one who floods, below which the second belongs to the flood."""


@dataclass(slots=True)
class _Flow:
    """Moments are seconds by the platform's clock."""

    tokens: float
    at: float
    last: float
    flooding: bool = False
    told: float | None = None


@dataclass(slots=True)
class Floods:
    """Those who ever pressed. ``burst``: presses that are taken at once."""

    burst: int
    keep: int = 10_000
    """People remembered; beyond it those who pressed longest ago are forgotten."""
    _flows: dict[Address, _Flow] = field(default_factory=dict)

    def excess(self, person: Address, at: float, *, pressing: bool) -> bool:
        """Whether this message, written at ``at``, is too much."""
        flow = self._flows.get(person)
        if flow is None:
            if not pressing:
                return False
            flow = self._begin(person, at)
        flow.tokens = min(float(self.burst), flow.tokens + max(0.0, at - flow.at) * PER_SECOND)
        hurried = at - flow.last < _HURRIED
        flow.at, flow.last = max(flow.at, at), at
        if flow.flooding and flow.tokens >= self.burst / 2:
            flow.flooding = False
        if not pressing and not (flow.flooding and hurried):
            return False
        if not flow.flooding and flow.tokens >= 1:
            flow.tokens -= 1
            return False
        flow.flooding = True
        return True

    def tells(self, person: Address, at: float) -> bool:
        """Whether to tell them now: once a minute."""
        flow = self._flows.get(person) or self._begin(person, at)
        if flow.told is not None and at - flow.told < TOLD_AGAIN:
            return False
        flow.told = at
        return True

    def _begin(self, person: Address, at: float) -> _Flow:
        if len(self._flows) >= self.keep:
            for one in list(self._flows)[: self.keep // 2]:
                del self._flows[one]
        flow = self._flows[person] = _Flow(float(self.burst), at, at)
        return flow


class Waits(Protocol):
    """Something that waits its turn."""

    @property
    def person(self) -> Address:
        """Whose it is."""


Waiting = TypeVar("Waiting", bound=Waits)


def in_turns(waiting: Sequence[Waiting], most: int) -> list[Waiting]:
    """At most ``most`` of those that wait: everybody's first, then everybody's second; each person's in their order."""
    if len(waiting) <= most:
        return list(waiting)
    turns: list[list[Waiting]] = []
    of_person: dict[Address, int] = {}
    for one in waiting:
        turn = of_person.get(one.person, 0)
        of_person[one.person] = turn + 1
        if turn == len(turns):
            turns.append([])
        turns[turn].append(one)
    chosen = [one for turn in turns for one in turn][:most]
    kept = {id(one) for one in chosen}
    return [one for one in waiting if id(one) in kept]
