"""The list of a session: everybody who takes part or was there, with their names where the roster has them.

Rule of the file: names leave it for callers alone who may see them; who withdrew is on it only if they came.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import or_, select

from outreach.enrolment import State
from storage import attendance
from storage.attendance import CheckedIn, who
from storage.database import Transaction
from storage.enrolments import employee_of, respondent_of
from storage.tables_roster import employee, org_unit
from storage.tables_training import enrolment
from storage.vault import Vault


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """One person. ``name``, ``number``, ``unit`` are "" where they did not prove to be an employee; ``state`` None:
    not enrolled."""

    person: str
    state: State | None
    days: dict[date, CheckedIn]
    name: str = ""
    number: str = ""
    unit: str = ""
    unit_label: str = ""


async def roll(transaction: Transaction, vault: Vault, session: str) -> list[Listed]:
    """Everybody, by name; those without one last, in the order they came."""
    rows = await transaction.all(
        select(enrolment.c.respondent_id, enrolment.c.employee_id, enrolment.c.state).where(
            enrolment.c.session == session
        )
    )
    states: dict[str, State] = {who(row): row.state for row in rows}
    there: dict[str, dict[date, CheckedIn]] = {}
    for one in await attendance.checked_in(transaction, session):
        there.setdefault(one.person, {})[one.day] = one
    people = [*there, *(person for person, state in states.items() if state != "cancelled" and person not in there)]
    known = await _employees(transaction, vault, people)
    listed = [
        Listed(person=person, state=states.get(person), days=there.get(person, {}), **known.get(person, {}))
        for person in people
    ]
    return sorted(listed, key=lambda one: (not one.name, one.name.casefold(), one.number))


async def _employees(transaction: Transaction, vault: Vault, people: list[str]) -> dict[str, dict[str, str]]:
    respondents = {number: person for person in people if (number := respondent_of(person)) is not None}
    named = {number: person for person in people if (number := employee_of(person)) is not None}
    rows = await transaction.all(
        select(employee.c.id, employee.c.respondent_id, employee.c.name, employee.c.number, employee.c.unit,
               org_unit.c.label)
        .outerjoin(org_unit, org_unit.c.key == employee.c.unit)
        .where(or_(employee.c.respondent_id.in_(respondents), employee.c.id.in_(named)))
    )  # fmt: skip
    return {
        named.get(row.id) or respondents[row.respondent_id]: {
            "name": vault.unseal(b"employee/name/%d" % row.id, row.name).decode(),
            "number": vault.unseal(b"employee/number/%d" % row.id, row.number).decode(),
            "unit": row.unit,
            "unit_label": row.label or row.unit,
        }
        for row in rows
    }
