"""Whose tasks they are: what is held about somebody, what becomes of it when two people are one, and how it goes.

Rule of the file: how somebody judged others outlives them, under no name and without their words.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy import delete, select, update

from outreach.tasks import State, Task
from storage import submissions
from storage.database import AnyRow, Transaction
from storage.identifiers import random_id
from storage.submissions import Assessment, Submission
from storage.tables_training import assessment, assignment, submission
from storage.tasks import Assignment, of_person
from storage.vault import Vault


async def joined(transaction: Transaction, vault: Vault, gone: int, into: int) -> None:
    """``gone`` is ``into`` from now on: of one task of both, what got further stays; marks are theirs."""
    rows = await transaction.all(select(assignment).where(assignment.c.respondent_id.in_([gone, into])))
    both: dict[str, list[AnyRow]] = {}
    for row in rows:
        both.setdefault(row.task, []).append(row)
    for pair in both.values():
        if len(pair) == 2:
            least = min(pair, key=lambda row: (_FURTHER.index(row.state), row.since, row.respondent_id == into))
            await transaction.run(delete(assignment).where(assignment.c.id == least.id))
    await transaction.run(update(assignment).where(assignment.c.respondent_id == gone).values(respondent_id=into))
    name, other = f"respondent:{gone}", f"respondent:{into}"
    given = await transaction.all(select(assessment).where(assessment.c.assessor.in_((name, other))))
    there = {row.submission_id for row in given if row.assessor == other}
    await transaction.run(delete(assessment).where(assessment.c.assessor == name))
    for row in given:
        if row.assessor == name and row.submission_id not in there:
            await submissions.assess(
                transaction, vault, replace(submissions.assessment_row(row, vault), assessor=other)
            )


_FURTHER: Sequence[State] = ("assigned", "revision", "handed_in", "assessed", "not_yet", "passed")


async def forget(transaction: Transaction, respondent_id: int) -> list[str]:
    """What they handed in goes; how they judged others stays under no name and without their words. Returns the media
    ids of their files. Raises StorageError."""
    rows = await transaction.all(
        select(submission.c.files)
        .join(assignment, assignment.c.id == submission.c.assignment_id)
        .where(assignment.c.respondent_id == respondent_id, submission.c.files != "")
    )
    await transaction.run(delete(assignment).where(assignment.c.respondent_id == respondent_id))
    nobody = f"nobody:{random_id()}"
    await transaction.run(
        update(assessment)
        .where(assessment.c.assessor == f"respondent:{respondent_id}")
        .values(assessor=nobody, remark=None)
    )
    return [name for row in rows for name in row.files.split()]


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A task of somebody with everything of it: what they handed in, and what they were told of it."""

    assignment: Assignment
    task: Task
    submissions: tuple[Submission, ...]
    remarks: tuple[Assessment, ...]


async def held(transaction: Transaction, vault: Vault, respondent_id: int) -> tuple[Held, ...]:
    """All tasks of theirs; who assessed is nobody's business."""
    found = []
    for given, of in await of_person(transaction, respondent_id):
        handed_in = await submissions.submissions(transaction, vault, [given.id])
        judged = await submissions.assessments(transaction, vault, [one.id for one in handed_in])
        found.append(Held(assignment=given, task=of, submissions=tuple(handed_in), remarks=tuple(judged)))
    return tuple(found)
