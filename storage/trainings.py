"""Trainings and their sessions, as the office keeps them.

Rule of the file: a value is read back equal to what was written; a session that changes counts its revisions, so that
calendars and reminders follow.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

import orjson
from sqlalchemy import select, update
from sqlalchemy.dialects import postgresql, sqlite

from outreach.training import Day, ReminderSettings, Training, TrainingSession
from storage.database import Transaction
from storage.tables_training import training, training_session
from storage.vault import Vault

_PUT_TRAINING: Mapping[bool, Any] = {True: sqlite.insert(training), False: postgresql.insert(training)}


@dataclass(frozen=True, slots=True)
class Offered:
    """A session with the training it belongs to."""

    training: Training
    session: TrainingSession


# ---- trainings --------------------------------------------------------------------------------------


async def put(transaction: Transaction, one: Training, now: datetime) -> None:
    """This training is in the catalogue, as it stands here. Raises StorageError."""
    statement = _PUT_TRAINING[transaction.sqlite].values(
        key=one.key, notation=_dumped(training_notation(one)), archived=False, changed_at=now
    )
    new = statement.excluded
    await transaction.run(
        statement.on_conflict_do_update(
            index_elements=["key"],
            set_={"notation": new.notation, "archived": new.archived, "changed_at": new.changed_at},
        )
    )


async def archive(transaction: Transaction, key: str) -> bool:
    """It is offered no more; what was held stays. False where there is none."""
    return await transaction.run(update(training).where(training.c.key == key).values(archived=True)) == 1


async def catalogue(transaction: Transaction, *, archived: bool = False) -> list[Training]:
    """Every training by key, those offered no more only where asked for."""
    statement = select(training.c.notation).order_by(training.c.key)
    if not archived:
        statement = statement.where(training.c.archived.is_(False))
    return [read_training(row.notation) for row in await transaction.all(statement)]


async def one(transaction: Transaction, key: str) -> Training | None:
    """The training of that key, archived or not."""
    row = await transaction.first(select(training.c.notation).where(training.c.key == key))
    return None if row is None else read_training(row.notation)


# ---- sessions ---------------------------------------------------------------------------------------


async def announce(transaction: Transaction, vault: Vault, session: TrainingSession) -> None:
    """A new session. Raises Duplicate where the key is taken, StorageError."""
    place = b"training_session/secret/%s" % session.key.encode()
    await transaction.run(
        training_session.insert().values(
            key=session.key,
            training=session.training,
            settled=False,
            secret=vault.seal(place, secrets.token_bytes(32)),
            **_columns(session),
        )
    )


async def change(transaction: Transaction, session: TrainingSession) -> TrainingSession | None:
    """What stands of it from now on, as its next revision; None where there is none. Lock it first (``session_of``)."""
    before = await session_of(transaction, session.key)
    if before is None:
        return None
    now = replace(session, revision=before.session.revision + 1)
    await transaction.run(update(training_session).where(training_session.c.key == session.key).values(**_columns(now)))
    return now


async def session_of(transaction: Transaction, key: str, *, lock: bool = False) -> Offered | None:
    """One session. ``lock``: nobody else changes it or who takes part until this transaction ends; who was there may
    still be recorded meanwhile."""
    if lock and not transaction.sqlite:
        statement = select(training_session.c.key).where(training_session.c.key == key).with_for_update(key_share=True)
        if await transaction.first(statement) is None:
            return None
    found = await _offered(transaction, training_session.c.key == key)
    return found[0] if found else None


async def sessions(transaction: Transaction, *, since: date, until: date | None = None) -> list[Offered]:
    """Those that end on or after ``since`` (and begin before ``until``), by their first day."""
    wanted = training_session.c.last_on >= since
    if until is not None:
        wanted &= training_session.c.first_on < until
    return await _offered(transaction, wanted)


async def sessions_by_key(transaction: Transaction, keys: Sequence[str]) -> dict[str, Offered]:
    """These sessions."""
    return {one.session.key: one for one in await _offered(transaction, training_session.c.key.in_(keys))}


async def unsettled(transaction: Transaction, today: date, most: int) -> list[Offered]:
    """Sessions that are over and not settled yet, the oldest first."""
    return await _offered(
        transaction, (training_session.c.last_on < today) & training_session.c.settled.is_(False), most
    )


async def settle(transaction: Transaction, key: str) -> None:
    """Everybody of it attended or was absent."""
    await transaction.run(update(training_session).where(training_session.c.key == key).values(settled=True))


async def secret_of(transaction: Transaction, vault: Vault, key: str) -> bytes | None:
    """What the codes of its days are made of; None where there is no such session."""
    row = await transaction.first(select(training_session.c.secret).where(training_session.c.key == key))
    return None if row is None else vault.unseal(b"training_session/secret/%s" % key.encode(), row.secret)


async def _offered(transaction: Transaction, wanted: Any, most: int | None = None) -> list[Offered]:
    statement = (
        select(training_session.c.notation, training.c.notation.label("of"))
        .join(training, training.c.key == training_session.c.training)
        .where(wanted)
        .order_by(training_session.c.first_on, training_session.c.key)
    )
    if most is not None:
        statement = statement.limit(most)
    return [Offered(read_training(row.of), read_session(row.notation)) for row in await transaction.all(statement)]


def _columns(session: TrainingSession) -> dict[str, Any]:
    return {
        "notation": dump_session(session),
        "first_on": session.first.date,
        "last_on": session.last.date,
    }


# ---- notation ---------------------------------------------------------------------------------------


def _dumped(notation: Mapping[str, Any]) -> str:
    return orjson.dumps(notation, option=orjson.OPT_SORT_KEYS).decode()


def training_notation(one: Training) -> dict[str, Any]:
    """A training as it is written."""
    reminders = one.reminders
    return {
        "key": one.key,
        "title": one.title,
        "form": one.form,
        "jp": str(one.jp),
        "provider": one.provider,
        "competences": list(one.competences),
        "units": sorted(one.units),
        "positions": sorted(one.positions),
        "description": one.description,
        "skills": list(one.skills),
        "reminders": {
            "off": sorted(reminders.off),
            "offsets": {rule: list(days) for rule, days in sorted(reminders.offsets.items())},
            "open_days": dict(sorted(reminders.open_days.items())),
            "texts": dict(sorted(reminders.texts.items())),
        },
        "attachments": list(one.attachments),
    }


def read_training(notation: str) -> Training:
    """The training again."""
    said = orjson.loads(notation)
    reminders = said["reminders"]
    return Training(
        key=said["key"],
        title=said["title"],
        form=said["form"],
        jp=Decimal(said["jp"]),
        provider=said["provider"],
        competences=tuple(said["competences"]),
        units=frozenset(said["units"]),
        positions=frozenset(said["positions"]),
        description=said["description"],
        skills=tuple(said["skills"]),
        reminders=ReminderSettings(
            off=frozenset(reminders["off"]),
            offsets={rule: tuple(days) for rule, days in reminders["offsets"].items()},
            open_days=reminders.get("open_days", {}),
            texts=reminders["texts"],
        ),
        attachments=tuple(said["attachments"]),
    )


def dump_session(one: TrainingSession) -> str:
    """A session as a text that ``read_session`` reads."""
    return _dumped(session_notation(one))


def session_notation(one: TrainingSession) -> dict[str, Any]:
    """A session as it is written."""
    return {
        "key": one.key,
        "training": one.training,
        "days": [
            [
                day.date.isoformat(),
                day.starts.isoformat(),
                day.ends.isoformat(),
                None if day.jp is None else str(day.jp),
            ]
            for day in one.days
        ],
        "place": one.place,
        "link": one.link,
        "capacity": one.capacity,
        "instructor": one.instructor,
        "cost": str(one.cost),
        "revision": one.revision,
        "cancelled": one.cancelled,
    }


def read_session(notation: str) -> TrainingSession:
    """The session again."""
    said = orjson.loads(notation)
    return TrainingSession(
        key=said["key"],
        training=said["training"],
        days=tuple(
            Day(
                date.fromisoformat(day),
                time.fromisoformat(starts),
                time.fromisoformat(ends),
                None if jp is None else Decimal(jp),
            )
            for day, starts, ends, jp in said["days"]
        ),
        place=said["place"],
        link=said["link"],
        capacity=said["capacity"],
        instructor=said["instructor"],
        cost=Decimal(said["cost"]),
        revision=said["revision"],
        cancelled=said["cancelled"],
    )
