"""How much goes into one batch: what checks in costs several times an answer, and whoever else writes waits for it.

Rule of the file: a batch that is small anyway is not looked at.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol, TypeVar

from handlers.checking_in import DIGITS, PREFIX
from surveys.messages import Reply, Text

CHECK_INS = 40
"""So many of a batch: about 0.2 s on SQLite (docs/performance.md)."""


class Waiting(Protocol):
    """What stands in the queue."""

    @property
    def reply(self) -> Reply:
        """What was sent."""


_W = TypeVar("_W", bound=Waiting)


def not_too_heavy(batch: Sequence[_W]) -> Sequence[_W]:
    """As much of it, from its beginning, as holds ``CHECK_INS`` that check in."""
    if len(batch) <= CHECK_INS:
        return batch
    heavy = [place for place, one in enumerate(batch) if _checks_in(one.reply)]
    return batch[: heavy[CHECK_INS]] if len(heavy) > CHECK_INS else batch


def _checks_in(reply: Reply) -> bool:
    """As far as can be said without looking anything up."""
    if not isinstance(reply, Text):
        return False
    text = reply.text
    return text.startswith(f"/start {PREFIX}") or text[:5].lower() == "hadir" or DIGITS.fullmatch(text) is not None
