"""Those who look after the program: their roles and units, the codes that let them in, their open browsers.

Rules of the file: a code, a link and a browser's secret are looked up by their hash and stored as nothing else; what
may be used once goes in the statement that finds it. Names and TOTP secrets are sealed for their row.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import Row, delete, insert, select, update

from storage.database import Transaction
from storage.identifiers import random_id
from storage.tables import address
from storage.tables_admin import admin, admin_address, admin_key, admin_session, admin_unit
from storage.tables_roster import org_unit
from storage.vault import Vault

KeyKind = Literal["invite", "enter", "connect"]
"""invite: accept an invitation; enter: sign in to the web; connect: a chat address becomes this admin's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Admin:
    """One of them. ``units``: those they are bound to; empty is none."""

    id: int
    name: str
    role: str
    units: frozenset[str]
    language: str
    invited_at: datetime
    accepted_at: datetime | None
    revoked_at: datetime | None
    password: str
    """argon2id in PHC notation, "" where there is none."""
    totp: bytes
    """The secret, b"" where there is none."""
    totp_step: int
    failures: int
    locked_until: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Browser:
    """One open session on the web. ``hash`` is of the browser's secret."""

    hash: bytes
    admin_id: int
    began_at: datetime
    seen_at: datetime
    device: str


def hashed(secret: str) -> bytes:
    """How a code or a browser's secret is stored. They are drawn with 125 bits and more, so that no salt is needed."""
    return hashlib.sha256(secret.encode()).digest()


# ---- who --------------------------------------------------------------------------------------------


async def add(
    transaction: Transaction,
    vault: Vault,
    *,
    name: str,
    role: str,
    units: Collection[str],
    language: str,
    now: datetime,
) -> int:
    """Somebody who is invited; their number."""
    number = random_id()
    sealed = vault.seal(_name_place(number), name.encode())
    await transaction.run(insert(admin).values(id=number, name=sealed, role=role, language=language, invited_at=now))
    if units:
        await transaction.run(insert(admin_unit), [{"admin_id": number, "unit": unit} for unit in sorted(units)])
    return number


async def listed(transaction: Transaction, vault: Vault) -> tuple[Admin, ...]:
    """Everybody, those whose rights were taken back too, by when they were invited."""
    rows = await transaction.all(select(admin).order_by(admin.c.invited_at, admin.c.id))
    units = await _units(transaction)
    return tuple(_opened(row, units.get(row.id, frozenset()), vault) for row in rows)


async def one(transaction: Transaction, vault: Vault, number: int) -> Admin | None:
    """This one; None where there is none, or their rights were taken back."""
    row = await transaction.first(select(admin).where(admin.c.id == number, admin.c.revoked_at.is_(None)))
    if row is None:
        return None
    return _opened(row, (await _units(transaction, number)).get(number, frozenset()), vault)


async def of_address(transaction: Transaction, vault: Vault, address_id: int) -> Admin | None:
    """Whose chat address this is."""
    row = await transaction.first(select(admin_address.c.admin_id).where(admin_address.c.address_id == address_id))
    return None if row is None else await one(transaction, vault, row[0])


async def respondents_of(transaction: Transaction, number: int) -> frozenset[int]:
    """Who they are as respondents, on the chat addresses that are connected."""
    statement = (
        select(address.c.respondent_id)
        .join(admin_address, admin_address.c.address_id == address.c.id)
        .where(admin_address.c.admin_id == number, address.c.respondent_id.is_not(None))
    )
    return frozenset(row[0] for row in await transaction.all(statement))


async def reached(transaction: Transaction, roles: Collection[str]) -> list[int]:
    """Chat addresses (ids) of everybody with these roles who has one."""
    statement = (
        select(admin_address.c.address_id)
        .join(admin, admin.c.id == admin_address.c.admin_id)
        .join(address, address.c.id == admin_address.c.address_id)
        .where(admin.c.role.in_(sorted(roles)), admin.c.revoked_at.is_(None), address.c.gone.is_(False))
        .order_by(admin_address.c.address_id)
    )
    return [row[0] for row in await transaction.all(statement)]


async def with_address(transaction: Transaction, vault: Vault, roles: Collection[str]) -> list[tuple[Admin, int]]:
    """Everybody with these roles who can be reached in a chat, with the address (its id)."""
    reachable = await reached(transaction, roles)
    rows = await transaction.all(select(admin_address).where(admin_address.c.address_id.in_(reachable)))
    whose = {row.address_id: row.admin_id for row in rows}
    by_id = {one.id: one for one in await listed(transaction, vault)}
    return [(by_id[whose[address_id]], address_id) for address_id in reachable]


async def units_below(transaction: Transaction, units: Collection[str]) -> frozenset[str]:
    """These units and every unit below them."""
    rows = await transaction.all(select(org_unit.c.key, org_unit.c.parent))
    found = set(units)
    more = True
    while more:
        below = {row.key for row in rows if row.parent in found and row.key not in found}
        found |= below
        more = bool(below)
    return frozenset(found)


async def accept(transaction: Transaction, number: int, now: datetime) -> None:
    """They came."""
    await transaction.run(
        update(admin).where(admin.c.id == number, admin.c.accepted_at.is_(None)).values(accepted_at=now)
    )


async def connect(transaction: Transaction, number: int, address_id: int) -> None:
    """This chat address is theirs from now on, and nobody else's."""
    await transaction.run(delete(admin_address).where(admin_address.c.address_id == address_id))
    await transaction.run(insert(admin_address).values(address_id=address_id, admin_id=number))


async def revoke(transaction: Transaction, number: int, now: datetime) -> None:
    """They may do nothing any more, at once and everywhere."""
    await transaction.run(update(admin).where(admin.c.id == number).values(revoked_at=now, password="", totp=None))
    for table in (admin_session, admin_key, admin_address):
        await transaction.run(delete(table).where(table.c.admin_id == number))


async def secure(transaction: Transaction, vault: Vault, number: int, *, password: str, totp: bytes, step: int) -> None:
    """Their password (hashed) and TOTP secret; ``step`` is the one that was shown to prove it."""
    sealed = vault.seal(_totp_place(number), totp)
    await transaction.run(
        update(admin)
        .where(admin.c.id == number)
        .values(password=password, totp=sealed, totp_step=step, failures=0, locked_until=None)
    )


async def failed(transaction: Transaction, number: int) -> int:
    """One more try went wrong; how many in a row that makes."""
    statement = update(admin).where(admin.c.id == number).values(failures=admin.c.failures + 1)
    row = await transaction.first(statement.returning(admin.c.failures))
    return int(row[0]) if row is not None else 0


async def lock(transaction: Transaction, number: int, until: datetime) -> None:
    """No password counts until then; tries are counted anew."""
    await transaction.run(update(admin).where(admin.c.id == number).values(failures=0, locked_until=until))


async def stepped(transaction: Transaction, number: int, step: int) -> bool:
    """A TOTP step is taken; False where it, or a later one, was taken before."""
    statement = update(admin).where(admin.c.id == number, admin.c.totp_step < step)
    return bool(await transaction.run(statement.values(totp_step=step, failures=0, locked_until=None)))


# ---- codes ------------------------------------------------------------------------------------------


async def add_key(
    transaction: Transaction, secret: str, number: int, kind: KeyKind, *, expires_at: datetime, now: datetime
) -> None:
    """A new code of this kind; what they had of the kind before, and what is over, goes."""
    await transaction.run(
        delete(admin_key).where(
            (admin_key.c.expires_at <= now) | ((admin_key.c.admin_id == number) & (admin_key.c.kind == kind))
        )
    )
    await transaction.run(
        insert(admin_key).values(hash=hashed(secret), admin_id=number, kind=kind, expires_at=expires_at)
    )


async def key_of(transaction: Transaction, secret: str, now: datetime) -> tuple[int, KeyKind] | None:
    """Whose code this is and what for; None where there is none, or it is over. It stays."""
    statement = select(admin_key.c.admin_id, admin_key.c.kind).where(
        admin_key.c.hash == hashed(secret), admin_key.c.expires_at > now
    )
    row = await transaction.first(statement)
    return None if row is None else (row[0], row[1])


async def use_key(
    transaction: Transaction, secret: str, kinds: Collection[KeyKind], now: datetime
) -> tuple[int, KeyKind] | None:
    """As ``key_of``, for one of ``kinds``, and it is used up: whoever comes second has none."""
    row = await transaction.first(
        delete(admin_key)
        .where(admin_key.c.hash == hashed(secret), admin_key.c.expires_at > now, admin_key.c.kind.in_(sorted(kinds)))
        .returning(admin_key.c.admin_id, admin_key.c.kind)
    )
    return None if row is None else (row[0], row[1])


# ---- open browsers ----------------------------------------------------------------------------------


async def open_browser(transaction: Transaction, secret: str, number: int, *, device: str, now: datetime) -> None:
    """A session begins."""
    await transaction.run(
        insert(admin_session).values(hash=hashed(secret), admin_id=number, began_at=now, seen_at=now, device=device)
    )


async def browser(transaction: Transaction, secret: str) -> Browser | None:
    """The session this secret opens."""
    row = await transaction.first(select(admin_session).where(admin_session.c.hash == hashed(secret)))
    return None if row is None else Browser(**row._mapping)  # noqa: SLF001 -- how SQLAlchemy names a row's columns


async def browsers(transaction: Transaction, number: int) -> tuple[Browser, ...]:
    """Their open sessions, the one used last first."""
    statement = select(admin_session).where(admin_session.c.admin_id == number).order_by(admin_session.c.seen_at.desc())
    return tuple(Browser(**row._mapping) for row in await transaction.all(statement))  # noqa: SLF001 -- see ``browser``


async def see(transaction: Transaction, hash_: bytes, now: datetime) -> None:
    """It was used just now."""
    await transaction.run(update(admin_session).where(admin_session.c.hash == hash_).values(seen_at=now))


async def end(transaction: Transaction, hashes: Sequence[bytes]) -> None:
    """These sessions are over."""
    await transaction.run(delete(admin_session).where(admin_session.c.hash.in_(list(hashes))))


async def end_old(transaction: Transaction, *, unseen_since: datetime, began_before: datetime) -> None:
    """Sessions that rest, or last too long, are over."""
    rests = admin_session.c.seen_at <= unseen_since
    await transaction.run(delete(admin_session).where(rests | (admin_session.c.began_at <= began_before)))


# ---------------------------------------------------------------------------------------------------------


async def _units(transaction: Transaction, number: int | None = None) -> dict[int, frozenset[str]]:
    statement = select(admin_unit.c.admin_id, admin_unit.c.unit)
    rows = await transaction.all(statement if number is None else statement.where(admin_unit.c.admin_id == number))
    found: dict[int, set[str]] = {}
    for row in rows:
        found.setdefault(row[0], set()).add(row[1])
    return {key: frozenset(units) for key, units in found.items()}


def _opened(row: Row[*tuple[object, ...]], units: frozenset[str], vault: Vault) -> Admin:
    values = dict(row._mapping)  # noqa: SLF001 -- see ``browser``
    values["name"] = vault.unseal(_name_place(values["id"]), values["name"]).decode()
    values["totp"] = vault.unseal(_totp_place(values["id"]), values["totp"]) if values["totp"] else b""
    return Admin(**values, units=units)


def _name_place(number: int) -> bytes:
    return b"admin/name/%d" % number


def _totp_place(number: int) -> bytes:
    return b"admin/totp/%d" % number
