"""The office names mentors and mentees: who accompanies whom, from when, how often.

Rule of the file: it asks who may, says in a sentence what hinders it, saves and audits in one transaction.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from handlers.auditing import record
from handlers.errors import Conflict, NotFound
from handlers.permissions import Actor, may, require
from handlers.reminding import plan_pair
from outreach.calendar import Calendar
from outreach.mentoring import Pair, check_in_dates, check_pair
from storage import mentoring, roster, trainings
from storage.enrolments import employee_called
from storage.mentoring import Told
from storage.unit_of_work import UnitOfWork

Say = Callable[[str], str]
MOST_MEETINGS = 60


async def put(  # noqa: PLR0913 -- a pair is all of these
    unit: UnitOfWork,
    actor: Actor,
    *,
    training: str,
    mentor: str,
    mentee: str,
    starts: date,
    every_days: int,
    times: int,
    calendar: Calendar,
    say: Say = str,
) -> mentoring.Known:
    """A new pair. ``mentor`` and ``mentee``: employee numbers. Raises NotAllowed, NotFound, Conflict, StorageError."""
    _ = say
    require(actor, "trainings.enrol")
    transaction = unit.transaction
    offered = await trainings.one(transaction, training)
    if offered is None:
        raise NotFound(_("There is no training {key}.").format(key=training))
    if offered.form != "mentoring":
        raise Conflict(_("“{title}” is no mentoring: choose a training of that form.").format(title=offered.title))
    if not 0 < times <= MOST_MEETINGS or every_days < 1:
        raise Conflict(_("Name from 1 to {most} meetings, with at least one day between.").format(most=MOST_MEETINGS))
    two = [await roster.claimed(transaction, unit.vault, number) for number in (mentor, mentee)]
    for one in two:
        if one is not None:
            require(actor, "trainings.enrol", unit=one.unit)
    first, second = two
    key = f"{training}-m{len(await mentoring.all_pairs(transaction, unit.vault, training)) + 1}"
    pair = Pair(
        key=key,
        training=training,
        mentor=employee_called(first.id) if first is not None else "mentor",
        mentee=employee_called(second.id) if second is not None else "mentee",
        check_ins=check_in_dates(starts, every_days=every_days, times=times, calendar=calendar),
    )
    known = first is not None and second is not None
    problems = check_pair(pair, today=calendar.today(unit.now), known=known, say=say)
    if problems or first is None or second is None:
        raise Conflict(" ".join(problems))
    await mentoring.put(transaction, pair, first.id, second.id)
    await plan_pair(unit, key)
    days = [day.isoformat() for day in pair.check_ins]
    await record(transaction, unit.vault, actor, "mentoring.put", now=unit.now, whom=f"pair:{key}", after=days)
    return (await mentoring.by_key(transaction, unit.vault, [key]))[key]


async def end(unit: UnitOfWork, actor: Actor, key: str, *, say: Say = str) -> None:
    """They meet no more. Raises NotAllowed, NotFound, StorageError."""
    require(actor, "trainings.enrol")
    await _theirs(unit, actor, key, say)
    await mentoring.end(unit.transaction, key)
    await plan_pair(unit, key)
    await record(unit.transaction, unit.vault, actor, "mentoring.end", now=unit.now, whom=f"pair:{key}")


async def listed(unit: UnitOfWork, actor: Actor, training: str = "") -> list[tuple[mentoring.Known, list[Told]]]:
    """Every pair of the actor's units with what was told of its meetings, without the words. Raises NotAllowed,
    StorageError."""
    require(actor, "trainings.enrol")
    pairs = [
        one
        for one in await mentoring.all_pairs(unit.transaction, unit.vault, training)
        if all(may(actor, "trainings.enrol", unit=name) for name in one.units)
    ]
    told = await mentoring.told_of(unit.transaction, unit.vault, [one.pair.key for one in pairs])
    return [(one, [line for line in told if line.pair == one.pair.key]) for one in pairs]


async def shown(unit: UnitOfWork, actor: Actor, key: str, *, say: Say = str) -> tuple[mentoring.Known, list[Told]]:
    """A pair and what the two told of their meetings. Raises NotAllowed, NotFound, StorageError."""
    require(actor, "trainings.enrol")
    known = await _theirs(unit, actor, key, say)
    await record(unit.transaction, unit.vault, actor, "mentoring.see", now=unit.now, whom=f"pair:{key}")
    return known, await mentoring.told_of(unit.transaction, unit.vault, [key])


async def _theirs(unit: UnitOfWork, actor: Actor, key: str, say: Say) -> mentoring.Known:
    _ = say
    known = (await mentoring.by_key(unit.transaction, unit.vault, [key])).get(key)
    if known is None:
        raise NotFound(_("There is no pair {key}.").format(key=key))
    for name in known.units:
        require(actor, "trainings.enrol", unit=name)
    return known
