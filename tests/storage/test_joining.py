"""Two records become one: every row that named the one names the other, and nothing stands twice."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import insert, text

from storage import joining
from storage.database import Database, Transaction
from storage.tables import address, consent, participation, respondent, response, session, survey, ticket
from storage.tables_privacy import privacy_request
from storage.vault import Vault
from surveys.engine import dump_session
from surveys.session import Answer, Place, Session

NOW = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)
DAY = date(2026, 11, 24)
GONE, INTO = 11, 22


@dataclass
class People:
    """Two respondents, an address each, three surveys of which the first two take one response a person."""

    transaction: Transaction
    vault: Vault
    responses: int = 100
    rows: dict[str, Any] = field(default_factory=dict)

    async def prepare(self) -> None:
        people = [
            {"id": GONE, "kind": "asn", "language": "en", "opted_out": True, "created_on": date(2026, 1, 1)},
            {"id": INTO, "kind": "", "language": "", "opted_out": False, "created_on": DAY},
        ]
        await self.transaction.run(insert(respondent), people)
        for person in (GONE, INTO):
            row = {"id": person * 10, "channel": "console", "lookup": bytes([person] * 16), "external": b"x"}
            await self.transaction.run(insert(address), [{**row, "respondent_id": person}])
        for number, name in enumerate(("sekali", "tna", "sering"), start=1):
            row = {"id": number, "name": name, "version": 1, "state": "open", "notation": b"", "published_at": NOW}
            await self.transaction.run(insert(survey), [row])

    async def response(self, person: int, survey_id: int, state: str, minutes: int = 0) -> int:
        self.responses += 1
        row = {
            "id": self.responses, "survey_id": survey_id, "respondent_id": person, "state": state, "language": "id",
            "started_at": NOW, "completed_at": NOW + timedelta(minutes=minutes) if state == "complete" else None,
        }  # fmt: skip
        await self.transaction.run(insert(response), [row])
        if state == "complete":
            name = ("sekali", "tna", "sering")[survey_id - 1]
            await self.transaction.run(insert(participation), [{"respondent_id": person, "survey_name": name}])
        return self.responses

    async def open_session(self, person: int, survey_id: int, number: int, answers: int, **facts: str) -> None:
        """With so many answers; touched in the order of ``number``."""
        said = {Place(f"q{one}"): Answer("1") for one in range(answers)}
        touched = NOW + timedelta(minutes=number)
        state = Session(
            survey="s", version=1, language="id", started=NOW, touched=touched, expires=NOW, seed=1, answers=said,
            facts=facts,
        )  # fmt: skip
        row = {
            "id": number, "respondent_id": person, "survey_id": survey_id,
            "response_id": await self.response(person, survey_id, "open"), "doing": "asking", "touched_at": touched,
            "state": self.vault.seal(b"session/state/%d" % number, dump_session(state)), "expires_at": NOW,
        }  # fmt: skip
        await self.transaction.run(insert(session), [row])

    async def merge(self) -> None:
        await joining.merge(self.transaction, self.vault, gone=GONE, into=INTO, once={"sekali", "tna"}, now=NOW)

    async def all(self, statement: str) -> list[tuple[Any, ...]]:
        return [tuple(row) for row in await self.transaction.all(text(statement))]


async def test_every_row_names_the_one_that_stays(database: Database, vault: Vault) -> None:
    async with database.write() as transaction:
        people = People(transaction, vault)
        await people.prepare()
        await people.response(GONE, 1, "complete")
        row = {"purpose": "survey", "notice_version": "1", "action": "given", "at": NOW, "channel": "console"}
        await transaction.run(insert(consent), [{"respondent_id": GONE, **row}])
        row = {"survey_name": "sekali", "state": "new", "opened_on": DAY}
        await transaction.run(insert(ticket), [{"number": "ALK-1", "respondent_id": GONE, **row}])
        row = {"kind": "copy", "channel": "console", "asked_at": NOW, "due_at": NOW}
        await transaction.run(insert(privacy_request), [{"subject": GONE, **row}])
        await joining.issue(transaction, vault, GONE, "console", "1111AAAA", NOW)
        await joining.keep_profile(transaction, vault, GONE * 10, GONE, "Maria")
        await people.merge()
        for table in ("response", "consent", "ticket", "participation", "joining_code", "profile"):
            assert await people.all(f"SELECT DISTINCT respondent_id FROM {table}") == [(INTO,)], table
        assert await people.all("SELECT respondent_id FROM address ORDER BY id") == [(INTO,), (INTO,)]
        assert await people.all("SELECT subject FROM privacy_request") == [(INTO,)]
        assert await people.all("SELECT id, kind, language FROM respondent") == [(INTO, "asn", "en")]
        person = await joining.person(transaction, INTO)
        assert person is not None
        assert person.opted_out  # who stopped all messages on either stopped them
        assert await joining.profiles(transaction, vault, GONE * 10) == [joining.Profile(INTO, "Maria")]


@pytest.mark.parametrize(("gone", "into", "kept"), [(3, 1, 1), (1, 3, 2), (2, 2, 2)])
async def test_of_two_half_finished_sessions_the_fuller_one_goes_on(
    database: Database, vault: Vault, gone: int, into: int, kept: int
) -> None:
    async with database.write() as transaction:
        people = People(transaction, vault)
        await people.prepare()
        await people.open_session(GONE, 3, 1, gone)
        await people.open_session(INTO, 3, 2, into)
        await people.merge()
        assert await people.all("SELECT id, respondent_id FROM session") == [(kept, INTO)]
        states = {1: [("open",), ("stopped",)], 2: [("stopped",), ("open",)]}
        assert await people.all("SELECT state FROM response ORDER BY id") == states[kept]


async def test_what_one_answered_the_other_need_not_answer_again(database: Database, vault: Vault) -> None:
    async with database.write() as transaction:
        people = People(transaction, vault)
        await people.prepare()
        await people.response(INTO, 1, "complete")
        await people.open_session(GONE, 1, 1, 5)
        await people.open_session(GONE, 3, 2, 1)
        await people.merge()
        assert await people.all("SELECT id FROM session") == [(2,)]
        assert await people.all("SELECT state FROM response ORDER BY id") == [("complete",), ("stopped",), ("open",)]


async def test_a_sent_response_that_was_being_changed_stays_sent(database: Database, vault: Vault) -> None:
    async with database.write() as transaction:
        people = People(transaction, vault)
        await people.prepare()
        await people.response(INTO, 1, "complete")
        await people.open_session(GONE, 1, 1, 5, sent_ticket="")
        await people.merge()
        assert await people.all("SELECT id FROM session") == []
        assert await people.all("SELECT state FROM response ORDER BY id") == [("withdrawn",), ("complete",)]


async def test_of_two_responses_the_last_counts_where_one_is_taken(database: Database, vault: Vault) -> None:
    async with database.write() as transaction:
        people = People(transaction, vault)
        await people.prepare()
        late = await people.response(GONE, 1, "complete", minutes=9)
        early = await people.response(INTO, 1, "complete", minutes=1)
        often = [await people.response(person, 3, "complete") for person in (GONE, INTO)]
        await people.merge()
        assert await people.all("SELECT id, state FROM response ORDER BY id") == [
            (late, "complete"), (early, "withdrawn"), *((one, "complete") for one in often),
        ]  # fmt: skip
        assert await people.all("SELECT survey_name FROM participation ORDER BY 1") == [("sekali",), ("sering",)]


async def test_a_code_serves_once_and_for_a_quarter_of_an_hour(database: Database, vault: Vault) -> None:
    async with database.write() as transaction:
        await People(transaction, vault).prepare()
        await joining.issue(transaction, vault, GONE, "console", "1111AAAA", NOW)
        await joining.issue(transaction, vault, GONE, "console", "2222BBBB", NOW)

        async def meant(code: str, now: datetime = NOW) -> joining.Joining | None:
            return await joining.meant(transaction, vault, code, now)

        assert await meant("1111AAAA") is None  # a new one voids the one before
        assert await meant("2222BBBB") == joining.Joining(GONE, "console")
        assert await meant("2222BBBB", NOW + timedelta(minutes=15)) is None
        assert [await joining.spend(transaction, vault, "2222BBBB") for _time in range(2)] == [True, False]
        assert await meant("2222BBBB") is None


async def test_who_shares_an_address(database: Database, vault: Vault) -> None:
    async with database.write() as transaction:
        await People(transaction, vault).prepare()
        there = GONE * 10
        assert await joining.profiles(transaction, vault, there) == []
        await joining.keep_profile(transaction, vault, there, GONE, "Yohanes")
        await joining.keep_profile(transaction, vault, there, INTO, "Ani")
        await joining.keep_profile(transaction, vault, there, INTO, "Maria")
        maria, yohanes = joining.Profile(INTO, "Maria"), joining.Profile(GONE, "Yohanes")
        assert await joining.profiles(transaction, vault, there) == [maria, yohanes]
        kept = await transaction.all(text("SELECT label FROM profile"))
        assert b"Maria" not in b"".join(bytes(row[0]) for row in kept)
        await joining.opt_out_address(transaction, there)
        assert await transaction.all(text("SELECT count(*) FROM respondent WHERE opted_out")) == [(2,)]
