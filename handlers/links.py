"""Links of the chat that lead to one thing, by how what they carry begins: ``t-KEY`` is a session of a training.

Rule of the file: one line for each kind of link; who may not have what it leads to is told so by whoever serves it.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping

from handlers import checking_in, evaluating, learning_session, task_desk
from handlers.desk import Desk
from handlers.visit import Visit

Follow = Callable[[Visit, str, Desk], Awaitable[None]]
"""(visitor, what stands after the beginning, desk)"""

_LINKS: Mapping[str, Follow] = {
    "h-": checking_in.linked,
    "j-": task_desk.linked,
    "s-": evaluating.opened,
    "t-": learning_session.opened,
}
_AT_ONCE = frozenset({"h-"})
"""Followed before it is asked who writes: a code lives for a minute."""


def at_once(payload: str) -> bool:
    """Whether it is such a link, and waits for nothing."""
    return payload[:2] in _AT_ONCE


def leads(payload: str) -> bool:
    """Whether it is such a link."""
    return payload[:2] in _LINKS


async def follow(visit: Visit, payload: str, desk: Desk) -> bool:
    """Go where it leads. False where it is no such link. Raises StorageError."""
    serves = _LINKS.get(payload[:2])
    if serves is None:
        return False
    await serves(visit, payload[2:], desk)
    return True
