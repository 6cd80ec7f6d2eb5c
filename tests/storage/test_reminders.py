"""Rows of reminders and their log, on either database: planned, moved, written down once, renamed with their people."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import insert

from outreach.reminding import Payload, Planned
from storage import joining, mentoring, reminders
from storage.database import Database, Transaction
from storage.mentoring import Told
from storage.reminders import Logged, Standing
from storage.tables import respondent
from storage.tables_roster import employee, org_unit
from storage.tables_training import mentoring_pair, training
from storage.vault import Vault

NOW = datetime(2026, 11, 24, 1, tzinfo=UTC)
DAY = timedelta(days=1)
GONE, INTO = 11, 22


async def people(transaction: Transaction, *numbers: int) -> None:
    rows = [{"id": one, "kind": "asn", "language": "", "opted_out": False, "created_on": NOW.date()} for one in numbers]
    await transaction.run(insert(respondent), rows)


def row(person: int, *, due_at: datetime = NOW, rule: str = "h7", about: int = 0) -> Planned:
    parts = ["reminder", rule, "s", str(person), *([str(about)] if about else []), "0"]
    ids = Payload(rule=rule, person=str(person), window="asn", session="s", about=str(about) if about else "")
    return Planned(key=":".join(parts), kind=rule, due_at=due_at, expires_at=due_at + 7 * DAY, payload=ids)


def line(person: int, outcome: str, *, due_at: datetime = NOW, rule: str = "h7", about: int = 0) -> Logged:
    one = row(person, due_at=due_at, rule=rule, about=about)
    return Logged(
        key=one.key, due_at=due_at, rule=rule, subject="session:s", respondent_id=person, outcome=outcome, at=due_at
    )


async def test_what_is_due_is_found_by_its_people(database: Database) -> None:
    async with database.write() as transaction:
        await people(transaction, 1, 2, 3)
        rows = [row(1), row(2, due_at=NOW + DAY), row(1, due_at=NOW + DAY, rule="h1"), row(3, due_at=NOW - DAY)]
        await reminders.write(transaction, [Standing(one, "session:s") for one in rows])
    async with database.read() as transaction:
        assert await reminders.people_due(transaction, NOW, 10) == [1, 3]
        assert await reminders.people_due(transaction, NOW, 1) == [3]
        found = await reminders.of_people(transaction, [1, 3], NOW + DAY)
        assert [one.row for one in found] == [rows[3], rows[0], rows[2]]
    async with database.write() as transaction:
        await reminders.write(transaction, [Standing(row(3, due_at=NOW + DAY), "session:s")])
        await reminders.remove(transaction, [row(1).key])
    async with database.read() as transaction:
        assert await reminders.people_due(transaction, NOW, 10) == []
        assert len(await reminders.planned_for(transaction, "session:s")) == 3


async def test_what_was_sent_stays_sent(database: Database) -> None:
    async with database.write() as transaction:
        await people(transaction, 1, 2)
        assert len(await reminders.note(transaction, [line(1, "sent"), line(2, "blocked")])) == 2
        assert await reminders.note(transaction, [line(1, "answered"), line(2, "sent")]) == {row(2).key}
        assert await reminders.note(transaction, [line(1, "sent")]) == frozenset()
        assert [one.outcome for one in await reminders.log_of(transaction, "session:s")] == ["sent", "sent"]
        [first, _second] = await reminders.log_of_people(transaction, [1, 2])
        await reminders.answer(transaction, first, "come")
        assert [one.answer for one in await reminders.log_of_people(transaction, [1])] == ["come"]


async def test_the_reminders_of_two_who_become_one_are_hers(database: Database, vault: Vault) -> None:
    async with database.write() as transaction:
        await people(transaction, GONE, INTO, 3)
        rows = [row(GONE), row(3, rule="supervisor", about=GONE), row(INTO, rule="h1"), row(GONE, rule="h1")]
        await reminders.write(transaction, [Standing(one, "session:s") for one in rows])
        lines = [
            line(GONE, "sent", due_at=NOW - DAY), line(INTO, "blocked", due_at=NOW - DAY),
            line(3, "sent", rule="supervisor", about=GONE, due_at=NOW - DAY),
        ]  # fmt: skip
        await reminders.note(transaction, lines)
    async with database.write() as transaction:
        await joining.merge(transaction, vault, gone=GONE, into=INTO, once=(), now=NOW)
        found = await reminders.planned_for(transaction, "session:s")
        assert found == sorted(
            [row(INTO), row(3, rule="supervisor", about=INTO), row(INTO, rule="h1")], key=lambda one: one.key
        )
        log = [(one.key, one.respondent_id, one.outcome) for one in await reminders.log_of(transaction, "session:s")]
        assert sorted(log) == [
            (row(INTO).key, INTO, "sent"),
            (row(3, rule="supervisor", about=INTO).key, 3, "sent"),
        ]


async def test_what_was_told_of_meetings_goes_with_its_person(database: Database, vault: Vault) -> None:
    day = date(2026, 11, 24)
    async with database.write() as transaction:
        await people(transaction, GONE, INTO)
        await transaction.run(insert(org_unit), [{"key": "u", "parent": "", "label": "U"}])
        for number in (1, 2):
            sealed = vault.seal(b"employee/name/%d" % number, b"Pegawai")
            await transaction.run(
                insert(employee),
                [
                    {
                        "id": number,
                        "lookup": bytes([number] * 16),
                        "number": b"",
                        "name": sealed,
                        "kind": "PNS",
                        "unit": "u",
                    }
                ],
            )
        await transaction.run(insert(training), [{"key": "t", "notation": "{}", "archived": False, "changed_at": NOW}])
        pair = {"key": "p", "training": "t", "mentor_id": 1, "mentee_id": 2, "check_ins": "[]", "ended": False}
        await transaction.run(insert(mentoring_pair), [pair])
        told = Told(pair="p", day=day, respondent_id=GONE, held=True, at=NOW, words="Naskah dinas")
        await mentoring.tell(transaction, vault, told)
        await joining.merge(transaction, vault, gone=GONE, into=INTO, once=(), now=NOW)
        [found] = await mentoring.told_by(transaction, vault, INTO)
        assert (found.respondent_id, found.words) == (INTO, "Naskah dinas")


@pytest.mark.parametrize("number", [1, 5])
async def test_two_who_plan_one_subject_take_turns(database: Database, number: int) -> None:
    async with database.write() as transaction:
        await people(transaction, *range(1, number + 1))
        await reminders.alone(transaction, "session:s")
        await reminders.hold_people(transaction, set(range(1, number + 1)))
