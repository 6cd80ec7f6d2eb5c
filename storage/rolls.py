"""The list of a session: everybody who takes part or was there, with their names where the roster has them.

Rule of the file: names leave it for callers alone who may see them; who withdrew is on it only if they came.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, or_, select

from outreach.enrolment import State
from storage import attendance
from storage.attendance import CheckedIn, who
from storage.database import Transaction
from storage.enrolments import employee_called, employee_of, respondent_of
from storage.roster import NUMBER
from storage.tables_roster import employee, org_unit
from storage.tables_training import enrolment
from storage.vault import Vault

_AT_ONCE = 500
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """One person. ``name``, ``number``, ``unit`` are "" where they did not prove to be an employee; ``state`` None:
    not enrolled."""

    person: str
    state: State | None
    days: dict[date, CheckedIn]
    confirmed: bool = False
    """They said they will come."""
    name: str = ""
    number: str = ""
    unit: str = ""
    unit_label: str = ""


async def roll(transaction: Transaction, vault: Vault, session: str) -> list[Listed]:
    """Everybody, by name; those without one last, in the order they came."""
    rows = await transaction.all(
        select(enrolment.c.respondent_id, enrolment.c.employee_id, enrolment.c.state, enrolment.c.confirmed).where(
            enrolment.c.session == session
        )
    )
    confirmed = {who(row) for row in rows if row.confirmed}
    states: dict[str, State] = {who(row): row.state for row in rows}
    there: dict[str, dict[date, CheckedIn]] = {}
    for one in await attendance.checked_in(transaction, session):
        there.setdefault(one.person, {})[one.day] = one
    people = [*there, *(person for person, state in states.items() if state != "cancelled" and person not in there)]
    known = await _employees(transaction, vault, people)
    listed = [
        Listed(
            person=person,
            state=states.get(person),
            days=there.get(person, {}),
            confirmed=person in confirmed,
            **known.get(person, {}),
        )
        for person in people
    ]
    return sorted(listed, key=lambda one: (not one.name, one.name.casefold(), one.number))


async def by_number(transaction: Transaction, vault: Vault, numbers: Sequence[str]) -> dict[str, str]:
    """Employee number to the person, for those who are on the roster."""
    lookups = {lookup: number for number in numbers for lookup in vault.lookups(NUMBER, number)}
    found: dict[str, str] = {}
    for some in _some(list(lookups)):
        rows = await transaction.all(
            select(employee.c.lookup, employee.c.id.label("employee_id"), employee.c.respondent_id).where(
                employee.c.lookup.in_(some), employee.c.left_on.is_(None)
            )
        )
        found |= {lookups[row.lookup]: who(row) for row in rows}
    return found


async def units_of(transaction: Transaction, people: Iterable[str]) -> dict[str, str]:
    """The unit of each of these people, for those whom the roster has."""
    listed = list(people)
    found: dict[str, str] = {}
    for some in _some(listed):
        rows = await transaction.all(
            select(employee.c.id.label("employee_id"), employee.c.respondent_id, employee.c.unit).where(_among(some))
        )
        found |= {who(row): row.unit for row in rows}
    return found


def _among(people: Sequence[str]) -> ColumnElement[bool]:
    """Employees that these people are."""
    return or_(
        employee.c.respondent_id.in_([number for one in people if (number := respondent_of(one)) is not None]),
        employee.c.id.in_([number for one in people if (number := employee_of(one)) is not None]),
    )


def _some(values: Sequence[_T]) -> list[Sequence[_T]]:
    return [values[start : start + _AT_ONCE] for start in range(0, len(values), _AT_ONCE)]


async def _employees(transaction: Transaction, vault: Vault, people: Sequence[str]) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for some in _some(people):
        rows = await transaction.all(
            select(employee, employee.c.id.label("employee_id"), org_unit.c.label)
            .outerjoin(org_unit, org_unit.c.key == employee.c.unit)
            .where(_among(some))
        )
        for row in rows:
            named = {
                "name": vault.unseal(b"employee/name/%d" % row.id, row.name).decode(),
                "number": vault.unseal(b"employee/number/%d" % row.id, row.number).decode(),
                "unit": row.unit,
                "unit_label": row.label or row.unit,
            }
            found |= {who(row): named, employee_called(row.id): named}
    return found
