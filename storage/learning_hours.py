"""The learning hours (JP) somebody has in a year: what sessions earned them, and what the office noted.

Rule of the file: a session's hours stand once a person and year, whatever is worked out again; what the office noted
has its evidence beside it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import func, insert, select, update

from storage.attendance import theirs
from storage.database import Transaction
from storage.enrolments import employee_of, respondent_of
from storage.identifiers import random_id
from storage.tables_training import learning_hours, training, training_session


@dataclass(frozen=True, slots=True, kw_only=True)
class Earned:
    """Some JP of one year. ``notation``: the training as it is written, "" for what the office noted."""

    year: int
    jp: Decimal
    session: str
    evidence: str
    notation: str = ""


async def earn(transaction: Transaction, session: str, people: Mapping[str, Mapping[int, Decimal]]) -> None:
    """What the session earned each of these people by year, and nobody else, in place of what stood for it before.
    Raises StorageError."""
    await transaction.run(learning_hours.delete().where(learning_hours.c.session == session))
    rows = [
        _row(person, year, jp, session=session)
        for person, years in sorted(people.items())
        for year, jp in sorted(years.items())
        if jp
    ]
    if rows:
        await transaction.run(insert(learning_hours), rows)


async def note(transaction: Transaction, person: str, year: int, jp: Decimal, evidence: str) -> None:
    """The office noted them. Raises StorageError."""
    await transaction.run(insert(learning_hours), [_row(person, year, jp, evidence=evidence)])


async def total(transaction: Transaction, person: str, year: int) -> Decimal:
    """All their JP of a year."""
    row = await transaction.first(
        select(func.coalesce(func.sum(learning_hours.c.hundredths), 0)).where(
            theirs(learning_hours, person), learning_hours.c.year == year
        )
    )
    return Decimal(0) if row is None else Decimal(int(row[0])) / 100


async def of_person(transaction: Transaction, person: str, year: int | None = None) -> list[Earned]:
    """Each of them, by year, the sessions before what was noted."""
    statement = (
        select(learning_hours, training.c.notation)
        .outerjoin(training_session, training_session.c.key == learning_hours.c.session)
        .outerjoin(training, training.c.key == training_session.c.training)
        .where(theirs(learning_hours, person))
        .order_by(learning_hours.c.year, training_session.c.first_on.is_(None), training_session.c.first_on,
                  learning_hours.c.id)
    )  # fmt: skip
    if year is not None:
        statement = statement.where(learning_hours.c.year == year)
    return [
        Earned(
            year=row.year,
            jp=Decimal(row.hundredths) / 100,
            session=row.session or "",
            evidence=row.evidence,
            notation=row.notation or "",
        )
        for row in await transaction.all(statement)
    ]


async def proved(transaction: Transaction, employee_id: int, respondent_id: int) -> None:
    """An employee is that respondent from now on. What both have of one session is earned anew by who settles it."""
    named = learning_hours.c.employee_id == employee_id
    mine = select(learning_hours.c.session).where(
        learning_hours.c.respondent_id == respondent_id, learning_hours.c.session.is_not(None)
    )
    await transaction.run(learning_hours.delete().where(named, learning_hours.c.session.in_(mine)))
    await transaction.run(update(learning_hours).where(named).values(respondent_id=respondent_id, employee_id=None))


def _row(person: str, year: int, jp: Decimal, *, session: str | None = None, evidence: str = "") -> dict[str, object]:
    return {
        "id": random_id(),
        "respondent_id": respondent_of(person),
        "employee_id": employee_of(person),
        "year": year,
        "hundredths": int(jp * 100),
        "session": session,
        "evidence": evidence,
    }
