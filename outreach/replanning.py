"""What stands of a subject's reminders after it changed: new rows, moved ones, and those that are used up.

Rule of the file: planning again sends nothing twice. A time at which a row was sent, put off or settled for good is
used up; what was put off, or asked for later, keeps its own time until its subject moves.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import datetime

from outreach.reminders import replan
from outreach.reminding import Planned

FINAL = frozenset({"sent", "put_off", "answered", "told", "past", "two_a_day", "left"})
"""Outcomes after which a row is not planned anew for the same time; others (blocked, did not attend …) may change."""


def settle(
    planned: Iterable[Planned], before: Iterable[Planned], *, used: Collection[tuple[str, datetime]], now: datetime
) -> Mapping[str, Planned | None]:
    """What to write: by key the row as it stands now, None for one that is no more. ``before``: what stands;
    ``used``: keys and the times of theirs that are used up."""
    old = {row.key: row for row in before}
    stay = []
    for row in planned:
        if (row.key, row.due_at) not in used:
            if row.expires_at > now:
                stay.append(row)
        elif row.key in old and old[row.key].due_at < row.expires_at:
            stay.append(replace(old[row.key], expires_at=row.expires_at))
    return replan(tuple(old.values()), tuple(stay))
