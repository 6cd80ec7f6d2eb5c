"""Whom a leak touches: everybody whose data were held at any time since then, by number.

Rule of the file: read-only; who somebody is, is opened by the caller alone, with a reason.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select

from storage.database import Transaction
from storage.people import external_of
from storage.tables import address, answer, consent, media, respondent, response, session, ticket
from storage.tables_privacy import privacy_request
from storage.tables_roster import employee
from storage.vault import Vault


@dataclass(frozen=True, slots=True, kw_only=True)
class Touched:
    """One respondent and how much of theirs was held."""

    respondent_id: int
    kind: str
    since: date
    channels: tuple[str, ...]
    """One for each address."""
    responses: int
    sealed_answers: int
    """Answers that name somebody (employee number, phone, name); encrypted."""
    tickets: int
    open_surveys: int
    consents: int
    addresses: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Breach:
    """All of them, and what is held beside."""

    touched: tuple[Touched, ...]
    gone: tuple[int, ...]
    """Numbers of those who had their data deleted since: theirs were held for a part of the time."""
    anonymous_responses: int
    employees: int
    """In the roster, with number, name and phone; encrypted."""
    files: int

    @property
    def channels(self) -> dict[str, int]:
        """Addresses by channel."""
        return dict(sorted(Counter(one for person in self.touched for one in person.channels).items()))


async def since(transaction: Transaction, moment: datetime) -> Breach:
    """Who is touched by a leak at any time since ``moment``. Raises StorageError."""
    addresses: dict[int, list[tuple[int, str]]] = {}
    rows = await transaction.all(
        select(address.c.respondent_id, address.c.id, address.c.channel)
        .where(address.c.respondent_id.is_not(None))
        .order_by(address.c.channel, address.c.id)
    )
    for row in rows:
        addresses.setdefault(row.respondent_id, []).append((row.id, row.channel))
    counts = {
        name: await _counted(transaction, table)
        for name, table in (("responses", response), ("tickets", ticket), ("sessions", session), ("consents", consent))
    }
    named = await transaction.all(
        select(response.c.respondent_id, func.count())
        .join(answer, answer.c.response_id == response.c.id)
        .where(response.c.respondent_id.is_not(None), answer.c.sealed.is_not(None))
        .group_by(response.c.respondent_id)
    )
    sealed = {row[0]: row[1] for row in named}
    people = await transaction.all(
        select(respondent.c.id, respondent.c.kind, respondent.c.created_on).order_by(respondent.c.id)
    )
    touched = tuple(
        Touched(
            respondent_id=one.id,
            kind=one.kind,
            since=one.created_on,
            channels=tuple(channel for _number, channel in addresses.get(one.id, ())),
            responses=counts["responses"].get(one.id, 0),
            sealed_answers=sealed.get(one.id, 0),
            tickets=counts["tickets"].get(one.id, 0),
            open_surveys=counts["sessions"].get(one.id, 0),
            consents=counts["consents"].get(one.id, 0),
            addresses=tuple(number for number, _channel in addresses.get(one.id, ())),
        )
        for one in people
    )
    gone = await transaction.all(
        select(privacy_request.c.subject)
        .where(privacy_request.c.kind == "delete", privacy_request.c.done_at >= moment)
        .distinct()
        .order_by(privacy_request.c.subject)
    )
    return Breach(
        touched=touched,
        gone=tuple(row[0] for row in gone),
        anonymous_responses=await _number(
            transaction, select(func.count()).select_from(response).where(response.c.respondent_id.is_(None))
        ),
        employees=await _number(transaction, select(func.count()).select_from(employee)),
        files=await _number(transaction, select(func.count()).select_from(media).where(media.c.state == "fetched")),
    )


async def identities(transaction: Transaction, vault: Vault) -> dict[int, tuple[str, str]]:
    """Address to (channel, the platform's own number), for the notice that each of them is owed."""
    rows = await transaction.all(
        select(address.c.id, address.c.channel, address.c.external).where(address.c.respondent_id.is_not(None))
    )
    return {row.id: (row.channel, external_of(row.id, row.external, vault)) for row in rows}


async def _counted(transaction: Transaction, table: object) -> dict[int, int]:
    column = table.c.respondent_id  # type: ignore[attr-defined]
    rows = await transaction.all(select(column, func.count()).where(column.is_not(None)).group_by(column))
    return {row[0]: row[1] for row in rows}


async def _number(transaction: Transaction, statement: object) -> int:
    row = await transaction.first(statement)  # type: ignore[arg-type]
    return int(row[0]) if row is not None else 0
