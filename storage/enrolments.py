"""Who takes part in a session.

Rules of the file: what becomes of an enrolment is decided by ``outreach.enrolment`` on all of the session's, read under
its lock, so that the last place goes to one. Why somebody withdrew is encrypted.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import func, insert, select, update

from outreach.enrolment import Enrolment
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
    """The employee of that name; None for somebody who is known as a respondent."""
    return int(person.removeprefix(_EMPLOYEE)) if person.startswith(_EMPLOYEE) else None


# ---- enrolments -------------------------------------------------------------------------------------


async def of_session(transaction: Transaction, vault: Vault, session: str) -> list[Enrolment]:
    """Every enrolment of the session, withdrawn ones included."""
    rows = await transaction.all(select(enrolment).where(enrolment.c.session == session).order_by(enrolment.c.id))
    return [_read(row, vault) for row in rows]


async def of_person(transaction: Transaction, vault: Vault, respondent_id: int) -> list[Enrolment]:
    """Every enrolment of theirs."""
    rows = await transaction.all(
        select(enrolment).where(enrolment.c.respondent_id == respondent_id).order_by(enrolment.c.since)
    )
    return [_read(row, vault) for row in rows]


async def keep(transaction: Transaction, vault: Vault, changed: Sequence[Enrolment]) -> None:
    """These stand as they are here. The session is locked (``trainings.session_of``). Raises StorageError."""
    for one in changed:
        respondent_id = respondent_of(one.person)
        employee_id = None if respondent_id is not None else int(one.person.removeprefix(_EMPLOYEE))
        who = (
            enrolment.c.respondent_id == respondent_id
            if respondent_id is not None
            else enrolment.c.employee_id == employee_id
        )
        row = await transaction.first(select(enrolment.c.id).where(enrolment.c.session == one.session, who))
        number = random_id() if row is None else row.id
        values: dict[str, Any] = {
            "state": one.state,
            "since": one.since,
            "by": one.by,
            "confirmed": one.confirmed,
            "reason": vault.seal(b"enrolment/reason/%d" % number, one.reason.encode()) if one.reason else None,
        }
        if row is None:
            values |= {
                "id": number,
                "session": one.session,
                "respondent_id": respondent_id,
                "employee_id": employee_id,
            }
            await transaction.run(insert(enrolment).values(**values))
        else:
            await transaction.run(update(enrolment).where(enrolment.c.id == number).values(**values))


async def proved(transaction: Transaction, employee_id: int, respondent_id: int) -> None:
    """An employee is that respondent from now on: what they were named for is theirs."""
    mine = select(enrolment.c.session).where(enrolment.c.respondent_id == respondent_id)
    named = enrolment.c.employee_id == employee_id
    await transaction.run(enrolment.delete().where(named, enrolment.c.session.in_(mine)))
    await transaction.run(update(enrolment).where(named).values(respondent_id=respondent_id, employee_id=None))


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
