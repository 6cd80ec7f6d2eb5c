"""How many people and what waits, for those who look after the program; and, for a stated reason, who they are.

Rule of the file: counts are of rows and name nobody; ``identities`` is the one place that opens addresses for a person
to read, and is called by a use-case that asked for the reason.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from storage.database import Transaction
from storage.people import external_of
from storage.tables import address, respondent, ticket
from storage.vault import Vault


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """One respondent and one of their addresses."""

    respondent_id: int
    kind: str
    since: date
    channel: str
    external_id: str


async def people(transaction: Transaction) -> dict[str, int]:
    """Kind ("" where it was not said) to how many respondents."""
    rows = await transaction.all(select(respondent.c.kind, func.count()).group_by(respondent.c.kind))
    return {row[0]: int(row[1]) for row in rows}


async def channels(transaction: Transaction) -> dict[str, int]:
    """Channel to how many addresses that can be reached."""
    statement = select(address.c.channel, func.count()).where(address.c.gone.is_(False)).group_by(address.c.channel)
    return {row[0]: int(row[1]) for row in await transaction.all(statement)}


async def opted_out(transaction: Transaction) -> int:
    """How many want no announcements."""
    row = await transaction.first(select(func.count()).select_from(respondent).where(respondent.c.opted_out.is_(True)))
    return int(row[0]) if row is not None else 0


async def tickets(transaction: Transaction) -> dict[str, int]:
    """State of a ticket to how many there are."""
    rows = await transaction.all(select(ticket.c.state, func.count()).group_by(ticket.c.state))
    return {row[0]: int(row[1]) for row in rows}


async def identities(transaction: Transaction, vault: Vault, *, kind: str, most: int) -> list[Identity]:
    """Respondents of a kind with their addresses, the newest first."""
    statement = (
        select(
            respondent.c.id, respondent.c.kind, respondent.c.created_on,
            address.c.id.label("address_id"), address.c.channel, address.c.external,
        )
        .join(address, address.c.respondent_id == respondent.c.id)
        .where(respondent.c.kind == kind)
        .order_by(respondent.c.created_on.desc(), respondent.c.id, address.c.id)
        .limit(most)
    )  # fmt: skip
    return [
        Identity(
            respondent_id=row.id,
            kind=row.kind,
            since=row.created_on,
            channel=row.channel,
            external_id=external_of(row.address_id, row.external, vault),
        )
        for row in await transaction.all(statement)
    ]
