"""After the program was down: what is still useful is sent once, what is past its use is skipped with a reason.

Rule of the file: every row comes out exactly once. Nothing is sent outside the hours of its people, however late it is.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from outreach.calendar import Calendar
from outreach.merging import Skipped
from outreach.reminding import Planned

LATE = timedelta(minutes=10)
"""A row that is taken up later than that was held up by more than the usual tick."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CaughtUp:
    """What becomes of rows at one moment, each part in the order of their times."""

    now: tuple[Planned, ...] = ()
    """To send, or to merge, at once."""
    later: tuple[Planned, ...] = ()
    """With the time at which they may be sent."""
    skipped: tuple[Skipped, ...] = ()

    def late(self, moment: datetime) -> tuple[Planned, ...]:
        """Those of ``now`` that were held up."""
        return tuple(row for row in self.now if moment - row.due_at > LATE)


def catch_up(rows: Iterable[Planned], *, now: datetime, calendar: Calendar) -> CaughtUp:
    """Sorts ``rows``: to be sent now, later, or not at all. Two rows of one key are one, the later one."""
    newest: dict[str, Planned] = {}
    for row in rows:
        known = newest.get(row.key)
        if known is None or row.due_at > known.due_at:
            newest[row.key] = row
    send: list[Planned] = []
    later: list[Planned] = []
    skipped: list[Skipped] = []
    for row in sorted(newest.values(), key=lambda row: (row.due_at, row.key)):
        moment = calendar.next_allowed(max(now, row.due_at), row.payload.window)
        if moment >= row.expires_at:
            skipped.append(Skipped(row, "past"))
        elif moment > now:
            later.append(replace(row, due_at=moment))
        else:
            send.append(row)
    return CaughtUp(now=tuple(send), later=tuple(later), skipped=tuple(skipped))
