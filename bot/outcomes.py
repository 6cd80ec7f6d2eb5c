"""What became of one delivery, as it is written down: sent, ended, given up, or for whoever claims it next.

Rule of the file: it makes marks; when which is made is decided in ``delivery``.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from storage.deliveries import REMINDER, Leased, Mark, Outcome

AMBIGUOUS = "ambiguous"
"""Reason of a row that may have arrived already; before its end with the number of tries of which nobody knows."""


def sent(one: Leased, message_id: str) -> Mark:
    """``message_id`` is "" where an earlier copy may stand on the screen: an answer to that one is no early answer."""
    return Mark(id=one.id, address_id=one.address_id, outcome="sent", message_id=message_id, tag=one.outgoing.tag)


def ended(one: Leased, outcome: Outcome, reason: str) -> Mark:
    """It is not tried again."""
    return Mark(
        id=one.id, address_id=one.address_id, outcome=outcome, tag=one.outgoing.tag, reason=reason,
        attempts=one.attempts,
    )  # fmt: skip


def given_up(one: Leased, reason: str) -> Mark:
    """It could have been sent, but for the way there."""
    awaited = one.priority < REMINDER and bool(one.outgoing.text)
    return replace(ended(one, "failed", reason), missed=awaited or bool(one.outgoing.tag))


def again(one: Leased, attempts: int, not_before: datetime, reason: str) -> Mark:
    """Not before then."""
    return replace(put_back(one, not_before), attempts=attempts, reason=reason)


def put_back(one: Leased, not_before: datetime | None) -> Mark:
    """It was not tried."""
    return Mark(
        id=one.id, address_id=one.address_id, outcome="queued", attempts=one.attempts, not_before=not_before,
        reason=one.reason,
    )  # fmt: skip


def copies(one: Leased) -> int:
    """How many tries so far may have arrived."""
    word, _, number = one.reason.partition(" ")
    return int(number or "1") if word == AMBIGUOUS else 0


def doubt(many: int) -> str:
    """The reason that keeps that number, "" for none."""
    return f"{AMBIGUOUS} {many}" if many else ""
