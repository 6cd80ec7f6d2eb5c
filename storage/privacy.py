"""What people asked for about their data, until when it is due, and to what they agreed last.

Rules of the file: a request names a person by number and nothing else; what they wrote in it is encrypted and erased
when it was done. Consent is read here and only ever appended (``unit_of_work.add_consent``).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from sqlalchemy import bindparam, func, insert, null, or_, select, text, update

from storage.database import Transaction
from storage.tables import address, consent, delivery
from storage.tables_privacy import OPEN, privacy_request
from storage.tables_roster import profile
from storage.vault import Vault

Kind = Literal["access", "copy", "correct", "delete", "stop", "start"]
TIME = timedelta(hours=72)
"""3 x 24 hours (UU 27/2022, articles 30, 32, 40 and 41)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One request. ``done_at`` None: it is open."""

    id: int
    subject: int
    kind: Kind
    channel: str
    asked_at: datetime
    due_at: datetime
    done_at: datetime | None
    note: str = ""
    """What is to be corrected, in the person's words."""


async def ask(
    transaction: Transaction,
    vault: Vault,
    *,
    subject: int,
    kind: Kind,
    channel: str,
    now: datetime,
    done: bool,
    note: str = "",
) -> int:
    """Log a request; its number. ``done``: it was carried out at once."""
    row = await transaction.first(
        insert(privacy_request)
        .values(
            subject=subject,
            kind=kind,
            channel=channel,
            asked_at=now,
            due_at=now + TIME,
            done_at=now if done else None,
        )
        .returning(privacy_request.c.id)
    )
    number = int(row[0]) if row is not None else 0
    if note:
        sealed = vault.seal(_place(number), note.encode())
        await transaction.run(update(privacy_request).where(privacy_request.c.id == number).values(note=sealed))
    return number


async def done(transaction: Transaction, number: int, now: datetime) -> bool:
    """It was carried out; what they wrote goes. False where there is no such open request."""
    return (
        await transaction.run(
            update(privacy_request)
            .where(privacy_request.c.id == number, privacy_request.c.done_at.is_(None))
            .values(done_at=now, note=null())
        )
        > 0
    )


async def open_requests(transaction: Transaction, vault: Vault) -> list[Request]:
    """What is still to be carried out, the most urgent first."""
    rows = await transaction.all(
        select(privacy_request).where(text(OPEN)).order_by(privacy_request.c.due_at, privacy_request.c.id)
    )
    return [_request(row, vault) for row in rows]


async def request(transaction: Transaction, vault: Vault, number: int) -> Request | None:
    """One of them."""
    row = await transaction.first(select(privacy_request).where(privacy_request.c.id == number))
    return None if row is None else _request(row, vault)


async def requests_of(transaction: Transaction, vault: Vault, respondent_id: int) -> tuple[Request, ...]:
    """What they asked for, the oldest first."""
    of_theirs = select(privacy_request).where(privacy_request.c.subject == respondent_id)
    return tuple(_request(row, vault) for row in await transaction.all(of_theirs.order_by(privacy_request.c.id)))


def _request(row: object, vault: Vault) -> Request:
    values = dict(row._mapping)  # type: ignore[attr-defined]  # noqa: SLF001 -- its public name
    note = values["note"]
    return Request(**{**values, "note": vault.unseal(_place(values["id"]), note).decode() if note else ""})


def _place(number: int) -> bytes:
    return b"privacy_request/note/%d" % number


# ---- consent ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Standing:
    """What somebody said last about one purpose."""

    version: str
    action: str
    at: datetime


async def standing(transaction: Transaction, respondent_id: int) -> dict[str, Standing]:
    """By purpose: what they said last."""
    rows = await transaction.all(
        select(consent.c.purpose, consent.c.notice_version, consent.c.action, consent.c.at)
        .where(consent.c.respondent_id == respondent_id)
        .order_by(consent.c.id)
    )
    return {row.purpose: Standing(row.notice_version, row.action, row.at) for row in rows}


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """How many people said this last about a purpose."""

    purpose: str
    version: str
    action: str
    people: int


async def said(transaction: Transaction) -> tuple[Said, ...]:
    """What people said last, counted; by purpose, the newest notice first."""
    last = select(func.max(consent.c.id)).group_by(consent.c.respondent_id, consent.c.purpose)
    what = (consent.c.purpose, consent.c.notice_version, consent.c.action)
    statement = select(*what, func.count().label("people")).where(consent.c.id.in_(last)).group_by(*what)
    rows = await transaction.all(
        statement.order_by(consent.c.purpose, consent.c.notice_version.desc(), consent.c.action)
    )
    return tuple(
        Said(purpose=row.purpose, version=row.notice_version, action=row.action, people=row.people) for row in rows
    )


_LAST = (
    select(consent.c.respondent_id, consent.c.action)
    .where(consent.c.purpose == bindparam("purpose"), consent.c.respondent_id.in_(bindparam("ids", expanding=True)))
    .order_by(consent.c.id)
)


async def agreed(transaction: Transaction, ids: Sequence[int], purpose: str) -> frozenset[int]:
    """Those of these respondents who said yes to ``purpose`` last."""
    last = {row[0]: row[1] for row in await transaction.all(_LAST, {"purpose": purpose, "ids": list(ids)})}
    return frozenset(key for key, action in last.items() if action == "given")


async def before_stopping(transaction: Transaction, respondent_id: int) -> dict[str, tuple[str, str]]:
    """By purpose: what they said last, and what they said last that was no withdrawal, "" if nothing."""
    rows = await transaction.all(
        select(consent.c.purpose, consent.c.action)
        .where(consent.c.respondent_id == respondent_id)
        .order_by(consent.c.id)
    )
    last = {row.purpose: row.action for row in rows}
    before = {row.purpose: row.action for row in rows if row.action != "withdrawn"}
    return {purpose: (action, before.get(purpose, "")) for purpose, action in last.items()}


async def silence(transaction: Transaction, respondent_id: int, *, address_id: int, least: int, now: datetime) -> int:
    """Messages of this priority and beyond are not sent any more that wait for ``address_id``, where this was said, or
    for any address of theirs, shared ones included; how many."""
    own = select(address.c.id).where(address.c.respondent_id == respondent_id)
    shared = select(profile.c.address_id).where(profile.c.respondent_id == respondent_id)
    theirs = or_(delivery.c.address_id == address_id, delivery.c.address_id.in_(own.union(shared)))
    return await transaction.run(
        update(delivery)
        .where(theirs, delivery.c.state == "queued", delivery.c.priority >= least)
        .values(state="skipped", body=null(), reason="stopped", done_at=now)
    )
