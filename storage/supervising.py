"""Who answers for whom, as the roster says: the people of a superior, and the superior of somebody.

Rule of the file: found by keyed hash; a name is unsealed for the person's own superior alone.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from storage import roster
from storage.database import Transaction
from storage.tables_roster import employee
from storage.vault import Vault


@dataclass(frozen=True, slots=True, kw_only=True)
class Subordinate:
    """One of somebody's people. ``respondent_id``: who they are in chats, None until they proved it."""

    employee_id: int
    respondent_id: int | None
    name: str
    unit: str


async def people_of(transaction: Transaction, vault: Vault, respondent_id: int) -> list[Subordinate]:
    """Those whose superior this respondent proved to be, by name."""
    own = await roster.entry_of(transaction, vault, respondent_id)
    if own is None:
        return []
    rows = await transaction.all(
        select(employee.c.id, employee.c.respondent_id, employee.c.name, employee.c.unit).where(
            employee.c.superior_lookup.in_(vault.lookups(roster.NUMBER, own.number)), employee.c.left_on.is_(None)
        )
    )
    found = [
        Subordinate(
            employee_id=row.id,
            respondent_id=row.respondent_id,
            name=vault.unseal(b"employee/name/%d" % row.id, row.name).decode(),
            unit=row.unit,
        )
        for row in rows
    ]
    return sorted(found, key=lambda one: (one.name.casefold(), one.employee_id))
