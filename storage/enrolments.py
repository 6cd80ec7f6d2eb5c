"""Who takes part in a session.

Rules of the file: what becomes of an enrolment is decided by ``outreach.enrolment`` on all of the session's, read under
its lock, so that the last place goes to one. Why somebody withdrew is encrypted.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, func, insert, select, update

from outreach.enrolment import STRENGTH, Enrolment
from storage.database import AnyRow, Transaction
from storage.identifiers import random_id
from storage.tables_roster import employee
from storage.tables_training import enrolment
from storage.vault import Vault

_EMPLOYEE = "employee:"
"""How a person is called who was named from the roster and has not proven to be them."""


def person_of(respondent_id: int) -> str:
    """How a respondent is called in ``outreach``."""
    return str(respondent_id)


def employee_called(employee_id: int) -> str:
    """How somebody is called who was named from the roster and is not known as a respondent yet."""
    return f"{_EMPLOYEE}{employee_id}"


def respondent_of(person: str) -> int | None:
    """The respondent of that name; None for an employee who has not come yet."""
    return None if person.startswith(_EMPLOYEE) else int(person)


def employee_of(person: str) -> int | None:
    """The employee of that name; None for a respondent."""
    return int(person.removeprefix(_EMPLOYEE)) if person.startswith(_EMPLOYEE) else None


# ---- enrolments -------------------------------------------------------------------------------------


async def of_session(transaction: Transaction, vault: Vault, session: str) -> list[Enrolment]:
    """Every enrolment of the session, withdrawn ones included."""
    rows = await transaction.all(select(enrolment).where(enrolment.c.session == session).order_by(enrolment.c.id))
    return [_read(row, vault) for row in rows]


async def of_person(transaction: Transaction, vault: Vault, respondent_id: int) -> list[Enrolment]:
    """Every enrolment of theirs, in the order in which they came to be as they are."""
    return await of_anybody(transaction, vault, person_of(respondent_id))


async def of_anybody(transaction: Transaction, vault: Vault, person: str) -> list[Enrolment]:
    """The same of whoever is called so, employees who have not come yet included."""
    rows = await transaction.all(select(enrolment).where(_is(person)).order_by(enrolment.c.since, enrolment.c.session))
    return [_read(row, vault) for row in rows]


def _is(person: str) -> ColumnElement[bool]:
    respondent_id = respondent_of(person)
    if respondent_id is not None:
        return enrolment.c.respondent_id == respondent_id
    return enrolment.c.employee_id == employee_of(person)


async def keep(
    transaction: Transaction, vault: Vault, changed: Sequence[Enrolment], *, told_at: datetime | None = None
) -> None:
    """These stand as they are here. The session is locked (``trainings.session_of``). ``told_at``: their people hear of
    it now. Raises StorageError."""
    for one in changed:
        respondent_id = respondent_of(one.person)
        row = await transaction.first(select(enrolment.c.id).where(enrolment.c.session == one.session, _is(one.person)))
        number = random_id() if row is None else row.id
        values: dict[str, Any] = {
            "state": one.state,
            "since": one.since,
            "by": one.by,
            "confirmed": one.confirmed,
            "reason": vault.seal(b"enrolment/reason/%d" % number, one.reason.encode()) if one.reason else None,
            **({} if told_at is None else {"told_at": told_at}),
        }
        if row is None:
            values |= {
                "id": number,
                "session": one.session,
                "respondent_id": respondent_id,
                "employee_id": employee_of(one.person),
            }
            await transaction.run(insert(enrolment).values(**values))
        else:
            await transaction.run(update(enrolment).where(enrolment.c.id == number).values(**values))


async def untold(transaction: Transaction, session: str) -> set[str]:
    """Respondents of the session, as persons, who have not heard of the state they are in."""
    rows = await transaction.all(
        select(enrolment.c.respondent_id).where(
            enrolment.c.session == session,
            enrolment.c.respondent_id.is_not(None),
            enrolment.c.told_at.is_(None) | (enrolment.c.told_at < enrolment.c.since),
        )
    )
    return {person_of(row.respondent_id) for row in rows}


async def told(transaction: Transaction, session: str, respondents: Collection[int], at: datetime) -> None:
    """These have heard of the state they are in."""
    await transaction.run(
        update(enrolment)
        .where(enrolment.c.session == session, enrolment.c.respondent_id.in_(respondents))
        .values(told_at=at)
    )


async def proved(transaction: Transaction, employee_id: int, respondent_id: int) -> list[str]:
    """An employee is that respondent from now on: what they were named for is theirs; for which sessions."""
    named = enrolment.c.employee_id == employee_id
    rows = await transaction.all(select(enrolment.c.session).where(named).order_by(enrolment.c.session))
    await _settle(transaction, named, enrolment.c.respondent_id == respondent_id)
    await transaction.run(update(enrolment).where(named).values(respondent_id=respondent_id, employee_id=None))
    return [row.session for row in rows]


async def join(transaction: Transaction, *, gone: int, into: int) -> None:
    """Two respondents are one person: of two enrolments in one session the stronger one stays."""
    await _settle(transaction, enrolment.c.respondent_id == gone, enrolment.c.respondent_id == into)


async def _settle(transaction: Transaction, gone: ColumnElement[bool], into: ColumnElement[bool]) -> None:
    columns = select(enrolment.c.id, enrolment.c.session, enrolment.c.state)
    there = {row.session: row for row in await transaction.all(columns.where(into))}
    weaker = []
    for row in await transaction.all(columns.where(gone)):
        other = there.get(row.session)
        if other is not None:
            weaker.append(min((other, row), key=lambda one: STRENGTH.index(one.state)).id)
    if weaker:
        await transaction.run(enrolment.delete().where(enrolment.c.id.in_(weaker)))


async def counts(transaction: Transaction, sessions: Collection[str]) -> dict[str, dict[str, int]]:
    """How many in each state, by session."""
    statement = (
        select(enrolment.c.session, enrolment.c.state, func.count().label("number"))
        .where(enrolment.c.session.in_(sessions))
        .group_by(enrolment.c.session, enrolment.c.state)
    )
    found: dict[str, dict[str, int]] = {}
    for row in await transaction.all(statement):
        found.setdefault(row.session, {})[row.state] = row.number
    return found


def _read(row: AnyRow, vault: Vault) -> Enrolment:
    return Enrolment(
        person=person_of(row.respondent_id) if row.respondent_id is not None else employee_called(row.employee_id),
        session=row.session,
        state=row.state,
        since=row.since,
        reason="" if row.reason is None else vault.unseal(b"enrolment/reason/%d" % row.id, row.reason).decode(),
        by=row.by,
        confirmed=bool(row.confirmed),
    )


# ---- names ------------------------------------------------------------------------------------------


async def employees_of(transaction: Transaction, respondents: Collection[int]) -> dict[int, int]:
    """Respondent to employee, for those who proved to be one."""
    rows = await transaction.all(
        select(employee.c.id, employee.c.respondent_id).where(employee.c.respondent_id.in_(respondents))
    )
    return {row.respondent_id: row.id for row in rows}
