"""Certificates that were issued: number, for whom as it is printed, for which session, and whether they still count.

Rules of the file: a number is given once and to nobody again, even where its certificate is deleted. The name stands
encrypted; the code that the QR leads to is random.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import Integer, Text, cast, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from outreach.evaluations import FEEDBACK
from storage.database import AnyRow, Transaction
from storage.tables import participation, setting
from storage.tables_training import certificate
from storage.vault import Vault


@dataclass(frozen=True, slots=True, kw_only=True)
class Certificate:
    """One of them. ``code``: what the QR leads to."""

    number: str
    respondent_id: int
    session: str
    code: str
    name: str
    jp: Decimal
    issued_on: date
    revoked_on: date | None = None


async def has_given_feedback(transaction: Transaction, respondent_id: int, session: str) -> bool:
    """Whether they answered the feedback on this session; what they said is not known here."""
    row = await transaction.first(
        select(participation.c.respondent_id).where(
            participation.c.respondent_id == respondent_id,
            participation.c.survey_name == FEEDBACK,
            participation.c.occasion == session,
        )
    )
    return row is not None


async def next_ordinal(transaction: Transaction, year: int) -> int:
    """1 for the first certificate of a year, and so on; the same is never given twice."""
    statement: Any = (sqlite if transaction.sqlite else postgresql).insert(setting)
    one_more = cast(cast(setting.c.value, Integer) + 1, Text)
    statement = statement.values(key=f"certificates:{year}", value="1").on_conflict_do_update(
        index_elements=["key"], set_={"value": one_more}
    )
    row = await transaction.first(statement.returning(setting.c.value))
    assert row is not None  # noqa: S101 -- the statement writes one row
    return int(row[0])


async def issue(
    transaction: Transaction,
    vault: Vault,
    *,
    number: str,
    respondent_id: int,
    session: str,
    name: str,
    jp: Decimal,
    on: date,
) -> Certificate:
    """Write it down. Raises Duplicate where the number is taken, or they have one of this session."""
    made = Certificate(
        number=number,
        respondent_id=respondent_id,
        session=session,
        code=secrets.token_urlsafe(16),
        name=name,
        jp=jp,
        issued_on=on,
    )
    await transaction.run(
        insert(certificate).values(
            number=number,
            respondent_id=respondent_id,
            session=session,
            code=made.code,
            name=vault.seal(_place(number), name.encode()),
            hundredths=int(jp * 100),
            issued_on=on,
        )
    )
    return made


async def of_person(transaction: Transaction, vault: Vault, respondent_id: int) -> list[Certificate]:
    """Every one of theirs, the newest last."""
    return await _found(transaction, vault, certificate.c.respondent_id == respondent_id)


async def of_session(transaction: Transaction, vault: Vault, session: str) -> list[Certificate]:
    """Every one of a session."""
    return await _found(transaction, vault, certificate.c.session == session)


async def by_code(transaction: Transaction, vault: Vault, code: str) -> Certificate | None:
    """The one its QR leads to; None where there is none."""
    return next(iter(await _found(transaction, vault, certificate.c.code == code)), None)


async def by_number(transaction: Transaction, vault: Vault, number: str) -> Certificate | None:
    """The one with this number; None where there is none."""
    return next(iter(await _found(transaction, vault, certificate.c.number == number)), None)


async def revoke(transaction: Transaction, number: str, on: date) -> bool:
    """It counts no more from now on; False where that was so already."""
    which = (certificate.c.number == number, certificate.c.revoked_on.is_(None))
    return await transaction.run(update(certificate).where(*which).values(revoked_on=on)) == 1


async def _found(transaction: Transaction, vault: Vault, which: Any) -> list[Certificate]:
    rows = await transaction.all(
        select(certificate).where(which).order_by(certificate.c.issued_on, certificate.c.number)
    )
    return [_read(row, vault) for row in rows]


def _read(row: AnyRow, vault: Vault) -> Certificate:
    return Certificate(
        number=row.number,
        respondent_id=row.respondent_id,
        session=row.session,
        code=row.code,
        name=vault.unseal(_place(row.number), row.name).decode(),
        jp=Decimal(row.hundredths) / 100,
        issued_on=row.issued_on,
        revoked_on=row.revoked_on,
    )


def _place(number: str) -> bytes:
    return b"certificate/name/%s" % number.encode()
