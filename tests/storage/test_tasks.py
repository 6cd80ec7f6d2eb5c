"""Tasks as they are stored: read back equal, given once, and what becomes of them when people are one or go."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import insert, text

from outreach.tasks import Criterion, Task, usual_due
from storage import joining, retention, submissions, task_owners, tasks
from storage.database import Database, Transaction
from storage.errors import Duplicate
from storage.retention import Rule
from storage.submissions import Assessment
from storage.tables import media
from storage.vault import Vault
from tests.office import WITA
from tests.trainings_office import HEAD, SESSION, STAFF, respondents, set_up

NOW = datetime(2026, 12, 3, 1, tzinfo=UTC)
TASK = Task(
    key=f"{SESSION.key}-1",
    session=SESSION.key,
    title="Teks syarat",
    instruction="Susun teks syarat satu layanan.",
    due=usual_due(SESSION, WITA),
    competence="tek_layanan",
    evidence=frozenset({"text", "photo"}),
    assessor="peer",
    rubric=(
        Criterion(key="isi", weight=60, label="Isi", anchors=("a", "b", "c", "d")),
        Criterion(key="waktu", weight=40),
    ),
    double=50,
    escalates_to="office",
)


@dataclass(frozen=True, slots=True)
class People:
    """The head, and three of the staff."""

    head: int
    staff: tuple[int, ...]


@pytest.fixture
async def people(database: Database, vault: Vault) -> People:
    async with database.write() as transaction:
        await set_up(transaction, vault, now=NOW)
        await tasks.put(transaction, TASK)
    head, *staff = await respondents(database, vault, entries=(HEAD, *STAFF[:3]), now=NOW)
    return People(head, tuple(staff))


async def judged(transaction: Transaction, vault: Vault, submission: int, by: int, level: int) -> None:
    await submissions.assess(
        transaction,
        vault,
        Assessment(
            submission_id=submission,
            assessor=f"respondent:{by}",
            levels={"isi": level, "waktu": level},
            remark=f"Dari {level}",
            at=NOW + timedelta(minutes=level),
            revise=False,
        ),
    )


@pytest.mark.usefixtures("people")
async def test_a_task_is_read_back_equal(database: Database) -> None:
    async with database.write() as transaction:
        kept = await tasks.one(transaction, TASK.key)
        assert kept == replace(TASK, due=TASK.due.astimezone(UTC))
        changed = replace(TASK, title="Lain", due=TASK.due + timedelta(days=1))
        await tasks.put(transaction, changed)
        assert await tasks.of_session(transaction, SESSION.key) == [replace(changed, due=changed.due.astimezone(UTC))]


async def test_it_is_given_once(database: Database, people: People) -> None:
    async with database.write() as transaction:
        first = await tasks.assign(transaction, TASK, people.staff[:2], twice={people.staff[0]}, now=NOW)
        again = await tasks.assign(transaction, TASK, people.staff, twice=(), now=NOW)
        assert sorted(one.respondent_id for one in first) == sorted(people.staff[:2])
        assert [one.respondent_id for one in again] == [people.staff[2]]
        assert {one.respondent_id: one.double for one in await tasks.of_task(transaction, TASK.key)} == {
            people.staff[0]: True,
            people.staff[1]: False,
            people.staff[2]: False,
        }


async def test_nobody_judges_the_same_twice(database: Database, vault: Vault, people: People) -> None:
    async with database.write() as transaction:
        [given] = await tasks.assign(transaction, TASK, people.staff[:1], twice=(), now=NOW)
        handed_in = await submissions.hand_in(transaction, vault, given.id, "Ini.", ["a", "b"], now=NOW)
        await judged(transaction, vault, handed_in.id, people.head, 3)
    with pytest.raises(Duplicate):
        async with database.write() as transaction:
            await judged(transaction, vault, handed_in.id, people.head, 4)


async def test_what_waits_names_the_superior_and_the_marks(database: Database, vault: Vault, people: People) -> None:
    async with database.write() as transaction:
        [given] = await tasks.assign(transaction, TASK, people.staff[:1], twice=(), now=NOW)
        await submissions.hand_in(transaction, vault, given.id, "Satu.", [], now=NOW)
        second = await submissions.hand_in(transaction, vault, given.id, "Dua.", [], now=NOW)
        assert second.turn == 2
        await tasks.move(transaction, given.id, "handed_in", NOW)
        await judged(transaction, vault, second.id, people.staff[1], 3)
        [one] = await submissions.pending(transaction, vault)
        assert (one.submission_id, one.superior, one.unit) == (second.id, people.head, "kel_nbd")
        assert [mark.levels for mark in one.marks] == [(3, 3)]
        assert await submissions.pending(transaction, vault, respondent_id=people.head) == [one]
        assert await submissions.pending(transaction, vault, respondent_id=people.staff[0]) == []
        assert await submissions.pending(transaction, vault, respondent_id=people.staff[2]) == []


async def test_of_two_records_of_one_person_what_got_further_stays(
    database: Database, vault: Vault, people: People
) -> None:
    gone, into, other = people.staff
    async with database.write() as transaction:
        await transaction.run(text(f"UPDATE employee SET respondent_id = NULL WHERE respondent_id = {gone}"))
        given = {
            one.respondent_id: one for one in await tasks.assign(transaction, TASK, people.staff, twice=(), now=NOW)
        }
        kept = await submissions.hand_in(transaction, vault, given[gone].id, "Sudah.", [], now=NOW)
        await tasks.move(transaction, given[gone].id, "handed_in", NOW)
        theirs = await submissions.hand_in(transaction, vault, given[other].id, "Juga.", [], now=NOW)
        await judged(transaction, vault, theirs.id, gone, 2)
    async with database.write() as transaction:
        await joining.merge(transaction, vault, gone=gone, into=into, once=(), now=NOW)
        mine = [one for one in await tasks.of_task(transaction, TASK.key) if one.respondent_id == into]
        assert [(one.id, one.state) for one in mine] == [(given[gone].id, "handed_in")]
        assert (await submissions.submissions(transaction, vault, [mine[0].id]))[0] == kept
        [mark] = await submissions.assessments(transaction, vault, [theirs.id])
        assert (mark.assessor, mark.remark) == (f"respondent:{into}", "Dari 2")


async def test_words_and_files_are_kept_as_long_as_the_district_says(
    database: Database, vault: Vault, people: People
) -> None:
    rule = (Rule("tasks", 730),)
    async with database.write() as transaction:
        [given] = await tasks.assign(transaction, TASK, people.staff[:1], twice=(), now=NOW)
        handed_in = await submissions.hand_in(transaction, vault, given.id, "Ini.", ["foto"], now=NOW)
        await judged(transaction, vault, handed_in.id, people.head, 3)
        row = {"id": "foto", "kind": "image", "channel": "telegram", "state": "fetched", "path": "ab/ab.jpg"}
        await transaction.run(insert(media), [row])
    assert await retention.run(database, rule, NOW + timedelta(days=729)) == {"tasks": 0}
    later = NOW + timedelta(days=731)
    assert await retention.due(database, rule, later) == {"tasks": 1}
    assert await retention.run(database, rule, later) == {"tasks": 1}
    assert await retention.run(database, rule, later) == {"tasks": 0}
    async with database.read() as transaction:
        [left] = await submissions.submissions(transaction, vault, [given.id])
        [mark] = await submissions.assessments(transaction, vault, [left.id])
        assert (left.words, left.files, mark.remark) == ("", (), "")
        assert dict(mark.levels) == {"isi": 3, "waktu": 3}
        assert await submissions.files(transaction, ["foto"]) == []


async def test_who_goes_takes_their_work_along_and_leaves_marks_without_words(
    database: Database, vault: Vault, people: People
) -> None:
    one, other, _third = people.staff
    async with database.write() as transaction:
        given = {
            each.respondent_id: each for each in await tasks.assign(transaction, TASK, (one, other), twice=(), now=NOW)
        }
        await submissions.hand_in(transaction, vault, given[one].id, "Punya saya.", ["foto1", "foto2"], now=NOW)
        theirs = await submissions.hand_in(transaction, vault, given[other].id, "Punya rekan.", [], now=NOW)
        await judged(transaction, vault, theirs.id, one, 3)
        assert [len(held.submissions) for held in await task_owners.held(transaction, vault, one)] == [1]
        assert await task_owners.forget(transaction, one) == ["foto1", "foto2"]
        assert await task_owners.held(transaction, vault, one) == ()
        [mark] = await submissions.assessments(transaction, vault, [theirs.id])
        assert mark.assessor.startswith("nobody:")
        assert (mark.remark, dict(mark.levels)) == ("", {"isi": 3, "waktu": 3})
