"""A workbook of trainings is carried out: what is new is put in and announced, what differs is changed.

Rules of the file: each row goes the same way as a single act of the office, so that the same is refused; what hinders
is told with sheet and row, all of it at once. The caller keeps the transaction only where nothing hinders: a look is
the same work, let go.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, tzinfo
from typing import Literal

from handlers import training_office
from handlers.errors import HandlerError
from handlers.permissions import Actor, require
from handlers.taking_part import Say
from outreach.training import Training, TrainingSession
from outreach.training_sheet import SESSIONS, TRAININGS, Book
from storage import trainings
from storage.unit_of_work import UnitOfWork
from surveys.errors import Problem

Change = Literal["new", "changed", "called_off", "same"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What became of a workbook's rows. With problems nothing of it is to be kept."""

    trainings: Counter[Change]
    sessions: Counter[Change]
    problems: tuple[Problem, ...]


async def carry_out(
    unit: UnitOfWork,
    actor: Actor,
    book: Book,
    *,
    units: Collection[str],
    positions: Collection[str],
    timezone: tzinfo,
    say: Say = str,
) -> Imported:
    """Do what the workbook says, as far as it can be. Raises NotAllowed, StorageError."""
    _ = say
    require(actor, "trainings.change")
    problems = list(book.problems)
    counts: dict[str, Counter[Change]] = {TRAININGS: Counter(), SESSIONS: Counter()}

    def wrong(sheet: str, key: str, error: HandlerError) -> None:
        row = book.rows.get((sheet, key), 0)
        remedy = _("Mend the row, then import the workbook again.")
        problems.append(Problem(code="training", sheet=sheet, row=row, what=str(error), remedy=remedy))

    for training in book.trainings:
        try:
            change = await _put(unit, actor, training, units, positions, say)
            counts[TRAININGS][change] += 1
        except HandlerError as error:
            wrong(TRAININGS, training.key, error)
    for session in book.sessions:
        try:
            change = await _announced(unit, actor, session, timezone, say)
            counts[SESSIONS][change] += 1
        except HandlerError as error:
            wrong(SESSIONS, session.key, error)
    return Imported(trainings=counts[TRAININGS], sessions=counts[SESSIONS], problems=tuple(problems))


async def _put(
    unit: UnitOfWork, actor: Actor, training: Training, units: Collection[str], positions: Collection[str], say: Say
) -> Change:
    before = await trainings.one(unit.transaction, training.key)
    if before == training:
        return "same"
    await training_office.put(unit, actor, training, units=units, positions=positions, say=say)
    return "new" if before is None else "changed"


async def _announced(unit: UnitOfWork, actor: Actor, session: TrainingSession, timezone: tzinfo, say: Say) -> Change:
    offered = await trainings.session_of(unit.transaction, session.key)
    if offered is None:
        await training_office.announce(unit, actor, session, timezone=timezone, say=say)
        if session.cancelled:
            await training_office.cancel(unit, actor, session.key, timezone=timezone, say=say)
        return "new"
    before = offered.session
    wanted = replace(session, revision=before.revision)
    if replace(wanted, days=wanted.in_order) == replace(before, days=before.in_order):
        return "same"
    if session.cancelled and not before.cancelled:
        await training_office.cancel(unit, actor, session.key, timezone=timezone, say=say)
        return "called_off"
    await training_office.change(unit, actor, wanted, timezone=timezone, say=say)
    return "changed"


async def exported(unit: UnitOfWork, actor: Actor, *, since: date) -> tuple[list[Training], list[TrainingSession]]:
    """The catalogue, and sessions that end on or after ``since``. Raises NotAllowed, StorageError."""
    require(actor, "trainings.see")
    found = await trainings.sessions(unit.transaction, since=since)
    catalogue = {one.key: one for one in await trainings.catalogue(unit.transaction)}
    catalogue |= {one.training.key: one.training for one in found}
    return [catalogue[key] for key in sorted(catalogue)], [one.session for one in found]
