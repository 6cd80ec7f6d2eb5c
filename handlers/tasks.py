"""The office sets a task after a training, gives it to all who attended, and sees how it goes.

Rules of the file: permission first, audit last; what is amiss is said in one sentence and nothing is half saved. Who is
told of it hears it through a due row (``task_news``).
"""

from __future__ import annotations

import random
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, tzinfo
from typing import Any

from handlers import reminding, task_news
from handlers.auditing import record
from handlers.errors import Conflict, NotAllowed, NotFound
from handlers.permissions import Actor, require
from insights.collected import EvidenceInputs
from insights.evidence import evidence
from insights.figures import Figure
from outreach import tasks as rules
from outreach.calendar import Calendar
from outreach.task_marks import marked_twice
from outreach.tasks import DUE_AT, Criterion, State, Task
from outreach.training import Training
from reports.evidence import task_marks
from storage import submissions, trainings
from storage import tasks as stored
from storage.database import Transaction
from storage.unit_of_work import UnitOfWork
from storage.vault import Vault
from surveys.text.redaction import redact

Say = Callable[[str], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What the office says of a task; what is left out stays as it is, or is as usual. ``key`` "": a new one."""

    session: str = ""
    key: str = ""
    title: str | None = None
    instruction: str | None = None
    competence: str | None = None
    evidence: frozenset[str] | None = None
    due: date | None = None
    assessor: str | None = None
    rubric: tuple[Criterion, ...] | None = None
    double: int | None = None
    escalates_to: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """How many have the task newly, how many of those are marked by two, how many had it before."""

    new: int
    twice: int
    before: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A task and how many stand where with it."""

    task: Task
    counts: Mapping[State, int] = field(default_factory=dict)


async def put(unit: UnitOfWork, actor: Actor, wanted: Wanted, *, calendar: Calendar, say: Say = str) -> Task:
    """The task stands as wanted. Raises NotAllowed, NotFound, Conflict with a sentence, StorageError."""
    _ = say
    timezone = calendar.settings.timezone
    require(actor, "tasks.assign")
    before = await _known(unit, wanted, say)
    session = before.session if before is not None else wanted.session
    offered = await trainings.session_of(unit.transaction, session, lock=True)
    if offered is None:
        raise NotFound(_("There is no such session of a training."))
    _check_units(actor, offered.training)
    start = before or Task(
        key="", session=session, title="", instruction="", due=rules.usual_due(offered.session, timezone)
    )
    one = _changed(start, wanted, timezone)
    found = rules.check(one, session=offered.session, competences=offered.training.competences, now=unit.now, say=say)
    if found:
        raise Conflict(found[0])
    if before is None:
        one = rules.with_key(one, {task.key for task in await stored.of_session(unit.transaction, session)})
    elif one.rubric != before.rubric and await _marked(unit, one.key):
        raise Conflict(_("Somebody was assessed by this rubric already: it stays as it is."))
    await stored.put(unit.transaction, one)
    if before is not None and before.due != one.due:
        await stored.move_due(unit.transaction, one)
    await task_news.plan_overdue(unit, one.key, one.due, calendar=calendar)
    await reminding.plan_session(unit, session)
    await record(
        unit.transaction,
        unit.vault,
        actor,
        "tasks.assign",
        now=unit.now,
        whom=f"task:{one.key}",
        before=None if before is None else stored.dumped(before),
        after=stored.dumped(one),
    )
    return one


async def assign(
    unit: UnitOfWork,
    actor: Actor,
    key: str,
    *,
    only: Collection[int] | None = None,
    rng: random.Random,
    calendar: Calendar,
    say: Say = str,
) -> Given:
    """Give it to all who attended (``only``: to these of them) and do not have it yet; who is marked by two is drawn.
    Raises NotAllowed, NotFound, Conflict, StorageError."""
    _ = say
    require(actor, "tasks.assign")
    one = await found(unit.transaction, key, say)
    offered = await trainings.session_of(unit.transaction, one.session, lock=True)
    if offered is None:
        raise NotFound(_("There is no such session of a training."))
    _check_units(actor, offered.training)
    if one.due <= unit.now:
        raise Conflict(_("The task is due in the past: name a day to come."))
    have = await stored.of_task(unit.transaction, key)
    people = await stored.attended(unit.transaction, one.session)
    fresh = sorted(set(people) - {given.respondent_id for given in have})
    if only is not None and not set(only) <= set(people):
        raise Conflict(_("Somebody who was chosen did not attend this session. Please open the page again."))
    if only is not None and not only:
        raise Conflict(_("Please choose at least one person."))
    fresh = [number for number in fresh if only is None or number in only]
    if not fresh and not have:
        raise Conflict(_("Nobody attended this session, or the attendance is not recorded yet."))
    wanted = marked_twice(len(have) + len(fresh), one.double) - sum(given.double for given in have)
    twice = frozenset(rng.sample(fresh, max(0, min(wanted, len(fresh)))))
    new = await stored.assign(unit.transaction, one, fresh, twice=twice, now=unit.now)
    await task_news.plan(unit, [given.id for given in new], calendar=calendar)
    await task_news.plan_overdue(unit, one.key, one.due, calendar=calendar)
    await reminding.plan_session(unit, one.session)
    await record(
        unit.transaction,
        unit.vault,
        actor,
        "tasks.assign",
        now=unit.now,
        whom=f"task:{one.key}",
        after={"people": len(new), "twice": len(twice)},
    )
    return Given(new=len(new), twice=len(twice), before=len(have))


@dataclass(frozen=True, slots=True, kw_only=True)
class Somebody:
    """One who attended. ``name`` "": they have not proven who they are. ``state`` None: they do not have the task."""

    respondent_id: int
    name: str
    state: State | None


async def people(transaction: Transaction, vault: Vault, actor: Actor, one: Task, *, say: Say = str) -> list[Somebody]:
    """Who attended the session of a task, by name, to give it to some of them. Raises NotAllowed, NotFound,
    StorageError."""
    _ = say
    require(actor, "tasks.assign")
    offered = await trainings.session_of(transaction, one.session)
    if offered is None:
        raise NotFound(_("There is no such session of a training."))
    _check_units(actor, offered.training)
    have = {given.respondent_id: given.state for given in await stored.of_task(transaction, one.key)}
    there = await stored.attended(transaction, one.session)
    names = {known.respondent_id: known.name for known in await stored.participants(transaction, vault, there)}
    found = [Somebody(respondent_id=who, name=names.get(who, ""), state=have.get(who)) for who in there]
    return sorted(found, key=lambda somebody: (not somebody.name, somebody.name.casefold(), somebody.respondent_id))


async def listed(transaction: Transaction, actor: Actor, *, session: str = "", since: datetime) -> list[Listed]:
    """The tasks of a session, or all due since then; who is bound to units sees those of trainings for these alone.
    Raises NotAllowed, StorageError."""
    require(actor, "trainings.see")
    tasks = await stored.of_session(transaction, session) if session else await stored.listed(transaction, since)
    if actor.units:
        held = await trainings.sessions_by_key(transaction, sorted({one.session for one in tasks}))
        tasks = [one for one in tasks if one.session in held and theirs(actor, held[one.session].training)]
    return [Listed(task=one, counts=_counted(await stored.of_task(transaction, one.key))) for one in tasks]


async def found(transaction: Transaction, key: str, say: Say = str) -> Task:
    """The task of that key. Raises NotFound."""
    _ = say
    one = await stored.one(transaction, key)
    if one is None:
        raise NotFound(_("There is no task “{key}”. See: suara training task list").format(key=key))
    return one


async def results(
    transaction: Transaction, vault: Vault, actor: Actor, key: str, *, say: Say = str
) -> tuple[Figure, ...]:
    """How it was assessed, without what would tell of few people. Raises NotAllowed, NotFound, StorageError."""
    require(actor, "evidence.see")
    one = await found(transaction, key, say)
    return evidence(EvidenceInputs(task=await task_marks(transaction, vault, one))).task


def _counted(given: Sequence[stored.Assignment]) -> dict[State, int]:
    return {state: number for state in rules.FOLLOWS if (number := sum(one.state == state for one in given))}


async def _known(unit: UnitOfWork, wanted: Wanted, say: Say) -> Task | None:
    if not wanted.key:
        return None
    return await found(unit.transaction, wanted.key, say)


def _changed(start: Task, wanted: Wanted, timezone: tzinfo) -> Task:
    given: dict[str, Any] = {
        "title": None if wanted.title is None else " ".join(redact(wanted.title)[0].split()),
        "instruction": None if wanted.instruction is None else redact(wanted.instruction.strip())[0],
        "competence": wanted.competence,
        "evidence": wanted.evidence,
        "due": None if wanted.due is None else datetime.combine(wanted.due, DUE_AT, timezone),
        "assessor": wanted.assessor,
        "rubric": wanted.rubric,
        "double": wanted.double,
        "escalates_to": wanted.escalates_to,
    }
    changes = {name: value for name, value in given.items() if value is not None}
    return replace(start, **changes)


async def _marked(unit: UnitOfWork, key: str) -> bool:
    numbers = [given.id for given in await stored.of_task(unit.transaction, key)]
    handed_in = await submissions.submissions(unit.transaction, unit.vault, numbers)
    return bool(await submissions.assessments(unit.transaction, unit.vault, [one.id for one in handed_in]))


def _check_units(actor: Actor, training: Training) -> None:
    if not theirs(actor, training):
        raise NotAllowed(NotAllowed.__doc__)


def theirs(actor: Actor, training: Training) -> bool:
    """Whether its tasks are theirs to set: who is bound to units has to do with trainings for those alone."""
    return not actor.units or bool(training.units and training.units <= actor.units)
