"""What is kept of who took part in trainings, and how it goes when its time is over (``storage.retention``).

Rule of the file: days of attendance, learning hours (JP) and certificates are the proof of a career and go by a time of
their own; who merely asked for a place, was invited or did not come is proof of nothing and goes earlier.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Select, and_, delete, exists, or_, select

from storage.database import Transaction
from storage.tables_training import attendance, certificate, enrolment, learning_hours

_Keys = Sequence[tuple[Any, ...]]


def _first(keys: _Keys) -> list[Any]:
    return [key[0] for key in keys]


def enrolments(before: datetime) -> Select[Any]:
    """Places of sessions at which no day of theirs is noted (any more)."""
    there = exists().where(
        attendance.c.session == enrolment.c.session,
        or_(
            attendance.c.respondent_id == enrolment.c.respondent_id,
            and_(enrolment.c.employee_id.is_not(None), attendance.c.employee_id == enrolment.c.employee_id),
        ),
    )
    return select(enrolment.c.id).where(enrolment.c.since < before, ~there)


async def drop_enrolments(transaction: Transaction, keys: _Keys, _now: datetime) -> int:
    """They go."""
    return await transaction.run(delete(enrolment).where(enrolment.c.id.in_(_first(keys))))


def days_there(before: datetime) -> Select[Any]:
    """Days on which somebody was there."""
    return select(attendance.c.id).where(attendance.c.day < before.date())


async def drop_days_there(transaction: Transaction, keys: _Keys, _now: datetime) -> int:
    """They go; the hours that were earned by them stay."""
    return await transaction.run(delete(attendance).where(attendance.c.id.in_(_first(keys))))


def hours(before: datetime) -> Select[Any]:
    """Learning hours of years that were over by then."""
    return select(learning_hours.c.id).where(learning_hours.c.year < before.year)


async def drop_hours(transaction: Transaction, keys: _Keys, _now: datetime) -> int:
    """They go."""
    return await transaction.run(delete(learning_hours).where(learning_hours.c.id.in_(_first(keys))))


def certificates(before: datetime) -> Select[Any]:
    """Certificates that were issued before then."""
    return select(certificate.c.number).where(certificate.c.issued_on < before.date())


async def drop_certificates(transaction: Transaction, keys: _Keys, _now: datetime) -> int:
    """They go: the page of ours that verifies them knows them no more."""
    return await transaction.run(delete(certificate).where(certificate.c.number.in_(_first(keys))))
