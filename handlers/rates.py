"""Who may see how many of which unit took part, and who has not.

Rule of the file: whoever is bound to units sees those alone; names are shown to those whose role may see them, and that
they looked, and why, is written down.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from handlers.auditing import reasoned, record
from handlers.permissions import Actor, require
from reports.response_rate import ResponseRate, response_rate
from storage.database import Transaction
from storage.vault import Vault


async def rates(
    transaction: Transaction,
    vault: Vault,
    actor: Actor,
    survey: str,
    *,
    now: datetime,
    unit: str = "",
    reason: str | None = None,
    say: Callable[[str], str] = str,
) -> ResponseRate:
    """The response rate of ``survey``, of ``unit`` or of all that are theirs. With a ``reason``: names too,
    in a writing transaction. Raises NotAllowed, Conflict where that reason is none, ReportError, StorageError."""
    require(actor, "rates.see", unit=unit)
    given = ""
    if reason is not None:
        require(actor, "rates.name", unit=unit)
        given = reasoned(reason, say)
    units = frozenset({unit}) if unit else actor.units
    found = await response_rate(transaction, vault, survey, units=units, names=reason is not None, say=say)
    if reason is not None:
        whom = f"survey:{survey}:{unit}" if unit else f"survey:{survey}"
        await record(transaction, vault, actor, "rates.name", now=now, whom=whom, reason=given)
    return found
