"""What waits to be judged, and by whom: the superior of a participant, a colleague, an admin.

Rule of the file: nobody judges their own work; who is bound to units sees that of their people alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from handlers import administering
from handlers.permissions import may
from handlers.visit import Visit
from insights.task_marks import passes
from outreach.task_marks import Judge, open_to
from storage import admins, submissions
from storage.admins import Admin
from storage.submissions import Pending
from storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """Something that ``judge`` may judge now; ``how``: as one of those who mark it, or with the last word."""

    judge: Judge
    pending: Pending
    how: Literal["mark", "last"]


async def of_visit(unit: UnitOfWork, visit: Visit) -> list[Waiting]:
    """Everything that waits for whoever writes here, the oldest first. Raises StorageError."""
    found = await of_respondent(unit, visit.respondent_id)
    admin = await admins.of_address(unit.transaction, unit.vault, visit.address_id)
    if admin is not None:
        known = {one.pending.submission_id for one in found}
        found += [
            one
            for one in await of_admin(unit, admin)
            if one.pending.submission_id not in known and one.pending.assignment.respondent_id != visit.respondent_id
        ]
    return sorted(found, key=lambda one: (one.pending.at, one.pending.submission_id))


async def of_respondent(unit: UnitOfWork, respondent_id: int) -> list[Waiting]:
    """What waits for them as a superior or a colleague. Raises StorageError."""
    waiting = await submissions.pending(unit.transaction, unit.vault, respondent_id=respondent_id)
    handed_in = await submissions.handed_in_by(unit.transaction, respondent_id) if waiting else frozenset[str]()
    found = []
    for one in waiting:
        role: Literal["superior", "peer"] = "superior" if one.superior == respondent_id else "peer"
        if role == "peer" and one.task.key not in handed_in:
            continue  # who has not done it does not see how others did
        found += _if_open(Judge(f"respondent:{respondent_id}", role), one, unit)
    return found


async def of_admin(unit: UnitOfWork, admin: Admin) -> list[Waiting]:
    """What waits for an admin, the oldest first: not their own work, nor what they marked as somebody's superior or
    colleague. Raises StorageError."""
    actor = await administering.acting(unit.transaction, admin, "")
    if not may(actor, "tasks.assess"):
        return []
    themselves = await admins.respondents_of(unit.transaction, admin.id)
    marked = {f"respondent:{number}" for number in themselves}
    found = []
    for one in await submissions.pending(unit.transaction, unit.vault):
        if one.assignment.respondent_id in themselves or any(mark.assessor in marked for mark in one.marks):
            continue
        if not actor.units or (one.unit and may(actor, "tasks.assess", unit=one.unit)):
            found += _if_open(Judge(actor.name, "office"), one, unit)
    return found


def _if_open(judge: Judge, one: Pending, unit: UnitOfWork) -> list[Waiting]:
    how = open_to(
        judge,
        one.task,
        one.marks,
        double=one.assignment.double,
        passes=passes(one.task, one.marks),
        superior_known=one.superior is not None,
        waited=unit.now - one.at,
    )
    return [Waiting(judge=judge, pending=one, how=how)] if how else []
