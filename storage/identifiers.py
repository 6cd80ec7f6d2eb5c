"""Numbers of rows: random ones that say nothing, and ones that grow with time.

Rule of the file: both fit a signed 64-bit integer and are drawn without asking the database.
"""

from __future__ import annotations

import itertools
import secrets
from datetime import UTC, datetime

_EPOCH = datetime(2020, 1, 1, tzinfo=UTC)
_serial = itertools.count(secrets.randbits(12))
_process = secrets.randbits(9)


def random_id() -> int:
    """62 random bits, never 0."""
    return secrets.randbits(62) or 1


def timed_id(now: datetime) -> int:
    """Milliseconds since 2020 (41 bits), 9 bits of this process, a serial of 12: in time order within a few
    milliseconds."""
    milliseconds = int((now - _EPOCH).total_seconds() * 1000)
    return milliseconds << 21 | _process << 12 | (next(_serial) & 0xFFF)
