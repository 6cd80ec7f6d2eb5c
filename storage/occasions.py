"""Who may be asked about a training, and whose words about whom stand where.

Rule of the file: an occasion (``outreach.evaluations``) names the person a supervisor was asked about by their number;
where that number becomes another one or is deleted, so does what was said about it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import delete, exists, literal, or_, select, update

from outreach.evaluations import SUPERVISOR, TEST
from storage import conversations, media
from storage.database import Transaction
from storage.enrolments import person_of, respondent_of
from storage.tables import participation, response, session, survey
from storage.tables_roster import employee
from storage.tables_training import attendance, enrolment, training_session
from storage.vault import Vault

_PLACED = ("enrolled", "attended")


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """Whether somebody holds a place in a session, and whether they were there on any day of it."""

    placed: bool
    attended: bool


async def part_in(transaction: Transaction, session_key: str, person: str) -> Part:
    """What ``person`` (as ``outreach`` calls them) has to do with the session. Raises StorageError."""
    respondent_id = respondent_of(person)
    if respondent_id is None:
        who: Any = enrolment.c.employee_id == int(person.partition(":")[2])
        there: list[Any] = []
    else:
        who = enrolment.c.respondent_id == respondent_id
        there = [exists().where(attendance.c.session == session_key, attendance.c.respondent_id == respondent_id)]
    mine = [enrolment.c.session == session_key, who]
    row = await transaction.first(
        select(
            exists().where(*mine, enrolment.c.state.in_(_PLACED)).label("placed"),
            or_(exists().where(*mine, enrolment.c.state == "attended"), *there).label("attended"),
        )
    )
    return Part(placed=bool(row and row.placed), attended=bool(row and row.attended))


async def supervised(transaction: Transaction, vault: Vault, supervisor: int, person: str) -> str | None:
    """The name of ``person`` where the roster has the respondent ``supervisor`` as their superior, else None. Raises
    StorageError."""
    respondent_id = respondent_of(person)
    superior = employee.alias("superior")
    theirs = (
        employee.c.respondent_id == respondent_id
        if respondent_id is not None
        else employee.c.id == int(person.partition(":")[2])
    )
    row = await transaction.first(
        select(employee.c.id, employee.c.name)
        .join(superior, superior.c.lookup == employee.c.superior_lookup)
        .where(
            theirs,
            employee.c.left_on.is_(None),
            superior.c.left_on.is_(None),
            superior.c.respondent_id == supervisor,
        )
    )
    return None if row is None else vault.unseal(b"employee/name/%d" % row.id, row.name).decode()


async def parts(transaction: Transaction, respondent_id: int, since: date) -> dict[str, Part]:
    """By session that ends on or after ``since``: what this respondent has to do with it. Raises StorageError."""
    rows = await transaction.all(
        select(enrolment.c.session, (enrolment.c.state == "attended").label("attended"))
        .join(training_session, training_session.c.key == enrolment.c.session)
        .where(
            enrolment.c.respondent_id == respondent_id,
            enrolment.c.state.in_(_PLACED),
            training_session.c.last_on >= since,
        )
        .union_all(
            select(attendance.c.session, literal(1) == 1)
            .join(training_session, training_session.c.key == attendance.c.session)
            .where(attendance.c.respondent_id == respondent_id, training_session.c.last_on >= since)
        )
    )
    found: dict[str, Part] = {}
    for row in rows:
        before = found.get(row.session)
        found[row.session] = Part(placed=True, attended=bool(row.attended) or (before is not None and before.attended))
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class OfStaff:
    """Somebody of a superior's people who attended a session."""

    session: str
    person: str
    name: str


async def staff(transaction: Transaction, vault: Vault, supervisor: int, since: date) -> list[OfStaff]:
    """Those of the superior's people who attended a session that ends on or after ``since``. Raises StorageError."""
    superior = employee.alias("superior")
    there = (
        select(attendance.c.session, attendance.c.respondent_id.label("respondent_id"))
        .union(select(enrolment.c.session, enrolment.c.respondent_id).where(enrolment.c.state == "attended"))
        .subquery()
    )
    rows = await transaction.all(
        select(there.c.session, employee.c.id, employee.c.name, employee.c.respondent_id)
        .join(employee, employee.c.respondent_id == there.c.respondent_id)
        .join(superior, superior.c.lookup == employee.c.superior_lookup)
        .join(training_session, training_session.c.key == there.c.session)
        .where(
            superior.c.respondent_id == supervisor,
            superior.c.left_on.is_(None),
            employee.c.left_on.is_(None),
            training_session.c.last_on >= since,
        )
        .order_by(there.c.session, employee.c.id)
    )
    return [
        OfStaff(
            session=row.session,
            person=person_of(row.respondent_id),
            name=vault.unseal(b"employee/name/%d" % row.id, row.name).decode(),
        )
        for row in rows
    ]


def first_counts(survey_name: str) -> bool:
    """Whether of several complete responses the first counts, not the last: a test is sat once."""
    return survey_name.startswith(TEST)


# ---- about whom -------------------------------------------------------------------------------------


async def rename_subject(transaction: Transaction, *, gone: int, into: int) -> None:
    """What supervisors said about ``gone`` is about ``into``; what they said about both stands as it is. Raises
    StorageError."""
    before, after = f"/{person_of(gone)}", f"/{person_of(into)}"
    for table in (response, participation):
        key = table.c.id if table is response else table.c.respondent_id
        rows = await transaction.all(select(key.label("key"), table.c.occasion).where(_about(table, gone)))
        for row in rows:
            now = row.occasion.removesuffix(before) + after
            same = [key == row.key, table.c.occasion == row.occasion]
            if table is participation:
                same.append(table.c.survey_name == SUPERVISOR)
                there = select(key).where(key == row.key, table.c.survey_name == SUPERVISOR, table.c.occasion == now)
                if await transaction.first(there) is not None:
                    await transaction.run(delete(table).where(*same))
                    continue
            await transaction.run(update(table).where(*same).values(occasion=now))


async def forget_subject(transaction: Transaction, respondent_id: int, now: datetime) -> None:
    """What supervisors said about this person goes, what they are saying just now included. Raises StorageError."""
    rows = await transaction.all(
        select(response.c.id)
        .join(survey, survey.c.id == response.c.survey_id)
        .where(survey.c.name == SUPERVISOR, _about(response, respondent_id))
    )
    ids = [row.id for row in rows]
    if ids:
        open_ = [row.id for row in await transaction.all(select(session.c.id).where(session.c.response_id.in_(ids)))]
        await conversations.delete(transaction, open_)
        await media.end_sessions(transaction, dict.fromkeys(open_, ()), now)
        await transaction.run(delete(response).where(response.c.id.in_(ids)))
    await transaction.run(
        delete(participation).where(participation.c.survey_name == SUPERVISOR, _about(participation, respondent_id))
    )


def _about(table: Any, respondent_id: int) -> Any:
    return (table.c.occasion != "") & table.c.occasion.like(f"%/%/{person_of(respondent_id)}")
