"""Tasks after trainings: what was asked of whom, and where they stand with it.

Rule of the file: where somebody stands is decided by ``outreach.tasks`` on rows that are locked; what was handed in and
how it was judged stands in ``storage.submissions``.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import orjson
from sqlalchemy import and_, select, update
from sqlalchemy.dialects import postgresql, sqlite

from outreach.tasks import Criterion, State, Task
from storage.database import AnyRow, Transaction
from storage.identifiers import random_id
from storage.tables_roster import employee
from storage.tables_training import assignment, enrolment, task, training_session
from storage.vault import Vault

_PUT: Mapping[bool, Any] = {True: sqlite.insert(task), False: postgresql.insert(task)}
_ASSIGN: Mapping[bool, Any] = {True: sqlite.insert(assignment), False: postgresql.insert(assignment)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Assignment:
    """A task of somebody. ``double``: two people mark it."""

    id: int
    task: str
    respondent_id: int
    state: State
    since: datetime
    due_at: datetime
    double: bool


# ---- tasks ------------------------------------------------------------------------------------------


async def put(transaction: Transaction, one: Task) -> None:
    """This task stands as it is here. Raises StorageError."""
    statement = _PUT[transaction.sqlite].values(
        key=one.key, session=one.session, notation=dumped(one), due_at=one.due.astimezone(UTC)
    )
    new = statement.excluded
    await transaction.run(
        statement.on_conflict_do_update(index_elements=["key"], set_={"notation": new.notation, "due_at": new.due_at})
    )


async def one(transaction: Transaction, key: str) -> Task | None:
    """The task of that key."""
    row = await transaction.first(select(task).where(task.c.key == key))
    return None if row is None else _task(row)


async def of_session(transaction: Transaction, session: str) -> list[Task]:
    """Every task of a session, by key."""
    rows = await transaction.all(select(task).where(task.c.session == session).order_by(task.c.key))
    return [_task(row) for row in rows]


async def listed(transaction: Transaction, since: datetime) -> list[Task]:
    """Those due from then on, the soonest first."""
    rows = await transaction.all(select(task).where(task.c.due_at >= since).order_by(task.c.due_at, task.c.key))
    return [_task(row) for row in rows]


def dumped(one: Task) -> str:
    """A task as it is written."""
    said = {
        "title": one.title,
        "instruction": one.instruction,
        "competence": one.competence,
        "evidence": sorted(one.evidence),
        "assessor": one.assessor,
        "rubric": [[line.key, line.weight, line.label, list(line.anchors)] for line in one.rubric],
        "double": one.double,
        "escalates_to": one.escalates_to,
    }
    return orjson.dumps(said, option=orjson.OPT_SORT_KEYS).decode()


def _task(row: AnyRow) -> Task:
    return read(row.key, row.session, row.notation, row.due_at)


def read(key: str, session: str, notation: str, due: datetime) -> Task:
    """The task again."""
    said = orjson.loads(notation)
    return Task(
        key=key,
        session=session,
        title=said["title"],
        instruction=said["instruction"],
        due=due,
        competence=said["competence"],
        evidence=frozenset(said["evidence"]),
        assessor=said["assessor"],
        rubric=tuple(
            Criterion(key=name, weight=weight, label=label, anchors=tuple(anchors))
            for name, weight, label, anchors in said["rubric"]
        ),
        double=said["double"],
        escalates_to=said["escalates_to"],
    )


# ---- assignments ------------------------------------------------------------------------------------


async def attended(transaction: Transaction, session: str) -> list[int]:
    """Respondents who attended the session, by number."""
    rows = await transaction.all(
        select(enrolment.c.respondent_id)
        .where(
            enrolment.c.session == session,
            enrolment.c.state == "attended",
            enrolment.c.respondent_id.is_not(None),
        )
        .order_by(enrolment.c.respondent_id)
    )
    return [row.respondent_id for row in rows]


async def assign(
    transaction: Transaction, of: Task, people: Sequence[int], *, twice: Collection[int], now: datetime
) -> list[Assignment]:
    """It is theirs to do; ``twice``: those of them whose work two people mark. Who has it keeps it. Returns the new
    ones. Raises StorageError."""
    if not people:
        return []
    rows = [
        {
            "id": random_id(),
            "task": of.key,
            "respondent_id": person,
            "state": "assigned",
            "since": now,
            "due_at": of.due.astimezone(UTC),
            "double": person in twice,
        }
        for person in sorted(people)
    ]
    statement = _ASSIGN[transaction.sqlite].values(rows).on_conflict_do_nothing().returning(assignment.c.id)
    new = {row.id for row in await transaction.all(statement)}
    return [_assignment_of(row) for row in rows if row["id"] in new]


def _assignment_of(row: Mapping[str, Any]) -> Assignment:
    return Assignment(**row)


def assignment_row(row: AnyRow) -> Assignment:
    """From a row that has its columns."""
    return Assignment(
        id=row.id,
        task=row.task,
        respondent_id=row.respondent_id,
        state=row.state,
        since=row.since,
        due_at=row.due_at,
        double=bool(row.double),
    )


async def of_task(transaction: Transaction, key: str) -> list[Assignment]:
    """Everybody's, by number."""
    rows = await transaction.all(select(assignment).where(assignment.c.task == key).order_by(assignment.c.id))
    return [assignment_row(row) for row in rows]


async def of_person(transaction: Transaction, respondent_id: int) -> list[tuple[Assignment, Task]]:
    """Somebody's, the soonest due first."""
    statement = (
        select(assignment, task.c.session, task.c.notation, task.c.due_at.label("task_due_at"))
        .join(task, task.c.key == assignment.c.task)
        .where(assignment.c.respondent_id == respondent_id)
        .order_by(assignment.c.due_at, assignment.c.id)
    )
    return [
        (assignment_row(row), read(row.task, row.session, row.notation, row.task_due_at))
        for row in await transaction.all(statement)
    ]


async def assignment_of(transaction: Transaction, number: int, *, lock: bool = False) -> tuple[Assignment, Task] | None:
    """That one with its task. ``lock``: nobody else changes it until this transaction ends."""
    statement = select(assignment).where(assignment.c.id == number)
    row = await transaction.first(statement.with_for_update() if lock and not transaction.sqlite else statement)
    if row is None:
        return None
    of = await one(transaction, row.task)
    return None if of is None else (assignment_row(row), of)


async def move(
    transaction: Transaction, number: int, state: State, now: datetime, *, due_at: datetime | None = None
) -> None:
    """It stands there from now on. Raises StorageError."""
    values: dict[str, Any] = {"state": state, "since": now}
    if due_at is not None:
        values["due_at"] = due_at.astimezone(UTC)
    await transaction.run(update(assignment).where(assignment.c.id == number).values(**values))


async def move_due(transaction: Transaction, of: Task) -> None:
    """Who has not handed it in has until the task's new day."""
    await transaction.run(
        update(assignment)
        .where(assignment.c.task == of.key, assignment.c.state == "assigned")
        .values(due_at=of.due.astimezone(UTC))
    )


async def overdue(transaction: Transaction, key: str, due_at: datetime) -> list[Assignment]:
    """Those of this task that were expected by that moment and were not handed in."""
    rows = await transaction.all(
        select(assignment)
        .where(
            assignment.c.task == key,
            assignment.c.due_at == due_at.astimezone(UTC),
            assignment.c.state.in_(("assigned", "revision")),
        )
        .order_by(assignment.c.id)
    )
    return [assignment_row(row) for row in rows]


async def training_of(transaction: Transaction, keys: Collection[str]) -> dict[str, str]:
    """Session to the training it belongs to."""
    rows = await transaction.all(
        select(training_session.c.key, training_session.c.training).where(training_session.c.key.in_(sorted(keys)))
    )
    return {row.key: row.training for row in rows}


@dataclass(frozen=True, slots=True, kw_only=True)
class Participant:
    """A respondent as the roster knows them. ``superior_id``: the respondent their superior proved to be."""

    respondent_id: int
    name: str
    unit: str
    superior_id: int | None


async def participants(transaction: Transaction, vault: Vault, people: Collection[int]) -> list[Participant]:
    """Those of ``people`` who proved to be on the roster, by name."""
    superior = employee.alias("superior")
    rows = await transaction.all(
        select(
            employee.c.id,
            employee.c.respondent_id,
            employee.c.name,
            employee.c.unit,
            superior.c.respondent_id.label("superior_id"),
        )
        .outerjoin(superior, and_(superior.c.lookup == employee.c.superior_lookup, superior.c.left_on.is_(None)))
        .where(employee.c.respondent_id.in_(sorted(people)))
    )
    found = [
        Participant(
            respondent_id=row.respondent_id,
            name=vault.unseal(b"employee/name/%d" % row.id, row.name).decode(),
            unit=row.unit,
            superior_id=row.superior_id,
        )
        for row in rows
    ]
    return sorted(found, key=lambda one: (one.name.casefold(), one.respondent_id))
