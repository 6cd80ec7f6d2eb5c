"""Everything that is held about one person, opened for them alone.

Rule of the file: what bears the person's number, read in one moment; anonymous responses bear none and are not here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from outreach.enrolment import Enrolment
from outreach.roster import Entry
from outreach.training import Training, TrainingSession
from storage import (
    attendance,
    certificates,
    enrolments,
    held_files,
    joining,
    learning_hours,
    mentoring,
    privacy,
    reminders,
    roster,
    task_owners,
    trainings,
)
from storage.attendance import CheckedIn
from storage.certificates import Certificate
from storage.conversations import OpenSession, of_people, opened
from storage.database import Transaction
from storage.enrolments import person_of
from storage.held_files import HeldFile
from storage.learning_hours import Earned
from storage.mentoring import Told
from storage.people import external_of, participations
from storage.privacy import Request
from storage.reminders import Logged
from storage.responses import read_answer, read_place, written
from storage.tables import address, answer, consent, respondent, response, status_change, survey, ticket
from storage.task_owners import Held
from storage.vault import Vault
from surveys.session import Answer, Place


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldResponse:
    """One response with its answers."""

    id: int
    survey_id: int
    survey_name: str
    version: int
    state: str
    started_at: datetime | None
    completed_at: datetime | None
    confidential: bool
    ticket: str
    occasion: str
    """What it was about: a training session; "" if nothing in particular."""
    answers: Mapping[Place, Answer]


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldConsent:
    """One event of consent."""

    purpose: str
    version: str
    action: str
    at: datetime
    channel: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldTicket:
    """One aspiration and what became of it."""

    number: str
    state: str
    opened_on: date
    history: tuple[tuple[datetime, str, str], ...]
    """(when, state, note)"""


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldEnrolment:
    """One training they take part in, or did."""

    enrolment: Enrolment
    training: Training
    session: TrainingSession


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldAttendance:
    """They were at a training."""

    session: str
    came: CheckedIn


@dataclass(frozen=True, slots=True, kw_only=True)
class Dossier:
    """All of it."""

    respondent_id: int
    kind: str
    language: str
    opted_out: bool
    since: date
    addresses: tuple[tuple[str, str], ...]
    """(channel, the platform's own number)"""
    consents: tuple[HeldConsent, ...]
    responses: tuple[HeldResponse, ...]
    sessions: tuple[tuple[OpenSession, bytes], ...]
    """Surveys that are open, with their state as the engine wrote it."""
    tickets: tuple[HeldTicket, ...]
    participations: tuple[tuple[str, str], ...]
    """(survey, what it was about)"""
    enrolments: tuple[HeldEnrolment, ...]
    attendance: tuple[HeldAttendance, ...]
    learning_hours: tuple[Earned, ...]
    certificates: tuple[Certificate, ...]
    tasks: tuple[Held, ...]
    """After trainings."""
    files: tuple[HeldFile, ...]
    """Of their answers and of tasks, each with the name it bears in the copy."""
    employee: Entry | None
    """Their entry in the office's list of employees, where they proved who they are."""
    reminders: tuple[Logged, ...]
    """What became of reminders to them, and which button they pressed."""
    meetings: tuple[Told, ...]
    """What they told of meetings with their mentor or mentee."""
    names: tuple[str, ...]
    """Those they go by where several people share an address."""
    requests: tuple[Request, ...]
    """What they asked for about their data, this copy included."""


async def read(transaction: Transaction, vault: Vault, respondent_id: int) -> Dossier | None:
    """What is held about them; None where there is no such person. Raises StorageError."""
    person = await transaction.first(select(respondent).where(respondent.c.id == respondent_id))
    if person is None:
        return None
    addresses = await transaction.all(
        select(address.c.id, address.c.channel, address.c.external)
        .where(address.c.respondent_id == respondent_id)
        .order_by(address.c.id)
    )
    consents = await transaction.all(
        select(consent).where(consent.c.respondent_id == respondent_id).order_by(consent.c.id)
    )
    sessions = await of_people(transaction, [respondent_id])
    responses = await _responses(transaction, vault, respondent_id)
    tasks = await task_owners.held(transaction, vault, respondent_id)
    return Dossier(
        respondent_id=respondent_id,
        kind=person.kind,
        language=person.language,
        opted_out=person.opted_out,
        since=person.created_on,
        addresses=tuple((row.channel, external_of(row.id, row.external, vault)) for row in addresses),
        consents=tuple(
            HeldConsent(
                purpose=row.purpose, version=row.notice_version, action=row.action, at=row.at, channel=row.channel
            )
            for row in consents
        ),
        responses=responses,
        sessions=tuple((one, opened(one, vault)) for one in sessions),
        tickets=await _tickets(transaction, respondent_id),
        participations=tuple(await participations(transaction, respondent_id)),
        enrolments=await _enrolments(transaction, vault, respondent_id),
        attendance=tuple(
            HeldAttendance(session=session, came=came)
            for session, came in await attendance.of_person(transaction, person_of(respondent_id))
        ),
        learning_hours=tuple(await learning_hours.of_person(transaction, person_of(respondent_id))),
        certificates=tuple(await certificates.of_person(transaction, vault, respondent_id)),
        tasks=tasks,
        files=await held_files.named(transaction, _files(responses, tasks)),
        employee=await roster.entry_of(transaction, vault, respondent_id),
        reminders=tuple(await reminders.log_of_people(transaction, [respondent_id])),
        meetings=tuple(await mentoring.told_by(transaction, vault, respondent_id)),
        names=await joining.names_of(transaction, vault, respondent_id),
        requests=await privacy.requests_of(transaction, vault, respondent_id),
    )


def _files(responses: Iterable[HeldResponse], tasks: Iterable[Held]) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Whose, to what question, which."""
    for one in responses:
        for place, given in one.answers.items():
            if given.pages:
                yield one.ticket or f"R{one.id}", written(place), given.pages
    for task in tasks:
        for given_in in task.submissions:
            yield task.task.key, f"{given_in.turn}", given_in.files


async def _enrolments(transaction: Transaction, vault: Vault, respondent_id: int) -> tuple[HeldEnrolment, ...]:
    mine = await enrolments.of_person(transaction, vault, respondent_id)
    held = await trainings.sessions_by_key(transaction, [one.session for one in mine])
    return tuple(
        HeldEnrolment(enrolment=one, training=held[one.session].training, session=held[one.session].session)
        for one in mine
    )


async def _responses(transaction: Transaction, vault: Vault, respondent_id: int) -> tuple[HeldResponse, ...]:
    rows = await transaction.all(
        select(response, survey.c.name.label("survey_name"), survey.c.version)
        .join(survey, survey.c.id == response.c.survey_id)
        .where(response.c.respondent_id == respondent_id)
        .order_by(response.c.id)
    )
    found = []
    for row in rows:
        given = await transaction.all(select(answer).where(answer.c.response_id == row.id).order_by(answer.c.place))
        found.append(
            HeldResponse(
                id=row.id,
                survey_id=row.survey_id,
                survey_name=row.survey_name,
                version=row.version,
                state=row.state,
                started_at=row.started_at,
                completed_at=row.completed_at,
                confidential=row.confidential,
                ticket=row.ticket or "",
                occasion=row.occasion,
                answers={read_place(one.place): read_answer(one, vault) for one in given},
            )
        )
    return tuple(found)


async def _tickets(transaction: Transaction, respondent_id: int) -> tuple[HeldTicket, ...]:
    rows = await transaction.all(
        select(ticket).where(ticket.c.respondent_id == respondent_id).order_by(ticket.c.opened_on, ticket.c.number)
    )
    found = []
    for row in rows:
        changes = await transaction.all(
            select(status_change).where(status_change.c.number == row.number).order_by(status_change.c.id)
        )
        history = tuple((change.at, change.state, change.note) for change in changes)
        found.append(HeldTicket(number=row.number, state=row.state, opened_on=row.opened_on, history=history))
    return tuple(found)
