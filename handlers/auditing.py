"""Writes down what an admin did: who, what, whom, what it was before and is since, from where, and why.

Rule of the file: it is the last thing in the transaction of what was done, so that both happen or none; reasons pass
redaction, as all free text does. Whoever opens names says why (``reasoned``).
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime
from typing import Final

from handlers.errors import Conflict
from handlers.permissions import TERMINAL, Actor
from storage import audit
from storage.database import Transaction
from storage.vault import Vault
from surveys.text.redaction import redact

log = logging.getLogger(__name__)

SHORTEST_REASON: Final = 10
LONGEST_REASON: Final = 300


def reasoned(reason: str, say: Callable[[str], str]) -> str:
    """Why somebody wants to see who people are, as it is kept. Raises Conflict where no reason was given."""
    _ = say
    given = " ".join(reason.split())
    if not SHORTEST_REASON <= len(given) <= LONGEST_REASON:
        words = _("Please write why you need to know, with {low} to {high} characters: it is kept in the audit.")
        raise Conflict(words.format(low=SHORTEST_REASON, high=LONGEST_REASON))
    return given


async def owe(transaction: Transaction, actor: Actor, act: str, *, now: datetime) -> None:
    """Append it as soon as the keys are there. Raises StorageError."""
    await audit.owe(transaction, audit.Entry(actor=actor.name, act=act, origin=actor.origin), now=now)


async def record(  # noqa: PLR0913 -- each is a column
    transaction: Transaction,
    vault: Vault,
    actor: Actor,
    act: str,
    *,
    now: datetime,
    whom: str = "",
    before: object = None,
    after: object = None,
    reason: str = "",
) -> None:
    """Append it. ``whom``: a pseudonymous name ("survey:skm", "ticket:ALK-…", "respondent:17"). Raises StorageError."""
    entry = audit.Entry(
        actor=actor.name,
        act=act,
        whom=whom,
        before=before,
        after=after,
        origin=actor.origin,
        reason=redact(reason)[0],
    )
    tail = await audit.append(transaction, vault, entry, now=now)
    # At the terminal whoever did it reads what was done; elsewhere the log holds the end of the chain in another place.
    level = logging.DEBUG if actor.name == TERMINAL.name else logging.INFO
    log.log(level, "audit: %s %s, row %s", actor.name, act, tail)
