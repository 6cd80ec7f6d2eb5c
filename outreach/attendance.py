"""Who was there: the code that is shown in the room and changes every minute, and what a check-in is worth.

Rule of the file: nothing raises, whatever is typed. A code is valid in its own period and the next, so that nobody is
refused who typed while it changed. There is no list of codes: each follows from the secret, the session and the day.

Source: RFC 4226 (HOTP: a keyed hash, cut to six digits), RFC 6238 (the counter is the time).
"""

from __future__ import annotations

import hmac
from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import Literal

from outreach.enrolment import State
from outreach.training import Day, TrainingSession

DIGITS = 6
PERIOD = 60
"""Seconds for which a code is shown."""

Verdict = Literal["enrolled", "walk_in", "late", "already", "out_of_hours", "wrong", "cancelled"]
COUNTED: frozenset[Verdict] = frozenset({"enrolled", "walk_in", "late"})
"""What is recorded as attendance, one row a person and day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """When a check-in counts."""

    opens_before: timedelta = timedelta(minutes=60)
    """So long before the day begins."""
    late_after: timedelta = timedelta(minutes=15)
    """So long after it began one is late."""
    closes_after: timedelta = timedelta(minutes=30)
    """So long after its end it is over."""
    period: int = PERIOD


@dataclass(frozen=True, slots=True)
class CheckIn:
    """What a check-in is worth. ``day``: which day of the session, None where it is none of them."""

    verdict: Verdict
    day: date | None = None
    late: bool = False
    """Came late; a walk-in may be late too."""


def code(secret: bytes, session: str, day: date, now: datetime, *, period: int = PERIOD) -> str:
    """The six digits to show now."""
    return _code(secret, session, day, _turn(now, period))


def seconds_left(now: datetime, *, period: int = PERIOD) -> int:
    """How long the present code is shown yet, 1 to ``period``."""
    period = max(1, period)
    return period - int(now.timestamp()) % period


def is_code(typed: str, secret: bytes, session: str, day: date, now: datetime, *, period: int = PERIOD) -> bool:
    """Whether that is the present code of this session's day, or the one before. Blanks and dashes do not matter."""
    digits = "".join(character for character in typed if character.isdecimal())[: DIGITS + 1]
    try:
        plain = "".join(str(int(character)) for character in digits).encode()
        turn = _turn(now, period)
        valid = [hmac.compare_digest(plain, _code(secret, session, day, turn - back).encode()) for back in (0, 1)]
    except (ValueError, OverflowError):
        return False
    return any(valid)


def check_in(
    session: TrainingSession,
    typed: str,
    *,
    secret: bytes,
    state: State | None,
    recorded: Collection[date],
    now: datetime,
    timezone: tzinfo,
    rules: Rules | None = None,
) -> CheckIn:
    """What the code somebody typed or scanned is worth. ``state``: of their enrolment, None without one;
    ``recorded``: the days on which they are known to have been there.
    """
    rules = rules or Rules()
    if session.cancelled:
        return CheckIn("cancelled")
    day = open_day(session, now, timezone, rules)
    if day is None:
        return CheckIn("out_of_hours")
    if not is_code(typed, secret, session.key, day.date, now, period=rules.period):
        return CheckIn("wrong", day.date)
    if day.date in recorded:
        return CheckIn("already", day.date)
    late = now > day.begins(timezone) + rules.late_after
    if state in {"enrolled", "attended", "absent"}:
        return CheckIn("late" if late else "enrolled", day.date, late)
    return CheckIn("walk_in", day.date, late)


def open_day(session: TrainingSession, now: datetime, timezone: tzinfo, rules: Rules | None = None) -> Day | None:
    """The part of the session at which one can check in now: the one that is on, else the next, else the last."""
    rules = rules or Rules()
    found = [
        day
        for day in session.in_order
        if day.begins(timezone) - rules.opens_before <= now <= day.finishes(timezone) + rules.closes_after
    ]
    under_way = [day for day in found if day.begins(timezone) <= now < day.finishes(timezone)]
    to_come = [day for day in found if now < day.begins(timezone)]
    return next(iter((*under_way, *to_come, *reversed(found))), None)


def _turn(now: datetime, period: int) -> int:
    return int(now.astimezone(UTC).timestamp()) // max(1, period)


def _code(secret: bytes, session: str, day: date, turn: int) -> str:
    text = f"{session}\n{day.isoformat()}\n{turn}".encode(errors="surrogatepass")
    digest = hmac.digest(secret, b"attendance\n" + text, "sha256")
    start = digest[-1] & 15
    number = int.from_bytes(digest[start : start + 4], "big") & 0x7FFFFFFF
    return f"{number % 10**DIGITS:0{DIGITS}d}"
