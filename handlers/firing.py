"""Reminders that are due are sent: judged again, merged to one message a person, and put down in the log.

What else people are told without their asking (``News``: a place that became free, a task that was judged) goes the
same way: it takes along what is due that day, and counts as that day's message.

Rules of the file: people are locked first and their rows read after, so that of several processes one finds them; the
message, the log and the end of the row are one transaction, so that a kill undoes all of it or nothing. What is put off
moves; what is of no use any more is skipped with its reason.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta

from handlers import reminder_facts
from handlers.visit import House
from outreach.calendar import MORNING
from outreach.catching_up import catch_up
from outreach.merging import Merge, Skipped, merge
from outreach.reminders import RULES, rule
from outreach.reminding import Facts, Planned, Reason
from storage import joining, people, reminders
from storage.deliveries import REMINDER
from storage.people import KnownAddress
from storage.reminders import PUT_OFF, SENT, Logged, Standing
from storage.unit_of_work import UnitOfWork
from surveys.messages import Outgoing

AT_THEIR_TIME = frozenset({"feedback", "attendance_missed", "h0"})
"""Rules that wait for something to happen that day: never taken along with what is sent earlier."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fired:
    """What happened: messages sent, rows skipped and put off, rows looked at."""

    messages: int = 0
    skipped: int = 0
    put_off: int = 0
    rows: int = 0
    late: int = 0
    """Rows that were held up, by downtime."""


@dataclass(frozen=True, slots=True)
class _Reached:
    """Where somebody is written to."""

    address: KnownAddress
    name: str
    """What they go by, where several share the address."""


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """What people are told beside reminders, by person. ``kind``: of due row; ``subject``: what it is about, as
    reminders name theirs."""

    kind: str
    subject: str
    said: Mapping[int, Outgoing]


async def reminded_today(unit: UnitOfWork, house: House, ids: Sequence[int]) -> frozenset[int]:
    """Who of these had their message today, H-0 not counted. Raises StorageError."""
    log = await reminders.log_of_people(unit.transaction, ids, since=unit.now - timedelta(days=1))
    return frozenset(int(person) for person in _reminded_today(log, house, unit.now))


async def fire(unit: UnitOfWork, house: House, ids: Sequence[int], news: News | None = None) -> Fired:
    """Send what is due to these people. ``news`` is told to its people in any case: above the reminders they get by it,
    alone where they had theirs today. Raises StorageError."""
    if not ids:
        return Fired()
    said_now = {} if news is None else news.said
    reached = await _reached(unit, ids)
    end_of_today = house.calendar.at(house.calendar.today(unit.now) + timedelta(days=1), time())
    standing = {one.row.key: one for one in await reminders.of_people(unit.transaction, ids, end_of_today)}
    due = [one.row for one in standing.values() if one.row.due_at <= unit.now]
    caught = catch_up(due, now=unit.now, calendar=house.calendar)
    early = [one.row for one in standing.values() if one.row.due_at > unit.now and _may_come_early(one.row)]
    log = await reminders.log_of_people(unit.transaction, ids, since=unit.now - timedelta(days=1))
    sent = {(line.key, line.due_at) for line in log if line.outcome == SENT}
    facts = await reminder_facts.read(unit, house, [*caught.now, *early], reachable=reached, sent=sent)
    told = frozenset(map(str, said_now.keys() & reached.keys()))
    merged, unwanted = _judged(facts, len(caught.now), house, unit.now, _reminded_today(log, house, unit.now), told)
    skipped = {one.row.key: one.reason for one in (*caught.skipped, *unwanted, *merged.skipped)}
    moved = {row.key: row for row in (*caught.later, *merged.put_off)}
    said = [row.key for message in merged.messages for row in message.rows]
    outcomes = {**skipped, **dict.fromkeys(moved, PUT_OFF), **dict.fromkeys(said, SENT)}
    lines = [_line(standing[key], outcome, unit.now) for key, outcome in outcomes.items()]
    lines += [_told(news, person, unit.now) for person in sorted(said_now) if news and person in reached]
    written = await reminders.note(unit.transaction, lines)
    messages = _send(unit, merged, reached, written, said_now)
    await reminders.remove(unit.transaction, outcomes.keys() - moved.keys())
    await reminders.write(unit.transaction, [replace(standing[key], row=row) for key, row in moved.items()])
    await unit.flush()
    late = len(caught.late(unit.now))
    return Fired(messages=messages, skipped=len(skipped), put_off=len(moved), rows=len(due), late=late)


def _line(one: Standing, outcome: str, now: datetime) -> Logged:
    """``one``: as it stands now, with the time it was planned for."""
    return Logged(
        key=one.row.key,
        due_at=one.row.due_at,
        rule=one.row.kind,
        subject=one.subject,
        respondent_id=int(one.row.payload.person),
        outcome=outcome,
        at=now,
    )


def _told(news: News, person: int, now: datetime) -> Logged:
    """That they were told counts as a reminder of that day."""
    what = news.subject.partition(":")[2]
    return Logged(
        key=f"news:{news.kind}:{what}:{person}:",
        due_at=now,
        rule=news.kind,
        subject=news.subject,
        respondent_id=person,
        outcome=SENT,
        at=now,
    )


async def _reached(unit: UnitOfWork, ids: Sequence[int]) -> dict[int, _Reached]:
    """One address of each that can be reached; all of them, and the people, are locked."""
    known = {one.respondent_id: one for one, _where in await people.of_respondents(unit.transaction, ids, unit.vault)}
    missing = {number for number in ids if number not in known or known[number].gone}
    for one, _where in await joining.shared_addresses(unit.transaction, unit.vault, missing):
        if not one.gone:
            known[one.respondent_id] = one
    names = await joining.names(unit.transaction, unit.vault, sorted({one.address_id for one in known.values()}))
    return {
        number: _Reached(one, names.get((one.address_id, number), ""))
        for number, one in known.items()
        if number is not None and not one.gone
    }


def _may_come_early(row: Planned) -> bool:
    """Whether it may be taken along by what is sent earlier that day."""
    return row.kind not in AT_THEIR_TIME and not row.payload.snoozed


def _reminded_today(log: Iterable[Logged], house: House, now: datetime) -> frozenset[str]:
    today = house.calendar.today(now)
    return frozenset(
        str(line.respondent_id)
        for line in log
        if line.outcome == SENT and line.rule != "h0" and house.calendar.today(line.at) == today
    )


def _judged(
    facts: Sequence[Facts],
    due: int,
    house: House,
    now: datetime,
    reminded_today: frozenset[str],
    told: frozenset[str],
) -> tuple[Merge, list[Skipped]]:
    """What is still wanted becomes messages; what is due later today is taken along by what is sent now. The first
    ``due`` of ``facts`` are due; ``told``: who gets a message in any case."""
    wanted: list[Facts] = []
    unwanted: list[Skipped] = []
    for one in facts[:due]:
        reason: Reason = rule(one.row.kind).still_wanted(one) if one.row.kind in RULES else "cancelled"
        if reason:
            unwanted.append(Skipped(one.row, reason))
        else:
            wanted.append(one)
    written_to = {one.row.payload.person for one in wanted if one.row.payload.window != MORNING} | told
    written_to -= reminded_today
    wanted += [
        one
        for one in facts[due:]
        if one.row.payload.person in written_to
        and one.row.kind in RULES
        and house.calendar.may_send(now, one.row.payload.window)
        and not rule(one.row.kind).still_wanted(one)
    ]
    spoken = {one.row.payload.person: house.say(one.language) for one in wanted}
    merged = merge(wanted, reminded_today=reminded_today, calendar=house.calendar, say=lambda person: spoken[person])
    return merged, unwanted


def _send(
    unit: UnitOfWork,
    merged: Merge,
    reached: Mapping[int, _Reached],
    written: Collection[str],
    news: Mapping[int, Outgoing],
) -> int:
    """One Delivery a message, unless the log says that it was sent; how many. ``written``: keys the log took."""
    left = {person: outgoing for person, outgoing in sorted(news.items()) if person in reached}
    ready: list[tuple[int, Outgoing]] = []
    for message in merged.messages:
        if not any(row.key in written for row in message.rows):
            continue
        person, outgoing = int(message.person), message.outgoing
        if person in left and message.rows[0].payload.window != MORNING:
            outgoing = _below(left.pop(person), outgoing)
        ready.append((person, outgoing))
    ready += left.items()
    for person, outgoing in ready:
        where = reached[person]
        named = replace(outgoing, text=f"{where.name}: {outgoing.text}") if where.name else outgoing
        unit.send(where.address.address_id, named, priority=REMINDER, respondent_id=person)
    return len(ready)


def _below(news: Outgoing, reminder: Outgoing) -> Outgoing:
    """Both in one message."""
    return replace(reminder, text=f"{news.text}\n\n{reminder.text}", rows=(*news.rows, *reminder.rows))
