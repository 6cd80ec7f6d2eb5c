"""Two records found to be one person become one; codes that show that they are; several people at one address.

Rules of the file: joining is one transaction, the caller's; every row that names the one names the other afterwards,
whatever tables there are. Nothing stands twice: of two open sessions of a survey the one with more answers stays, of
two responses to a survey that takes one, the last. A code is kept as a keyed hash, and gone once it served.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Column, Table, UniqueConstraint, and_, bindparam, delete, exists, insert, literal, select, update
from sqlalchemy.dialects import postgresql, sqlite

from storage import (
    attendance,
    conversations,
    enrolments,
    media,
    mentoring,
    occasions,
    people,
    reminders,
    task_owners,
)
from storage.database import AnyRow, Transaction
from storage.people import KnownAddress
from storage.tables import address, delivery, metadata, participation, respondent, response, session, survey
from storage.tables_roster import employee, joining_code, profile
from storage.vault import Vault
from surveys.engine import load_session
from surveys.messages import Address
from surveys.session import OCCASION

CODE = "joining-code"
"""What the hashes of codes are made for (``Vault.lookup``)."""
CODE_LIVES = timedelta(minutes=15)
_SENT = "sent_ticket"
"""The fact of a session that changes a response sent before (``handlers.conversing``)."""


# ---- codes ------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Joining:
    """Whose code it is, and where it was asked for."""

    respondent_id: int
    channel: str


async def issue(
    transaction: Transaction, vault: Vault, respondent_id: int, channel: str, code: str, now: datetime
) -> None:
    """``code`` stands for this respondent once, until ``CODE_LIVES`` have passed; one given before is void."""
    await transaction.run(
        delete(joining_code).where((joining_code.c.respondent_id == respondent_id) | (joining_code.c.expires_at <= now))
    )
    await transaction.run(
        insert(joining_code).values(
            seal=vault.lookup(CODE, code), respondent_id=respondent_id, channel=channel, expires_at=now + CODE_LIVES
        )
    )


async def meant(transaction: Transaction, vault: Vault, code: str, now: datetime) -> Joining | None:
    """Whose code this is, None where it serves no (longer)."""
    statement = select(joining_code.c.respondent_id, joining_code.c.channel).where(
        joining_code.c.seal.in_(vault.lookups(CODE, code)), joining_code.c.expires_at > now
    )
    row = await transaction.first(statement)
    return None if row is None else Joining(row.respondent_id, row.channel)


async def spend(transaction: Transaction, vault: Vault, code: str) -> bool:
    """It served; False where somebody else used it a moment ago."""
    return await transaction.run(delete(joining_code).where(joining_code.c.seal.in_(vault.lookups(CODE, code)))) == 1


# ---- people -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A respondent as stored."""

    id: int
    kind: str
    language: str
    opted_out: bool
    verified: bool


async def person(transaction: Transaction, respondent_id: int) -> Person | None:
    """Locked for this transaction, with every address of theirs."""
    await _lock(transaction, [respondent_id])
    row = await transaction.first(select(respondent).where(respondent.c.id == respondent_id))
    if row is None:
        return None
    return Person(
        id=row.id, kind=row.kind, language=row.language, opted_out=bool(row.opted_out), verified=bool(row.verified)
    )


async def _lock(transaction: Transaction, people: Sequence[int]) -> None:
    if transaction.sqlite:
        return
    await transaction.all(
        select(address.c.id).where(address.c.respondent_id.in_(people)).order_by(address.c.id).with_for_update()
    )
    await transaction.all(
        select(respondent.c.id).where(respondent.c.id.in_(people)).order_by(respondent.c.id).with_for_update()
    )


async def addresses(transaction: Transaction, respondent_id: int) -> int:
    """How many addresses have them as their active respondent."""
    return len(await transaction.all(select(address.c.id).where(address.c.respondent_id == respondent_id)))


async def different_employees(transaction: Transaction, one: int, other: int) -> bool:
    """Whether both proved to be somebody in the roster, and not the same."""
    rows = await transaction.all(select(employee.c.id).where(employee.c.respondent_id.in_([one, other])))
    return len(rows) > 1


# ---- becoming one -----------------------------------------------------------------------------------


async def merge(
    transaction: Transaction, vault: Vault, *, gone: int, into: int, once: Collection[str], now: datetime
) -> None:
    """``gone`` is ``into`` from now on, and no row any more. ``once``: names of surveys that take one response a
    person. Both are locked (``person``) and not different employees. Raises StorageError."""
    await _lock(transaction, [gone, into])
    await _settle_sessions(transaction, vault, gone, into, once, now)
    await _settle_responses(transaction, gone, into, once)
    await occasions.rename_subject(transaction, gone=gone, into=into)
    await _rename_profiles(transaction, vault, gone, into)
    await enrolments.join(transaction, gone=gone, into=into)
    await attendance.joined(transaction, gone, into)
    await mentoring.rename_person(transaction, vault, gone, into)
    await reminders.rename_person(transaction, gone, into)
    await task_owners.joined(transaction, vault, gone, into)
    for table, column in _naming_respondents():
        await _rename(transaction, table, column, gone, into)
    requests = metadata.tables.get("privacy_request")
    if requests is not None:
        await transaction.run(update(requests).where(requests.c.subject == gone).values(subject=into))
    await transaction.run(update(delivery).where(delivery.c.respondent_id == gone).values(respondent_id=into))
    rows = await transaction.all(select(respondent).where(respondent.c.id.in_([gone, into])))
    two = {row.id: row for row in rows}
    await transaction.run(update(respondent).where(respondent.c.id == into).values(_of_both(two[gone], two[into])))
    if two[gone].verified or two[into].verified:
        await transaction.run(update(response).where(response.c.respondent_id == into).values(verified=True))
    await transaction.run(delete(respondent).where(respondent.c.id == gone))


def _of_both(gone: AnyRow, into: AnyRow) -> dict[str, Any]:
    """What is known of either; who stopped all messages on one of them stopped them."""
    return {
        "kind": into.kind or gone.kind,
        "language": into.language or gone.language,
        "opted_out": bool(into.opted_out or gone.opted_out),
        "verified": bool(into.verified or gone.verified),
        "created_on": min(into.created_on, gone.created_on),
    }


def _naming_respondents() -> list[tuple[Table, Column[Any]]]:
    """Every column of every table that names a respondent."""
    return [
        (table, column)
        for table in metadata.sorted_tables
        for column in table.columns
        if any(key.column is respondent.c.id for key in column.foreign_keys)
    ]


async def _rename(transaction: Transaction, table: Table, column: Column[Any], gone: int, into: int) -> None:
    """Rows of the one become the other's; those that the other has already go."""
    keys = [list(table.primary_key.columns)]
    keys += [list(one.columns) for one in table.constraints if isinstance(one, UniqueConstraint)]
    there = table.alias("there")
    for key in keys:
        if column not in key or table is employee:
            continue
        same = and_(
            there.c[column.name] == into,
            *(there.c[one.name] == one for one in key if one is not column),
            literal(1) == 1,
        )
        await transaction.run(delete(table).where(column == gone, exists(select(literal(1)).where(same))))
    await transaction.run(update(table).where(column == gone).values({column.name: into}))


async def _rename_profiles(transaction: Transaction, vault: Vault, gone: int, into: int) -> None:
    """Names are sealed for their row, so they are sealed anew; a name that is there stays."""
    rows = await transaction.all(select(profile).where(profile.c.respondent_id.in_([gone, into])))
    there = {row.address_id for row in rows if row.respondent_id == into}
    await transaction.run(delete(profile).where(profile.c.respondent_id == gone))
    for row in rows:
        if row.respondent_id == gone and row.address_id not in there:
            label = vault.unseal(_label_place(row.address_id, gone), row.label).decode()
            await keep_profile(transaction, vault, row.address_id, into, label)


async def _settle_sessions(
    transaction: Transaction, vault: Vault, gone: int, into: int, once: Collection[str], now: datetime
) -> None:
    """One session a survey and occasion stays, and none of what the other one has answered already."""
    statement = (
        select(session.c.id, session.c.respondent_id, session.c.response_id, session.c.touched_at, survey.c.name)
        .join(survey, survey.c.id == session.c.survey_id)
        .where(session.c.respondent_id.in_([gone, into]))
    )
    rows = await transaction.all(statement)
    took_part = {
        (row.respondent_id, row.survey_name, row.occasion)
        for row in await transaction.all(select(participation).where(participation.c.respondent_id.in_([gone, into])))
    }
    stored = await conversations.by_id(transaction, [row.id for row in rows])
    said = {one.id: load_session(conversations.opened(one, vault)) for one in stored}
    over: list[AnyRow] = []
    kept: set[tuple[str, str]] = set()
    for row in sorted(rows, key=lambda row: (len(said[row.id].answers), row.touched_at), reverse=True):
        other = into if row.respondent_id == gone else gone
        if said[row.id].test:
            continue
        about = said[row.id].facts.get(OCCASION, "")
        answered = row.name in once and (other, row.name, about) in took_part
        if answered or (row.name, about) in kept:
            over.append(row)
        else:
            kept.add((row.name, about))
    ended: dict[int, Collection[str]] = {}
    for row in over:
        sent = _SENT in said[row.id].facts  # what was sent once stays sent, as it was
        ended[row.id] = () if sent or row.response_id is None else said[row.id].files
        if row.response_id is not None:
            how = {"state": "complete" if sent else "stopped", "completed_at": row.touched_at}
            values = {**how, "completed_on": row.touched_at.date()}
            await transaction.run(update(response).where(response.c.id == row.response_id).values(values))
    if ended:
        await conversations.delete(transaction, sorted(ended))
        await media.end_sessions(transaction, ended, now)


async def _settle_responses(transaction: Transaction, gone: int, into: int, once: Collection[str]) -> None:
    """Of several complete responses to a survey that takes one on an occasion, the last counts; of a test the first."""
    statement = (
        select(response.c.id, response.c.completed_at, response.c.occasion, survey.c.name)
        .join(survey, survey.c.id == response.c.survey_id)
        .where(response.c.respondent_id.in_([gone, into]), response.c.state == "complete", response.c.test.is_(False))
        .order_by(response.c.completed_at, response.c.id)
    )
    last: dict[tuple[str, str], int] = {}
    for row in await transaction.all(statement):
        if row.name in once:
            before = last.setdefault((row.name, row.occasion), row.id)
            if before == row.id:
                continue
            goes, last[row.name, row.occasion] = (
                (row.id, before) if occasions.first_counts(row.name) else (before, row.id)
            )
            await transaction.run(update(response).where(response.c.id == goes).values(state="withdrawn"))


# ---- several people at one address --------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Profile:
    """One of the people at an address."""

    respondent_id: int
    label: str


def _label_place(address_id: int, respondent_id: int) -> bytes:
    return b"profile/label/%d/%d" % (address_id, respondent_id)


async def profiles(transaction: Transaction, vault: Vault, address_id: int) -> list[Profile]:
    """Who shares this address, by the names they go by; empty where one person has it."""
    rows = await transaction.all(select(profile).where(profile.c.address_id == address_id))
    found = [
        Profile(row.respondent_id, vault.unseal(_label_place(address_id, row.respondent_id), row.label).decode())
        for row in rows
    ]
    return sorted(found, key=lambda one: (one.label.casefold(), one.respondent_id))


async def names_of(transaction: Transaction, vault: Vault, respondent_id: int) -> tuple[str, ...]:
    """The names they go by where several people share an address."""
    rows = await transaction.all(select(profile).where(profile.c.respondent_id == respondent_id))
    sealed = ((_label_place(row.address_id, respondent_id), row.label) for row in rows)
    return tuple(sorted({vault.unseal(place, label).decode() for place, label in sealed}))


async def keep_profile(transaction: Transaction, vault: Vault, address_id: int, respondent_id: int, label: str) -> None:
    """They share this address, and go by that name."""
    statement = (sqlite if transaction.sqlite else postgresql).insert(profile)
    sealed = vault.seal(_label_place(address_id, respondent_id), label.encode())
    statement = statement.values(address_id=address_id, respondent_id=respondent_id, label=sealed)
    await transaction.run(
        statement.on_conflict_do_update(
            index_elements=["address_id", "respondent_id"], set_={"label": statement.excluded.label}
        )
    )


_SHARING = select(profile.c.respondent_id).where(profile.c.address_id.in_(bindparam("ids", expanding=True)))


async def sharing(transaction: Transaction, address_id: int) -> int:
    """How many share this address; 0 where one person has it."""
    return len(await transaction.raw(_SHARING, "ids", [address_id]))


async def opt_out_address(transaction: Transaction, address_id: int) -> None:
    """An opt-out covers the address: nobody who shares it gets proactive messages any more."""
    sharing = select(profile.c.respondent_id).where(profile.c.address_id == address_id)
    await transaction.run(update(respondent).where(respondent.c.id.in_(sharing)).values(opted_out=True))


async def shared_addresses(
    transaction: Transaction, vault: Vault, ids: Collection[int]
) -> list[tuple[KnownAddress, Address]]:
    """One address of each of these respondents that they share while somebody else is writing there; locked."""
    if not ids:
        return []
    own = select(profile.c.address_id).where(profile.c.respondent_id.in_(sorted(ids)))
    if not transaction.sqlite:
        await transaction.all(
            select(address.c.id).where(address.c.id.in_(own)).order_by(address.c.id).with_for_update()
        )
    statement = (
        select(address, profile.c.respondent_id.label("theirs"), respondent.c.kind, respondent.c.language,
               respondent.c.opted_out)
        .join(profile, profile.c.address_id == address.c.id)
        .join(respondent, respondent.c.id == profile.c.respondent_id)
        .where(profile.c.respondent_id.in_(sorted(ids)), address.c.respondent_id != profile.c.respondent_id)
        .order_by(address.c.gone, address.c.id)
    )  # fmt: skip
    chosen: dict[int, tuple[KnownAddress, Address]] = {}
    for row in await transaction.all(statement):
        known = KnownAddress(
            address_id=row.id, lookup=row.lookup, respondent_id=row.theirs, kind=row.kind, language=row.language,
            opted_out=bool(row.opted_out), dialog=None, gone=bool(row.gone), prompt_message_id=row.prompt_message_id,
        )  # fmt: skip
        at = Address(row.channel, people.external_of(row.id, row.external, vault))
        chosen.setdefault(row.theirs, (known, at))
    return [chosen[key] for key in sorted(chosen)]


async def names(transaction: Transaction, vault: Vault, address_ids: Collection[int]) -> dict[tuple[int, int], str]:
    """(address, respondent) to the name they go by, at addresses that several share."""
    if not address_ids:
        return {}
    rows = await transaction.all(select(profile).where(profile.c.address_id.in_(sorted(address_ids))))
    return {
        (row.address_id, row.respondent_id): vault.unseal(
            _label_place(row.address_id, row.respondent_id), row.label
        ).decode()
        for row in rows
    }
