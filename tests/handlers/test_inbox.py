"""The door: what was acknowledged is committed, once, in order; what fails fails alone."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from handlers.inbox import Inbox, Overloaded
from handlers.receiving import Taken
from storage import deliveries
from storage.deliveries import Mark
from storage.errors import Busy, Full
from surveys.messages import Address, Incoming, Outgoing, Press
from tests.office import NOW, QUESTIONS, Office, open_office, text_of


@pytest.fixture
async def office(database_url: str) -> AsyncIterator[Office]:
    async with open_office(database_url) as opened:
        yield opened


@asynccontextmanager
async def running(inbox: Inbox) -> AsyncIterator[None]:
    task = asyncio.create_task(inbox.run())
    try:
        yield
    finally:
        inbox.close()
        await task


async def hand_in(office: Office, *incomings: Incoming) -> list[Taken]:
    """All at once; returns when all are committed."""
    futures = [office.inbox.submit(incoming) for incoming in incomings]
    async with running(office.inbox):
        return list(await asyncio.gather(*futures))


async def test_a_message_is_committed_before_it_is_acknowledged(office: Office) -> None:
    [taken] = await hand_in(office, text_of(7, 1, "/start"))
    assert not taken.known_before
    assert [(one.address.external_id, one.outgoing.text) for one in office.sender.leased] == [("7", "Pertanyaan 0?")]
    assert await office.rows("SELECT state, owner FROM delivery") == [("leased", 1)]
    assert await office.count("SELECT count(*) FROM session") == 1


async def test_a_whole_conversation_ends_with_every_answer_once(office: Office) -> None:
    async with running(office.inbox):
        for number in range(QUESTIONS + 1):
            await office.inbox.submit(text_of(7, number + 1, f"jawaban {number}"))
    assert await office.rows("SELECT place, raw FROM answer ORDER BY place") == [
        (f"q{number}", f"jawaban {number + 1}") for number in range(QUESTIONS)
    ]
    assert await office.rows("SELECT state FROM response") == [("complete",)]
    assert await office.count("SELECT count(*) FROM session") == 0
    assert await office.count("SELECT count(*) FROM participation") == 1


async def test_a_repeated_update_does_nothing(office: Office) -> None:
    first, again = await hand_in(office, text_of(7, 1, "/start"), text_of(7, 1, "/start"))
    assert (first.known_before, again.known_before) == (False, True)
    async with running_again(office):
        later = await office.inbox.submit(text_of(7, 1, "/start"))
    assert later.known_before
    assert [words for _, words, _ in office.desk.heard] == ["/start"]


@asynccontextmanager
async def running_again(office: Office) -> AsyncIterator[None]:
    office.inbox._closing = False
    async with running(office.inbox):
        yield


async def test_messages_of_one_person_are_folded_in_the_platforms_order(office: Office) -> None:
    await hand_in(office, text_of(7, 12, "dua"), text_of(8, 11, "satu"), text_of(7, 10, "/start"))
    assert office.desk.heard == [("7", "/start", False), ("8", "satu", False), ("7", "dua", True)]


async def test_what_was_typed_before_the_prompt_arrived_is_unseen(office: Office) -> None:
    await hand_in(office, text_of(7, 1, "/start", message=100))
    [leased] = office.sender.leased
    office.sender.marks = [
        Mark(id=leased.id, address_id=leased.address_id, outcome="sent", message_id="102", tag=leased.outgoing.tag)
    ]
    async with running_again(office):
        await office.inbox.submit(text_of(8, 2, "quiet"))
        await office.inbox.submit(text_of(7, 3, "ya", message=101))
        await office.inbox.submit(text_of(7, 4, "ya", message=103))
    assert [unseen for who, _, unseen in office.desk.heard if who == "7"] == [False, True, False]


async def test_what_is_asked_once_more_makes_no_answer_too_early(office: Office) -> None:
    await hand_in(office, text_of(7, 1, "/start", message=100))
    async with running_again(office):
        sent(office, "101")
        await office.inbox.submit(text_of(7, 2, "again", message=102))
        sent(office, "104")
        await office.inbox.submit(text_of(7, 3, "ya", message=103))
        sent(office, "105")
        await office.inbox.submit(text_of(7, 4, "ya", message=104))
        await office.inbox.submit(text_of(7, 5, "ya", message=106))
    assert [unseen for _, _, unseen in office.desk.heard] == [False, False, False, True, False]


def sent(office: Office, message_id: str) -> None:
    """What was leased has arrived."""
    for one in office.sender.leased:
        known = "" if one.reason == deliveries.REPEATED else message_id
        office.sender.marks.append(
            Mark(id=one.id, address_id=one.address_id, outcome="sent", message_id=known, tag=one.outgoing.tag)
        )
    office.sender.leased.clear()


async def test_marks_ride_with_the_next_batch_and_are_written_when_idle(office: Office) -> None:
    await hand_in(office, text_of(7, 1, "/start"), text_of(8, 2, "/start"))
    for leased in office.sender.leased:
        office.sender.marks.append(
            Mark(id=leased.id, address_id=leased.address_id, outcome="sent", message_id="9", tag="q")
        )
    async with running_again(office):
        office.inbox.nudge()
        await until(lambda: len(office.sender.done) == 2)
    assert await office.rows("SELECT state, body, owner FROM delivery") == [("sent", None, None)] * 2
    assert await office.rows("SELECT prompt_message_id FROM address") == [("9",)] * 2


async def until(holds: Callable[[], bool]) -> None:
    async with asyncio.timeout(5):
        while not holds():  # noqa: ASYNC110 -- what is looked at calls nobody
            await asyncio.sleep(0.005)


async def test_a_message_that_raises_fails_alone(office: Office) -> None:
    everybody = await hand_in(
        office, text_of(7, 1, "/start"), text_of(8, 2, "raise"), text_of(9, 3, "/start"), text_of(8, 4, "/start")
    )
    assert [taken.known_before for taken in everybody] == [False] * 4
    assert await office.count("SELECT count(*) FROM session") == 3
    [(code, channel, number, detail)] = await office.rows("SELECT code, channel, external_id, detail FROM incident")
    assert (code, channel, number) == ("failed", "telegram", "2")
    assert "ZeroDivisionError at" in str(detail)
    assert "raise" not in str(detail)
    assert await office.rows("SELECT state FROM delivery ORDER BY id") == [
        ("leased",),
        ("queued",),
        ("leased",),
        ("queued",),
    ]
    async with running_again(office):
        again = await office.inbox.submit(text_of(8, 2, "raise"))
    assert again.known_before


async def test_a_full_disk_acknowledges_nothing_and_recovers(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    full = True
    whole = office.database.write

    @asynccontextmanager
    async def write() -> AsyncIterator[Any]:
        async with whole() as transaction:
            yield transaction
            if full:
                raise Full

    monkeypatch.setattr(office.database, "write", write)
    waiting = office.inbox.submit(text_of(7, 1, "/start"))
    async with running(office.inbox):
        await until(lambda: bool(office.inbox.trouble))
        assert not waiting.done()
        assert await office.count("SELECT count(*) FROM session") == 0
        full = False
        taken = await waiting
    assert not taken.known_before
    assert office.inbox.trouble == ""
    assert await office.count("SELECT count(*) FROM session") == 1


async def test_a_disk_that_is_really_full_keeps_everybody_waiting(tmp_path: Path) -> None:
    async with open_office(f"sqlite+aiosqlite:///{tmp_path / 'small.sqlite3'}") as office:
        await room_for(office, 2)
        waiting = [office.inbox.submit(text_of(person, person, "/start")) for person in range(1, 301)]
        async with running(office.inbox):
            await until(lambda: bool(office.inbox.trouble))
            assert "full" in office.inbox.trouble.lower()
            assert not any(one.done() for one in waiting)
            assert await office.count("SELECT count(*) FROM inbound") == 0
            await room_for(office, 100_000)
            await asyncio.gather(*waiting)
        assert office.inbox.trouble == ""
        assert await office.count("SELECT count(*) FROM session") == 300
        assert await office.count("SELECT count(*) FROM incident") == 0
        assert len(office.sender.leased) == 300


async def room_for(office: Office, pages: int) -> None:
    """Let the file grow by so many pages."""
    async with office.database.write() as transaction:
        row = await transaction.first(text("PRAGMA page_count"))
        assert row is not None
        await transaction.all(text(f"PRAGMA max_page_count = {row[0] + pages}"))


async def test_too_many_waiting_are_sent_away_but_not_for_one_who_floods(office: Office) -> None:
    inbox = Inbox(
        office.database,
        office.vault,
        office.reception,
        office.sender,
        clock=lambda: NOW,
        process=1,
        waiting=4,
        per_person=2,
    )
    for number in range(1, 8):
        inbox.submit(text_of(7, number, "/start"))  # the first and two that press; four are left out
    inbox.submit(text_of(8, 8, "/start"))
    with pytest.raises(Overloaded):
        inbox.submit(text_of(9, 9, "/start"))
    with pytest.raises(Overloaded):
        inbox.submit(text_of(7, 10, "/start"))
    async with running(inbox):
        await until(lambda: inbox.waiting == 0)
    assert [person for person, _words, _unseen in office.desk.heard] == ["7", "7", "7", "8"]
    assert await office.count("SELECT count(*) FROM inbound") == 8


async def test_after_a_death_each_message_is_noted_and_the_third_time_set_aside(office: Office) -> None:
    alive = office.inbox.process
    for office.inbox.process in (alive + 1, alive + 2):  # two processes died while they handled it
        assert not await office.inbox._died_of(text_of(8, 2, "kills"))
    office.inbox.process = alive
    office.inbox.be_careful()
    await hand_in(office, text_of(7, 1, "/start"), text_of(8, 2, "kills"), text_of(9, 3, "/start"))
    assert [words for _, words, _ in office.desk.heard] == ["/start", "/start"]
    assert await office.rows("SELECT code, external_id FROM incident") == [("quarantined", "2")]
    assert await office.count("SELECT count(*) FROM trial") == 0
    assert await office.count("SELECT count(*) FROM inbound") == 3


# ---- the webhook's own answer -----------------------------------------------------------------------


def respond(external_id: str, outgoing: Outgoing) -> bytes | None:
    return f"{external_id}:{outgoing.text}{outgoing.acknowledges}".encode()


async def ask(office: Office, *incomings: Incoming) -> list[bytes | None]:
    futures = [office.inbox.submit(incoming, respond) for incoming in incomings]
    async with running_again(office):
        return [taken.body for taken in await asyncio.gather(*futures)]


async def test_one_message_goes_with_the_answer_and_is_given_again(office: Office) -> None:
    assert await ask(office, text_of(7, 1, "/start")) == [b"7:Pertanyaan 0?"]
    assert office.sender.leased == []
    assert await office.rows("SELECT state, inbound_channel, inbound_id FROM delivery") == [("handed", "telegram", "1")]
    assert await ask(office, text_of(7, 1, "/start")) == [b"7:Pertanyaan 0?"]
    async with office.database.write() as transaction:
        await deliveries.erase_handed(transaction, NOW.replace(hour=5))
    assert await ask(office, text_of(7, 1, "/start")) == [None]
    assert await office.rows("SELECT state, body FROM delivery") == [("sent", None)]


@pytest.mark.parametrize("words", ["two", "quiet"])
async def test_anything_but_one_message_is_sent_as_usual(office: Office, words: str) -> None:
    assert await ask(office, text_of(7, 1, words)) == [None]
    assert len(office.sender.leased) == {"two": 2, "quiet": 0}[words]


async def test_a_secret_never_goes_with_the_answer(office: Office) -> None:
    office.desk.secret = True
    assert await ask(office, text_of(7, 1, "/start")) == [None]
    assert len(office.sender.leased) == 1


async def test_nothing_overtakes_what_is_still_to_be_sent(office: Office) -> None:
    await ask(office, text_of(7, 1, "two"))
    office.sender.busy_with = {office.sender.leased[0].address_id}
    assert await ask(office, text_of(7, 2, "/start")) == [None]
    assert [one.outgoing.text for one in office.sender.leased] == ["satu", "dua", "Pertanyaan 0?"]


async def test_a_press_is_acknowledged_by_the_answer_and_redrawn_by_a_call(office: Office) -> None:
    press = Incoming(address=Address("telegram", "7"), external_id="1", reply=Press("1:a", "55", "cb9"), sent_at=NOW)
    assert await ask(office, press) == [b"7:cb9"]
    assert [(one.outgoing.text, one.outgoing.edits, one.outgoing.acknowledges) for one in office.sender.leased] == [
        ("ditekan", "55", "")
    ]
    assert await ask(office, press) == [b"7:cb9"]


# ---- several processes ------------------------------------------------------------------------------


async def test_two_processes_take_turns_and_nothing_is_lost(postgres_url: str) -> None:
    async with open_office(postgres_url) as first, open_office(postgres_url, process=2, prepare=False) as second:
        tasks = [asyncio.create_task(office.inbox.run()) for office in (first, second)]
        offices = (first, second)
        number = 0
        for turn in range(QUESTIONS + 1):
            waiting = []
            for person in range(20):
                number += 1
                waiting.append(offices[(person + turn) % 2].inbox.submit(text_of(person, number, f"jawaban {turn}")))
                if person % 3 == 0:  # the same update reaches the other process too
                    waiting.append(
                        offices[(person + turn + 1) % 2].inbox.submit(text_of(person, number, f"jawaban {turn}"))
                    )
            await asyncio.gather(*waiting)
        for office, task in zip(offices, tasks, strict=True):
            office.inbox.close()
            await task
        assert await first.count("SELECT count(*) FROM answer") == 20 * QUESTIONS
        assert await first.rows("SELECT DISTINCT state FROM response") == [("complete",)]
        assert await first.count("SELECT count(*) FROM response") == 20
        assert await first.count("SELECT count(*) FROM session") == 0


async def test_a_process_that_tries_again_has_not_died(office: Office) -> None:
    """The disk is full, or somebody writes: the message is tried until it goes, however often that is."""
    busy = [Busy()] * 5

    async def attend(*of_it: Any, **more: Any) -> None:
        if busy:
            raise busy.pop()
        await office.desk.attend(*of_it, **more)

    office.inbox._reception = replace(office.reception, attend=attend)
    office.inbox.be_careful()
    waiting = office.inbox.submit(text_of(8, 2, "/start"))
    async with running(office.inbox):
        await waiting
    assert busy == []
    assert await office.count("SELECT count(*) FROM incident") == 0
    assert await office.count("SELECT count(*) FROM session") == 1
