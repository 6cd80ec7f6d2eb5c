"""What people asked for about their data, seen to by the office: what is open, what is to be corrected, what was done.

Rules of the file: people are numbers here. Opening somebody's words, and whatever names people, is written down; what
they wrote goes when it was done.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from handlers.auditing import reasoned, record
from handlers.errors import NotFound
from handlers.permissions import Actor, require
from storage import breach, privacy, retention
from storage.breach import Breach
from storage.database import Database, Transaction
from storage.privacy import Request, Said
from storage.retention import Rule
from storage.vault import Vault

Say = Callable[[str], str]


async def open_requests(transaction: Transaction, vault: Vault, actor: Actor) -> list[Request]:
    """What is still to be done, the most urgent first. Raises NotAllowed, StorageError."""
    require(actor, "requests.see")
    return await privacy.open_requests(transaction, vault)


async def opened(
    transaction: Transaction, vault: Vault, actor: Actor, number: int, *, now: datetime, say: Say = str
) -> Request:
    """One of them with the person's words; that it was opened is written down. Raises NotAllowed, NotFound."""
    _ = say
    require(actor, "requests.see")
    found = await privacy.request(transaction, vault, number)
    if found is None:
        raise NotFound(_("There is no request of that number; see: suara privacy due"))
    await record(transaction, vault, actor, "requests.see", now=now, whom=f"respondent:{found.subject}")
    return found


async def settle(
    transaction: Transaction, vault: Vault, actor: Actor, number: int, *, now: datetime, say: Say = str
) -> None:
    """It was carried out. Raises NotAllowed, NotFound where there is no such open request."""
    _ = say
    require(actor, "requests.settle")
    found = await privacy.request(transaction, vault, number)
    if found is None or not await privacy.done(transaction, number, now):
        raise NotFound(_("There is no open request of that number; see: suara privacy due"))
    await record(transaction, vault, actor, "requests.settle", now=now, whom=f"respondent:{found.subject}")


async def consents(transaction: Transaction, actor: Actor) -> tuple[Said, ...]:
    """How many people agreed to what, or not. Raises NotAllowed, StorageError."""
    require(actor, "consent.see")
    return await privacy.said(transaction)


async def retain(
    database: Database, vault: Vault, actor: Actor, rules: Sequence[Rule], *, now: datetime, look: bool
) -> Mapping[str, int]:
    """Let go what was kept long enough; how much of what. ``look``: only tell. Raises NotAllowed, StorageError."""
    require(actor, "retention.run")
    if look:
        return await retention.due(database, rules, now)
    numbers = await retention.run(database, rules, now)
    async with database.write() as transaction:
        await record(transaction, vault, actor, "retention.run", now=now, after=dict(numbers))
    return numbers


async def touched(
    transaction: Transaction,
    vault: Vault,
    actor: Actor,
    since: datetime,
    *,
    reason: str | None = None,
    now: datetime,
    say: Say = str,
) -> tuple[Breach, dict[int, tuple[str, str]]]:
    """Whom a leak touches. With a ``reason``: their addresses too, and that is written down. Raises NotAllowed,
    Conflict."""
    require(actor, "leaks.see")
    given = ""
    if reason is not None:
        require(actor, "identities.open")
        given = reasoned(reason, say)
    found = await breach.since(transaction, since)
    if reason is None:
        return found, {}
    named = await breach.identities(transaction, vault)
    await record(transaction, vault, actor, "identities.open", now=now, whom="respondents", reason=given)
    return found, named
