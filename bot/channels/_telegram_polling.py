"""Fetches updates from Telegram, for an office whose PC nobody can call.

Rule of the file: the next offset is asked for only after what came before is committed. Whatever goes wrong, the same
updates are asked for again; nothing is skipped and nothing is kept in memory.
"""

from __future__ import annotations

import asyncio
import logging
import random
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, Literal, Protocol

from bot.channels.base import SendError
from surveys.messages import Incoming

_LOG = logging.getLogger(__name__)
LONGEST_PAUSE = 60.0
"""Seconds between two tries at most."""
AFTER_AN_OUTAGE = 5.0
"""The same where nobody refused: the network was away, or the database; people wait for it to be over."""

Accept = Callable[[Sequence[Incoming]], Awaitable[None]]
"""Commits a batch; returns when it is durable. An exception means: not committed, ask again."""
AcceptPoison = Callable[[str, Mapping[str, Any], ValueError], Awaitable[None]]
"""Records an update that cannot be read: its id, what came, and why. Returns when that is durable."""
Trouble = Literal["", "unreachable", "conflict", "refused", "not committed"]
Watch = Callable[[Trouble], None]
"""Told whenever how it goes changes; "" = well."""


class Source(Protocol):
    """What the loop asks of the channel."""

    def parse(self, update: Mapping[str, object], now: datetime) -> Incoming | None:
        """As ``Channel.parse``."""

    async def updates(self, offset: int, *, limit: int, seconds: float) -> list[dict[str, Any]]:
        """Updates from ``offset`` on, waiting up to ``seconds`` for the first. Raises SendError."""


class ConflictError(SendError):
    """Another program fetches the updates of this bot, or a webhook is set."""


async def poll(
    source: Source,
    accept: Accept,
    accept_poison: AcceptPoison,
    *,
    rng: random.Random,
    limit: int = 100,
    seconds: float = 25.0,
    watch: Watch = lambda trouble: None,
) -> None:
    """Fetch, hand over, confirm; until it is cancelled. ``limit``: updates at once (1–100), ``seconds``: how long one
    request may wait for news."""
    offset = 0
    tries = 0
    before: Trouble = ""
    while True:
        trouble, asked = await _once(source, accept, accept_poison, offset, limit, seconds)
        if trouble != before:
            watch(trouble)
            before = trouble
        if trouble:
            tries += 1
            outage = trouble in {"unreachable", "not committed"}
            await asyncio.sleep(pause(tries, asked, rng, most=AFTER_AN_OUTAGE if outage else LONGEST_PAUSE))
        else:
            tries, offset = 0, int(asked)


async def _once(
    source: Source, accept: Accept, accept_poison: AcceptPoison, offset: int, limit: int, seconds: float
) -> tuple[Trouble, float]:
    """("", next offset), or what went wrong and the seconds Telegram asks to wait (0 = it said nothing)."""
    try:
        found = await source.updates(offset, limit=limit, seconds=seconds)
    except ConflictError:
        return "conflict", 0.0
    except SendError as error:
        return "refused" if error.permanent or error.retry_after else "unreachable", error.retry_after or 0.0
    now = datetime.now(UTC)
    batch: list[Incoming] = []
    poison: list[tuple[str, Mapping[str, Any], ValueError]] = []
    for update in found:
        try:
            incoming = source.parse(update, now)
        except ValueError as error:
            poison.append((str(update["update_id"]), update, error))
        else:
            if incoming is not None:
                batch.append(incoming)
    try:
        if batch:
            await accept(batch)
        for number, raw, why in poison:
            await accept_poison(number, raw, why)
    except Exception:  # noqa: BLE001 -- an edge: whatever it was, it is not committed
        _LOG.exception("Updates from Telegram could not be kept; they are asked for again.")
        return "not committed", 0.0
    return "", max((update["update_id"] + 1 for update in found), default=offset)


def pause(tries: int, asked: float, rng: random.Random, *, most: float = LONGEST_PAUSE) -> float:
    """Seconds to wait after ``tries`` failures in a row: doubling, never less than asked for, with jitter so that
    several programs do not come back together."""
    return max(asked, min(most, 0.5 * 2.0 ** min(tries, 8))) * (1 + rng.random() / 2)
