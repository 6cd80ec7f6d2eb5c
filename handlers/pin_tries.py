"""How often somebody guessed at aspirations today: counted for the ticket and for the address that asks.

Rule of the file: in memory alone, each process for itself. A row would stand in the same transaction as the address
that asks, and so lead from an anonymous ticket to a person. No HAPUS, no new conversation and no other account gives
a ticket further tries; a new day does, and a restart of the program, which nobody who asks can bring about.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

MOST = 5
KEEP = 50_000
"""Tickets and addresses remembered; beyond it those that were tried longest ago are forgotten."""


@dataclass(slots=True)
class PinTries:
    """Wrong tries of one day."""

    _day: date = date.min
    _tries: dict[str, int] = field(default_factory=dict)

    def spent(self, keys: tuple[str, ...], today: date) -> bool:
        """Whether one of them was tried as often as a day allows."""
        if today != self._day:
            self._day, self._tries = today, {}
        return any(self._tries.get(key, 0) >= MOST for key in keys)

    def wrong(self, keys: tuple[str, ...]) -> None:
        """They were tried, and it was wrong."""
        for key in keys:
            self._tries[key] = self._tries.pop(key, 0) + 1
        while len(self._tries) > KEEP:
            del self._tries[next(iter(self._tries))]
