"""What the office sees of trainings: the sessions with how many take part, and one session with its people.

Rule of the file: nothing changes; naming people is asked for and written down, and who is bound to units sees the
people of those alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from handlers.auditing import reasoned, record
from handlers.errors import NotFound
from handlers.permissions import Actor, may, require
from handlers.taking_part import Say
from outreach import enrolment as rules
from outreach.enrolment import Enrolment, State
from outreach.training import Training
from storage import enrolments, supervising, trainings
from storage.trainings import Offered
from storage.unit_of_work import UnitOfWork

LEAST = 5
"""A smaller number of people is shown to those alone who may see all their names."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """Sessions with how many take part, and trainings that have none among them."""

    sessions: tuple[Counted, ...]
    without: tuple[Training, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """One session. ``taken``, ``waiting``: None where the number is not shown to the actor."""

    offered: Offered
    taken: int | None
    waiting: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Somebody:
    """One who takes part. ``name`` "": they have not proven who they are."""

    enrolment: Enrolment
    name: str = ""
    unit: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """One session and its people, as far as they are the actor's. ``counts``: by state, None where it is not shown."""

    offered: Offered
    counts: Mapping[State, int | None]
    people: tuple[Somebody, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class InCatalogue:
    """A training with its sessions, the latest last. ``taken``, ``waiting``: of those to come, None where not shown."""

    training: Training
    offered: bool
    sessions: tuple[Counted, ...]
    to_come: int
    taken: int | None
    waiting: int | None


def _shown(number: int, actor: Actor) -> int | None:
    """Numbers below five only where the actor may see every name anyway."""
    names = may(actor, "trainings.enrol") and not actor.units
    return number if names or number == 0 or number >= LEAST else None


async def listed(unit: UnitOfWork, actor: Actor, *, since: date) -> Listed:
    """What is held on or after ``since``, and the catalogue. Raises NotAllowed, StorageError."""
    require(actor, "trainings.see")
    found = await trainings.sessions(unit.transaction, since=since)
    counts = await enrolments.counts(unit.transaction, [one.session.key for one in found])
    there = {one.training.key for one in found}
    return Listed(
        sessions=tuple(_counted(one, counts, actor) for one in found),
        without=tuple(one for one in await trainings.catalogue(unit.transaction) if one.key not in there),
    )


async def of_days(unit: UnitOfWork, actor: Actor, *, since: date, until: date) -> list[Offered]:
    """Sessions with a day from ``since`` on that begin before ``until``, by their first day. Raises NotAllowed,
    StorageError."""
    require(actor, "trainings.see")
    return await trainings.sessions(unit.transaction, since=since, until=until)


async def catalogue(unit: UnitOfWork, actor: Actor, *, since: date, today: date) -> list[InCatalogue]:
    """Every training by title, those that are offered no more last; sessions that end on or after ``since``. Raises
    NotAllowed, StorageError."""
    require(actor, "trainings.see")
    offered = {one.key for one in await trainings.catalogue(unit.transaction)}
    held = await trainings.sessions(unit.transaction, since=since)
    counts = await enrolments.counts(unit.transaction, [one.session.key for one in held])
    found = []
    for training in await trainings.catalogue(unit.transaction, archived=True):
        mine = [one for one in held if one.session.training == training.key]
        sessions = tuple(_counted(one, counts, actor) for one in mine)
        coming = [
            one for one in sessions if one.offered.session.last.date >= today and not one.offered.session.cancelled
        ]
        found.append(
            InCatalogue(
                training=training,
                offered=training.key in offered,
                sessions=sessions,
                to_come=len(coming),
                taken=_whole([one.taken for one in coming]),
                waiting=_whole([one.waiting for one in coming]),
            )
        )
    return sorted(found, key=lambda one: (not one.offered, one.training.title.casefold(), one.training.key))


def _whole(numbers: Sequence[int | None]) -> int | None:
    """All of them together; None where one is not shown, which it would tell."""
    shown = [number for number in numbers if number is not None]
    return sum(shown) if len(shown) == len(numbers) else None


def _counted(one: Offered, counts: Mapping[str, Mapping[str, int]], actor: Actor) -> Counted:
    return Counted(offered=one, taken=_shown(_taken(one, counts), actor), waiting=_shown(_waiting(one, counts), actor))


def _taken(one: Offered, counts: Mapping[str, Mapping[str, int]]) -> int:
    return sum(counts.get(one.session.key, {}).get(state, 0) for state in rules.HOLDS_A_PLACE)


def _waiting(one: Offered, counts: Mapping[str, Mapping[str, int]]) -> int:
    return counts.get(one.session.key, {}).get("waiting", 0)


async def seen(unit: UnitOfWork, actor: Actor, key: str, *, names: bool, reason: str = "", say: Say = str) -> Seen:
    """One session; with ``names`` who is of it, which is written down with the ``reason``. Raises NotAllowed, NotFound,
    Conflict where the reason is none, StorageError."""
    _ = say
    require(actor, "trainings.see")
    offered = await trainings.session_of(unit.transaction, key)
    if offered is None:
        raise NotFound(_("There is no such session of a training."))
    all_of_it = await enrolments.of_session(unit.transaction, unit.vault, key)
    counted = Counter(one.state for one in all_of_it)
    counts = {state: _shown(counted[state], actor) for state in rules.FOLLOWS if counted[state]}
    if not names:
        return Seen(offered=offered, counts=counts)
    require(actor, "trainings.enrol")
    why = reasoned(reason, say)
    called = await supervising.called(unit.transaction, unit.vault, [one.person for one in all_of_it])
    people = [
        Somebody(
            enrolment=one,
            name=called[one.person].name if one.person in called else "",
            unit=called[one.person].unit if one.person in called else "",
        )
        for one in all_of_it
    ]
    theirs = [one for one in people if may(actor, "trainings.enrol", unit=one.unit or "?")]
    whom = f"session:{key}"
    await record(
        unit.transaction, unit.vault, actor, "trainings.name", now=unit.now, whom=whom, after=len(theirs), reason=why
    )
    by_state = list(rules.FOLLOWS)
    ordered = sorted(theirs, key=lambda one: (by_state.index(one.enrolment.state), one.enrolment.since, one.name))
    return Seen(offered=offered, counts=counts, people=tuple(ordered))
