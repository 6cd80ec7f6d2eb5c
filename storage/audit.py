"""What those who look after the program did: rows that are written once, each sealed together with the one before.

Rules of the file: rows are appended and never changed; they name people by number and hold nothing personal. The seal
is keyed (HMAC-SHA-256, the key sealed in turn by the key file), so that whoever holds the database alone cannot make a
chain of their own; the newest seal is noted beside the table, so that rows missing at the end are noticed too, and
beside the key file, where whoever holds the database alone cannot put an old one back. Whoever appends holds the end of
the chain until the transaction ends: append last. What is done while the key file is away (a restore on a new computer)
is owed: it waits in a setting and goes before the next row.
"""

from __future__ import annotations

import base64
import hmac
import json
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from typing import Final, Literal

from sqlalchemy import insert as insert_
from sqlalchemy import select, text

from storage import settings
from storage.database import Transaction
from storage.tables_admin import audit
from storage.vault import Vault

KEY: Final = "audit_key"
"""Setting: the key of the seals, sealed at ``KEY_PLACE`` and in base64. Whoever changes keys seals it anew."""
KEY_PLACE: Final = b"setting/audit_key"
TAIL: Final = "audit_tail"
"""Setting: number and seal of the newest row."""
OWED: Final = "audit_owed"
"""Setting: what is to be appended as soon as the keys are there."""
_LOCK = 0x5355_4152_4101
"""Number of PostgreSQL's advisory lock: the end of the chain."""
_START = b"\0" * 32
_AT_ONCE = 5000
_OWED = ("actor", "act", "whom", "origin", "reason")
_TEXTS = ("actor", "act", "whom", "before", "after", "origin", "reason")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One thing that was done, as it is appended."""

    actor: str
    act: str
    whom: str = ""
    before: object = None
    """What was, and what is since: anything JSON can hold. Kept as keyed hashes alone."""
    after: object = None
    origin: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row as it is stored; ``before`` and ``after`` are hashes, "" where there was nothing."""

    id: int
    at: datetime
    actor: str
    act: str
    whom: str
    before: str
    after: str
    origin: str
    reason: str
    seal: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What ``verify`` found. ``rows`` were whole before the fault; ``tail`` is the last whole one, "" if there is
    none."""

    rows: int
    tail: str
    fault: Literal["", "changed", "missing", "noted"] = ""
    """"noted": the seal somebody noted down is not (any more) in the chain."""
    at_row: int = 0
    """The row that was changed or is missing."""


async def append(transaction: Transaction, vault: Vault, entry: Entry, *, now: datetime) -> str:
    """Write it down; number and seal, as ``Verdict.tail``. Raises StorageError."""
    if not transaction.sqlite:  # BEGIN IMMEDIATE is the lock there
        await transaction.first(text("SELECT pg_advisory_xact_lock(:number)"), {"number": _LOCK})
    for at, owed in await _owed(transaction):
        await _append(transaction, vault, owed, at)
    return await _append(transaction, vault, entry, now)


async def owe(transaction: Transaction, entry: Entry, *, now: datetime) -> None:
    """Write it down for later: there is nothing to seal it with. ``before`` and ``after`` are not kept. Raises
    StorageError."""
    owed = json.loads(await settings.value(transaction, OWED) or "[]")
    owed.append({"at": now.isoformat(), **{name: getattr(entry, name) for name in _OWED}})
    await settings.keep(transaction, OWED, json.dumps(owed))


async def _owed(transaction: Transaction) -> list[tuple[datetime, Entry]]:
    """What waits; it does so no more."""
    kept = await settings.value(transaction, OWED)
    if not kept or kept == "[]":
        return []
    await settings.keep(transaction, OWED, "[]")
    return [(datetime.fromisoformat(one.pop("at")), Entry(**one)) for one in json.loads(kept)]


async def _append(transaction: Transaction, vault: Vault, entry: Entry, now: datetime) -> str:
    key = await _key(transaction, vault, make=True)
    number, before = _read_tail(await settings.value(transaction, TAIL))
    row = Row(
        id=number + 1,
        at=now,
        actor=entry.actor,
        act=entry.act,
        whom=entry.whom,
        before=_hash(key, entry.before),
        after=_hash(key, entry.after),
        origin=entry.origin,
        reason=entry.reason,
        seal=b"",
    )
    seal = _seal(key, row, before)
    values = {name: getattr(row, name) for name in _TEXTS}
    await transaction.run(insert_(audit).values(id=row.id, at=now, seal=seal, **values))
    tail = _tail(row.id, seal)
    await settings.keep(transaction, TAIL, tail)
    if transaction.audit_mark is not None:
        transaction.after_commit.append(partial(transaction.audit_mark.rise, tail))
    return tail


async def latest(transaction: Transaction, *, most: int = 100, before: int = 0) -> tuple[Row, ...]:
    """The newest first; ``before``: only rows with a smaller number."""
    statement = select(audit).order_by(audit.c.id.desc()).limit(most)
    rows = await transaction.all(statement.where(audit.c.id < before) if before else statement)
    return tuple(Row(**row._mapping) for row in rows)  # noqa: SLF001 -- how SQLAlchemy names a row's columns


async def verify(transaction: Transaction, vault: Vault, *, noted: Sequence[str] = ()) -> Verdict:
    """Follow the chain from its beginning. ``noted``: tails that were noted down earlier and must still be in it.
    Raises StorageError."""
    marks = transaction.audit_mark.read() if transaction.audit_mark is not None else ()  # before the first statement
    begun = bool(await settings.value(transaction, KEY))
    key = await _key(transaction, vault, make=False)
    wanted = [_read_tail(one) for one in (*noted, *marks)]
    number, seal = 0, _START
    while rows := await _piece(transaction, number):
        for row in rows:
            if row.id != number + 1:
                return Verdict(rows=number, tail=_tail(number, seal), fault="missing", at_row=number + 1)
            if not hmac.compare_digest(_seal(key, row, seal), row.seal):
                return Verdict(rows=number, tail=_tail(number, seal), fault="changed", at_row=row.id)
            number, seal = row.id, row.seal
            if any(one == number and sealed != seal for one, sealed in wanted):
                return Verdict(rows=number, tail=_tail(number, seal), fault="noted", at_row=number)
    last, last_seal = _read_tail(await settings.value(transaction, TAIL))
    marked = max((_read_tail(one)[0] for one in marks), default=0)
    if (last, last_seal) != (number, seal) or marked > number or (begun and not number):
        return Verdict(rows=number, tail=_tail(number, seal), fault="missing", at_row=number + 1)
    beyond = [one for one, _sealed in wanted if one > number or one < 1]
    if beyond:
        return Verdict(rows=number, tail=_tail(number, seal), fault="noted", at_row=min(beyond))
    return Verdict(rows=number, tail=_tail(number, seal))


async def _piece(transaction: Transaction, after: int) -> tuple[Row, ...]:
    statement = select(audit).where(audit.c.id > after).order_by(audit.c.id).limit(_AT_ONCE)
    return tuple(Row(**row._mapping) for row in await transaction.all(statement))  # noqa: SLF001 -- see ``latest``


async def _key(transaction: Transaction, vault: Vault, *, make: bool) -> bytes:
    stored = await settings.value(transaction, KEY)
    if stored:
        return vault.unseal(KEY_PLACE, base64.b64decode(stored))
    key = secrets.token_bytes(32)
    if make:
        await settings.keep(transaction, KEY, base64.b64encode(vault.seal(KEY_PLACE, key)).decode())
    return key


def _seal(key: bytes, row: Row, before: bytes) -> bytes:
    at = row.at.astimezone(UTC).isoformat(timespec="microseconds")
    said = json.dumps([row.id, at, *(getattr(row, name) for name in _TEXTS)], ensure_ascii=True)
    return hmac.digest(key, before + said.encode(), "sha256")


def _hash(key: bytes, value: object) -> str:
    if value is None:
        return ""
    said = json.dumps(value, ensure_ascii=True, sort_keys=True)
    return hmac.digest(key, b"value\0" + said.encode(), "sha256").hex()[:32]


def _tail(number: int, seal: bytes) -> str:
    return f"{number}:{seal.hex()}" if number else ""


def _read_tail(tail: str) -> tuple[int, bytes]:
    """(0, start) for "", (-1, …) for what is no tail."""
    if not tail:
        return 0, _START
    number, _colon, seal = tail.strip().partition(":")
    try:
        return int(number), bytes.fromhex(seal)
    except ValueError:
        return -1, _START
