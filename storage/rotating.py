"""New keys for old: everything sealed is sealed anew and every look-up hash made anew, while the office works.

The order: new keys are made known to every process (``Vault.prepared``), then used for what is written from now on
(``turned``), then rows are taken in keyed pieces, each in a transaction of its own, then the old keys read older
backups alone (``settled``). Whoever is met meanwhile under an older hash is moved on the spot (``people.known``,
``webchat.Transcripts``). Rules of the file: broken off anywhere it goes on by being begun again; every column of bytes
stands in ``SEALED`` or ``PLAIN``, so that none is forgotten.
"""

from __future__ import annotations

import base64
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import LargeBinary, Table, bindparam, delete, func, literal, select, tuple_, update

from storage import audit, people, roster, settings
from storage.database import Database, Transaction
from storage.responses import Pending
from storage.tables import (
    address,
    answer,
    delivery,
    media,
    pending_response,
    session,
    ticket,
    webchat_message,
    webchat_visitor,
)
from storage.tables_admin import admin
from storage.tables_privacy import document, privacy_request
from storage.tables_roster import employee, employee_code, guess, joining_code, profile
from storage.tables_training import (
    assessment,
    certificate,
    enrolment,
    mentoring_note,
    submission,
    training_session,
)
from storage.vault import Vault, fingerprint, fingerprints
from storage.webchat import move
from surveys.messages import Address

ROWS = 200
"""In one transaction: some ten milliseconds during which nobody else writes."""
TICKETS = 5
"""Each takes ten thousand tries."""
KEYS = "keys"
"""Setting: the fingerprint of the keys under which all rows are found."""
SEEN = "keys_seen:"
"""Setting, by process: the keys it works with."""
_PINS = 10_000


class Place(NamedTuple):
    """A sealed column and the place its values are sealed for."""

    table: Table
    column: str
    of: Callable[[Any], bytes]


def _numbered(prefix: bytes) -> Callable[[Any], bytes]:
    return lambda row: prefix + b"/%d" % row.id


def _named(prefix: bytes) -> Callable[[Any], bytes]:
    return lambda row: prefix + b"/" + row.id.encode()


SEALED: tuple[Place, ...] = (
    Place(address, "external", _numbered(b"address/external")),
    Place(address, "dialog", _numbered(b"address/dialog")),
    Place(session, "state", _numbered(b"session/state")),
    Place(answer, "sealed", lambda row: b"answer/%d/%s" % (row.response_id, row.place.encode())),
    Place(pending_response, "body", _numbered(b"pending")),
    Place(media, "reference", _named(b"media/reference")),
    Place(delivery, "body", _numbered(b"delivery/body")),
    Place(webchat_message, "body", lambda row: b"webchat_message/body/%s/%d" % (row.lookup.hex().encode(), row.number)),
    Place(document, "body", _named(b"document/body")),
    Place(privacy_request, "note", _numbered(b"privacy_request/note")),
    Place(employee, "number", _numbered(b"employee/number")),
    Place(employee, "name", _numbered(b"employee/name")),
    Place(employee, "phone", _numbered(b"employee/phone")),
    Place(employee, "superior", _numbered(b"employee/superior")),
    Place(profile, "label", lambda row: b"profile/label/%d/%d" % (row.address_id, row.respondent_id)),
    Place(admin, "name", _numbered(b"admin/name")),
    Place(admin, "totp", _numbered(b"admin/totp")),
    Place(training_session, "secret", lambda row: b"training_session/secret/%s" % row.key.encode()),
    Place(enrolment, "reason", _numbered(b"enrolment/reason")),
    Place(certificate, "name", lambda row: b"certificate/name/%s" % row.number.encode()),
    Place(submission, "words", _numbered(b"submission/words")),
    Place(assessment, "remark", lambda row: b"assessment/remark/%d/%s" % (row.submission_id, row.assessor.encode())),
    Place(
        mentoring_note,
        "words",
        lambda row: b"mentoring_note/words/%s/%s/%d" % (row.pair.encode(), str(row.day).encode(), row.respondent_id),
    ),
)
PLAIN: Mapping[str, str] = {
    "survey.notation": "published for everybody",
    "survey.source": "published for everybody",
    "address.lookup": "made anew from external",
    "webchat_visitor.lookup": "moved with the address",
    "webchat_message.lookup": "moved with the address",
    "employee.lookup": "made anew from number",
    "employee.phone_lookup": "made anew from phone",
    "employee.superior_lookup": "made anew from superior",
    "ticket.pin_seal": "made anew: the four figures are found by trying",
    "guess.lookup": "deleted: it counts tries of minutes",
    "joining_code.seal": "deleted: it lives for minutes; a new one is asked for",
    "employee_code.seal": "deleted: the unit's admin gives a new one",
    "admin_key.hash": "of random words, without a key",
    "admin_session.hash": "of random words, without a key",
    "audit.seal": "under a key of its own, which is sealed in a setting",
}

Note = Callable[[str, int], None]
"""(table, rows just done)"""


def state_of(vault: Vault, known: str) -> str:
    """Where a change of keys stands. ``known``: the setting ``KEYS``. "" none, "prepared", "turned"."""
    if not vault.older and known == fingerprint(vault):
        return ""
    return "prepared" if vault.current != list(vault.keys)[-1] else "turned"


async def known_keys(database: Database) -> str:
    """The setting ``KEYS``. Raises StorageError."""
    async with database.read() as transaction:
        return await settings.value(transaction, KEYS)


async def reseal(database: Database, vault: Vault, note: Note = lambda _table, _rows: None) -> None:
    """Bring every row under the current key and the current pepper. Raises StorageError."""
    await _all(database, _employees, vault, employee, note)
    await _all(database, _addresses, vault, address, note)
    await _all(database, _pending, vault, pending_response, note, TICKETS)
    await _all(database, _tickets, vault, ticket, note, TICKETS)
    async with database.write() as transaction:
        await _audit_key(transaction, vault)
    tables = dict.fromkeys(place.table for place in SEALED)
    while True:
        for table in tables:
            await _all(database, _sealed, vault, table, note)
        if not await remaining(database, vault):  # else somebody wrote with an older key meanwhile
            return


async def remaining(database: Database, vault: Vault) -> int:
    """How many values are still sealed with an older key. Raises StorageError."""
    left = 0
    async with database.read() as transaction:
        for table, name, _place in SEALED:
            column = table.c[name]
            row = await transaction.first(
                select(func.count()).select_from(table).where(column.is_not(None), _differs(column, vault))
            )
            left += row[0] if row is not None else 0
    return left


async def settle(database: Database, vault: Vault, now: datetime) -> None:
    """Nothing stands under older peppers any more; what cannot be made anew goes. Raises StorageError."""
    async with database.write() as transaction:
        for table in (guess, joining_code, employee_code):
            await transaction.run(delete(table))
        nobodys = webchat_visitor.c.lookup.not_in(select(address.c.lookup))
        rested = webchat_visitor.c.touched_at < now - timedelta(minutes=5)
        await transaction.run(delete(webchat_visitor).where(nobodys, rested))
        await settings.keep(transaction, KEYS, fingerprint(vault))


def mark(vault: Vault) -> str:
    """Tells one state of a key file from another, without giving anything away."""
    return " ".join((vault.current, str(len(vault.older)), *fingerprints(vault)))


# ---- pieces of a table ------------------------------------------------------------------------------

_Piece = Callable[[Transaction, Vault, Sequence[Any]], Any]


async def _all(database: Database, piece: _Piece, vault: Vault, table: Table, note: Note, rows: int = ROWS) -> None:
    """Every row of ``table``, in the order of its key, ``rows`` at a time."""
    key = list(table.primary_key)
    after: tuple[Any, ...] | None = None
    while True:
        statement = select(table).order_by(*key).limit(rows)
        if after is not None:
            statement = statement.where(
                tuple_(*key) > tuple_(*(literal(value, column.type) for value, column in zip(after, key, strict=True)))
            )
        async with database.write() as transaction:
            if not transaction.sqlite:
                statement = statement.with_for_update()
            found = await transaction.all(statement)
            if not found:
                return
            await piece(transaction, vault, found)
        after = tuple(getattr(found[-1], column.name) for column in key)
        note(table.name, len(found))


async def _sealed(transaction: Transaction, vault: Vault, rows: Sequence[Any]) -> None:
    table = next(place.table for place in SEALED if _is_of(rows[0], place.table))
    for place in SEALED:
        if place.table is not table:
            continue
        await _write(
            transaction,
            table,
            [
                (row, {place.column: vault.seal(place.of(row), vault.unseal(place.of(row), value))})
                for row in rows
                if (value := getattr(row, place.column)) is not None and not value.startswith(_head(vault))
            ],
        )


def _is_of(row: Any, table: Table) -> bool:
    return tuple(row._fields) == tuple(column.name for column in table.columns)


async def _addresses(transaction: Transaction, vault: Vault, rows: Sequence[Any]) -> None:
    """Their hashes, and with them the conversations of the web chat."""
    hashes = {}
    for row in rows:
        where = Address(row.channel, people.external_of(row.id, row.external, vault))
        hashes[row.id] = people.lookups_of(where, vault)
    new = [found[0] for found in hashes.values()]
    taken = await transaction.all(select(address.c.lookup).where(address.c.lookup.in_(new)))
    holders = {bytes(row.lookup) for row in taken}
    changed = [(row, {"lookup": hashes[row.id][0]}) for row in rows if hashes[row.id][0] not in holders]
    await _write(transaction, address, changed)
    moves = {old: found[0] for found in hashes.values() for old in found[1:]}
    talking = await transaction.all(
        select(webchat_visitor.c.lookup)
        .where(webchat_visitor.c.lookup.in_(list(moves)))
        .order_by(webchat_visitor.c.lookup)
    )
    for visitor in talking:
        await move(transaction, vault, visitor.lookup, moves[bytes(visitor.lookup)])


async def _employees(transaction: Transaction, vault: Vault, rows: Sequence[Any]) -> None:
    def opened(row: Any, column: str) -> str:
        value = getattr(row, column)
        return vault.unseal(b"employee/%s/%d" % (column.encode(), row.id), value).decode() if value else ""

    changed = []
    for row in rows:
        values: dict[str, Any] = {"lookup": roster.number_lookup(opened(row, "number"), vault)}
        if row.phone_lookup is not None:
            values["phone_lookup"] = roster.phone_lookup(opened(row, "phone"), vault)
        if row.superior_lookup is not None:
            values["superior_lookup"] = roster.number_lookup(opened(row, "superior"), vault)
        changed.append((row, values))
    await _write(transaction, employee, changed)


async def _pending(transaction: Transaction, vault: Vault, rows: Sequence[Any]) -> None:
    changed = []
    for row in rows:
        content = Pending.unsealed(vault, row.id, row.body)
        if content.ticket and content.pin_seal:
            content = replace(content, pin_seal=_new_pin_seal(vault, content.ticket, content.pin_seal))
        changed.append((row, {"body": content.sealed(vault, row.id)}))
    await _write(transaction, pending_response, changed)


async def _tickets(transaction: Transaction, vault: Vault, rows: Sequence[Any]) -> None:
    changed = [
        (row, {"pin_seal": _new_pin_seal(vault, row.number, row.pin_seal)}) for row in rows if row.pin_seal is not None
    ]
    await _write(transaction, ticket, changed)


def _new_pin_seal(vault: Vault, number: str, seal: bytes) -> bytes:
    """The hash of the same PIN under the current pepper. Nobody keeps PINs: it is found by trying all of them."""
    for pin in range(_PINS):
        hashes = vault.lookups("pin", f"{number} {pin:04d}")
        if seal in hashes:
            return hashes[0]
    return seal


async def _audit_key(transaction: Transaction, vault: Vault) -> None:
    stored = await settings.value(transaction, audit.KEY)
    if stored:
        key = vault.unseal(audit.KEY_PLACE, base64.b64decode(stored))
        await settings.keep(transaction, audit.KEY, base64.b64encode(vault.seal(audit.KEY_PLACE, key)).decode())


async def _write(transaction: Transaction, table: Table, changed: Sequence[tuple[Any, dict[str, Any]]]) -> None:
    """Write these values of these rows, columns that are the same ones together."""
    by_columns: dict[tuple[str, ...], list[dict[str, Any]]] = {}
    key = list(table.primary_key)
    for row, values in changed:
        names = tuple(sorted(values))
        where = {f"key_{column.name}": getattr(row, column.name) for column in key}
        by_columns.setdefault(names, []).append({**where, **{f"new_{name}": values[name] for name in names}})
    for names, rows in by_columns.items():
        statement = update(table).values({name: bindparam(f"new_{name}") for name in names})
        for column in key:
            statement = statement.where(column == bindparam(f"key_{column.name}"))
        await transaction.run(statement, rows)


def _head(vault: Vault) -> bytes:
    return b"v1:" + vault.current.encode() + b":"


def _differs(column: Any, vault: Vault) -> Any:
    head = _head(vault)
    return func.substr(column, 1, len(head), type_=LargeBinary()) != literal(head, LargeBinary())


# ---- who works with which keys ----------------------------------------------------------------------


async def note_seen(transaction: Transaction, process_id: int, vault: Vault) -> None:
    """This process works with these keys from now on."""
    await settings.keep(transaction, f"{SEEN}{process_id}", mark(vault))


async def seen(transaction: Transaction, processes: Sequence[int]) -> dict[int, str]:
    """Process to the mark of the keys it works with."""
    return {one: await settings.value(transaction, f"{SEEN}{one}") for one in processes}
