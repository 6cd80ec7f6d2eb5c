"""What is held about one respondent, counted.

Rule of the file: counts of rows that bear the respondent's number; anonymous rows bear none and are not found here.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select

from storage.database import Transaction
from storage.tables import consent, response, ticket
from storage.tables_training import enrolment


@dataclass(frozen=True, slots=True, kw_only=True)
class Holdings:
    """How much there is."""

    responses: int
    tickets: int
    consents: int
    enrolments: int


async def held(transaction: Transaction, respondent_id: int) -> Holdings:
    """What is held about ``respondent_id``."""
    counts = []
    for table in (response, ticket, consent, enrolment):
        row = await transaction.first(
            select(func.count().label("number")).select_from(table).where(table.c.respondent_id == respondent_id)
        )
        counts.append(0 if row is None else int(row.number))
    return Holdings(responses=counts[0], tickets=counts[1], consents=counts[2], enrolments=counts[3])
