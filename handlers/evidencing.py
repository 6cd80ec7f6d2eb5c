"""Who may see the evidence of a training, and in which detail.

Rule of the file: everybody who looks after the program sees it without what would tell of few people; that somebody saw
every count is written down.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from handlers.auditing import reasoned, record
from handlers.permissions import TERMINAL, Actor, require
from reports.evidence import Sheet, evidence_sheet
from storage.database import Transaction
from storage.vault import Vault


async def sheet(  # noqa: PLR0913 -- each is part of what is asked
    transaction: Transaction,
    vault: Vault,
    actor: Actor,
    session: str,
    *,
    now: datetime,
    names: bool = False,
    reason: str | None = None,
    language: str = "",
    say: Callable[[str], str] = str,
) -> Sheet:
    """The evidence sheet. ``names``: with every count, in a writing transaction; ``reason``: why, None at the computer
    itself. Raises NotAllowed, Conflict where the reason is none, ReportError, StorageError."""
    require(actor, "evidence.see")
    why = ""
    if names:
        require(actor, "evidence.name")
        why = "" if reason is None and actor == TERMINAL else reasoned(reason or "", say)
    found = await evidence_sheet(transaction, vault, session, names=names, language=language, say=say)
    if names:
        whom = f"session:{session}"
        await record(transaction, vault, actor, "evidence.name", now=now, whom=whom, reason=why)
    return found
