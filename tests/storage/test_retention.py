"""What was kept long enough goes, what was not stays, and a dry run says how much that is."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import insert, select, text

from bot.retaining import RETAINED, Retaining, rules
from storage import retention, settings
from storage.errors import StorageError
from storage.identifiers import timed_id
from storage.retention import Rule
from storage.tables import address, answer, consent, delivery, incident, media, respondent, response, ticket
from storage.tables_privacy import privacy_request
from storage.tables_training import attendance, certificate, enrolment, learning_hours, reminder_log
from tests.handlers.desk_of_one import DeskOfOne, desk_of_one
from tests.handlers.learners import civil_servant, offer
from tests.office import NOW

ALL = rules("alak")


@pytest.fixture
async def desk(database_url: str, tmp_path: Path) -> AsyncIterator[DeskOfOne]:
    async with desk_of_one(database_url, tmp_path / "data") as opened:
        yield opened


async def planted(desk: DeskOfOne, days: int, *, number: int) -> None:
    """A person who did everything so many days ago."""
    at = NOW - timedelta(days=days)
    survey = await desk.number("SELECT min(id) FROM survey")
    mine = {"respondent_id": number}
    folder = desk.process.config.folder / "media" / "ab"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{number}.jpg").write_bytes(b"x")
    async with desk.process.database.write() as transaction:

        async def put(table: object, **values: object) -> None:
            await transaction.run(insert(table).values(**values))  # type: ignore[arg-type]

        await put(respondent, id=number, kind="warga", language="id", created_on=at.date())
        await put(address, id=number, channel="telegram", lookup=number.to_bytes(16, "big"), external=b"v1:", **mine)
        await put(consent, purpose="survey", notice_version="1", action="given", at=at, channel="telegram", **mine)
        for kind, extra in (("answers", {}), ("aspirations", {"ticket": f"ALK-{number}"})):
            key = timed_id(at) + number * 10 + len(kind)
            await put(
                response, id=key, survey_id=survey, state="complete", language="id", test=False, started_at=at,
                completed_at=at, completed_on=at.date(), **mine, **extra,
            )  # fmt: skip
            await put(answer, response_id=key, place="isi", value="Loket tutup")
            await put(answer, response_id=key, place="nama", sealed=b"v1:")
            if extra:
                await put(ticket, number=f"ALK-{number}", survey_name="x", state="new", opened_on=at.date(),
                          response_id=key, **mine)  # fmt: skip
                await put(media, id=f"m{number}", kind="image", channel="telegram", state="fetched",
                          path=f"ab/{number}.jpg")  # fmt: skip
                await put(answer, response_id=key, place="foto", value=f"m{number}", pages=f"m{number}")
        await put(delivery, id=10**9 + number, address_id=number, priority=9, state="sent", created_at=at)
        await put(incident, code="x", at=at)
        await put(
            reminder_log, key=f"k:{number}", due_at=at, rule="h7", subject="s", respondent_id=number, outcome="sent",
            at=at,
        )  # fmt: skip
        await put(
            privacy_request, subject=number, kind="access", channel="telegram", asked_at=at, due_at=at, done_at=at
        )


LEFT = """
SELECT (SELECT count(*) FROM address),
 (SELECT count(*) FROM response WHERE respondent_id IS NOT NULL AND ticket IS NULL),
 (SELECT count(*) FROM response WHERE respondent_id IS NOT NULL AND ticket IS NOT NULL),
 (SELECT count(*) FROM media), (SELECT count(*) FROM delivery), (SELECT count(*) FROM incident),
 (SELECT count(*) FROM consent)
"""
"""Addresses, answers with an owner, aspirations with an owner, files, deliveries, incidents, proof of consent."""


@pytest.mark.parametrize(
    ("days", "left"),
    [
        (29, (1, 1, 1, 1, 1, 1, 1)),
        (31, (1, 1, 1, 1, 1, 0, 1)),
        (91, (1, 1, 1, 1, 0, 0, 1)),
        (181, (1, 1, 1, 0, 0, 0, 1)),
        (364, (1, 1, 1, 0, 0, 0, 1)),
        (366, (0, 1, 0, 0, 0, 0, 1)),
        (731, (0, 0, 0, 0, 0, 0, 1)),
        (1826, (0, 0, 0, 0, 0, 0, 1)),
    ],
)
async def test_what_is_over_goes(desk: DeskOfOne, days: int, left: tuple[int, ...]) -> None:
    await planted(desk, days, number=1)
    would = await retention.due(desk.process.database, ALL, NOW)
    assert (await desk.rows(LEFT))[0] == (1, 1, 1, 1, 1, 1, 1), "a look changes nothing"
    did = await retention.run(desk.process.database, ALL, NOW)
    assert (await desk.rows(LEFT))[0] == left
    assert did == would
    again = {what: number for what, number in (await retention.run(desk.process.database, ALL, NOW)).items() if number}
    assert again == ({"consents": 1} if days == 1826 else {}), "proof goes the night after the address went"
    await desk.tick()
    assert (desk.process.config.folder / "media" / "ab" / "1.jpg").exists() is bool(left[3])


async def test_a_response_keeps_its_words_and_its_day_and_loses_whose_it_was(desk: DeskOfOne) -> None:
    await planted(desk, 800, number=1)
    await retention.run(desk.process.database, ALL, NOW)
    async with desk.process.database.read() as transaction:
        rows = await transaction.all(select(response).order_by(response.c.id))
        words = await transaction.all(select(answer.c.place, answer.c.value).where(answer.c.place != "foto"))
    assert [(row.respondent_id, row.started_at, row.completed_at) for row in rows] == [(None, None, None)] * 2
    assert {row.completed_on for row in rows} == {(NOW - timedelta(days=800)).date()}
    assert [tuple(row) for row in words] == [("isi", "Loket tutup")] * 2, "names and numbers are gone"


async def test_many_go_in_pieces_and_others_stay(desk: DeskOfOne) -> None:
    for number in range(1, 6):
        await planted(desk, 400 if number % 2 else 10, number=number)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(retention, "_AT_ONCE", 2)
        did = await retention.run(desk.process.database, ALL, NOW)
    assert did == {
        "incidents": 3, "deliveries": 3, "contacts": 3, "aspirations": 3, "answers": 0, "media": 3, "consents": 0,
        "reminders": 3, "meetings": 0, "tasks": 0, "excuses": 0, "enrolments": 0, "attendance": 0,
        "learning_hours": 0, "certificates": 0,
    }  # fmt: skip
    assert await desk.rows("SELECT id FROM address ORDER BY id") == [(2,), (4,)]


async def test_somebody_who_is_in_the_middle_of_a_survey_stays(desk: DeskOfOne) -> None:
    await planted(desk, 400, number=1)
    await desk.tell("9", "/start suara", "Loket tutup")
    async with desk.process.database.write() as transaction:
        await transaction.run(text("UPDATE session SET respondent_id = 1"))
    assert (await retention.run(desk.process.database, ALL, NOW))["contacts"] == 0


async def test_whoever_something_is_on_its_way_to_stays_and_keeps_nobody_else(desk: DeskOfOne) -> None:
    for number in (1, 2, 3):
        await planted(desk, 400, number=number)
    async with desk.process.database.write() as transaction:
        for number in (1, 2):
            await transaction.run(
                insert(delivery).values(
                    id=number, address_id=number, priority=5, state="queued", created_at=NOW - timedelta(days=399)
                )
            )
    assert (await retention.due(desk.process.database, ALL, NOW))["contacts"] == 1
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(retention, "_AT_ONCE", 1)
        assert (await asyncio.wait_for(retention.run(desk.process.database, ALL, NOW), 60))["contacts"] == 1
    assert await desk.rows("SELECT id FROM address ORDER BY id") == [(1,), (2,)]


async def test_a_run_ends_though_what_it_looks_at_does_not_go(desk: DeskOfOne) -> None:
    for number in (1, 2, 3):
        await planted(desk, 400, number=number)

    async def passes(*_: object, **__: object) -> bool:
        return False

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(retention, "_AT_ONCE", 2)
        patch.setattr("storage.erasing.forget_contact", passes)
        assert (await asyncio.wait_for(retention.run(desk.process.database, ALL, NOW), 60))["contacts"] == 0


async def test_a_dry_run_counts_a_contact_as_the_run_does(desk: DeskOfOne) -> None:
    await planted(desk, 400, number=1)
    at = NOW - timedelta(days=100)  # it keeps the contact, also where it goes in the same run
    async with desk.process.database.write() as transaction:
        await transaction.run(insert(delivery).values(id=5, address_id=1, priority=9, state="sent", created_at=at))
    would = await retention.due(desk.process.database, ALL, NOW)
    assert would == await retention.run(desk.process.database, ALL, NOW)
    assert would["contacts"] == 0


async def test_why_somebody_did_not_come_is_let_go(desk: DeskOfOne) -> None:
    await offer(desk)
    await civil_servant(desk, "9")
    await desk.tell("9", "/start t-prima-1", "Daftar", "/start t-prima-1", "batal", "Sakit")
    for days, left in ((179, 1), (181, 0)):
        await retention.run(desk.process.database, ALL, desk.now + timedelta(days=days))
        assert await desk.number("SELECT count(*) FROM enrolment WHERE reason IS NOT NULL") == left
    assert await desk.rows("SELECT state FROM enrolment") == [("cancelled",)]


@pytest.mark.parametrize(
    ("days", "left"),
    [
        (1824, (2, 1, 1, 1)),
        (1827, (1, 1, 1, 1)),
        (3649, (1, 1, 1, 1)),
        (3652, (1, 0, 1, 0)),
        (3690, (1, 0, 0, 0)),
    ],
)
async def test_proof_of_learning_hours_is_kept_longer_than_who_did_not_come(
    desk: DeskOfOne, days: int, left: tuple[int, ...]
) -> None:
    """Enrolments, days of attendance, hours, certificates. All is counted before it goes."""
    await offer(desk)
    for name in ("8", "9"):
        await civil_servant(desk, name)
        await desk.tell(name, "/start t-prima-1", "Daftar")
    async with desk.process.database.write() as transaction:
        person = (await transaction.all(select(enrolment.c.respondent_id)))[0][0]
        mine = {"respondent_id": person, "session": "prima-1"}
        day = desk.now.date()
        await transaction.run(insert(attendance).values(id=1, day=day, at=desk.now, how="code", late=False, **mine))
        await transaction.run(insert(learning_hours).values(id=1, year=day.year, hundredths=1600, **mine))
        await transaction.run(
            insert(certificate).values(number="1/2026", code="x", name=b"v1:", hundredths=1600, issued_on=day, **mine)
        )
    later = desk.now + timedelta(days=days)
    rules_of_trainings = [
        one for one in ALL if one.what in {"enrolments", "attendance", "learning_hours", "certificates"}
    ]
    would = await retention.due(desk.process.database, rules_of_trainings, later)
    assert await retention.run(desk.process.database, rules_of_trainings, later) == would
    tables = ("enrolment", "attendance", "learning_hours", "certificate")
    assert tuple([await desk.number(f"SELECT count(*) FROM {table}") for table in tables]) == left
    again = await retention.run(desk.process.database, rules_of_trainings, later)
    gone_at_last = {"enrolments": 1} if not left[1] else {}
    assert {what: number for what, number in again.items() if number} == gone_at_last


async def test_it_is_done_once_a_night(desk: DeskOfOne) -> None:
    await planted(desk, 400, number=1)
    work = Retaining(desk.process)
    async with desk.process.database.write() as transaction:
        await settings.keep(transaction, RETAINED, "2026-11-22")
    await work.run("2026-11-24", NOW)
    assert await desk.number("SELECT count(*) FROM address") == 0
    assert await desk.rows("SELECT value FROM setting WHERE key = 'retained'") == [("2026-11-24",)]
    await planted(desk, 400, number=2)
    await work.look(NOW)  # the day is done
    assert await desk.number("SELECT count(*) FROM address") == 1


def test_the_proposal_of_the_district_is_read() -> None:
    assert {rule.what: rule.days for rule in ALL} == {
        "incidents": 30, "deliveries": 90, "contacts": 365, "aspirations": 365, "answers": 730, "media": 180,
        "tasks": 730, "consents": 1825, "reminders": 365, "meetings": 730, "excuses": 180,
        "enrolments": 1825, "attendance": 3650, "learning_hours": 3650, "certificates": 3650,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"what,days\nfoto,180\n", "retention.csv, line 2: “foto” is unknown"),
        (b"what,days\nmedia,soon\n", "retention.csv, line 2: days should be a whole number"),
        (b"what,days\nmedia,0\n", "retention.csv, line 2: days should be a whole number"),
        (b"what,days\nmedia,1\nmedia,2\n", "retention.csv, line 3: “media” stands there twice"),
    ],
)
def test_a_list_that_cannot_be_read_names_its_line(content: bytes, said: str) -> None:
    with pytest.raises(StorageError, match=said.replace(".", r"\.")):
        retention.read(content)


def test_what_is_not_listed_stays() -> None:
    assert retention.read(b"what,days\nmedia,180\n") == (Rule("media", 180),)
