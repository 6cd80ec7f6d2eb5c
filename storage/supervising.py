"""Who answers for whom and who is called what, as the roster says.

Rule of the file: superiors are found by keyed hash; whoever is given a name has asked whether they may.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from storage import enrolments, roster
from storage.database import AnyRow, Transaction
from storage.tables_roster import employee
from storage.vault import Vault


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """Somebody of the roster. ``respondent_id``: who they are in chats, None until they proved it."""

    employee_id: int
    respondent_id: int | None
    name: str
    unit: str


_NAMED = select(employee.c.id, employee.c.respondent_id, employee.c.name, employee.c.unit)


async def people_of(transaction: Transaction, vault: Vault, respondent_id: int) -> list[Named]:
    """Those whose superior this respondent proved to be, by name."""
    own = await roster.entry_of(transaction, vault, respondent_id)
    if own is None:
        return []
    rows = await transaction.all(
        _NAMED.where(
            employee.c.superior_lookup.in_(vault.lookups(roster.NUMBER, own.number)), employee.c.left_on.is_(None)
        )
    )
    return sorted((_read(row, vault) for row in rows), key=lambda one: (one.name.casefold(), one.employee_id))


async def called(transaction: Transaction, vault: Vault, persons: Sequence[str]) -> dict[str, Named]:
    """What the roster calls those of ``persons`` (as in ``outreach``) whom it knows."""
    respondents = [one for person in persons if (one := enrolments.respondent_of(person)) is not None]
    employees = [one for person in persons if (one := enrolments.employee_of(person)) is not None]
    rows = await transaction.all(_NAMED.where(employee.c.respondent_id.in_(respondents) | employee.c.id.in_(employees)))
    found = {}
    for row in rows:
        named = _read(row, vault)
        found[enrolments.employee_called(named.employee_id)] = named
        if named.respondent_id is not None:
            found[enrolments.person_of(named.respondent_id)] = named
    return found


def _read(row: AnyRow, vault: Vault) -> Named:
    return Named(
        employee_id=row.id,
        respondent_id=row.respondent_id,
        name=vault.unseal(b"employee/name/%d" % row.id, row.name).decode(),
        unit=row.unit,
    )
