"""How often somebody may do something: a bucket of tokens for each key, kept in memory.

Rule of the file: the clock is handed in; nothing here knows what is counted. Each process counts for itself.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass(slots=True)
class Rates:
    """``burst`` at once, then ``per_second`` on average, for each key."""

    burst: int
    per_second: float
    clock: Callable[[], float] = time.monotonic
    """Seconds, never running backwards."""
    keep: int = 10_000
    """Keys remembered; beyond it those with full buckets are dropped, then the ones unused longest."""
    _buckets: dict[str, tuple[float, float]] = field(default_factory=dict)

    def take(self, key: str) -> float:
        """Take one token: 0.0 if there was one, else the seconds until there is."""
        now = self.clock()
        tokens = self._tokens(key, now)
        if tokens < 1:
            self._buckets[key] = (tokens, now)
            return (1 - tokens) / self.per_second
        self._buckets.pop(key, None)  # to the end: the order is by use
        self._buckets[key] = (tokens - 1, now)
        if len(self._buckets) > self.keep:
            self._prune(now)
        return 0.0

    def _tokens(self, key: str, now: float) -> float:
        tokens, at = self._buckets.get(key, (float(self.burst), now))
        return min(float(self.burst), tokens + (now - at) * self.per_second)

    def _prune(self, now: float) -> None:
        full = [key for key in self._buckets if self._tokens(key, now) >= self.burst]
        for key in full:
            del self._buckets[key]
        for key in list(self._buckets)[: max(0, len(self._buckets) - self.keep)]:
            del self._buckets[key]
