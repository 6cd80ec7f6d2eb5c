"""Who may see the evidence of a training, and in which detail.

Rule of the file: everybody who looks after the program sees it without what would tell of few people; that somebody saw
every count is written down.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from handlers.auditing import record
from handlers.permissions import Actor, require
from reports.evidence import Sheet, evidence_sheet
from storage.database import Transaction
from storage.vault import Vault


async def sheet(
    transaction: Transaction,
    vault: Vault,
    actor: Actor,
    session: str,
    *,
    now: datetime,
    names: bool = False,
    say: Callable[[str], str] = str,
) -> Sheet:
    """The evidence sheet. ``names``: with every count, in a writing transaction. Raises NotAllowed, ReportError,
    StorageError."""
    require(actor, "evidence.see")
    if names:
        require(actor, "evidence.name")
    found = await evidence_sheet(transaction, vault, session, names=names, say=say)
    if names:
        await record(transaction, vault, actor, "evidence.name", now=now, whom=f"session:{session}")
    return found
