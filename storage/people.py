"""Respondents, their addresses, their consent, and that they took part.

Rule of the file: an address is found by its keyed hash; what it is stands encrypted beside it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import orjson
from sqlalchemy import bindparam, exists, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from storage.database import Transaction
from storage.identifiers import random_id
from storage.tables import address, consent, participation, respondent
from storage.tables_roster import profile
from storage.vault import Vault
from surveys.messages import Address


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownAddress:
    """An address and its active respondent, as stored. ``respondent_id`` None: nobody yet."""

    address_id: int
    lookup: bytes
    respondent_id: int | None
    kind: str
    language: str
    opted_out: bool
    dialog: bytes | None
    """Still sealed."""
    gone: bool
    prompt_message_id: str
    shared: bool = True
    """Several people may share it; False where it is known that nobody does."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Keeping:
    """What is written of an address and its active respondent."""

    address_id: int
    respondent_id: int
    kind: str
    language: str
    opted_out: bool
    dialog: Mapping[str, str]
    gone: bool


def lookup_of(address_: Address, vault: Vault) -> bytes:
    """The hash by which an address is found."""
    return vault.lookup("address", f"{address_.channel}\0{address_.external_id}")


def lookups_of(address_: Address, vault: Vault) -> tuple[bytes, ...]:
    """Every hash under which it may stand while keys are changed, the current one first."""
    return vault.lookups("address", f"{address_.channel}\0{address_.external_id}")


def row_of(visit: Keeping, vault: Vault) -> dict[str, Any]:
    """The row ``update_addresses`` writes."""
    dialog = (
        vault.seal(b"address/dialog/%d" % visit.address_id, orjson.dumps(dict(visit.dialog))) if visit.dialog else None
    )
    return {
        "address_id": visit.address_id,
        "respondent_id_": visit.respondent_id,
        "kind": visit.kind,
        "language": visit.language,
        "opted_out": visit.opted_out,
        "dialog": dialog,
        "gone": visit.gone,
    }


def opened_dialog(known: KnownAddress, vault: Vault) -> dict[str, str]:
    """Where they are outside surveys."""
    if known.dialog is None:
        return {}
    dialog: dict[str, str] = orjson.loads(vault.unseal(b"address/dialog/%d" % known.address_id, known.dialog))
    return dialog


def external_of(address_id: int, external: bytes, vault: Vault) -> str:
    """The platform's own id of an address."""
    return vault.unseal(b"address/external/%d" % address_id, external).decode()


_BY_LOOKUP = (
    select(
        address.c.id,
        address.c.lookup,
        address.c.respondent_id,
        respondent.c.kind,
        respondent.c.language,
        respondent.c.opted_out,
        address.c.dialog,
        address.c.gone,
        address.c.prompt_message_id,
        exists().where(profile.c.address_id == address.c.id).label("shared"),
    )
    .select_from(address.outerjoin(respondent, respondent.c.id == address.c.respondent_id))
    .where(address.c.lookup.in_(bindparam("lookups", expanding=True)))
)
_LOOKUPS = select(address.c.lookup).where(address.c.lookup.in_(bindparam("lookups", expanding=True)))
_LOCK_ADDRESSES = (
    select(address.c.id, address.c.respondent_id)
    .where(
        address.c.lookup.in_(bindparam("lookups", expanding=True)) | address.c.id.in_(bindparam("ids", expanding=True))
    )
    .order_by(address.c.id)
    .with_for_update()
)
_LOCK_RESPONDENTS = (
    select(respondent.c.id)
    .where(respondent.c.id.in_(bindparam("ids", expanding=True)))
    .order_by(respondent.c.id)
    .with_for_update()
)
_other = address.alias("other")
_NEW_ADDRESS = {
    True: sqlite.insert(address).on_conflict_do_nothing(index_elements=["lookup"]),
    False: postgresql.insert(address).on_conflict_do_nothing(index_elements=["lookup"]),
}


async def known(
    transaction: Transaction,
    addresses: Mapping[bytes, Address],
    vault: Vault,
    *,
    marked: Sequence[int] = (),
) -> dict[bytes, KnownAddress]:
    """These addresses by look-up hash, locked for this transaction, those never seen before made now.

    ``marked``: further addresses (ids) whose rows this transaction will write.
    """
    lookups = sorted(addresses)
    if vault.older:
        await _move(transaction, addresses, vault)
    if transaction.sqlite:  # BEGIN IMMEDIATE is the lock
        found = await _read(transaction, lookups)
        missing = [lookup for lookup in lookups if lookup not in found]
        if missing:
            found.update(await _insert(transaction, missing, addresses, vault))
        return found
    # Insert before anything is locked, sorted; then lock, sorted; then read in a statement of its own: a statement that
    # waited for a lock still sees the rows of others as they were before it waited.
    present = {row.lookup for row in await transaction.all(_LOOKUPS, {"lookups": lookups})}
    missing = [lookup for lookup in lookups if lookup not in present]
    if missing:
        await _insert(transaction, missing, addresses, vault)
    locked = await transaction.all(_LOCK_ADDRESSES, {"lookups": lookups, "ids": sorted(marked)})
    people = sorted({row.respondent_id for row in locked if row.respondent_id is not None})
    if people:
        await transaction.all(_LOCK_RESPONDENTS, {"ids": people})
    return await _read(transaction, lookups)


_MOVE = (
    update(address)
    .where(
        address.c.lookup == bindparam("from_"),
        ~select(_other.c.id).where(_other.c.lookup == bindparam("to_")).exists(),
    )
    .values(lookup=bindparam("to_"))
)


async def _move(transaction: Transaction, addresses: Mapping[bytes, Address], vault: Vault) -> None:
    """While keys are changed: those that stand under another hash come under the current one."""
    rows = [
        {"from_": other, "to_": lookup}
        for lookup in sorted(addresses)
        for other in lookups_of(addresses[lookup], vault)
        if other != lookup
    ]
    await transaction.run(_MOVE, rows)


async def _read(transaction: Transaction, lookups: Sequence[bytes]) -> dict[bytes, KnownAddress]:
    return {
        row[1]: KnownAddress(
            address_id=row[0],
            lookup=row[1],
            respondent_id=row[2],
            kind=row[3] or "",
            language=row[4] or "",
            opted_out=bool(row[5]),
            dialog=row[6],
            gone=bool(row[7]),
            prompt_message_id=row[8],
            shared=bool(row[9]),
        )
        for row in await transaction.raw(_BY_LOOKUP, "lookups", lookups)
    }


async def _insert(
    transaction: Transaction, missing: Sequence[bytes], addresses: Mapping[bytes, Address], vault: Vault
) -> dict[bytes, KnownAddress]:
    """Make these; as they stand where no other writer was quicker."""
    rows = []
    made = {}
    for lookup in missing:
        new = random_id()
        external = vault.seal(b"address/external/%d" % new, addresses[lookup].external_id.encode())
        rows.append({"id": new, "channel": addresses[lookup].channel, "lookup": lookup, "external": external})
        made[lookup] = KnownAddress(
            address_id=new, lookup=lookup, respondent_id=None, kind="", language="", opted_out=False, dialog=None,
            gone=False, prompt_message_id="", shared=False,
        )  # fmt: skip
    await transaction.run(_NEW_ADDRESS[transaction.sqlite], rows)
    return made


_UPDATE_ADDRESS = (
    update(address)
    .where(address.c.id == bindparam("address_id"))
    .values(respondent_id=bindparam("respondent_id_"), dialog=bindparam("dialog"), gone=bindparam("gone"))
)
_UPDATE_RESPONDENT = (
    update(respondent)
    .where(respondent.c.id == bindparam("respondent_id_"))
    .values(kind=bindparam("kind"), language=bindparam("language"), opted_out=bindparam("opted_out"))
)


_INSERT_RESPONDENT = insert(respondent)
_INSERT_CONSENT = insert(consent)


async def insert_respondents(transaction: Transaction, rows: Sequence[dict[str, Any]]) -> None:
    """People who were not known."""
    await transaction.run(_INSERT_RESPONDENT, rows)


async def update_addresses(transaction: Transaction, rows: Sequence[dict[str, Any]]) -> None:
    """Addresses and their active respondents, as ``row_of`` made them."""
    addresses = [{key: row[key] for key in ("address_id", "respondent_id_", "dialog", "gone")} for row in rows]
    people = [{key: row[key] for key in ("respondent_id_", "kind", "language", "opted_out")} for row in rows]
    await transaction.run(_UPDATE_ADDRESS, addresses)
    await transaction.run(_UPDATE_RESPONDENT, sorted(people, key=lambda row: row["respondent_id_"]))


async def insert_consents(transaction: Transaction, rows: Sequence[dict[str, Any]]) -> None:
    """Append-only."""
    await transaction.run(_INSERT_CONSENT, rows)


_PARTICIPATE = {
    True: sqlite.insert(participation).on_conflict_do_nothing(),
    False: postgresql.insert(participation).on_conflict_do_nothing(),
}


async def insert_participations(transaction: Transaction, those: Sequence[tuple[int, str, str]]) -> None:
    """They took part in a survey on an occasion; once is enough."""
    rows = [
        {"respondent_id": respondent_id, "survey_name": name, "occasion": occasion}
        for respondent_id, name, occasion in those
    ]
    await transaction.run(_PARTICIPATE[transaction.sqlite], rows)


async def participated(transaction: Transaction, respondent_id: int, occasion: str = "") -> frozenset[str]:
    """Names of the surveys they took part in on that occasion, "": on none in particular."""
    statement = select(participation.c.survey_name).where(
        participation.c.respondent_id == respondent_id, participation.c.occasion == occasion
    )
    return frozenset(row[0] for row in await transaction.all(statement))


async def participations(transaction: Transaction, respondent_id: int) -> list[tuple[str, str]]:
    """(survey, occasion) of everything they took part in."""
    statement = select(participation.c.survey_name, participation.c.occasion).where(
        participation.c.respondent_id == respondent_id
    )
    return sorted((row.survey_name, row.occasion) for row in await transaction.all(statement))


_OF_RESPONDENTS = (
    select(
        address.c.id,
        address.c.lookup,
        address.c.respondent_id,
        respondent.c.kind,
        respondent.c.language,
        respondent.c.opted_out,
        address.c.dialog,
        address.c.gone,
        address.c.prompt_message_id,
        address.c.channel,
        address.c.external,
    )
    .select_from(address.join(respondent, respondent.c.id == address.c.respondent_id))
    .where(address.c.respondent_id.in_(bindparam("ids", expanding=True)))
    .order_by(address.c.gone, address.c.id)
)
_LOCK_THEIR_ADDRESSES = (
    select(address.c.id)
    .where(address.c.respondent_id.in_(bindparam("ids", expanding=True)))
    .order_by(address.c.id)
    .with_for_update()
)


async def of_respondents(
    transaction: Transaction, ids: Sequence[int], vault: Vault, *, channel: str = ""
) -> list[tuple[KnownAddress, Address]]:
    """One address of each of these respondents, locked for this transaction: on ``channel`` where they have one there,
    one that is reachable where there is one."""
    if not ids:
        return []
    if not transaction.sqlite:
        await transaction.all(_LOCK_THEIR_ADDRESSES, {"ids": ids})
        await transaction.all(_LOCK_RESPONDENTS, {"ids": ids})
    chosen: dict[int, tuple[KnownAddress, Address]] = {}
    rows = await transaction.all(_OF_RESPONDENTS, {"ids": ids})
    for row in sorted(rows, key=lambda row: (row.channel != channel) if channel else False):
        if row.respondent_id in chosen:
            continue
        known = KnownAddress(
            address_id=row.id,
            lookup=row.lookup,
            respondent_id=row.respondent_id,
            kind=row.kind,
            language=row.language,
            opted_out=row.opted_out,
            dialog=row.dialog,
            gone=row.gone,
            prompt_message_id=row.prompt_message_id,
        )
        chosen[row.respondent_id] = known, Address(row.channel, external_of(row.id, row.external, vault))
    return [chosen[key] for key in sorted(chosen)]
