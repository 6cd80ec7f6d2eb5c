"""One batch's rows: written once, the last word counts, parents before children; on both databases."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import text

from storage import dues, people, processes, responses, settings, tickets
from storage.budgets import take
from storage.database import Database
from storage.errors import Duplicate, Missing
from storage.responses import read_place, written
from storage.surveys import publish
from storage.unit_of_work import UnitOfWork
from storage.vault import Vault
from surveys.messages import Address
from surveys.session import Answer, Place
from tests.office import NOTHING_SEALED

NOW = datetime(2026, 11, 24, 2, 5, tzinfo=UTC)
HOME = Address("telegram", "7")


@asynccontextmanager
async def unit_of(database: Database, vault: Vault, now: datetime = NOW) -> AsyncIterator[UnitOfWork]:
    async with database.write() as transaction:
        unit = UnitOfWork(transaction, vault, now=now, process=1)
        yield unit
        await unit.flush()


async def rows(database: Database, statement: str) -> list[tuple[object, ...]]:
    async with database.read() as transaction:
        return [tuple(row) for row in await transaction.all(text(statement))]


async def survey_of(database: Database, name: str = "uji", version: int = 1) -> int:
    async with database.write() as transaction:
        return await publish(
            transaction, name=name, version=version, notation=b"{}", source=None, source_type="", now=NOW
        )


async def somebody(database: Database, vault: Vault, number: int = 5) -> int:
    async with unit_of(database, vault) as unit:
        unit.add_respondent(number, kind="asn", language="id", opted_out=False)
    return number


async def test_answers_are_stored_once_and_the_last_word_counts(database: Database, vault: Vault) -> None:
    survey, person = await survey_of(database), await somebody(database, vault)
    async with unit_of(database, vault) as unit:
        response = unit.response_id(anonymous=False)
        unit.open_response(response, survey, person, "id", test=False, started_at=NOW)
        unit.put_answers(response, [(Place("umur"), Answer("30", "30")), (Place("anak", (2,)), Answer("Ana", "ana"))])
        unit.put_answers(response, [(Place("umur"), Answer("31", "tiga satu"))])
        unit.drop_answers(response, [Place("anak", (2,))])
    async with unit_of(database, vault) as unit:
        unit.put_answers(response, [(Place("umur"), Answer("32", "32", pages=("m2", "m3")))])
        unit.finish_response(response, "complete", NOW, None)
    assert await rows(database, "SELECT place, value, raw, pages FROM answer") == [("umur", "32", "32", "m2 m3")]
    assert await rows(database, "SELECT state FROM response") == [("complete",)]


async def test_names_and_numbers_of_people_are_sealed(database: Database, vault: Vault) -> None:
    survey, person = await survey_of(database), await somebody(database, vault)
    given = Answer("198609262015051001", "19860926 201505 1 001", "lain")
    async with unit_of(database, vault) as unit:
        response = unit.response_id(anonymous=False)
        unit.open_response(response, survey, person, "id", test=False, started_at=NOW)
        unit.put_answers(response, [(Place("nip"), given)], frozenset({"nip"}))
        unit.finish_response(response, "complete", NOW, None)
    assert await rows(database, "SELECT value, raw, other FROM answer") == [("", "", "")]
    async with database.read() as transaction:
        found = await responses.finished(transaction, vault, person, "uji")
    assert found is not None
    assert found.answers == {Place("nip"): given}


async def test_a_response_that_became_anonymous_leaves_nothing(database: Database, vault: Vault) -> None:
    survey, person = await survey_of(database), await somebody(database, vault)
    async with unit_of(database, vault) as unit:
        stored, new = unit.response_id(anonymous=False), unit.response_id(anonymous=False)
        unit.open_response(stored, survey, person, "id", test=False, started_at=NOW)
        unit.put_answers(stored, [(Place("umur"), Answer("30"))])
        unit.open_response(new, survey, person, "id", test=False, started_at=NOW)
        unit.put_answers(new, [(Place("umur"), Answer("30"))])
        unit.drop_response(new)
    async with unit_of(database, vault) as unit:
        session = unit.new_id()
        unit.open_session(
            session, b"s", doing="asking", touched=NOW, expires=NOW, respondent_id=person, survey_id=survey,
            response_id=stored,
        )  # fmt: skip
    async with unit_of(database, vault) as unit:
        unit.keep_session(session, b"s", doing="asking", touched=NOW, expires=NOW, response_id=None)
        unit.drop_response(stored)
    assert await rows(database, "SELECT * FROM response") == []
    assert await rows(database, "SELECT * FROM answer") == []
    assert await rows(database, "SELECT response_id FROM session") == [(None,)]


async def test_somebody_is_found_again_by_hash_alone(database: Database, vault: Vault) -> None:
    lookup = people.lookup_of(HOME, vault)
    for _ in range(2):
        async with unit_of(database, vault) as unit:
            found = (await people.known(unit.transaction, {lookup: HOME}, vault))[lookup]
            person = found.respondent_id or 5
            if found.respondent_id is None:
                unit.add_respondent(person, kind="", language="", opted_out=False)
            unit.keep_visit(
                people.Keeping(
                    address_id=found.address_id, respondent_id=person, kind="asn", language="id", opted_out=True,
                    dialog={"doing": "menu"}, gone=False,
                )
            )  # fmt: skip
    async with database.read() as transaction:
        [(again, address)] = await people.of_respondents(transaction, [5], vault)
    assert address == HOME
    assert (again.kind, again.opted_out, people.opened_dialog(again, vault)) == ("asn", True, {"doing": "menu"})
    stored = await rows(database, "SELECT * FROM address")
    assert len(stored) == 1
    assert b"7" not in [value for value in stored[0] if isinstance(value, bytes)]


async def test_an_anonymous_ticket_answers_to_its_pin_alone_before_and_after(database: Database, vault: Vault) -> None:
    from storage.shuffling import shuffle

    survey = await survey_of(database)
    pin = vault.lookup("pin", "ALK-26-0417-K 1234")
    async with unit_of(database, vault) as unit:
        unit.put_pending(survey, "id", False, [(Place("isi"), Answer("jalan"))], "ALK-26-0417-K", pin)
    for moved in (0, 1):
        async with database.write() as transaction:
            assert (await shuffle(transaction, vault, sealed=NOTHING_SEALED, all_of_them=bool(moved)))[0] == moved
        async with unit_of(database, vault) as unit:
            assert await unit.ticket_taken("ALK-26-0417-K")
            assert await unit.ticket_status("ALK-26-0417-K", b"another pin") is None
            assert await unit.ticket_status("ALK-26-0417-K") is None
            found = await unit.ticket_status("ALK-26-0417-K", pin)
            assert found is not None
            assert (found.state, found.opened_on, found.anonymous) == (tickets.NEW, date(2026, 11, 24), True)
    assert await rows(database, "SELECT respondent_id FROM ticket") == [(None,)]


async def test_a_ticket_has_a_history(database: Database, vault: Vault) -> None:
    person = await somebody(database, vault)
    async with unit_of(database, vault) as unit:
        unit.issue_ticket("ALK-26-0001-B", "aspirasi", person, None)
    async with database.write() as transaction:
        await tickets.change(transaction, "ALK-26-0001-B", "in_progress", "Diteruskan", NOW)
        with pytest.raises(Missing):
            await tickets.change(transaction, "ALK-26-9999-B", "in_progress", "", NOW)
    async with unit_of(database, vault) as unit:
        [own] = await unit.own_tickets(person)
        found = await unit.ticket_status("ALK-26-0001-B")
    assert found is not None
    assert own.state == found.state == "in_progress"
    assert [(change.state, change.note) for change in found.history] == [("in_progress", "Diteruskan")]


async def test_what_is_due_is_claimed_once_and_moving_it_makes_the_old_time_harmless(
    database: Database, vault: Vault
) -> None:
    async with unit_of(database, vault) as unit:
        unit.plan("a", "session_reminder", NOW - timedelta(minutes=1), "1")
        unit.plan("b", "session_reminder", NOW - timedelta(minutes=2), "2")
        unit.plan("c", "session_reminder", NOW, "3")
        unit.plan("c", "session_reminder", NOW + timedelta(days=1), "3")
    async with database.write() as transaction:
        first = await dues.claim(transaction, 1, NOW, 10)
        assert [due.key for due in first] == ["b", "a"]
        assert await dues.claim(transaction, 2, NOW, 10) == []
        assert await dues.done(transaction, first[0].id, 1)
        assert not await dues.done(transaction, first[1].id, 2)
        assert await dues.free(transaction, [1]) == 1
        [again] = await dues.claim(transaction, 2, NOW, 10)
        await dues.again(transaction, again.id, 2, NOW + timedelta(hours=1))
        [later] = await dues.claim(transaction, 2, NOW + timedelta(hours=2), 10)
        assert (later.key, later.attempts) == ("a", 1)
    async with unit_of(database, vault) as unit:
        unit.unplan("c")
    assert await rows(database, "SELECT key FROM due") == [("a",)]


async def test_two_versions_of_one_number_are_refused(database: Database) -> None:
    await survey_of(database)
    with pytest.raises(Duplicate) as refused:
        await survey_of(database)
    assert "uji" not in str(refused.value)


async def test_a_lease_is_one_processs_until_it_ends(database: Database) -> None:
    async with database.write() as transaction:
        for number in (1, 2):
            await processes.sign_on(transaction, number, NOW)
        assert await processes.take_lease(transaction, "poll", 1)
        assert await processes.take_lease(transaction, "poll", 1)
        assert not await processes.take_lease(transaction, "poll", 2)
        assert await processes.beat(transaction, 1, NOW)
        assert await processes.beats(transaction) == {1: 1, 2: 0}
        await processes.sign_off(transaction, 1)
        assert not await processes.beat(transaction, 1, NOW)
        assert await processes.take_lease(transaction, "poll", 2)


async def test_a_budget_is_shared_and_refills(database: Database) -> None:
    async with database.write() as transaction:
        assert await take(transaction, "proactive", per_second=10, now=NOW, most=8) == 8
        assert await take(transaction, "proactive", per_second=10, now=NOW, most=8) == 2
        assert await take(transaction, "proactive", per_second=10, now=NOW, most=8) == 0
        assert await take(transaction, "proactive", per_second=10, now=NOW + timedelta(seconds=0.5), most=8) == 5


async def test_small_facts_outlive_a_restart(database: Database) -> None:
    async with database.write() as transaction:
        assert await settings.value(transaction, "a") == ""
        await settings.keep(transaction, "a", "1")
        await settings.keep(transaction, "a", "2")
        assert await settings.value(transaction, "a") == "2"


@pytest.mark.parametrize(
    ("place", "text_"),
    [(Place("umur"), "umur"), (Place("umur", (2,)), "umur[2]"), (Place("umur", (2, 13)), "umur[2,13]")],
)
def test_places_are_written_and_read(place: Place, text_: str) -> None:
    assert written(place) == text_
    assert read_place(text_) == place
