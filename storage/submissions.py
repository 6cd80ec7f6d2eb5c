"""What was handed in for tasks after trainings, and how it was judged.

Rule of the file: words and remarks are sealed for their row. Files are rows of ``media``; who assessed is written as
``respondent:17``, ``admin:17``, and with ``last:`` before it where it was the last word.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import orjson
from sqlalchemy import and_, func, insert, or_, select

from outreach.task_marks import Mark
from outreach.tasks import Task
from storage.database import AnyRow, Transaction
from storage.identifiers import random_id
from storage.tables import media
from storage.tables_roster import employee
from storage.tables_training import assessment, assignment, submission, task
from storage.tasks import Assignment, assignment_row, read
from storage.vault import Vault

LAST = "last:"
_WAITS = ("handed_in", "assessed")


@dataclass(frozen=True, slots=True, kw_only=True)
class Submission:
    """What somebody handed in; ``turn`` 1, and one more for each revision. ``files``: of ``media``."""

    id: int
    assignment_id: int
    turn: int
    at: datetime
    words: str
    files: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """How somebody judged a submission. ``levels`` by criterion."""

    submission_id: int
    assessor: str
    levels: Mapping[str, int]
    remark: str
    at: datetime
    revise: bool

    def mark(self, of: Task) -> Mark:
        """As ``outreach.tasks`` reads it, in the rubric's order."""
        levels = tuple(self.levels[one.key] for one in of.rubric)
        return Mark(assessor=self.assessor, levels=levels, revise=self.revise, last=self.assessor.startswith(LAST))


@dataclass(frozen=True, slots=True, kw_only=True)
class Pending:
    """Something handed in that is not judged to the end. ``superior``: who they are in chats, None if nobody known."""

    assignment: Assignment
    task: Task
    submission_id: int
    at: datetime
    unit: str
    superior: int | None
    marks: tuple[Mark, ...]


# ---- what is handed in ------------------------------------------------------------------------------


async def hand_in(
    transaction: Transaction, vault: Vault, number: int, words: str, files: Sequence[str], *, now: datetime
) -> Submission:
    """Keep what they handed in as the next turn. The assignment is locked. Raises StorageError."""
    row = await transaction.first(
        select(func.coalesce(func.max(submission.c.turn), 0)).where(submission.c.assignment_id == number)
    )
    made = Submission(
        id=random_id(),
        assignment_id=number,
        turn=(0 if row is None else int(row[0])) + 1,
        at=now,
        words=words,
        files=tuple(files),
    )
    await transaction.run(
        insert(submission).values(
            id=made.id,
            assignment_id=number,
            turn=made.turn,
            at=now,
            words=vault.seal(b"submission/words/%d" % made.id, words.encode()) if words else None,
            files=" ".join(files),
        )
    )
    return made


async def submissions(transaction: Transaction, vault: Vault, numbers: Collection[int]) -> list[Submission]:
    """Everything handed in for these assignments, turn by turn."""
    rows = await transaction.all(
        select(submission)
        .where(submission.c.assignment_id.in_(sorted(numbers)))
        .order_by(submission.c.assignment_id, submission.c.turn)
    )
    return [_submission(row, vault) for row in rows]


async def submission_of(transaction: Transaction, vault: Vault, number: int) -> Submission | None:
    """That one."""
    row = await transaction.first(select(submission).where(submission.c.id == number))
    return None if row is None else _submission(row, vault)


def _submission(row: AnyRow, vault: Vault) -> Submission:
    return Submission(
        id=row.id,
        assignment_id=row.assignment_id,
        turn=row.turn,
        at=row.at,
        words="" if row.words is None else vault.unseal(b"submission/words/%d" % row.id, row.words).decode(),
        files=tuple(row.files.split()),
    )


@dataclass(frozen=True, slots=True)
class File:
    """One file of a submission. ``path`` under the media folder, "" while it is not here."""

    id: str
    state: str
    path: str
    mime: str


async def files(transaction: Transaction, ids: Sequence[str]) -> list[File]:
    """These files, in their order."""
    rows = await transaction.all(
        select(media.c.id, media.c.state, media.c.path, media.c.mime).where(media.c.id.in_(ids))
    )
    found = {row.id: File(row.id, row.state, row.path, row.mime) for row in rows}
    return [found[name] for name in ids if name in found]


# ---- how it is judged -------------------------------------------------------------------------------


async def assess(transaction: Transaction, vault: Vault, one: Assessment) -> None:
    """Keep how somebody judged it. Raises Duplicate where they did so before, StorageError."""
    await transaction.run(
        insert(assessment).values(
            submission_id=one.submission_id,
            assessor=one.assessor,
            scores=orjson.dumps({"levels": dict(one.levels), "revision": one.revise}).decode(),
            remark=vault.seal(_remark(one.submission_id, one.assessor), one.remark.encode()) if one.remark else None,
            at=one.at,
        )
    )


async def assessments(transaction: Transaction, vault: Vault, numbers: Collection[int]) -> list[Assessment]:
    """How these submissions were judged, in the order in which it was done."""
    rows = await transaction.all(
        select(assessment)
        .where(assessment.c.submission_id.in_(sorted(numbers)))
        .order_by(assessment.c.at, assessment.c.assessor)
    )
    return [assessment_row(row, vault) for row in rows]


def assessment_row(row: AnyRow, vault: Vault) -> Assessment:
    """From a row of its table."""
    scores = orjson.loads(row.scores)
    place = _remark(row.submission_id, row.assessor)
    return Assessment(
        submission_id=row.submission_id,
        assessor=row.assessor,
        levels=scores["levels"],
        remark="" if row.remark is None else vault.unseal(place, row.remark).decode(),
        at=row.at,
        revise=scores["revision"],
    )


def _remark(submission_id: int, assessor: str) -> bytes:
    return b"assessment/remark/%d/%s" % (submission_id, assessor.encode())


async def pending(
    transaction: Transaction, vault: Vault, *, respondent_id: int | None = None, session: str = ""
) -> list[Pending]:
    """What is handed in and not judged to the end, the oldest first. ``respondent_id``: of their people, and of those
    who have the same task as they; None: of everybody. Two statements."""
    superior = employee.alias("superior")
    later = submission.alias("later")
    newest = select(func.max(later.c.turn)).where(later.c.assignment_id == assignment.c.id).scalar_subquery()
    statement = (
        select(
            assignment,
            task.c.session,
            task.c.notation,
            task.c.due_at.label("task_due_at"),
            submission.c.id.label("submission_id"),
            submission.c.at,
            employee.c.unit,
            superior.c.respondent_id.label("superior_id"),
        )
        .join(task, task.c.key == assignment.c.task)
        .join(submission, and_(submission.c.assignment_id == assignment.c.id, submission.c.turn == newest))
        .outerjoin(employee, employee.c.respondent_id == assignment.c.respondent_id)
        .outerjoin(superior, and_(superior.c.lookup == employee.c.superior_lookup, superior.c.left_on.is_(None)))
        .where(assignment.c.state.in_(_WAITS))
        .order_by(submission.c.at, submission.c.id)
    )
    if respondent_id is not None:
        mine = select(assignment.c.task).where(assignment.c.respondent_id == respondent_id)
        statement = statement.where(
            or_(superior.c.respondent_id == respondent_id, task.c.key.in_(mine)),
            assignment.c.respondent_id != respondent_id,
        )
    if session:
        statement = statement.where(task.c.session == session)
    rows = await transaction.all(statement)
    marks: dict[int, list[Assessment]] = {}
    for given in await assessments(transaction, vault, [row.submission_id for row in rows]):
        marks.setdefault(given.submission_id, []).append(given)
    found = []
    for row in rows:
        of = read(row.task, row.session, row.notation, row.task_due_at)
        found.append(
            Pending(
                assignment=assignment_row(row),
                task=of,
                submission_id=row.submission_id,
                at=row.at,
                unit=row.unit or "",
                superior=row.superior_id,
                marks=tuple(one.mark(of) for one in marks.get(row.submission_id, ())),
            )
        )
    return found


async def handed_in_by(transaction: Transaction, respondent_id: int) -> frozenset[str]:
    """Tasks for which they handed something in."""
    rows = await transaction.all(
        select(assignment.c.task)
        .join(submission, submission.c.assignment_id == assignment.c.id)
        .where(assignment.c.respondent_id == respondent_id)
        .distinct()
    )
    return frozenset(row.task for row in rows)


async def who_handed_in(transaction: Transaction, key: str) -> list[int]:
    """Respondents who handed this task in."""
    rows = await transaction.all(
        select(assignment.c.respondent_id)
        .join(submission, submission.c.assignment_id == assignment.c.id)
        .where(assignment.c.task == key)
        .distinct()
        .order_by(assignment.c.respondent_id)
    )
    return [row.respondent_id for row in rows]
