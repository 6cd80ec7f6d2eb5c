"""The list of a session: who is on it, who was there, and what an instructor corrects by hand.

Rules of the file: whoever is bound to units sees and corrects the people of those alone. What is corrected is taken
whole or not at all, is written down, and where the session is over already, all that follows from it is worked out
anew.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, tzinfo

from handlers import crediting, reminding
from handlers.auditing import record
from handlers.errors import Conflict, NotFound
from handlers.permissions import Actor, may, require
from outreach.attendance_sheet import Noted, ReadList
from storage import attendance, reminders, rolls, trainings
from storage.attendance import CheckedIn
from storage.database import Transaction
from storage.enrolments import person_of
from storage.rolls import Listed
from storage.trainings import Offered
from storage.unit_of_work import UnitOfWork
from storage.vault import Vault
from surveys.errors import Problem
from surveys.speaking import day as day_in_words

Say = Callable[[str], str]
WAS_THERE, WAS_ABSENT = "was_there", "was_absent"
"""What is pressed under the reminder ``attendance_missed``."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A session, its dates, and everybody on its list that the reader may see. ``said``: by person and day, whether
    they say that they were there, where they were asked; apart from what was checked in."""

    offered: Offered
    days: tuple[date, ...]
    people: tuple[Listed, ...]
    said: Mapping[tuple[str, date], bool] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Mark:
    """Somebody was there on that day, or was not."""

    person: str
    day: date
    there: bool


def days_of(offered: Offered) -> tuple[date, ...]:
    """Its dates, each once."""
    return tuple(sorted({day.date for day in offered.session.days}))


async def shown(transaction: Transaction, vault: Vault, actor: Actor, session: str, *, say: Say) -> Sheet:
    """The list. Raises NotAllowed, NotFound, StorageError."""
    require(actor, "attendance.keep")
    offered = await _session(transaction, session, say)
    people = tuple(one for one in await rolls.roll(transaction, vault, session) if _theirs(actor, one.unit))
    return Sheet(offered, days_of(offered), people, await _said(transaction, offered))


async def _said(transaction: Transaction, offered: Offered) -> dict[tuple[str, date], bool]:
    """The last of each person and day counts. The days of the rule ``attendance_missed`` are numbered."""
    pressed = await reminders.announced(transaction, f"session:{offered.session.key}", (WAS_THERE, WAS_ABSENT))
    days, found = days_of(offered), dict[tuple[str, date], bool]()
    for line in pressed:
        place = line.key.rpartition(":")[2]
        if place.isdecimal() and int(place) < len(days):
            found[person_of(line.respondent_id), days[int(place)]] = line.answer == WAS_THERE
    return found


def said_of(sheet: Sheet, one: Listed, *, say: Say) -> str:
    """What somebody announced of themselves, in words; "" for nothing."""
    _ = say
    found = [_("will come")] if one.confirmed and one.state == "enrolled" else []
    for day in sheet.days:
        there = sheet.said.get((one.person, day))
        if there is not None:
            words = _("{day}: says they were there") if there else _("{day}: says they were not there")
            found.append(words.format(day=f"{day:%d/%m}"))
    return "; ".join(found)


async def correct(
    unit: UnitOfWork, actor: Actor, session: str, marks: Sequence[Mark], *, timezone: tzinfo, say: Say
) -> int:
    """Write down what the marks say; how many changed anything. Raises NotAllowed, NotFound, Conflict, StorageError."""
    require(actor, "attendance.keep")
    offered = await _session(unit.transaction, session, say, lock=True)
    _check(offered, marks, unit, timezone, say)
    known = {one.person: one.unit for one in await rolls.roll(unit.transaction, unit.vault, session)}
    others = {one.person for one in marks} - set(known)
    known |= await rolls.units_of(unit.transaction, others)
    for one in marks:
        if one.person not in known:
            raise NotFound(say("Somebody on this list is no longer there. Please open it again."))
        require(actor, "attendance.keep", unit=known[one.person] or ("-" if actor.units else ""))
    noted = taken = 0
    for one in marks:
        if one.there:
            came = CheckedIn(person=one.person, day=one.day, at=unit.now, how="list")
            noted += await attendance.check_in(unit.transaction, session, came)
        else:
            taken += await attendance.take_back(unit.transaction, session, one.day, one.person)
    if noted or taken:
        if crediting.over(offered.session, unit.now, timezone):
            await crediting.credit(unit, session)
        else:
            await reminding.plan_session(unit, session)
        after = {"noted": noted, "taken_back": taken}
        await record(
            unit.transaction, unit.vault, actor, "attendance.keep", now=unit.now, whom=f"session:{session}", after=after
        )
    return noted + taken


async def add(
    unit: UnitOfWork, actor: Actor, session: str, number: str, day: date, *, timezone: tzinfo, say: Say
) -> None:
    """The employee with this number was there on that day, enrolled or not. Raises NotAllowed, NotFound, Conflict."""
    _ = say
    found = await rolls.by_number(unit.transaction, unit.vault, [number])
    units = await rolls.units_of(unit.transaction, found.values()) if actor.units else {}
    if actor.units and not _may_note(actor, found.get(number, ""), units):  # one answer: nothing about other units
        raise NotFound(
            _("Nobody on the roster of your units has this number. Compare it, or ask who looks after all units.")
        )
    if number not in found:
        raise NotFound(_("Nobody on the roster has this number. Compare it, or import the newest list."))
    await correct(unit, actor, session, [Mark(found[number], day, there=True)], timezone=timezone, say=say)


async def take_in(
    unit: UnitOfWork, actor: Actor, session: str, read: ReadList, *, timezone: tzinfo, say: Say
) -> tuple[int, tuple[Problem, ...]]:
    """Take a list in: how many cells changed anything, and what is wrong with it; with a fault nothing is taken.
    Raises NotAllowed, NotFound, Conflict, StorageError."""
    require(actor, "attendance.keep")
    numbers = {one.number for one in read.noted}
    found = await rolls.by_number(unit.transaction, unit.vault, sorted(numbers))
    units = await rolls.units_of(unit.transaction, found.values()) if actor.units else {}
    problems = [*read.problems, *_strangers(read.noted, found, units, actor, say)]
    if problems:
        return 0, tuple(sorted(problems, key=lambda one: one.row))
    marks = [Mark(found[one.number], one.day, one.there) for one in read.noted]
    return await correct(unit, actor, session, marks, timezone=timezone, say=say), ()


def _may_note(actor: Actor, person: str, units: Mapping[str, str]) -> bool:
    """Whether that person is somebody, and of the actor's units."""
    return may(actor, "attendance.keep", unit=units.get(person) or "-")


def _strangers(
    noted: Sequence[Noted], found: Mapping[str, str], units: Mapping[str, str], actor: Actor, say: Say
) -> list[Problem]:
    """Rows whose number is nobody's, or of somebody who is not the actor's."""
    _ = say
    rows = {one.number: one.row for one in noted}
    problems = []
    for number, row in rows.items():
        if actor.units and not _may_note(actor, found.get(number, ""), units):  # whoever it is: nothing about others
            what, remedy = _("Nobody on the roster of your units has this NIP."), _("Leave the row out, or compare it.")
        elif number not in found:
            what, remedy = _("Nobody on the roster has this NIP."), _("Compare it, or import the newest list.")
        else:
            continue
        problems.append(Problem(code="unknown", sheet="", row=row, what=what, remedy=remedy))
    return problems


def _check(offered: Offered, marks: Collection[Mark], unit: UnitOfWork, timezone: tzinfo, say: Say) -> None:
    _ = say
    if offered.session.cancelled and marks:
        raise Conflict(_("This session was called off: nobody is noted as present."))
    today, days = unit.now.astimezone(timezone).date(), days_of(offered)
    for one in sorted(marks, key=lambda one: one.day):
        if one.day not in days:
            raise Conflict(_("{day} is no day of this session. Please open the list again.").format(
                day=day_in_words(one.day, say)))  # fmt: skip
        if one.there and one.day > today:
            raise Conflict(_("{day} has not come yet: nobody can have been there.").format(
                day=day_in_words(one.day, say)))  # fmt: skip


async def _session(transaction: Transaction, session: str, say: Say, *, lock: bool = False) -> Offered:
    offered = await trainings.session_of(transaction, session, lock=lock)
    if offered is None:
        raise NotFound(say("There is no session “{key}”.").format(key=session))
    return offered


def _theirs(actor: Actor, unit: str) -> bool:
    return not actor.units or unit in actor.units
