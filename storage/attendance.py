"""Who was there: one row a person and day of a session.

Rules of the file: somebody named from the roster who has not written yet stands as an employee until they prove to be
one, as in ``storage.enrolments``. Where two records become one, the better of two rows for a day stays, and what the
session earned is worked out anew.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

from sqlalchemy import ColumnElement, func, select, update
from sqlalchemy.dialects import postgresql, sqlite

from storage.database import AnyRow, Transaction
from storage.enrolments import employee_called, employee_of, person_of, respondent_of
from storage.identifiers import random_id
from storage.tables_training import attendance, training_session

How = Literal["code", "list"]
_PUT: Mapping[bool, Any] = {True: sqlite.insert(attendance), False: postgresql.insert(attendance)}


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedIn:
    """Somebody was there. ``person`` as in ``storage.enrolments``."""

    person: str
    day: date
    at: datetime
    how: How
    late: bool = False


async def check_in(transaction: Transaction, session: str, one: CheckedIn) -> bool:
    """They were there on that day; False where that stood already. Raises StorageError."""
    statement = _PUT[transaction.sqlite].values(
        id=random_id(),
        session=session,
        day=one.day,
        respondent_id=respondent_of(one.person),
        employee_id=employee_of(one.person),
        at=one.at,
        how=one.how,
        late=one.late,
    )
    return bool(await transaction.all(statement.on_conflict_do_nothing().returning(attendance.c.id)))


async def take_back(transaction: Transaction, session: str, day: date, person: str) -> bool:
    """They were not there after all; False where nothing stood."""
    which = (attendance.c.session == session, attendance.c.day == day, theirs(attendance, person))
    return await transaction.run(attendance.delete().where(*which)) == 1


async def checked_in(transaction: Transaction, session: str) -> list[CheckedIn]:
    """Who was there when, in the order they came."""
    rows = await transaction.all(
        select(attendance)
        .where(attendance.c.session == session)
        .order_by(attendance.c.day, attendance.c.at, attendance.c.id)
    )
    return [_read(row) for row in rows]


async def of_person(transaction: Transaction, person: str) -> list[tuple[str, CheckedIn]]:
    """Where they were when, with the session's key."""
    rows = await transaction.all(
        select(attendance).where(theirs(attendance, person)).order_by(attendance.c.day, attendance.c.session)
    )
    return [(row.session, _read(row)) for row in rows]


async def days_of(transaction: Transaction, sessions: Collection[str], person: str) -> dict[str, frozenset[date]]:
    """On which days of these sessions they were there; a session without any is left out."""
    rows = await transaction.all(
        select(attendance.c.session, attendance.c.day).where(
            attendance.c.session.in_(sessions), theirs(attendance, person)
        )
    )
    found: dict[str, set[date]] = {}
    for row in rows:
        found.setdefault(row.session, set()).add(row.day)
    return {session: frozenset(days) for session, days in found.items()}


async def count(transaction: Transaction, session: str, day: date) -> int:
    """How many were there on that day."""
    row = await transaction.first(select(func.count()).where(attendance.c.session == session, attendance.c.day == day))
    return 0 if row is None else int(row[0])


def _read(row: AnyRow) -> CheckedIn:
    return CheckedIn(person=who(row), day=row.day, at=row.at, how=row.how, late=bool(row.late))


# ---- becoming one -----------------------------------------------------------------------------------


async def proved(transaction: Transaction, employee_id: int, respondent_id: int) -> None:
    """An employee is that respondent from now on: where they were is theirs."""
    await _become(transaction, attendance.c.employee_id == employee_id, respondent_id)


async def joined(transaction: Transaction, gone: int, into: int) -> None:
    """``gone`` is ``into`` from now on."""
    await _become(transaction, attendance.c.respondent_id == gone, into)


async def _become(transaction: Transaction, one: ColumnElement[bool], respondent_id: int) -> None:
    rows = await transaction.all(select(attendance).where(one))
    if not rows:
        return
    sessions = sorted({row.session for row in rows})
    here = await transaction.all(
        select(attendance).where(attendance.c.respondent_id == respondent_id, attendance.c.session.in_(sessions))
    )
    there = {(row.session, row.day): row for row in here}
    for row in rows:
        other = there.get((row.session, row.day))
        better = row if other is None or _better(row, other) else other
        worse = other if better is row else row
        if worse is not None:
            await transaction.run(attendance.delete().where(attendance.c.id == worse.id))
        if better is row:
            mine = {"respondent_id": respondent_id, "employee_id": None}
            await transaction.run(update(attendance).where(attendance.c.id == row.id).values(mine))
    await transaction.run(update(training_session).where(training_session.c.key.in_(sessions)).values(settled=False))


def _better(one: AnyRow, other: AnyRow) -> bool:
    """In time before late; shown by the code before noted on a list; the earlier."""
    return (one.late, one.how != "code", one.at) < (other.late, other.how != "code", other.at)


# ---- who --------------------------------------------------------------------------------------------


def who(row: AnyRow) -> str:
    """The person of a row that is a respondent's or an employee's."""
    return person_of(row.respondent_id) if row.respondent_id is not None else employee_called(row.employee_id)


def theirs(table: Any, person: str) -> ColumnElement[bool]:
    """Whether a row of such a table is that person's."""
    respondent_id = respondent_of(person)
    mine: ColumnElement[bool] = (
        table.c.respondent_id == respondent_id
        if respondent_id is not None
        else table.c.employee_id == employee_of(person)
    )
    return mine
