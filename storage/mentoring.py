"""Who accompanies whom: mentoring pairs, their meetings, and what was told of them.

Rule of the file: mentor and mentee are employees; they are respondents once they prove who they are. What was talked
about is encrypted, sealed for its own row ("mentoring_note/words/PAIR/DAY/PERSON").
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

import orjson
from sqlalchemy import delete, select, update
from sqlalchemy.dialects import postgresql, sqlite

from outreach.mentoring import Pair
from outreach.training import Training
from storage.database import AnyRow, Transaction
from storage.enrolments import employee_called, person_of
from storage.tables import respondent
from storage.tables_roster import employee
from storage.tables_training import mentoring_note, mentoring_pair, training
from storage.trainings import read_training
from storage.vault import Vault


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """A pair with its training. ``names`` and ``kinds`` by person."""

    pair: Pair
    training: Training
    units: frozenset[str]
    """Where the two work."""
    names: Mapping[str, str]
    kinds: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What one of the two told of a meeting."""

    pair: str
    day: date
    respondent_id: int
    held: bool
    at: datetime
    words: str


# ---- pairs ------------------------------------------------------------------------------------------


async def put(transaction: Transaction, pair: Pair, mentor_id: int, mentee_id: int) -> None:
    """This pair stands as it is here. Raises StorageError."""
    days = orjson.dumps([day.isoformat() for day in pair.check_ins]).decode()
    statement = (
        (sqlite if transaction.sqlite else postgresql)
        .insert(mentoring_pair)
        .values(
            key=pair.key,
            training=pair.training,
            mentor_id=mentor_id,
            mentee_id=mentee_id,
            check_ins=days,
            ended=pair.ended,
        )
    )
    new = statement.excluded
    await transaction.run(
        statement.on_conflict_do_update(
            index_elements=["key"],
            set_={name: new[name] for name in ("training", "mentor_id", "mentee_id", "check_ins", "ended")},
        )
    )


async def end(transaction: Transaction, key: str) -> bool:
    """They meet no more; False where there is no such pair."""
    return await transaction.run(update(mentoring_pair).where(mentoring_pair.c.key == key).values(ended=True)) == 1


async def by_key(transaction: Transaction, vault: Vault, keys: Collection[str]) -> dict[str, Known]:
    """These pairs. Two statements."""
    return await _known(transaction, vault, mentoring_pair.c.key.in_(sorted(keys)))


async def all_pairs(transaction: Transaction, vault: Vault, training_key: str = "") -> list[Known]:
    """Every pair, or those of one training, by key."""
    found = await _known(transaction, vault, mentoring_pair.c.training == training_key if training_key else None)
    return [found[key] for key in sorted(found)]


async def keys_of(transaction: Transaction, respondent_id: int | None = None) -> list[str]:
    """Pairs that go on, those of one person alone where one is named."""
    statement = select(mentoring_pair.c.key).where(mentoring_pair.c.ended.is_(False)).order_by(mentoring_pair.c.key)
    if respondent_id is not None:
        mine = select(employee.c.id).where(employee.c.respondent_id == respondent_id)
        statement = statement.where(mentoring_pair.c.mentor_id.in_(mine) | mentoring_pair.c.mentee_id.in_(mine))
    return [row.key for row in await transaction.all(statement)]


async def _known(transaction: Transaction, vault: Vault, wanted: Any) -> dict[str, Known]:
    statement = select(mentoring_pair, training.c.notation).join(training, training.c.key == mentoring_pair.c.training)
    rows = await transaction.all(statement if wanted is None else statement.where(wanted))
    ids = {one for row in rows for one in (row.mentor_id, row.mentee_id)}
    people = await transaction.all(
        select(employee, respondent.c.kind.label("writes_as"))
        .outerjoin(respondent, respondent.c.id == employee.c.respondent_id)
        .where(employee.c.id.in_(sorted(ids)))
    )
    by_id = {row.id: row for row in people}
    return {row.key: _read(row, by_id, vault) for row in rows}


def _read(row: AnyRow, people: Mapping[int, AnyRow], vault: Vault) -> Known:
    two = [people[row.mentor_id], people[row.mentee_id]]
    called = [person_of(one.respondent_id) if one.respondent_id is not None else employee_called(one.id) for one in two]
    pair = Pair(
        key=row.key,
        training=row.training,
        mentor=called[0],
        mentee=called[1],
        check_ins=tuple(date.fromisoformat(day) for day in orjson.loads(row.check_ins)),
        ended=bool(row.ended),
    )
    return Known(
        pair=pair,
        training=read_training(row.notation),
        units=frozenset(one.unit for one in two),
        names={person: _name(one, vault) for person, one in zip(called, two, strict=True)},
        kinds={person: one.writes_as or "asn" for person, one in zip(called, two, strict=True)},
    )


def _name(row: AnyRow, vault: Vault) -> str:
    return vault.unseal(b"employee/name/%d" % row.id, row.name).decode()


async def names(transaction: Transaction, vault: Vault, respondents: Collection[int]) -> dict[int, str]:
    """What these respondents are called on the roster, those who proved to be on it."""
    rows = await transaction.all(
        select(employee.c.id, employee.c.name, employee.c.respondent_id).where(
            employee.c.respondent_id.in_(sorted(respondents))
        )
    )
    return {row.respondent_id: _name(row, vault) for row in rows}


# ---- meetings ---------------------------------------------------------------------------------------


def _words_place(pair: str, day: date, respondent_id: int) -> bytes:
    return b"mentoring_note/words/%s/%s/%d" % (pair.encode(), str(day).encode(), respondent_id)


async def tell(transaction: Transaction, vault: Vault, told: Told) -> None:
    """What they say of a meeting, in place of what they said before. Raises StorageError."""
    sealed = (
        vault.seal(_words_place(told.pair, told.day, told.respondent_id), told.words.encode()) if told.words else None
    )
    statement = (
        (sqlite if transaction.sqlite else postgresql)
        .insert(mentoring_note)
        .values(
            pair=told.pair, day=told.day, respondent_id=told.respondent_id, held=told.held, words=sealed, at=told.at
        )
    )
    new = statement.excluded
    await transaction.run(
        statement.on_conflict_do_update(
            index_elements=["pair", "day", "respondent_id"],
            set_={"held": new.held, "words": new.words, "at": new.at},
        )
    )


async def told_of(transaction: Transaction, vault: Vault, keys: Collection[str]) -> list[Told]:
    """What was told of the meetings of these pairs, by pair and day."""
    rows = await transaction.all(
        select(mentoring_note)
        .where(mentoring_note.c.pair.in_(sorted(keys)))
        .order_by(mentoring_note.c.pair, mentoring_note.c.day, mentoring_note.c.at)
    )
    return [_told(row, vault) for row in rows]


async def told_by(transaction: Transaction, vault: Vault, respondent_id: int) -> list[Told]:
    """What this person told of their meetings."""
    rows = await transaction.all(
        select(mentoring_note).where(mentoring_note.c.respondent_id == respondent_id).order_by(mentoring_note.c.day)
    )
    return [_told(row, vault) for row in rows]


async def rename_person(transaction: Transaction, vault: Vault, gone: int, into: int) -> None:
    """What the one told the other told; sealed anew, since words are sealed for their row. What is there stays."""
    there = {(one.pair, one.day) for one in await told_by(transaction, vault, into)}
    mine = await told_by(transaction, vault, gone)
    await transaction.run(delete(mentoring_note).where(mentoring_note.c.respondent_id == gone))
    for one in mine:
        if (one.pair, one.day) not in there:
            await tell(transaction, vault, replace(one, respondent_id=into))


def _told(row: AnyRow, vault: Vault) -> Told:
    words = "" if row.words is None else vault.unseal(_words_place(row.pair, row.day, row.respondent_id), row.words)
    return Told(
        pair=row.pair,
        day=row.day,
        respondent_id=row.respondent_id,
        held=bool(row.held),
        at=row.at,
        words=words.decode() if isinstance(words, bytes) else words,
    )
