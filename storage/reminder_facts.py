"""What is known when reminders are due, of all of them at once: who takes part, who was there, who has answered.

Rule of the file: one statement for each kind of thing, however many reminders there are; names are opened only of
those who are spoken about.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

import orjson
from sqlalchemy import ColumnElement, Table, func, select

from outreach.enrolment import State
from outreach.reminding import Planned
from storage import mentoring, trainings
from storage.conversations import OpenSession, by_id
from storage.database import Transaction
from storage.tables import consent, participation, respondent
from storage.tables_roster import employee
from storage.tables_training import assignment, attendance, enrolment, mentoring_note, task
from storage.trainings import Offered
from storage.vault import Vault


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A respondent as far as reminders ask. ``silent``: wants none at all; ``left``: no longer with the office."""

    kind: str
    language: str
    opted_out: bool
    silent: bool = False
    left: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class TakesPart:
    """Somebody and a session."""

    state: State
    confirmed: bool
    told_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """A task of somebody."""

    title: str
    session: str
    due_at: datetime
    state: str
    since: datetime


@dataclass(slots=True, kw_only=True)
class Known:
    """All of it."""

    people: Mapping[int, Person] = field(default_factory=dict)
    sessions: Mapping[str, Offered] = field(default_factory=dict)
    taking_part: Mapping[tuple[str, int], TakesPart] = field(default_factory=dict)
    days: Mapping[tuple[str, int], frozenset[date]] = field(default_factory=dict)
    answered: frozenset[tuple[int, str, str]] = frozenset()
    """Respondent, survey, occasion."""
    works: Mapping[tuple[str, int], Work] = field(default_factory=dict)
    pairs: Mapping[str, mentoring.Known] = field(default_factory=dict)
    met: frozenset[tuple[str, date, int]] = frozenset()
    """Pair, day, respondent who told of it."""
    names: Mapping[int, str] = field(default_factory=dict)
    conversations: Mapping[int, OpenSession] = field(default_factory=dict)


async def read(transaction: Transaction, vault: Vault, rows: Iterable[Planned]) -> Known:
    """What these rows are about. Raises StorageError."""
    asked = [row.payload for row in rows]
    people = {int(one.person) for one in asked}
    about = {int(one.about) for one in asked if one.about}
    tasks = {one.task for one in asked if one.task}
    pairs = {one.pair for one in asked if one.pair}
    conversations = {int(one.conversation) for one in asked if one.conversation}
    known = Known(people=await people_by_id(transaction, people))
    known.works = await _works(transaction, tasks, people) if tasks else {}
    sessions = {one.session for one in asked if one.session} | {work.session for work in known.works.values()}
    if sessions:
        both = people | about
        known.sessions = await trainings.sessions_by_key(transaction, sorted(sessions))
        known.taking_part = await _taking_part(transaction, sessions, both)
        known.days = await _days(transaction, sessions, both)
    if any(one.session or one.survey for one in asked):
        known.answered = await _answered(transaction, people)
    if pairs:
        known.pairs = await mentoring.by_key(transaction, vault, pairs)
        known.met = await _met(transaction, pairs)
    if about:
        known.names = await mentoring.names(transaction, vault, about)
    if conversations:
        known.conversations = {one.id: one for one in await by_id(transaction, sorted(conversations))}
    return known


async def people_by_id(transaction: Transaction, ids: Collection[int]) -> dict[int, Person]:
    """These respondents."""
    last = (
        select(func.max(consent.c.id))
        .where(consent.c.respondent_id.in_(ids), consent.c.purpose == "reminder")
        .group_by(consent.c.respondent_id)
    )
    rows = await transaction.all(
        select(consent.c.respondent_id).where(consent.c.id.in_(last), consent.c.action == "withdrawn")
    )
    silent = {row.respondent_id for row in rows}
    statement = (
        select(respondent, employee.c.left_on)
        .outerjoin(employee, employee.c.respondent_id == respondent.c.id)
        .where(respondent.c.id.in_(ids))
    )
    return {
        row.id: Person(
            kind=row.kind or "asn",
            language=row.language,
            opted_out=bool(row.opted_out),
            silent=row.id in silent,
            left=row.left_on is not None,
        )
        for row in await transaction.all(statement)
    }


async def _taking_part(
    transaction: Transaction, sessions: Collection[str], people: Collection[int]
) -> dict[tuple[str, int], TakesPart]:
    rows = await transaction.all(select(enrolment).where(*_of(enrolment, sessions, people)))
    return {
        (row.session, row.respondent_id): TakesPart(state=row.state, confirmed=bool(row.confirmed), told_at=row.told_at)
        for row in rows
    }


async def _days(
    transaction: Transaction, sessions: Collection[str], people: Collection[int]
) -> dict[tuple[str, int], frozenset[date]]:
    found: dict[tuple[str, int], set[date]] = {}
    for row in await transaction.all(select(attendance).where(*_of(attendance, sessions, people))):
        found.setdefault((row.session, row.respondent_id), set()).add(row.day)
    return {key: frozenset(days) for key, days in found.items()}


def _of(table: Table, sessions: Collection[str], people: Collection[int]) -> tuple[ColumnElement[bool], ...]:
    return table.c.session.in_(sorted(sessions)), table.c.respondent_id.in_(sorted(people))


async def _answered(transaction: Transaction, people: Collection[int]) -> frozenset[tuple[int, str, str]]:
    statement = select(participation).where(participation.c.respondent_id.in_(sorted(people)))
    return frozenset((row.respondent_id, row.survey_name, row.occasion) for row in await transaction.all(statement))


async def _works(
    transaction: Transaction, tasks: Collection[str], people: Collection[int]
) -> dict[tuple[str, int], Work]:
    statement = _WORKS.where(assignment.c.task.in_(sorted(tasks)), assignment.c.respondent_id.in_(sorted(people)))
    return {(row.task, row.respondent_id): work_of(row) for row in await transaction.all(statement)}


_WORKS = select(assignment, task.c.session, task.c.notation).join(task, task.c.key == assignment.c.task)


def work_of(row: Any) -> Work:
    """From an assignment with its task's session and notation."""
    title = orjson.loads(row.notation).get("title", "")
    return Work(title=title, session=row.session, due_at=row.due_at, state=row.state, since=row.since)


async def _met(transaction: Transaction, pairs: Collection[str]) -> frozenset[tuple[str, date, int]]:
    statement = select(mentoring_note.c.pair, mentoring_note.c.day, mentoring_note.c.respondent_id)
    rows = await transaction.all(statement.where(mentoring_note.c.pair.in_(sorted(pairs))))
    return frozenset((row.pair, row.day, row.respondent_id) for row in rows)


# ---- who is to be planned for -----------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Participant:
    """Somebody who takes part in a session, and their supervisor where both proved who they are."""

    respondent_id: int
    kind: str
    state: State
    confirmed: bool
    supervisor_id: int | None
    supervisor_kind: str


async def participants(transaction: Transaction, session: str) -> list[Participant]:
    """Those of this session who can be written to. One statement."""
    superior, boss = employee.alias("superior"), respondent.alias("boss")
    statement = (
        select(
            enrolment.c.respondent_id,
            respondent.c.kind,
            enrolment.c.state,
            enrolment.c.confirmed,
            boss.c.id.label("supervisor_id"),
            boss.c.kind.label("supervisor_kind"),
        )
        .join(respondent, respondent.c.id == enrolment.c.respondent_id)
        .outerjoin(employee, employee.c.respondent_id == respondent.c.id)
        .outerjoin(superior, (superior.c.lookup == employee.c.superior_lookup) & superior.c.left_on.is_(None))
        .outerjoin(boss, boss.c.id == superior.c.respondent_id)
        .where(enrolment.c.session == session)
        .order_by(enrolment.c.respondent_id)
    )
    return [
        Participant(
            respondent_id=row.respondent_id,
            kind=row.kind or "asn",
            state=row.state,
            confirmed=bool(row.confirmed),
            supervisor_id=row.supervisor_id,
            supervisor_kind=row.supervisor_kind or "asn",
        )
        for row in await transaction.all(statement)
    ]


async def sessions_of_staff(transaction: Transaction, respondent_id: int) -> set[str]:
    """Sessions in which people of this supervisor take part."""
    superior = employee.alias("superior")
    statement = (
        select(enrolment.c.session)
        .join(employee, employee.c.respondent_id == enrolment.c.respondent_id)
        .join(superior, superior.c.lookup == employee.c.superior_lookup)
        .where(superior.c.respondent_id == respondent_id)
        .distinct()
    )
    return {row.session for row in await transaction.all(statement)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Assignment:
    """A task of somebody."""

    task: str
    respondent_id: int
    kind: str
    work: Work


async def assignments(transaction: Transaction, session: str) -> list[Assignment]:
    """Everybody's tasks of this session. One statement."""
    statement = (
        select(assignment, task.c.session, task.c.notation, respondent.c.kind)
        .join(task, task.c.key == assignment.c.task)
        .join(respondent, respondent.c.id == assignment.c.respondent_id)
        .where(task.c.session == session)
        .order_by(assignment.c.task, assignment.c.respondent_id)
    )
    return [
        Assignment(task=row.task, respondent_id=row.respondent_id, kind=row.kind or "asn", work=work_of(row))
        for row in await transaction.all(statement)
    ]


async def not_yet_answered(transaction: Transaction, survey: str, kind: str) -> list[int]:
    """Respondents of this kind who did not take part in the survey."""
    took = (
        select(participation.c.respondent_id)
        .where(participation.c.respondent_id == respondent.c.id, participation.c.survey_name == survey)
        .exists()
    )
    statement = select(respondent.c.id).where(respondent.c.kind == kind, ~took).order_by(respondent.c.id)
    return [row.id for row in await transaction.all(statement)]
