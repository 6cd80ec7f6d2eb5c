"""Reminders as they are kept: what is planned for whom and when, and what became of it.

Rules of the file: a row stands until it is sent or skipped, then it is a line of the log; both happen in the
transaction that makes the message. Nothing is claimed: whoever sends locks the people first (``people.of_respondents``)
and reads their rows after, so that of any number of processes one finds them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, bindparam, delete, func, select, text, update
from sqlalchemy.dialects import postgresql, sqlite

from outreach.reminding import Planned, dump, load
from storage.database import AnyRow, Transaction
from storage.tables import respondent
from storage.tables_training import reminder, reminder_log

SENT, PUT_OFF = "sent", "put_off"


@dataclass(frozen=True, slots=True, kw_only=True)
class Logged:
    """What became of a row. ``outcome``: sent, put_off, or why it was skipped; ``answer``: the button pressed."""

    key: str
    due_at: datetime
    rule: str
    subject: str
    respondent_id: int
    outcome: str
    at: datetime
    answer: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """A planned row and what it was planned with."""

    row: Planned
    subject: str


# ---- what is planned --------------------------------------------------------------------------------


def _put(dialect: Any) -> Any:
    statement = dialect.insert(reminder)
    again = {name: statement.excluded[name] for name in ("rule", "subject", "respondent_id", "due_at", "payload")}
    return statement.on_conflict_do_update(index_elements=["key"], set_=again)


_PUT = {True: _put(sqlite), False: _put(postgresql)}
_REMOVE = delete(reminder).where(reminder.c.key.in_(bindparam("keys", expanding=True)))


async def alone(transaction: Transaction, subject: str) -> None:
    """Nobody else plans this subject until this transaction ends: whoever comes after reads what is newest."""
    if not transaction.sqlite:
        await transaction.all(select(func.pg_advisory_xact_lock(func.hashtext(f"reminders:{subject}"))))


async def hold_people(transaction: Transaction, ids: Collection[int]) -> None:
    """These people stay. Rows of reminders are written after their people are locked, by everybody, so that nobody
    waits for another in a circle."""
    if ids and not transaction.sqlite:
        held = select(respondent.c.id).where(respondent.c.id.in_(sorted(ids))).order_by(respondent.c.id)
        await transaction.all(held.with_for_update(read=True))


async def planned_for(transaction: Transaction, subject: str) -> list[Planned]:
    """What stands of this subject, by key."""
    rows = await transaction.all(select(reminder).where(reminder.c.subject == subject).order_by(reminder.c.key))
    return [_read(row) for row in rows]


async def planned_by(transaction: Transaction, rule: str) -> list[Planned]:
    """What stands by this rule, by key."""
    rows = await transaction.all(select(reminder).where(reminder.c.rule == rule).order_by(reminder.c.key))
    return [_read(row) for row in rows]


async def write(transaction: Transaction, rows: Iterable[Standing]) -> None:
    """These stand, in place of what stood under their keys. Raises StorageError."""
    values = [
        {
            "key": one.row.key,
            "rule": one.row.kind,
            "subject": one.subject,
            "respondent_id": int(one.row.payload.person),
            "due_at": one.row.due_at,
            "payload": dump(one.row),
        }
        for one in rows
    ]
    if values:
        await transaction.run(_PUT[transaction.sqlite], sorted(values, key=lambda row: row["key"]))


async def remove(transaction: Transaction, keys: Collection[str]) -> None:
    """These stand no more."""
    if keys:
        await transaction.run_for(_REMOVE, "keys", sorted(keys))


async def unask(transaction: Transaction, respondent_id: int) -> None:
    """They want to hear of no survey any more, not even of one they put aside."""
    of_surveys = reminder.c.rule.in_(("unfinished_survey", "survey_closing"))
    await transaction.run(delete(reminder).where(reminder.c.respondent_id == respondent_id, of_surveys))


# ---- what is due ------------------------------------------------------------------------------------

_DUE = (
    select(reminder.c.respondent_id)
    .where(reminder.c.due_at <= bindparam("now"))
    .order_by(reminder.c.due_at)
    .limit(bindparam("most"))
)
_OF_PEOPLE = (
    select(reminder)
    .where(
        reminder.c.respondent_id.in_(bindparam("ids", expanding=True)), reminder.c.due_at <= bindparam("until")
    )
    .order_by(reminder.c.due_at, reminder.c.key)
)  # fmt: skip


async def people_due(transaction: Transaction, now: datetime, most: int) -> list[int]:
    """People for whom something is due, from the first ``most`` rows."""
    rows = await transaction.all(_DUE, {"now": now, "most": most})
    return sorted({row.respondent_id for row in rows})


async def delay(transaction: Transaction, respondent_id: int, now: datetime, until: datetime) -> None:
    """What is due to this person comes later."""
    due = (reminder.c.respondent_id == respondent_id) & (reminder.c.due_at <= now)
    await transaction.run(update(reminder).where(due).values(due_at=until))


async def of_people(transaction: Transaction, ids: Sequence[int], until: datetime) -> list[Standing]:
    """What is planned for these people until then, in the order of its times."""
    rows = await transaction.all(_OF_PEOPLE, {"ids": list(ids), "until": until})
    return [Standing(_read(row), row.subject) for row in rows]


def _read(row: AnyRow) -> Planned:
    return load(row.key, row.rule, row.due_at, row.payload)


# ---- what became of it ------------------------------------------------------------------------------


def _note(dialect: Any) -> Any:
    statement = dialect.insert(reminder_log)
    new = statement.excluded
    return statement.on_conflict_do_update(
        index_elements=["key", "due_at"],
        set_={"outcome": new.outcome, "at": new.at},
        where=text("reminder_log.outcome <> 'sent'"),
    ).returning(reminder_log.c.key)


_NOTE = {True: _note(sqlite), False: _note(postgresql)}


async def note(transaction: Transaction, lines: Sequence[Logged]) -> frozenset[str]:
    """Write these down; the keys of those that are written. What was sent for a time stays sent: its key is missing,
    and it is not to be sent again. Raises StorageError."""
    if not lines:
        return frozenset()
    rows = [
        {name: getattr(line, name) for name in ("key", "due_at", "rule", "subject", "respondent_id", "outcome", "at")}
        for line in sorted(lines, key=lambda line: (line.key, line.due_at))
    ]
    return frozenset(row[0] for row in await transaction.insert_returning(_NOTE[transaction.sqlite], rows))


async def log_of(transaction: Transaction, subject: str) -> list[Logged]:
    """What became of this subject's rows, in the order of their times."""
    return await _logged(transaction, reminder_log.c.subject == subject)


async def log_by(transaction: Transaction, rule: str) -> list[Logged]:
    """What became of the rows of this rule, in the order of their times."""
    return await _logged(transaction, reminder_log.c.rule == rule)


async def log_of_people(transaction: Transaction, ids: Sequence[int], *, since: datetime | None = None) -> list[Logged]:
    """What became of the rows of these people, in the order of their times."""
    theirs = reminder_log.c.respondent_id.in_(list(ids))
    return await _logged(transaction, theirs if since is None else and_(theirs, reminder_log.c.at >= since))


async def _logged(transaction: Transaction, wanted: Any) -> list[Logged]:
    rows = await transaction.all(
        select(reminder_log).where(wanted).order_by(reminder_log.c.due_at, reminder_log.c.at, reminder_log.c.key)
    )
    return [Logged(**row._mapping) for row in rows]  # noqa: SLF001 -- its public name


async def answer(transaction: Transaction, line: Logged, act: str) -> None:
    """They pressed this button under it."""
    of_it = (reminder_log.c.key == line.key) & (reminder_log.c.due_at == line.due_at)
    await transaction.run(update(reminder_log).where(of_it).values(answer=act))


async def announced(transaction: Transaction, subject: str, answers: Collection[str]) -> list[Logged]:
    """What people of this subject pressed of these buttons, in the order of their times."""
    return await _logged(transaction, and_(reminder_log.c.subject == subject, reminder_log.c.answer.in_(list(answers))))


async def forget_subjects(transaction: Transaction, rule: str, keep: Collection[str]) -> None:
    """Nothing is known any more of rows of this rule whose subject is not among ``keep``."""
    for table in (reminder, reminder_log):
        rows = await transaction.all(select(table.c.subject).where(table.c.rule == rule).distinct())
        gone = sorted({row.subject for row in rows} - set(keep))
        for start in range(0, len(gone), 500):
            await transaction.run(delete(table).where(table.c.subject.in_(gone[start : start + 500])))


# ---- two people become one --------------------------------------------------------------------------


async def rename_person(transaction: Transaction, gone: int, into: int) -> None:
    """Keys and payloads that name the one name the other; what was sent to either was sent to both."""
    old, new = f":{gone}:", f":{into}:"
    for table in (reminder, reminder_log):
        there = table.alias("there")
        key = func.replace(table.c.key, old, new)
        names = table.c.key.contains(old)
        same = and_(there.c.key == key)
        if table is reminder_log:
            same = and_(same, there.c.due_at == table.c.due_at)
            await _let_the_sent_one_stand(transaction, old, new)
        await transaction.run(delete(table).where(names, select(there.c.key).where(same).exists()))
        values: dict[str, Any] = {"key": key}
        if table is reminder:
            payload = func.replace(table.c.payload, f'"person":"{gone}"', f'"person":"{into}"')
            values["payload"] = func.replace(payload, f'"about":"{gone}"', f'"about":"{into}"')
        await transaction.run(update(table).where(names).values(values))


async def _let_the_sent_one_stand(transaction: Transaction, old: str, new: str) -> None:
    theirs = reminder_log.alias("theirs")
    sent = (
        select(theirs.c.key)
        .where(
            func.replace(theirs.c.key, old, new) == reminder_log.c.key,
            theirs.c.key.contains(old),
            theirs.c.due_at == reminder_log.c.due_at,
            theirs.c.outcome == SENT,
        )
        .exists()
    )
    await transaction.run(
        delete(reminder_log).where(reminder_log.c.key.contains(new), reminder_log.c.outcome != SENT, sent)
    )


# ---- for the office ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """So many people, of one rule at one time. ``outcome``: "" while it is planned; ``answer``: the button pressed."""

    subject: str
    rule: str
    due_at: datetime
    people: int
    outcome: str = ""
    answer: str = ""


async def counted_planned(transaction: Transaction, subject: str = "") -> list[Counted]:
    """What is planned, counted; of one subject alone where one is named."""
    columns = (reminder.c.subject, reminder.c.rule, reminder.c.due_at)
    statement = select(*columns, func.count().label("people")).group_by(*columns)
    if subject:
        statement = statement.where(reminder.c.subject == subject)
    rows = await transaction.all(statement.order_by(reminder.c.due_at, reminder.c.subject, reminder.c.rule))
    return [Counted(subject=row.subject, rule=row.rule, due_at=row.due_at, people=row.people) for row in rows]


async def counted_log(transaction: Transaction, since: datetime, subject: str = "") -> list[Counted]:
    """What became of what was due since then, counted."""
    log = reminder_log.c
    columns = (log.subject, log.rule, log.due_at, log.outcome, log.answer)
    statement = select(*columns, func.count().label("people")).where(log.due_at >= since).group_by(*columns)
    if subject:
        statement = statement.where(log.subject == subject)
    rows = await transaction.all(statement.order_by(log.due_at, log.subject, log.rule, log.outcome, log.answer))
    return [Counted(**row._mapping) for row in rows]  # noqa: SLF001 -- its public name
