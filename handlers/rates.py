"""Who may see how many of which unit took part, and who has not.

Rule of the file: whoever is bound to units sees those alone; names are shown to those whose role may see them, and that
they looked is written down.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from handlers.auditing import record
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
    names: bool = False,
    say: Callable[[str], str] = str,
) -> ResponseRate:
    """The response rate of ``survey``, of ``unit`` or of all that are theirs. ``names``: in a writing transaction.
    Raises NotAllowed, ReportError, StorageError."""
    require(actor, "rates.see", unit=unit)
    if names:
        require(actor, "rates.name", unit=unit)
    units = frozenset({unit}) if unit else actor.units
    found = await response_rate(transaction, vault, survey, units=units, names=names, say=say)
    if names:
        await record(transaction, vault, actor, "rates.name", now=now, whom=f"survey:{survey}", reason=unit)
    return found
