"""A person's data are deleted: rows, lines of the web chat, files, and what SQLite's log still holds of them.

Rules of the file: what bears a person's number goes, whatever table it stands in; proof of consent stays under a number
that leads nowhere. Anonymous responses bear no number and stay. SQLite overwrites what is deleted (secure_delete); its
log is emptied by ``truncated``, again and again until it succeeds (setting ``OWED``).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, TypeVar

from sqlalchemy import Column, Table, delete, exists, or_, select, text, update

from storage import dues, media, settings
from storage.database import Database, Transaction
from storage.identifiers import random_id
from storage.tables import (
    address,
    answer,
    consent,
    delivery,
    due,
    metadata,
    pending_response,
    respondent,
    response,
    session,
    status_change,
    ticket,
    webchat_message,
    webchat_visitor,
)
from storage.tables_privacy import document, privacy_request
from storage.tables_roster import profile

OWED = "wal_owed"
"""Setting: since when SQLite's log holds what was deleted; "" if nothing."""
ADDRESS, LINES = "privacy_address", "privacy_lines"
"""Kinds of due rows: an address to be forgotten, the last lines of a web conversation."""
UNFINISHED = ("queued", "leased", "handed")
"""States of a message that is still on its way."""
SOON = timedelta(seconds=1)
READ = timedelta(hours=1)
"""So long the last line of a web conversation, which says that all is deleted, can be read."""
_SHORT = 30.0
"""Milliseconds that emptying the log waits for readers: meanwhile nobody else writes."""
_AT_ONCE = 500
_T = TypeVar("_T")


async def erase(
    transaction: Transaction, respondent_id: int, *, address_id: int = 0, successor: int = 0, now: datetime
) -> None:
    """Delete what is held about ``respondent_id``.

    ``address_id``: the address they wrote from, which belongs to ``successor`` (a number without anything) until the
    last word has reached it; then it goes too.
    """
    theirs = or_(address.c.respondent_id == respondent_id, address.c.id == address_id)
    addresses = await transaction.all(select(address.c.id, address.c.lookup).where(theirs))
    await _lines(transaction, [row.lookup for row in addresses])
    sessions = await _ids(transaction, session, respondent_id)
    responses = await _ids(transaction, response, respondent_id)
    await _files(transaction, sessions, responses, now=now)
    await _dues(transaction, sessions)
    await transaction.run(delete(session).where(session.c.respondent_id == respondent_id))
    await _tickets(transaction, respondent_id)
    for some in _some(responses):
        await transaction.run(delete(response).where(response.c.id.in_(some)))  # their answers go with them
    gone = [row.id for row in addresses if row.id != address_id]
    shared = await _shared(transaction, gone, respondent_id)
    await transaction.run(update(address).where(address.c.id.in_(shared)).values(respondent_id=None, dialog=None))
    alone = [one for one in gone if one not in shared]
    await transaction.run(delete(address).where(address.c.id.in_(alone)))  # deliveries and documents go with them
    await transaction.run(delete(document).where(document.c.address_id == address_id))
    await _deliveries(transaction, respondent_id, address_id)
    await _elsewhere(transaction, respondent_id)
    await _person(transaction, respondent_id)
    await transaction.run(update(privacy_request).where(privacy_request.c.subject == respondent_id).values(note=None))
    if address_id and await _shared(transaction, [address_id], respondent_id):  # to the others it belongs as before
        await transaction.run(update(address).where(address.c.id == address_id).values(respondent_id=None, dialog=None))
        await _person(transaction, successor)
    elif address_id:
        await _plan(transaction, ADDRESS, f"{address_id} {successor}", now + SOON)
        for row in addresses:
            if row.id == address_id:
                await _plan(transaction, LINES, row.lookup.hex(), now + READ)
    await settings.keep(transaction, OWED, now.isoformat())


async def forget_address(transaction: Transaction, payload: str, now: datetime) -> bool:
    """The last word has reached them: the address goes. False where something is still to be sent; then, again.
    Whoever came back in the meantime stays."""
    address_id, successor = map(int, payload.split())
    row = await transaction.first(select(address.c.respondent_id).where(address.c.id == address_id))
    if row is None or row.respondent_id != successor:
        return True
    waits = exists().where(delivery.c.address_id == address_id, delivery.c.state.in_(UNFINISHED))
    if await transaction.first(select(address.c.id).where(address.c.id == address_id, waits)) is not None:
        return False
    person = await transaction.first(select(respondent.c.kind).where(respondent.c.id == successor))
    if (person is not None and person.kind) or await _ids(transaction, session, successor):
        return True
    if await transaction.first(select(address.c.id).where(address.c.id == address_id, address.c.dialog.is_not(None))):
        return True
    if await _shared(transaction, [address_id], successor):
        await transaction.run(update(address).where(address.c.id == address_id).values(respondent_id=None))
    else:
        await transaction.run(delete(address).where(address.c.id == address_id))
    await _person(transaction, successor)
    await settings.keep(transaction, OWED, now.isoformat())
    return True


async def forget_lines(transaction: Transaction, payload: str, now: datetime) -> None:
    """The last lines of a web conversation go, where nobody has gone on with it."""
    lookup = bytes.fromhex(payload)
    if await transaction.first(select(address.c.id).where(address.c.lookup == lookup)) is None:
        await _lines(transaction, [lookup])
        await settings.keep(transaction, OWED, now.isoformat())


async def forget_contact(transaction: Transaction, respondent_id: int, *, now: datetime) -> bool:
    """Addresses that were not used for long go; what was answered stays under a number that leads nowhere. False where
    they are being written to at this moment."""
    theirs = select(address.c.id, address.c.lookup).where(address.c.respondent_id == respondent_id)
    rows = await transaction.all(theirs.order_by(address.c.id).with_for_update())
    ids = [row.id for row in rows]
    waits = select(delivery.c.id).where(delivery.c.address_id.in_(ids), delivery.c.state.in_(UNFINISHED))
    if await _ids(transaction, session, respondent_id) or await transaction.first(waits.limit(1)) is not None:
        return False
    await _lines(transaction, [row.lookup for row in rows])
    await transaction.run(delete(profile).where(profile.c.respondent_id == respondent_id))
    shared = await _shared(transaction, ids, respondent_id)
    await transaction.run(update(address).where(address.c.id.in_(shared)).values(respondent_id=None, dialog=None))
    await transaction.run(delete(address).where(address.c.id.in_([one for one in ids if one not in shared])))
    await settings.keep(transaction, OWED, now.isoformat())
    return True


async def forget_number(transaction: Transaction, respondent_id: int) -> None:
    """A number under which nothing stands any more goes."""
    for table in (address, consent, response, session, ticket):
        if await transaction.first(select(table).where(table.c.respondent_id == respondent_id).limit(1)) is not None:
            return
    await transaction.run(delete(respondent).where(respondent.c.id == respondent_id))


async def truncated(database: Database) -> bool:
    """Write SQLite's log into its file and empty it. False while somebody reads an older moment: then it is to be tried
    again. Waits for nobody. Raises StorageError."""
    if not database.sqlite:
        return True
    async with database.engine.connect() as connection:
        driver: Any = (await connection.get_raw_connection()).driver_connection
        try:
            await driver.execute_fetchall(f"PRAGMA busy_timeout={_SHORT:.0f}")
            rows = await driver.execute_fetchall("PRAGMA wal_checkpoint(TRUNCATE)")
        finally:
            await driver.execute_fetchall("PRAGMA busy_timeout=5000")
    return bool(rows) and rows[0][0] == 0


async def rewrite(database: Database) -> None:
    """Write the tables anew through which anonymous answers passed: PostgreSQL leaves what was deleted, encrypted, in
    the pages. Nobody can write meanwhile, for a moment. Raises StorageError where somebody writes for too long."""
    if database.sqlite:
        return
    for table in (session, pending_response):
        await database.alone(text(f"VACUUM (FULL) {table.name}"))


# ---- pieces -----------------------------------------------------------------------------------------


async def _plan(transaction: Transaction, kind: str, payload: str, at: datetime) -> None:
    key = f"{kind}:{random_id()}"
    await dues.write(
        transaction, {key: {"key": key, "kind": kind, "due_at": at, "payload": payload, "state": "planned"}}
    )


async def _ids(transaction: Transaction, table: Table, respondent_id: int) -> list[int]:
    rows = await transaction.all(select(table.c.id).where(table.c.respondent_id == respondent_id))
    return [row[0] for row in rows]


async def _lines(transaction: Transaction, lookups: Sequence[bytes]) -> None:
    """Lines go, and the page notices."""
    found = sorted(lookups)
    await transaction.run(
        update(webchat_visitor)
        .where(webchat_visitor.c.lookup.in_(found))
        .values(revision=webchat_visitor.c.revision + 1)
    )
    await transaction.run(delete(webchat_message).where(webchat_message.c.lookup.in_(found)))


async def _files(transaction: Transaction, sessions: Sequence[int], responses: Sequence[int], *, now: datetime) -> None:
    ids: list[str] = []
    for some in _some(responses):
        rows = await transaction.all(select(answer.c.pages).where(answer.c.response_id.in_(some), answer.c.pages != ""))
        ids += [page for row in rows for page in row.pages.split()]
    await media.drop(transaction, ids, now)
    await media.end_sessions(transaction, dict.fromkeys(sessions, ()), now)


async def _shared(transaction: Transaction, addresses: Sequence[int], respondent_id: int) -> frozenset[int]:
    """Those of these addresses that others use as well: several people on one telephone."""
    rows = await transaction.all(
        select(profile.c.address_id).where(
            profile.c.address_id.in_(list(addresses)), profile.c.respondent_id != respondent_id
        )
    )
    return frozenset(row[0] for row in rows)


async def _deliveries(transaction: Transaction, respondent_id: int, address_id: int) -> None:
    """What is on its way to ``address_id`` in this moment goes with the address. Where others share that, what waits
    for them stays."""
    over = delivery.c.state.in_(("sent", "failed", "skipped"))
    waits = (delivery.c.state == "queued") & (delivery.c.priority > 0)
    theirs = delivery.c.respondent_id == respondent_id
    here = delivery.c.address_id == address_id
    if await _shared(transaction, [address_id], respondent_id):
        here &= over
    await transaction.run(delete(delivery).where(or_(here, theirs), or_(over, waits)))


async def _dues(transaction: Transaction, sessions: Sequence[int]) -> None:
    """Reminders of a session that was put aside (``handlers.choosing``)."""
    for some in _some(sessions):
        await transaction.run(delete(due).where(due.c.key.in_([f"session:{one}:tomorrow" for one in some])))


async def _tickets(transaction: Transaction, respondent_id: int) -> None:
    numbers = select(ticket.c.number).where(ticket.c.respondent_id == respondent_id)
    await transaction.run(delete(status_change).where(status_change.c.number.in_(numbers)))
    await transaction.run(delete(ticket).where(ticket.c.respondent_id == respondent_id))


_DONE = frozenset({"address", "consent", "response", "session", "ticket"})
"""Tables that are looked after by name."""


async def _elsewhere(transaction: Transaction, respondent_id: int) -> None:
    """Every other table that names a respondent: the row goes, or where it is another's (the roster) the name in it."""
    for table in reversed(metadata.sorted_tables):
        if table.name in _DONE:
            continue
        for column in table.columns:
            if not _names_respondent(column):
                continue
            if column.nullable:
                await transaction.run(update(table).where(column == respondent_id).values({column.name: None}))
            else:
                await transaction.run(delete(table).where(column == respondent_id))


def _names_respondent(column: Column[Any]) -> bool:
    return any(key.column is respondent.c.id for key in column.foreign_keys)


async def _person(transaction: Transaction, respondent_id: int) -> None:
    """The row goes; where there is proof of consent, its number alone stays."""
    proof = await transaction.first(select(consent.c.id).where(consent.c.respondent_id == respondent_id).limit(1))
    if proof is None:
        await transaction.run(delete(respondent).where(respondent.c.id == respondent_id))
        return
    bare: dict[str, Any] = {"kind": "", "language": "", "opted_out": True, "verified": False}
    await transaction.run(update(respondent).where(respondent.c.id == respondent_id).values(bare))


def _some(values: Sequence[_T]) -> list[list[_T]]:
    return [list(values[start : start + _AT_ONCE]) for start in range(0, len(values), _AT_ONCE)]
