"""How long what is kept, as data, and what goes when its time is over.

A district writes it into ``catalog/<district>/retention.csv`` (columns ``what`` and ``days``; what is not listed there
stays). Rules of the file: what goes is counted and deleted by the same condition, so that a dry run tells the truth; a
response loses its owner and its hours and keeps its day.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Column, Select, delete, exists, func, or_, select, tuple_, update

from outreach.evaluations import without_subject
from storage import erasing, media, settings
from storage import retention_trainings as trainings
from storage.database import Database, Transaction
from storage.errors import StorageError
from storage.tables import (
    address,
    answer,
    consent,
    delivery,
    incident,
    respondent,
    response,
    session,
    ticket,
)
from storage.tables_admin import admin_address
from storage.tables_privacy import privacy_request
from storage.tables_roster import employee
from storage.tables_training import (
    assessment,
    attendance,
    certificate,
    enrolment,
    learning_hours,
    mentoring_note,
    reminder_log,
    submission,
)

_AT_ONCE = 200
_OVER = ("complete", "stopped", "expired", "withdrawn")


@dataclass(frozen=True, slots=True)
class Rule:
    """``what`` is kept for ``days``."""

    what: str
    days: int


def read(content: bytes) -> tuple[Rule, ...]:
    """The rules of a retention.csv. Raises StorageError with a sentence that names the line."""
    rows = csv.DictReader(io.StringIO(content.decode("utf-8-sig")), strict=True)
    rules: dict[str, Rule] = {}
    for number, row in enumerate(rows, start=2):
        what, days = (row.get("what") or "").strip(), (row.get("days") or "").strip()
        if what not in _WHAT:
            raise StorageError(f"retention.csv, line {number}: “{what}” is unknown; known are {', '.join(_WHAT)}.")
        if not days.isdecimal() or not 1 <= int(days) <= 36_500:
            raise StorageError(f"retention.csv, line {number}: days should be a whole number from 1 to 36500.")
        if what in rules:
            raise StorageError(f"retention.csv, line {number}: “{what}” stands there twice.")
        rules[what] = Rule(what, int(days))
    return tuple(rules.values())


async def due(database: Database, rules: Sequence[Rule], now: datetime) -> dict[str, int]:
    """How much would go now, by rule. Raises StorageError."""
    return {what: len(keys) for what, keys in (await _found(database, rules, now)).items()}


async def run(database: Database, rules: Sequence[Rule], now: datetime) -> dict[str, int]:
    """Let go what is over, piece by piece; how much, by rule. Raises StorageError."""
    found = await _found(database, rules, now)
    went = dict.fromkeys(found, 0)
    for rule in rules:
        some, keys = _WHAT[rule.what], found[rule.what]
        over = some.which(now - timedelta(days=rule.days))
        for start in range(0, len(keys), _AT_ONCE):
            async with database.write() as transaction:
                these = tuple_(*some.key).in_(keys[start : start + _AT_ONCE])
                still = [tuple(row) for row in await transaction.all(over.where(these))]
                if still:
                    went[rule.what] += await some.let_go(transaction, still, now)
                    await settings.keep(transaction, erasing.OWED, now.isoformat())
    return went


async def _found(database: Database, rules: Sequence[Rule], now: datetime) -> dict[str, _Keys]:
    """What is over at this moment: what comes to be so because something else goes, waits for the next night."""
    found: dict[str, _Keys] = {}
    async with database.read() as transaction:
        for rule in rules:
            some = _WHAT[rule.what]
            statement = some.which(now - timedelta(days=rule.days)).order_by(*some.key)
            found[rule.what] = [tuple(row) for row in await transaction.all(statement)]
    return found


# ---- what there is ----------------------------------------------------------------------------------

_Keys = Sequence[tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class _Some:
    """One kind of thing: which of it is older than a moment, and how it goes."""

    which: Callable[[datetime], Select[Any]]
    let_go: Callable[[Transaction, _Keys, datetime], Awaitable[int]]
    """How many went."""
    key: tuple[Column[Any], ...]
    """What ``which`` selects."""


def _first(keys: _Keys) -> list[Any]:
    return [key[0] for key in keys]


def _incidents(before: datetime) -> Select[Any]:
    return select(incident.c.id).where(incident.c.at < before)


async def _drop_incidents(transaction: Transaction, keys: _Keys, _now: datetime) -> int:
    return await transaction.run(delete(incident).where(incident.c.id.in_(_first(keys))))


def _deliveries(before: datetime) -> Select[Any]:
    over = delivery.c.state.in_(("sent", "failed", "skipped"))
    return select(delivery.c.id).where(over, delivery.c.created_at < before)


async def _drop_deliveries(transaction: Transaction, keys: _Keys, _now: datetime) -> int:
    return await transaction.run(delete(delivery).where(delivery.c.id.in_(_first(keys))))


def _contacts(before: datetime) -> Select[Any]:
    """People known so long of whom nothing was heard since: no answer, no open survey, no consent, no request, and to
    whom nothing is on its way. Those who look after the program stay, and employees who proved who they are."""
    person = respondent.c.id
    here = exists().where(address.c.respondent_id == person)
    heard = or_(
        exists().where(session.c.respondent_id == person),
        exists().where(
            response.c.respondent_id == person,
            or_(response.c.started_at >= before, response.c.completed_at >= before),
        ),
        exists().where(consent.c.respondent_id == person, consent.c.at >= before),
        exists().where(privacy_request.c.subject == person, privacy_request.c.asked_at >= before),
        exists().where(
            address.c.respondent_id == person,
            exists().where(
                delivery.c.address_id == address.c.id,
                or_(delivery.c.created_at >= before, delivery.c.state.in_(erasing.UNFINISHED)),
            ),
        ),
        exists().where(admin_address.c.address_id == address.c.id, address.c.respondent_id == person),
        exists().where(employee.c.respondent_id == person),
    )
    return select(person).where(here, respondent.c.created_on < before.date(), ~heard)


async def _drop_contacts(transaction: Transaction, keys: _Keys, now: datetime) -> int:
    """The addresses go. Responses stay under the person's number, which leads nowhere from now on."""
    return sum([await erasing.forget_contact(transaction, person, now=now) for person in _first(keys)])


def _answers(before: datetime) -> Select[Any]:
    return _owned(before).where(response.c.ticket.is_(None))


def _aspirations(before: datetime) -> Select[Any]:
    return _owned(before).where(response.c.ticket.is_not(None))


def _owned(before: datetime) -> Select[Any]:
    """Responses that bear a person and ended before then."""
    return select(response.c.id).where(
        response.c.respondent_id.is_not(None),
        response.c.state.in_(_OVER),
        func.coalesce(response.c.completed_at, response.c.started_at) < before,
    )


async def _disown(transaction: Transaction, keys: _Keys, _now: datetime) -> int:
    """Owner and hours go, and the answers that name somebody; of the time, the day stays."""
    ids = _first(keys)
    days = await transaction.all(
        select(response.c.id, response.c.completed_on, response.c.started_at, response.c.occasion).where(
            response.c.id.in_(ids)
        )
    )
    for row in days:
        day = row.completed_on or (row.started_at.date() if row.started_at else None)
        await transaction.run(
            update(response)
            .where(response.c.id == row.id)
            .values(
                respondent_id=None,
                started_at=None,
                completed_at=None,
                completed_on=day,
                verified=False,
                occasion=without_subject(row.occasion),
            )
        )
    await transaction.run(update(session).where(session.c.response_id.in_(ids)).values(response_id=None))
    await transaction.run(delete(answer).where(answer.c.response_id.in_(ids), answer.c.sealed.is_not(None)))
    await transaction.run(update(ticket).where(ticket.c.response_id.in_(ids)).values(respondent_id=None))
    return len(ids)


def _media(before: datetime) -> Select[Any]:
    """Answers with files, of responses that were sent before that day."""
    return (
        select(answer.c.response_id, answer.c.place)
        .join(response, response.c.id == answer.c.response_id)
        .where(answer.c.pages != "", response.c.completed_on < before.date())
    )


async def _drop_media(transaction: Transaction, keys: _Keys, now: datetime) -> int:
    """The files go; that there were some stays."""
    which = tuple_(answer.c.response_id, answer.c.place).in_(keys)
    pages = [page for row in await transaction.all(select(answer.c.pages).where(which)) for page in row.pages.split()]
    await transaction.run(update(answer).where(which).values(pages=""))
    await media.drop(transaction, pages, now)
    return len(keys)


def _consents(before: datetime) -> Select[Any]:
    """Proof about people who have no address any more."""
    known = exists().where(address.c.respondent_id == consent.c.respondent_id)
    return select(consent.c.id).where(consent.c.at < before, ~known)


async def _drop_consents(transaction: Transaction, keys: _Keys, _now: datetime) -> int:
    ids = _first(keys)
    people = await transaction.all(select(consent.c.respondent_id).where(consent.c.id.in_(ids)).distinct())
    await transaction.run(delete(consent).where(consent.c.id.in_(ids)))
    for (person,) in (tuple(row) for row in people):
        await transaction.run(delete(privacy_request).where(privacy_request.c.subject == person))
        await erasing.forget_number(transaction, person)
    return len(ids)


def _reminders(before: datetime) -> Select[Any]:
    """What became of reminders."""
    log = reminder_log.c
    return select(log.key, log.due_at).where(log.at < before).order_by(log.key, log.due_at)


async def _drop_reminders(transaction: Transaction, keys: _Keys, _now: datetime) -> int:
    for key, due_at in keys:
        this = (reminder_log.c.key == key) & (reminder_log.c.due_at == due_at)
        await transaction.run(delete(reminder_log).where(this))
    return len(keys)


def _meetings(before: datetime) -> Select[Any]:
    """What mentors and mentees told."""
    note = mentoring_note.c
    told = select(note.pair, note.day, note.respondent_id).where(note.at < before)
    return told.order_by(note.pair, note.day, note.respondent_id)


async def _drop_meetings(transaction: Transaction, keys: _Keys, _now: datetime) -> int:
    note = mentoring_note.c
    for pair, day, person in keys:
        this = (note.pair == pair) & (note.day == day) & (note.respondent_id == person)
        await transaction.run(delete(mentoring_note).where(this))
    return len(keys)


def _tasks(before: datetime) -> Select[Any]:
    """What was handed in for tasks before then, of which words or files are left."""
    left = or_(submission.c.words.is_not(None), submission.c.files != "")
    return select(submission.c.id).where(submission.c.at < before, left).order_by(submission.c.id)


async def _drop_tasks(transaction: Transaction, keys: _Keys, now: datetime) -> int:
    """Words, remarks and files go; levels, and so the score, stay."""
    which = submission.c.id.in_(_first(keys))
    names = [
        name for row in await transaction.all(select(submission.c.files).where(which)) for name in row.files.split()
    ]
    await transaction.run(update(submission).where(which).values(words=None, files=""))
    await transaction.run(update(assessment).where(assessment.c.submission_id.in_(_first(keys))).values(remark=None))
    await media.drop(transaction, names, now)
    return len(keys)


def _excuses(before: datetime) -> Select[Any]:
    """Why people did not come to a training."""
    told = enrolment.c.reason.is_not(None)
    return select(enrolment.c.id).where(told, enrolment.c.since < before).order_by(enrolment.c.id)


async def _drop_excuses(transaction: Transaction, keys: _Keys, _now: datetime) -> int:
    return await transaction.run(update(enrolment).where(enrolment.c.id.in_(_first(keys))).values(reason=None))


_WHAT: Mapping[str, _Some] = {
    "incidents": _Some(_incidents, _drop_incidents, (incident.c.id,)),
    "deliveries": _Some(_deliveries, _drop_deliveries, (delivery.c.id,)),
    "contacts": _Some(_contacts, _drop_contacts, (respondent.c.id,)),
    "aspirations": _Some(_aspirations, _disown, (response.c.id,)),
    "answers": _Some(_answers, _disown, (response.c.id,)),
    "media": _Some(_media, _drop_media, (answer.c.response_id, answer.c.place)),
    "consents": _Some(_consents, _drop_consents, (consent.c.id,)),
    "reminders": _Some(_reminders, _drop_reminders, (reminder_log.c.key, reminder_log.c.due_at)),
    "meetings": _Some(
        _meetings, _drop_meetings, (mentoring_note.c.pair, mentoring_note.c.day, mentoring_note.c.respondent_id)
    ),
    "tasks": _Some(_tasks, _drop_tasks, (submission.c.id,)),
    "excuses": _Some(_excuses, _drop_excuses, (enrolment.c.id,)),
    "enrolments": _Some(trainings.enrolments, trainings.drop_enrolments, (enrolment.c.id,)),
    "attendance": _Some(trainings.days_there, trainings.drop_days_there, (attendance.c.id,)),
    "learning_hours": _Some(trainings.hours, trainings.drop_hours, (learning_hours.c.id,)),
    "certificates": _Some(trainings.certificates, trainings.drop_certificates, (certificate.c.number,)),
}
