"""The roster as it is kept: units, employees, and who among the respondents proved to be which of them.

Rules of the file: names, numbers and phones leave it unsealed only where a caller asks for entries; the chat asks by
keyed hash and gets no more than facts. Saving a list is one transaction, the caller's; sealing ten thousand rows takes
long, so it is done before (``prepare``), and the transaction only writes.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import bindparam, delete, func, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from outreach.roster import Changes, Entry, Unit, shared_phones
from storage import settings
from storage.database import AnyRow, Transaction
from storage.identifiers import random_id
from storage.tables import respondent, response
from storage.tables_roster import employee, employee_code, org_unit
from storage.vault import Vault

_REVISION = "roster_revision"
NUMBER, PHONE = "employee", "employee-phone"
"""What the hashes of numbers and of phones are made for (``Vault.lookup``)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Employee:
    """One stored employee."""

    id: int
    entry: Entry
    respondent_id: int | None
    left_on: date | None
    proves: bool = False
    """Whether a message from the phone proves that it is this employee."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """The roster of one moment, still sealed. ``revision`` changes with every list that is saved."""

    rows: Sequence[AnyRow]
    revision: str

    def opened(self, vault: Vault) -> list[Employee]:
        """Everybody, by number; takes long for ten thousand."""
        return sorted((_opened(row, vault) for row in self.rows), key=lambda one: one.entry.number)


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """What a list changes, as rows."""

    fresh: Sequence[Mapping[str, Any]]
    differing: Sequence[Mapping[str, Any]]
    gone: Sequence[Mapping[str, Any]]
    phones: Sequence[Mapping[str, Any]]
    """A phone that two share now, or no longer, proves differently than before for both of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What a survey may be told of an employee, and no more."""

    unit: str
    kind: str
    position: str
    grade: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Claimed:
    """The employee somebody claims to be, as far as it takes to prove it."""

    id: int
    phone_lookup: bytes | None
    respondent_id: int | None
    unit: str


def number_lookup(number: str, vault: Vault) -> bytes:
    """The hash by which an employee is found."""
    return vault.lookup(NUMBER, number)


def phone_lookup(phone: str, vault: Vault) -> bytes:
    """The hash by which a phone is compared."""
    return vault.lookup(PHONE, phone)


# ---- units ------------------------------------------------------------------------------------------

_PUT_UNIT: Mapping[bool, Any] = {True: sqlite.insert(org_unit), False: postgresql.insert(org_unit)}


async def keep_units(transaction: Transaction, units: Iterable[Unit]) -> None:
    """These units are in the tree; those that are there get their new names."""
    statement = _PUT_UNIT[transaction.sqlite]
    rows = [{"key": unit.key, "parent": unit.parent, "label": unit.label} for unit in units]
    if rows:
        await transaction.run(
            statement.on_conflict_do_update(
                index_elements=["key"],
                set_={"parent": statement.excluded.parent, "label": statement.excluded.label},
            ),
            rows,
        )


async def units(transaction: Transaction) -> tuple[Unit, ...]:
    """The tree, by key."""
    rows = await transaction.all(select(org_unit).order_by(org_unit.c.key))
    return tuple(Unit(row.key, row.label, row.parent) for row in rows)


# ---- employees --------------------------------------------------------------------------------------


async def stored(transaction: Transaction) -> Stored:
    """Everybody who is or was on the roster."""
    return Stored(revision=await revision(transaction), rows=await transaction.all(select(employee)))


async def revision(transaction: Transaction) -> str:
    """Another one after every list that was saved."""
    return await settings.value(transaction, _REVISION)


async def employees(transaction: Transaction, vault: Vault) -> list[Employee]:
    """Everybody who is or was on the roster, by number."""
    return (await stored(transaction)).opened(vault)


async def entry_of(transaction: Transaction, vault: Vault, respondent_id: int) -> Entry | None:
    """The entry of the employee this respondent proved to be, None where they did not."""
    row = await transaction.first(select(employee).where(employee.c.respondent_id == respondent_id))
    return None if row is None else _opened(row, vault).entry


def _opened(row: AnyRow, vault: Vault) -> Employee:
    def words(column: str, sealed: bytes | None) -> str:
        return "" if sealed is None else vault.unseal(_place(column, row.id), sealed).decode()

    entry = Entry(
        number=words("number", row.number),
        name=words("name", row.name),
        phone=words("phone", row.phone),
        superior=words("superior", row.superior),
        kind=row.kind,
        unit=row.unit,
        position=row.position,
        grade=row.grade,
        rank=row.rank,
    )
    return Employee(
        id=row.id,
        entry=entry,
        respondent_id=row.respondent_id,
        left_on=row.left_on,
        proves=row.phone_lookup is not None,
    )


def _place(column: str, row_id: int) -> bytes:
    return b"employee/%s/%d" % (column.encode(), row_id)


def _row(row_id: int, entry: Entry, vault: Vault, shared: frozenset[str]) -> dict[str, Any]:
    def sealed(column: str, words: str) -> bytes | None:
        return vault.seal(_place(column, row_id), words.encode()) if words else None

    proves = bool(entry.phone) and entry.phone not in shared
    return {
        "id": row_id,
        "lookup": number_lookup(entry.number, vault),
        "number": sealed("number", entry.number),
        "name": sealed("name", entry.name),
        "phone": sealed("phone", entry.phone),
        "phone_lookup": phone_lookup(entry.phone, vault) if proves else None,
        "superior": sealed("superior", entry.superior),
        "superior_lookup": number_lookup(entry.superior, vault) if entry.superior else None,
        "kind": entry.kind,
        "unit": entry.unit,
        "position": entry.position,
        "grade": entry.grade,
        "rank": entry.rank,
        "left_on": None,
    }


_COLUMNS = (
    "lookup", "number", "name", "phone", "phone_lookup", "superior", "superior_lookup", "kind", "unit", "position",
    "grade", "rank", "left_on",
)  # fmt: skip
_CHANGE = (
    update(employee).where(employee.c.id == bindparam("id_")).values({name: bindparam(f"{name}_") for name in _COLUMNS})
)
_LEAVE = update(employee).where(employee.c.id == bindparam("id_")).values(left_on=bindparam("left_on_"))
_FORGET_CODE = delete(employee_code).where(employee_code.c.employee_id == bindparam("id_"))
_PHONE = update(employee).where(employee.c.id == bindparam("id_")).values(phone_lookup=bindparam("phone_lookup_"))


def prepare(vault: Vault, changes: Changes, known: Sequence[Employee], *, today: date) -> Prepared:
    """The rows that a list changes. ``known``: whom ``changes`` were compared with."""
    by_number = {one.entry.number: one for one in known}
    standing = {one.entry.number: one.entry for one in known if one.left_on is None}
    standing |= {entry.number: entry for entry in (*changes.new, *changes.back)}
    standing |= {change.after.number: change.after for change in changes.changed}
    for entry in changes.gone:
        del standing[entry.number]
    shared = shared_phones(standing.values())
    anew = (*changes.back, *(change.after for change in changes.changed))
    differing = [_row(by_number[entry.number].id, entry, vault, shared) for entry in anew]
    written = {entry.number for entry in anew}
    return Prepared(
        fresh=sorted((_row(random_id(), entry, vault, shared) for entry in changes.new), key=lambda row: row["id"]),
        differing=[{"id_": row["id"], **{f"{name}_": row[name] for name in _COLUMNS}} for row in differing],
        gone=[{"id_": by_number[entry.number].id, "left_on_": today} for entry in changes.gone],
        phones=[
            {
                "id_": by_number[number].id,
                "phone_lookup_": None if entry.phone in shared else phone_lookup(entry.phone, vault),
            }
            for number, entry in standing.items()
            if number in by_number
            and number not in written
            and by_number[number].proves != (bool(entry.phone) and entry.phone not in shared)
        ],
    )


async def write(transaction: Transaction, prepared: Prepared) -> None:
    """Write it. Raises StorageError."""
    for statement, rows in (
        (insert(employee), prepared.fresh),
        (_CHANGE, prepared.differing),
        (_LEAVE, prepared.gone),
        (_FORGET_CODE, [{"id_": row["id_"]} for row in prepared.gone]),
        (_PHONE, prepared.phones),
    ):
        if rows:
            await transaction.run(statement, list(rows))
    await settings.keep(transaction, _REVISION, str(random_id()))


async def save(
    transaction: Transaction, vault: Vault, changes: Changes, known: Sequence[Employee], *, today: date
) -> None:
    """A short list at once. ``known``: ``employees`` in this same transaction. Raises StorageError."""
    await write(transaction, prepare(vault, changes, known, today=today))


async def anybody(transaction: Transaction) -> bool:
    """Whether there is a roster at all."""
    return await transaction.first(select(employee.c.id).where(employee.c.left_on.is_(None)).limit(1)) is not None


async def claimed(transaction: Transaction, vault: Vault, number: str) -> Claimed | None:
    """The employee with this number, unless they left. Locked for this transaction."""
    statement = select(employee.c.id, employee.c.phone_lookup, employee.c.respondent_id, employee.c.unit).where(
        employee.c.lookup.in_(vault.lookups(NUMBER, number)), employee.c.left_on.is_(None)
    )
    row = await transaction.first(statement.with_for_update())
    if row is None:
        return None
    return Claimed(id=row.id, phone_lookup=row.phone_lookup, respondent_id=row.respondent_id, unit=row.unit)


_FACTS = select(employee.c.unit, employee.c.kind, employee.c.position, employee.c.grade).where(
    employee.c.respondent_id == bindparam("respondent_id_"), employee.c.left_on.is_(None)
)


async def facts(transaction: Transaction, respondent_id: int) -> Facts | None:
    """What the roster says of the employee this respondent proved to be, None where they did not."""
    row = await transaction.first(_FACTS, {"respondent_id_": respondent_id})
    return None if row is None else Facts(unit=row.unit, kind=row.kind, position=row.position, grade=row.grade)


async def link(transaction: Transaction, employee_id: int, respondent_id: int) -> None:
    """This respondent is that employee: they and what they answered are counted as proven from now on."""
    await transaction.run(update(employee).where(employee.c.id == employee_id).values(respondent_id=respondent_id))
    await transaction.run(delete(employee_code).where(employee_code.c.employee_id == employee_id))
    await transaction.run(update(respondent).where(respondent.c.id == respondent_id).values(verified=True))
    await transaction.run(update(response).where(response.c.respondent_id == respondent_id).values(verified=True))


async def unlink(transaction: Transaction, respondent_id: int) -> None:
    """Somebody else proved to be the employee this respondent was taken for: nothing of theirs counts as proven."""
    theirs = employee.c.respondent_id == respondent_id
    await transaction.run(update(employee).where(theirs).values(respondent_id=None))
    await transaction.run(update(respondent).where(respondent.c.id == respondent_id).values(verified=False))
    await transaction.run(update(response).where(response.c.respondent_id == respondent_id).values(verified=False))


async def count(transaction: Transaction) -> tuple[int, int]:
    """(employees on the roster, those of them who proved who they are)"""
    row = await transaction.first(
        select(func.count(), func.count(employee.c.respondent_id)).where(employee.c.left_on.is_(None))
    )
    return (0, 0) if row is None else (int(row[0]), int(row[1]))


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """One unit and how many employees it has."""

    key: str
    label: str
    employees: int
    proven: int
    """Those of them who proved who they are."""


async def counted(transaction: Transaction, units: Collection[str] = ()) -> tuple[Counted, ...]:
    """Units that have employees, by label. ``units``: these alone, all without."""
    statement = (
        select(
            org_unit.c.key,
            org_unit.c.label,
            func.count(employee.c.id).label("employees"),
            func.count(employee.c.respondent_id).label("proven"),
        )
        .join(employee, employee.c.unit == org_unit.c.key)
        .where(employee.c.left_on.is_(None))
        .group_by(org_unit.c.key, org_unit.c.label)
        .order_by(org_unit.c.label, org_unit.c.key)
    )
    if units:
        statement = statement.where(org_unit.c.key.in_(sorted(units)))
    return tuple(
        Counted(key=row.key, label=row.label, employees=row.employees, proven=row.proven)
        for row in await transaction.all(statement)
    )
