"""Tickets of aspirations, and what became of them.

Rule of the file: the ticket of an anonymous response answers to its PIN alone, and waits among the pending responses
until it is shuffled; asking for it there looks the same from outside.
"""

from __future__ import annotations

import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import insert, select, update

from storage.database import Transaction
from storage.errors import Missing
from storage.responses import Pending
from storage.tables import pending_response, status_change, survey, ticket
from storage.vault import Vault

NEW = "new"


@dataclass(frozen=True, slots=True)
class StatusChange:
    """One step on its way."""

    state: str
    note: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketStatus:
    """A ticket as its owner may see it. ``state`` is "new" until somebody works on it."""

    number: str
    survey_name: str
    state: str
    opened_on: date
    history: tuple[StatusChange, ...] = ()
    anonymous: bool = False
    respondent_id: int | None = None


_INSERT = insert(ticket)


async def insert_tickets(transaction: Transaction, rows: Sequence[dict[str, Any]]) -> None:
    """New tickets."""
    await transaction.run(_INSERT, rows)


async def taken(transaction: Transaction, number: str) -> bool:
    """Whether the number is in use, pending ones included."""
    for column in (ticket.c.number, pending_response.c.ticket):
        if await transaction.first(select(column).where(column == number)) is not None:
            return True
    return False


async def status(transaction: Transaction, vault: Vault, number: str, pin_seal: bytes | None) -> TicketStatus | None:
    """The ticket with its history; None where there is none, or where it is anonymous and the PIN is another one."""
    row = await transaction.first(select(ticket).where(ticket.c.number == number))
    if row is None:
        return await _pending(transaction, vault, number, pin_seal)
    if row.pin_seal is not None and not hmac.compare_digest(row.pin_seal, pin_seal or b""):
        return None
    changes = await transaction.all(
        select(status_change).where(status_change.c.number == number).order_by(status_change.c.id)
    )
    history = tuple(StatusChange(change.state, change.note, change.at) for change in changes)
    return TicketStatus(
        number=row.number,
        survey_name=row.survey_name,
        state=row.state,
        opened_on=row.opened_on,
        history=history,
        anonymous=row.pin_seal is not None,
        respondent_id=row.respondent_id,
    )


async def _pending(transaction: Transaction, vault: Vault, number: str, pin_seal: bytes | None) -> TicketStatus | None:
    row = await transaction.first(
        select(pending_response.c.id, pending_response.c.body, survey.c.name)
        .join(survey, survey.c.id == pending_response.c.survey_id)
        .where(pending_response.c.ticket == number)
    )
    if row is None:
        return None
    pending = Pending.unsealed(vault, row.id, row.body)
    if pending.pin_seal is not None and not hmac.compare_digest(pending.pin_seal, pin_seal or b""):
        return None
    return TicketStatus(number=number, survey_name=row.name, state=NEW, opened_on=pending.completed_on, anonymous=True)


async def of_respondent(transaction: Transaction, respondent_id: int) -> tuple[TicketStatus, ...]:
    """Their identified tickets, the newest last, without history."""
    rows = await transaction.all(
        select(ticket).where(ticket.c.respondent_id == respondent_id).order_by(ticket.c.opened_on, ticket.c.number)
    )
    return tuple(
        TicketStatus(
            number=row.number,
            survey_name=row.survey_name,
            state=row.state,
            opened_on=row.opened_on,
            respondent_id=row.respondent_id,
        )
        for row in rows
    )


async def change(transaction: Transaction, number: str, state: str, note: str, at: datetime) -> None:
    """Somebody worked on it. Raises Missing."""
    if not await transaction.run(update(ticket).where(ticket.c.number == number).values(state=state)):
        raise Missing(f"There is no ticket {number}.")
    await transaction.run(insert(status_change).values(number=number, state=state, note=note, at=at))


async def everything(transaction: Transaction) -> list[tuple[str, date]]:
    """Every ticket and the day it was opened, by number."""
    rows = await transaction.all(select(ticket.c.number, ticket.c.opened_on).order_by(ticket.c.number))
    return [(row[0], row[1]) for row in rows]
