"""What a typed text means: one value for certain, a few that are possible, or nothing.

Rule of the file: a silent wrong value is the worst outcome, a needless question the second; so a reader says
``sure`` only where an officer at the desk would write the answer down without asking back.
"""

from __future__ import annotations

from dataclasses import dataclass

MOST_OFFERED = 3
"""More readings than this are no question one can put to a person."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """``values`` are dumped values, the likeliest first. ``sure``: exactly one, and it may be recorded at once."""

    values: tuple[str, ...] = ()
    sure: bool = False


NOTHING = Meaning()


def certain(value: str) -> Meaning:
    """It can only mean this."""
    return Meaning((value,), sure=True)


def perhaps(*values: str) -> Meaning:
    """It may mean one of these; nothing where there are none, or too many to offer."""
    offered = tuple(dict.fromkeys(values))
    return Meaning(offered) if 0 < len(offered) <= MOST_OFFERED else NOTHING
