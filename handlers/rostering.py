"""The roster is looked through, saved, and employees get a code with which they prove who they are.

Rules of the file: a list is saved whole or not at all, and only onto the roster it was compared with. Comparing and
sealing ten thousand rows takes seconds: it is done in a thread, before the transaction, so that nobody in the chat
waits for it.
"""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from handlers.auditing import reasoned, record
from handlers.errors import Conflict, NotFound
from handlers.permissions import Actor, may, require
from outreach.roster import Changes, Unit, compare
from outreach.roster_lists import Lists
from outreach.roster_reading import Read
from storage import proving, roster
from storage.database import Database, Transaction
from storage.vault import Vault

Say = Callable[[str], str]


def later(sentence: str) -> str:
    """Marks a sentence that is translated where it is said."""
    return sentence


CHANGED = later("The roster changed since you looked. Please choose the file again and look once more.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Examined:
    """A list and what it would change. With errors nothing is compared."""

    read: Read
    changes: Changes
    known: Sequence[roster.Employee] = ()
    """Whom it was compared with."""
    revision: str = ""
    """Of the roster it was compared with."""
    units: tuple[Unit, ...] = ()
    """Those that are new, or named or placed differently."""

    @property
    def nothing(self) -> bool:
        """Whether it is all known already."""
        return self.changes.nothing and not self.units


async def lists_with_units(transaction: Transaction, lists: Lists) -> Lists:
    """The district's lists and the units that earlier lists added. Raises StorageError."""
    return lists.with_units(unit for unit in await roster.units(transaction) if unit.key not in lists.district)


async def examine(database: Database, vault: Vault, actor: Actor, read: Read, *, part: bool) -> Examined:
    """What ``read`` would change. ``part``: it holds a part of the employees, so nobody is gone. Raises NotAllowed,
    StorageError."""
    require(actor, "roster.import")
    if read.errors:
        return Examined(read=read, changes=Changes())
    async with database.read() as transaction:
        stored = await roster.stored(transaction)
        units = await roster.units(transaction)
    return await asyncio.to_thread(_compared, read, stored, units, vault, part=part)


async def open_names(
    transaction: Transaction, vault: Vault, actor: Actor, reason: str, *, now: datetime, say: Say = str
) -> None:
    """Who is new, changed or gone is about to be named: asked and written down. Raises NotAllowed, and Conflict where
    no reason was given."""
    require(actor, "roster.name")
    given = reasoned(reason, say)
    await record(transaction, vault, actor, "roster.name", now=now, reason=given)


async def save(
    database: Database,
    vault: Vault,
    actor: Actor,
    examined: Examined,
    lists: Lists,
    *,
    now: datetime,
    today: date,
    say: Say = str,
) -> None:
    """Save the list. Raises NotAllowed, Conflict where a row is wrong or the roster is no longer the one it was
    compared with, StorageError."""
    _ = say
    require(actor, "roster.import")
    if examined.read.errors:
        raise Conflict(_("Nothing was saved: mend the errors first, then import the list again."))
    changes = examined.changes
    prepared = await asyncio.to_thread(roster.prepare, vault, changes, examined.known, today=today)
    async with database.write() as transaction:
        if await roster.revision(transaction) != examined.revision:
            raise Conflict(_(CHANGED))
        await roster.keep_units(transaction, lists.with_units(examined.read.units).units)
        await roster.write(transaction, prepared)
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
                "units": len(examined.units),
            },
        )


async def counted(transaction: Transaction, actor: Actor) -> tuple[roster.Counted, ...]:
    """Units and how many employees they have, as far as they are the actor's. Raises NotAllowed, StorageError."""
    require(actor, "roster.see")
    return await roster.counted(transaction, actor.units)


def _compared(read: Read, stored: roster.Stored, units: Collection[Unit], vault: Vault, *, part: bool) -> Examined:
    known = stored.opened(vault)
    present = {one.entry.number: one.entry for one in known if one.left_on is None}
    left = {one.entry.number: one.entry for one in known if one.left_on is not None}
    changes = compare(read.entries, present, left, part=part)
    differing = tuple(unit for unit in read.units if unit not in units)
    return Examined(read=read, changes=changes, known=known, revision=stored.revision, units=differing)


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
