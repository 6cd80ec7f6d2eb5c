"""What a doctor is given and what they say: well, to be minded, or wrong; with what to do about it.

Rule of the file: values alone. A sentence never holds a secret or anything of a person.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from bot.config import Config
from storage.health import Health

Level = Literal["well", "mind", "wrong"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One line."""

    level: Level
    said: str
    remedy: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Patient:
    """The installation. ``now`` is aware; ``say`` is gettext."""

    config: Config
    now: datetime
    say: Callable[[str], str]
    health: Health | None = None
    """What the database said, None where there is none, or it could not be asked."""
    running: str | None = None
    """The process that works on the data folder ("" if its number is unknown), None if nobody does."""
