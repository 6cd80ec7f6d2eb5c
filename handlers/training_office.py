"""What the office does about trainings: the catalogue, sessions announced, changed and called off, people named.

Rules of the file: every act asks ``permissions`` first, is refused in one sentence where it cannot be, and is written
down last; nothing is half saved. Who is bound to units names the people of those alone.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import timedelta, tzinfo

from handlers import reminding, taking_part
from handlers.auditing import record
from handlers.errors import Conflict, NotFound
from handlers.permissions import Actor, require
from handlers.taking_part import Place, Say
from outreach import enrolment as rules
from outreach.training import Training, TrainingSession, clashes
from outreach.training_checks import check_session, check_training, double_booked
from storage import enrolments, roster, trainings
from storage.trainings import Offered
from storage.unit_of_work import UnitOfWork
from surveys.speaking import day as day_in_words

LONGEST_KEY = 40
_KEY = re.compile(r"[a-z][a-z0-9_]*")
_SESSION_KEY = re.compile(r"[a-z0-9][a-z0-9_-]{0,59}")
"""What fits into a link of a chat with two signs before it."""


async def put(
    unit: UnitOfWork,
    actor: Actor,
    training: Training,
    *,
    units: Collection[str],
    positions: Collection[str],
    say: Say = str,
) -> None:
    """It is in the catalogue as it stands here. ``units``, ``positions``: those of the district. Raises NotAllowed,
    Conflict, StorageError."""
    _ = say
    require(actor, "trainings.change")
    found = check_training(training, units=units, positions=positions, say=say)
    if not _KEY.fullmatch(training.key) or len(training.key) > LONGEST_KEY:
        words = _("The key “{key}” has at most {most} small letters, digits and _, a letter first: pelayanan_prima.")
        found = (words.format(key=training.key, most=LONGEST_KEY), *found)
    _refuse(found)
    before = await trainings.one(unit.transaction, training.key)
    await trainings.put(unit.transaction, training, unit.now)
    for offered in await trainings.sessions(unit.transaction, since=unit.now.date()):
        if offered.training.key == training.key:  # its reminders may have changed
            await reminding.plan_session(unit, offered.session.key)
    await _record(
        unit,
        actor,
        "trainings.put",
        f"training:{training.key}",
        before=None if before is None else trainings.training_notation(before),
        after=trainings.training_notation(training),
    )


def key_for(title: str, taken: Collection[str]) -> str:
    """A key made of a title: "Pelayanan Prima" is ``pelayanan_prima``, or with _2, _3 … after it."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    key = re.sub(r"[^a-z0-9]+", "_", plain).strip("_")[: LONGEST_KEY - 3]
    key = key if key[:1].isalpha() else f"p_{key}".rstrip("_")
    return next(one for one in (key, *(f"{key}_{n}" for n in range(2, 99))) if one not in taken)


async def archive(unit: UnitOfWork, actor: Actor, key: str, *, say: Say = str) -> None:
    """It is offered no more. Raises NotAllowed, NotFound, StorageError."""
    _ = say
    require(actor, "trainings.change")
    if not await trainings.archive(unit.transaction, key):
        raise NotFound(_("There is no training “{key}”; see: suara training list").format(key=key))
    await _record(unit, actor, "trainings.archive", f"training:{key}")


async def announce(
    unit: UnitOfWork, actor: Actor, session: TrainingSession, *, timezone: tzinfo, say: Say = str
) -> Offered:
    """A session people can enrol in from now on; without a key it gets one. Raises NotAllowed, NotFound, Conflict,
    StorageError."""
    _ = say
    require(actor, "trainings.change")
    training = await trainings.one(unit.transaction, session.training)
    if training is None:
        raise NotFound(_("There is no training “{key}”; see: suara training list").format(key=session.training))
    _refuse(check_session(session, now=unit.now, timezone=timezone, taken=0, say=say))
    session = replace(session, key=session.key or await _free_key(unit, session), revision=0, cancelled=False)
    if not _SESSION_KEY.fullmatch(session.key):
        words = _("The key “{key}” has at most 60 small letters, digits, _ and -.")
        raise Conflict(words.format(key=session.key))
    await _refuse_double(unit, session, say)
    if await trainings.sessions_by_key(unit.transaction, [session.key]):
        raise Conflict(_("There is a session “{key}” already; change that one.").format(key=session.key))
    await trainings.announce(unit.transaction, unit.vault, session)
    await reminding.plan_session(unit, session.key)
    after = trainings.session_notation(session)
    await _record(unit, actor, "trainings.announce", f"session:{session.key}", after=after)
    return Offered(training, session)


async def change(
    unit: UnitOfWork, actor: Actor, session: TrainingSession, *, timezone: tzinfo, say: Say = str
) -> TrainingSession:
    """It stands as here from now on; those who take part hear what is different, and who waits gets new places. Raises
    NotAllowed, NotFound, Conflict, StorageError."""
    _ = say
    require(actor, "trainings.change")
    offered, all_of_it = await taking_part.locked(unit, session.key, say=say)
    before = offered.session
    if before.cancelled:
        raise Conflict(_("This session was called off: announce a new one."))
    if before.training != session.training:
        raise Conflict(_("A session stays with its training: announce a new one."))
    taken = rules.places_taken(all_of_it)
    _refuse(check_session(session, now=unit.now, timezone=timezone, taken=taken, say=say))
    await _refuse_double(unit, session, say)
    now = await trainings.change(unit.transaction, replace(session, cancelled=False))
    if now is None:
        raise NotFound(_("There is no such session of a training."))
    await taking_part.plan_news(unit, now, trainings.dump_session(before))
    await taking_part.fill(unit, session.key, timezone=timezone)
    await reminding.plan_session(unit, session.key)
    was, after = trainings.session_notation(before), trainings.session_notation(now)
    differing = sorted(name for name in after if after[name] != was[name])
    await _record(
        unit,
        actor,
        "trainings.change",
        f"session:{session.key}",
        before={name: was[name] for name in differing},
        after={name: after[name] for name in differing},
    )
    return now


async def cancel(
    unit: UnitOfWork, actor: Actor, key: str, *, timezone: tzinfo, reason: str = "", say: Say = str
) -> Offered:
    """It does not take place; everybody of it hears so. Raises NotAllowed, NotFound, Conflict, StorageError."""
    _ = say
    require(actor, "trainings.change")
    offered, _all = await taking_part.locked(unit, key, say=say)
    if offered.session.cancelled:
        raise Conflict(_("This session was called off already."))
    if offered.session.last.finishes(timezone) <= unit.now:
        raise Conflict(_("This session is over: it cannot be called off any more."))
    before = trainings.dump_session(offered.session)
    now = await trainings.change(unit.transaction, replace(offered.session, cancelled=True))
    if now is None:
        raise NotFound(_("There is no such session of a training."))
    await taking_part.plan_news(unit, now, before)
    await reminding.plan_session(unit, key)
    await _record(unit, actor, "trainings.cancel", f"session:{key}", reason=reason)
    return Offered(offered.training, now)


# ---- people -----------------------------------------------------------------------------------------


async def name_them(
    unit: UnitOfWork,
    actor: Actor,
    session: str,
    numbers: Sequence[str],
    *,
    enrol: bool,
    timezone: tzinfo,
    say: Say = str,
) -> list[Place]:
    """Employees by their numbers: invited, or given a place at once (``enrol``). All of them, or none.

    Raises NotAllowed, NotFound, Conflict, StorageError.
    """
    places = []
    for row, number in enumerate(numbers, start=1):
        person, employee_id = await _employee(unit, actor, number, row, say)
        await _refuse_clash(unit, session, person, row, say)
        if enrol:
            place = await taking_part.enrol(unit, session, person, timezone=timezone, by="office", say=say)
        else:
            place = await taking_part.invite(unit, session, person, timezone=timezone, by="office", say=say)
        places.append(place)
        if place.changed:
            act = "trainings.enrol" if enrol else "trainings.invite"
            await _record(unit, actor, act, f"employee:{employee_id}", after={"session": session})
    return places


async def withdraw(
    unit: UnitOfWork,
    actor: Actor,
    session: str,
    number: str,
    reason: str,
    *,
    timezone: tzinfo,
    say: Say = str,
) -> Place:
    """The office takes somebody's place back. Raises NotAllowed, NotFound, Conflict, StorageError."""
    person, employee_id = await _employee(unit, actor, number, 1, say)
    place = await taking_part.call_off(unit, session, person, reason, timezone=timezone, themselves=False, say=say)
    if place.changed:
        after = {"session": session}
        await _record(unit, actor, "trainings.withdraw", f"employee:{employee_id}", after=after, reason=reason)
    return place


async def _employee(unit: UnitOfWork, actor: Actor, number: str, row: int, say: Say) -> tuple[str, int]:
    """(the person, the employee) of that number. ``row``: which of those that were typed; numbers are not repeated."""
    _ = say
    require(actor, "trainings.enrol")
    claimed = await roster.claimed(unit.transaction, unit.vault, number)
    if claimed is None:
        words = _("Number {row}: nobody on the roster has it. Compare it, or import the newest list.")
        raise NotFound(words.format(row=row))
    require(actor, "trainings.enrol", unit=claimed.unit)
    if claimed.respondent_id is not None:
        return enrolments.person_of(claimed.respondent_id), claimed.id
    return enrolments.employee_called(claimed.id), claimed.id


async def _refuse_clash(unit: UnitOfWork, session: str, person: str, row: int, say: Say) -> None:
    _ = say
    wanted = await trainings.session_of(unit.transaction, session)
    if wanted is None:
        raise NotFound(_("There is no such session of a training."))
    mine = await taking_part.going_to(unit, person)
    found = clashes([one.session for one in mine], wanted.session)
    if found:
        title = next(one.training.title for one in mine if one.session.key == found[0].mine.key)
        words = _("Number {row}: goes to {title} at that time ({day}). Two sessions at once cannot be.")
        raise Conflict(words.format(row=row, title=title, day=day_in_words(found[0].day.date, say)))


# ---- refusing ---------------------------------------------------------------------------------------


def _refuse(found: Sequence[str]) -> None:
    """Raises Conflict with what hinders, if anything does."""
    if found:
        raise Conflict(" ".join(found))


async def _refuse_double(unit: UnitOfWork, session: TrainingSession, say: Say) -> None:
    """Raises Conflict where its place or its instructor is taken at that time."""
    after = session.last.date + timedelta(days=1)
    others = await trainings.sessions(unit.transaction, since=session.first.date, until=after)
    titles = {one.training.key: one.training.title for one in others}
    _refuse(double_booked(session, [one.session for one in others], titles, say))


async def _free_key(unit: UnitOfWork, session: TrainingSession) -> str:
    """pelayanan_prima-2026-12-01, or with -2, -3 … after it."""
    plain = f"{session.training}-{session.first.date.isoformat()}"
    wanted = [plain, *(f"{plain}-{number}" for number in range(2, 30))]
    taken = await trainings.sessions_by_key(unit.transaction, wanted)
    return next((key for key in wanted if key not in taken), plain)


async def _record(
    unit: UnitOfWork,
    actor: Actor,
    act: str,
    whom: str,
    *,
    before: object = None,
    after: object = None,
    reason: str = "",
) -> None:
    await record(
        unit.transaction, unit.vault, actor, act, now=unit.now, whom=whom, before=before, after=after, reason=reason
    )
