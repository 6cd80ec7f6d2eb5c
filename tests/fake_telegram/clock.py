"""The fake's calendar clock: real seconds that a test may move forward."""

from __future__ import annotations

import time


class Clock:
    """Unix time. ``advance`` moves it, so that 24 hours or 150 seconds pass at once."""

    def __init__(self, start: float | None = None) -> None:
        self._offset = 0.0 if start is None else start - time.time()  # noqa: TID251 -- this is the clock

    def now(self) -> float:
        return time.time() + self._offset  # noqa: TID251 -- this is the clock

    def advance(self, seconds: float) -> None:
        self._offset += seconds
