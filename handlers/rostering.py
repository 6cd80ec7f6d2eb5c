"""The roster is looked through, saved, and employees get a code with which they prove who they are.

Rule of the file: a list is saved whole or not at all, and only as it was looked through in the same transaction.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date, datetime

from handlers.auditing import reasoned, record
from handlers.errors import Conflict, NotFound
from handlers.permissions import Actor, may, require
from outreach.roster import Changes, Unit, compare
from outreach.roster_lists import Lists
from outreach.roster_reading import Read
from storage import proving, roster
from storage.database import Transaction
from storage.vault import Vault

Say = Callable[[str], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Examined:
    """A list and what it would change. With errors nothing is compared."""

    read: Read
    changes: Changes
    units: tuple[Unit, ...] = ()
    """Those that are new, or named or placed differently."""

    @property
    def nothing(self) -> bool:
        """Whether it is all known already."""
        return self.changes.nothing and not self.units


async def lists_with_units(transaction: Transaction, lists: Lists) -> Lists:
    """The district's lists and the units that earlier lists added. Raises StorageError."""
    return lists.with_units(unit for unit in await roster.units(transaction) if unit.key not in lists.district)


async def examine(transaction: Transaction, vault: Vault, actor: Actor, read: Read, *, part: bool) -> Examined:
    """What ``read`` would change. ``part``: it holds a part of the employees, so nobody is gone. Raises NotAllowed,
    StorageError."""
    require(actor, "roster.import")
    if read.errors:
        return Examined(read=read, changes=Changes())
    known = await roster.employees(transaction, vault)
    units = _differing(read, await roster.units(transaction))
    return Examined(read=read, changes=_compared(read, known, part=part), units=units)


async def open_names(
    transaction: Transaction, vault: Vault, actor: Actor, reason: str, *, now: datetime, say: Say = str
) -> None:
    """Who is new, changed or gone is about to be named: asked and written down. Raises NotAllowed, and Conflict where
    no reason was given."""
    require(actor, "roster.name")
    given = reasoned(reason, say)
    await record(transaction, vault, actor, "roster.name", now=now, reason=given)


async def save(  # noqa: PLR0913 -- what it needs
    transaction: Transaction,
    vault: Vault,
    actor: Actor,
    read: Read,
    lists: Lists,
    *,
    part: bool,
    now: datetime,
    today: date,
    say: Say = str,
) -> Examined:
    """Save the list. Raises NotAllowed, Conflict where a row is wrong, StorageError."""
    _ = say
    require(actor, "roster.import")
    if read.errors:
        raise Conflict(_("Nothing was saved: mend the errors first, then import the list again."))
    known = await roster.employees(transaction, vault)
    changes = _compared(read, known, part=part)
    units = _differing(read, await roster.units(transaction))
    await roster.keep_units(transaction, lists.with_units(read.units).units)
    await roster.save(transaction, vault, changes, known, today=today)
    await record(
        transaction,
        vault,
        actor,
        "roster.import",
        now=now,
        after={
            "new": len(changes.new),
            "changed": len(changes.changed),
            "gone": len(changes.gone),
            "back": len(changes.back),
            "units": len(units),
        },
    )
    return Examined(read=read, changes=changes, units=units)


async def counted(transaction: Transaction, actor: Actor) -> tuple[roster.Counted, ...]:
    """Units and how many employees they have, as far as they are the actor's. Raises NotAllowed, StorageError."""
    require(actor, "roster.see")
    return await roster.counted(transaction, actor.units)


def _differing(read: Read, stored: Collection[Unit]) -> tuple[Unit, ...]:
    return tuple(unit for unit in read.units if unit not in stored)


def _compared(read: Read, known: list[roster.Employee], *, part: bool) -> Changes:
    present = {one.entry.number: one.entry for one in known if one.left_on is None}
    left = {one.entry.number: one.entry for one in known if one.left_on is not None}
    return compare(read.entries, present, left, part=part)


async def give_code(
    transaction: Transaction,
    vault: Vault,
    actor: Actor,
    number: str,
    *,
    now: datetime,
    rng: random.Random,
    say: Say = str,
) -> str:
    """A one-time code for the employee with this number, for 7 days; one given before is void. Raises NotAllowed,
    NotFound, StorageError."""
    _ = say
    require(actor, "roster.code")
    claimed = await roster.claimed(transaction, vault, number)
    if claimed is None or not may(actor, "roster.code", unit=claimed.unit):  # one answer: nothing about other units
        raise NotFound(
            _("Nobody on the roster of your units has this number. Compare it, or ask who looks after all units.")
            if actor.units
            else _("Nobody on the roster has this number. Compare it, or import the newest list.")
        )
    code = f"{rng.randrange(10**8):08}"
    await proving.give_code(transaction, claimed.id, code, vault, now)
    await proving.forgive(transaction, [roster.number_lookup(number, vault)])
    await record(transaction, vault, actor, "roster.code", now=now, whom=f"employee:{claimed.id}")
    return f"{code[:4]}-{code[4:]}"
