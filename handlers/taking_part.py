"""Who takes part in a session: asks for a place, will come, calls off, moves up from the waiting list.

One way for everybody: a person in the chat, their superior, the office, a button under a reminder. Rules of the file:
everything happens under the session's lock, so that the last place goes to one; nothing is sent here: whoever did not
do it themselves hears of it through a due row (``training_news``), reminders are planned anew.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, tzinfo
from typing import Literal

from handlers import reminding
from handlers.errors import Conflict, NotFound
from outreach import enrolment as rules
from outreach.enrolment import HOLDS_A_PLACE, Enrolment, NotPossible
from outreach.training import TrainingSession
from storage import dues, enrolments, trainings
from storage.trainings import Offered
from storage.unit_of_work import UnitOfWork
from surveys.text.redaction import redact

NEWS = "training_news"
"""Kind of due row: people of a session are to hear what became of their place, and what was changed."""
LONGEST_REASON = 300

Say = Callable[[str], str]
By = Literal["self", "supervisor", "office"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """What became of somebody's enrolment. ``line``: their place on the waiting list, 0 if they do not wait."""

    offered: Offered
    enrolment: Enrolment
    line: int = 0
    changed: bool = True
    moved_up: int = 0
    """How many got a place from the waiting list by it."""


async def enrol(
    unit: UnitOfWork, session: str, person: str, *, timezone: tzinfo, by: By = "self", say: Say = str
) -> Place:
    """A place for that person, or one on the waiting list; an invitation is accepted by it. Who has one keeps it.

    Raises NotFound, Conflict with a sentence, StorageError.
    """
    offered, all_of_it = await locked(unit, session, say=say)
    check_open(offered.session, now=unit.now, timezone=timezone, say=say)
    now = rules.enrolled(offered.session, person, all_of_it, now=unit.now)
    if now in all_of_it:
        return Place(offered=offered, enrolment=now, line=rules.place_in_line(person, all_of_it), changed=False)
    before = of(person, all_of_it)
    now = replace(now, by=before.by if before is not None and before.state == "invited" else by)
    await _keep(unit, offered, [now], themselves=by == "self")
    return Place(offered=offered, enrolment=now, line=rules.place_in_line(person, _with(all_of_it, now)))


async def invite(
    unit: UnitOfWork,
    session: str,
    person: str,
    *,
    timezone: tzinfo,
    by: Literal["supervisor", "office"],
    say: Say = str,
) -> Place:
    """They are named for it, and asked. Raises NotFound, Conflict, StorageError."""
    offered, all_of_it = await locked(unit, session, say=say)
    check_open(offered.session, now=unit.now, timezone=timezone, say=say)
    before = of(person, all_of_it)
    if before is not None and before.state != "cancelled":
        return Place(offered=offered, enrolment=before, line=rules.place_in_line(person, all_of_it), changed=False)
    now = rules.invited(session, person, now=unit.now, by=by)
    await _keep(unit, offered, [now], themselves=False)
    return Place(offered=offered, enrolment=now)


async def confirm(unit: UnitOfWork, session: str, person: str, *, timezone: tzinfo, say: Say = str) -> Place:
    """They say that they will come; who is invited or called off asks for a place by it. Raises NotFound, Conflict,
    StorageError."""
    offered, all_of_it = await locked(unit, session, say=say)
    before = of(person, all_of_it)
    if before is None or before.state not in HOLDS_A_PLACE:
        return await enrol(unit, session, person, timezone=timezone, say=say)
    if before.confirmed or before.state != "enrolled":
        return Place(offered=offered, enrolment=before, changed=False)
    now = replace(before, confirmed=True)
    await _keep(unit, offered, [now], themselves=True)
    return Place(offered=offered, enrolment=now)


async def call_off(
    unit: UnitOfWork,
    session: str,
    person: str,
    reason: str,
    *,
    timezone: tzinfo,
    themselves: bool = True,
    say: Say = str,
) -> Place:
    """They do not come; whoever waits longest gets the place. An invitation is declined by it. Raises NotFound,
    Conflict, StorageError."""
    _ = say
    offered, all_of_it = await locked(unit, session, say=say)
    before = of(person, all_of_it)
    if before is None:
        raise NotFound(_("Nobody of that name takes part in this session."))
    if before.state == "cancelled":
        return Place(offered=offered, enrolment=before, changed=False)
    words = " ".join(redact(reason)[0].split())[:LONGEST_REASON]
    try:
        now = rules.cancelled(before, words, now=unit.now)
    except NotPossible:
        raise Conflict(_("The attendance is recorded already; the office corrects it on the list.")) from None
    up = _next(offered, _with(all_of_it, now), now=unit.now, timezone=timezone)
    await _keep(unit, offered, [now], themselves=themselves)
    await _keep(unit, offered, up, themselves=False)
    return Place(offered=offered, enrolment=now, moved_up=len(up))


async def fill(unit: UnitOfWork, session: str, *, timezone: tzinfo) -> int:
    """Whoever waits gets the places that are free; how many. Raises StorageError."""
    offered = await trainings.session_of(unit.transaction, session, lock=True)
    if offered is None:
        return 0
    all_of_it = await enrolments.of_session(unit.transaction, unit.vault, session)
    up = _next(offered, all_of_it, now=unit.now, timezone=timezone)
    await _keep(unit, offered, up, themselves=False)
    return len(up)


async def known_now(unit: UnitOfWork, employee_id: int, respondent_id: int, *, timezone: tzinfo) -> None:
    """Somebody the office named proved who they are: what they were named for is theirs, and they hear of it. Raises
    StorageError."""
    for session in await enrolments.proved(unit.transaction, employee_id, respondent_id):
        offered = await trainings.session_of(unit.transaction, session)
        if offered is not None and offered.session.last.finishes(timezone) > unit.now:
            await plan_news(unit, offered.session)
        await reminding.plan_session(unit, session)


async def sessions_to_come(unit: UnitOfWork, respondent_id: int) -> list[str]:
    """Where they hold a place, wait for one or were asked. Raises StorageError."""
    mine = await enrolments.of_person(unit.transaction, unit.vault, respondent_id)
    keys = [one.session for one in mine if one.state in {"invited", "enrolled", "waiting"}]
    found = await trainings.sessions_by_key(unit.transaction, keys)
    return sorted(key for key, one in found.items() if one.session.last.date >= unit.now.date())


async def freed(unit: UnitOfWork, sessions: Sequence[str], *, timezone: tzinfo) -> None:
    """Places of these may have become free since people left or turned out to be one. Raises StorageError."""
    for session in sessions:
        await fill(unit, session, timezone=timezone)
        await reminding.plan_session(unit, session)


# ---- what all of them share -------------------------------------------------------------------------


async def locked(unit: UnitOfWork, session: str, *, say: Say = str) -> tuple[Offered, list[Enrolment]]:
    """The session and everybody of it; nobody else changes either until this transaction ends. Raises NotFound."""
    _ = say
    offered = await trainings.session_of(unit.transaction, session, lock=True)
    if offered is None:
        raise NotFound(_("There is no such session of a training."))
    return offered, await enrolments.of_session(unit.transaction, unit.vault, session)


async def going_to(unit: UnitOfWork, person: str) -> list[Offered]:
    """The sessions to come in which they have a place or wait for one. Raises StorageError."""
    mine = await enrolments.of_anybody(unit.transaction, unit.vault, person)
    keys = [one.session for one in mine if one.state in {"enrolled", "waiting"}]
    found = await trainings.sessions_by_key(unit.transaction, keys)
    return [one for one in found.values() if not one.session.cancelled and one.session.last.date >= unit.now.date()]


def check_open(session: TrainingSession, *, now: datetime, timezone: tzinfo, say: Say) -> None:
    """Raises Conflict where nobody can enrol any more."""
    _ = say
    if session.cancelled:
        raise Conflict(_("This session was called off. Type PELATIHAN for others."))
    if session.first.begins(timezone) <= now:
        raise Conflict(_("This session has begun already. Type PELATIHAN for others."))


def of(person: str, all_of_it: Sequence[Enrolment]) -> Enrolment | None:
    """That person's enrolment."""
    return next((one for one in all_of_it if one.person == person), None)


async def plan_news(unit: UnitOfWork, session: TrainingSession, before: str = "") -> None:
    """People of the session hear what they do not know yet; the ticker knows at which hour (``training_news``).

    ``before``: the session as it stood for them so far (``trainings.dump_session``), where it was changed; what was
    told last counts where several changes come together. Raises StorageError.
    """
    key = f"{NEWS}:{session.key}"
    waiting = await dues.planned(unit.transaction, key)
    payload = waiting or before
    row = {"key": key, "kind": NEWS, "due_at": unit.now, "payload": payload, "state": "planned"}
    await dues.write(unit.transaction, {key: row})


def _next(
    offered: Offered, all_of_it: Sequence[Enrolment], *, now: datetime, timezone: tzinfo
) -> tuple[Enrolment, ...]:
    """Nobody moves up once it has begun: it could not be used any more."""
    if offered.session.first.begins(timezone) <= now:
        return ()
    return rules.next_in_line(offered.session, all_of_it, now=now)


def _with(all_of_it: Sequence[Enrolment], changed: Enrolment) -> list[Enrolment]:
    return [*(one for one in all_of_it if one.person != changed.person), changed]


async def _keep(unit: UnitOfWork, offered: Offered, changed: Sequence[Enrolment], *, themselves: bool) -> None:
    """Write these. ``themselves``: who did it hears of it at once."""
    if not changed:
        return
    await enrolments.keep(unit.transaction, unit.vault, changed, told_at=unit.now if themselves else None)
    if not themselves:
        await plan_news(unit, offered.session)
    await reminding.plan_session(unit, offered.session.key)
