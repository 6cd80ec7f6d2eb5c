"""Delivery: one message at a time to one address, in order; what went wrong is tried again, put back or ended."""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import update

from bot.channels.base import Channel, SendError
from bot.channels.telegram import TelegramChannel
from bot.delivery import Courier
from storage import claiming, deliveries, processes
from storage.deliveries import Draft, Leased
from storage.tables import delivery
from storage.unit_of_work import UnitOfWork
from surveys.messages import Address, Outgoing
from tests.bot.road import LIMITS, Road
from tests.fake_telegram import FakeTelegram
from tests.office import NOW, Office, open_office, text_of


@pytest.fixture
async def office(database_url: str) -> AsyncIterator[Office]:
    async with open_office(database_url) as opened:
        yield opened


@asynccontextmanager
async def carrying(
    office: Office, road: Channel, *, now: Callable[[], datetime] = lambda: NOW, process: int = 1
) -> AsyncIterator[Courier]:
    """A courier that works, with marks written as they come."""
    courier = Courier(
        {"telegram": road}, office.database, office.vault, process=process, clock=now, rng=random.Random(1)
    )
    office.inbox._sender = courier
    courier.nudge = office.inbox.nudge
    office.inbox._closing = False
    tasks = [asyncio.create_task(courier.run()), asyncio.create_task(office.inbox.run())]
    try:
        yield courier
    finally:
        await courier.close()
        office.inbox.close()
        await asyncio.gather(*tasks)


async def post(office: Office, *drafts: tuple[int, str], priority: int = deliveries.REPLY) -> None:
    """Queue (person, text)."""
    async with office.database.write() as transaction:
        unit = UnitOfWork(transaction, office.vault, now=NOW)
        for person, words in drafts:
            unit.post(
                Draft(
                    address_id=await address_of(office, person, unit),
                    outgoing=Outgoing(text=words, tag="q"),
                    priority=priority,
                )
            )
        await unit.flush()


async def address_of(office: Office, person: int, unit: UnitOfWork) -> int:
    from storage import people

    address = Address("telegram", str(person))
    lookup = people.lookup_of(address, office.vault)
    return (await people.known(unit.transaction, {lookup: address}, office.vault))[lookup].address_id


async def until(office: Office, state: str, many: int) -> None:
    await holds(lambda: office.count(f"SELECT count(*) = {many} FROM delivery WHERE state = '{state}'"))


async def holds(asked: Callable[[], Awaitable[object]]) -> None:
    """Wait until what is asked is so."""
    async with asyncio.timeout(20):
        while not await asked():  # noqa: ASYNC110 -- the database calls nobody
            await asyncio.sleep(0.02)


async def test_queued_messages_go_out_in_order_and_their_bodies_are_erased(office: Office) -> None:
    road = Road()
    await post(office, (7, "satu"), (8, "lain"), (7, "dua"), (7, "tiga"))
    async with carrying(office, road):
        await until(office, "sent", 4)
    assert [words for person, words in road.arrived if person == "7"] == ["satu", "dua", "tiga"]
    assert await office.rows("SELECT DISTINCT state, body FROM delivery") == [("sent", None)]
    assert max(await office.rows("SELECT prompt_message_id FROM address")) == ("104",)


async def test_one_that_cannot_be_read_fails_alone(office: Office) -> None:
    road = Road()
    await post(office, (7, "satu"), (7, "dua"), (8, "tiga"))
    async with office.database.write() as transaction:
        await transaction.run(update(delivery).where(delivery.c.id == 1).values(body=b"v1:k1:damaged"))
    async with carrying(office, road):
        await until(office, "sent", 2)
    assert sorted(words for _person, words in road.arrived) == ["dua", "tiga"]
    assert await office.rows("SELECT state, reason FROM delivery WHERE id = 1") == [("failed", "unreadable")]


async def test_what_the_inbox_leased_goes_out_without_a_look_at_the_table(office: Office) -> None:
    road = Road()
    async with carrying(office, road):
        for number in range(3):
            await office.inbox.submit(text_of(7, number + 1, f"jawaban {number}", message=1000 + number))
        await until(office, "sent", 3)
    assert road.arrived == [("7", f"Pertanyaan {number}?") for number in range(3)]


async def test_a_long_message_is_sent_in_parts_and_is_one_row(office: Office) -> None:
    road = Road()
    await post(office, (7, "kata " * 20))
    async with carrying(office, road):
        await until(office, "sent", 1)
    assert len(road.arrived) == 2


async def test_a_passing_fault_is_waited_out(office: Office) -> None:
    road = Road()
    road.faults["satu"] = [SendError("down"), SendError("down")]
    await post(office, (7, "satu"), (7, "dua"))
    async with carrying(office, road) as courier:
        await until(office, "sent", 2)
        assert courier.counts.retried == 2
    assert road.arrived == [("7", "satu"), ("7", "dua")]


async def test_a_long_outage_puts_the_row_back_with_a_time(office: Office) -> None:
    road = Road()
    road.faults["satu"] = [SendError("down")] * 4
    later = NOW
    await post(office, (7, "satu"), (7, "dua"))
    async with carrying(office, road, now=lambda: later):
        await until(office, "queued", 2)
        await holds(lambda: office.count("SELECT count(*) FROM delivery WHERE attempts > 0"))
        assert road.arrived == []
        [(attempts, waits)] = await office.rows(
            "SELECT attempts, not_before IS NOT NULL FROM delivery WHERE attempts > 0"
        )
        assert (attempts, bool(waits)) == (4, True)
        later = NOW + timedelta(minutes=2)
        await until(office, "sent", 2)
    assert road.arrived == [("7", "satu"), ("7", "dua")]


async def test_a_pause_that_is_asked_for_holds_that_address_alone(office: Office) -> None:
    road = Road()
    road.faults["satu"] = [SendError("slow down", retry_after=30)]
    later = NOW
    await post(office, (7, "satu"), (8, "lain"), (7, "dua"))
    async with carrying(office, road, now=lambda: later):
        await until(office, "sent", 1)
        assert road.arrived == [("8", "lain")]
        later = NOW + timedelta(seconds=31)
        await until(office, "sent", 3)
    assert road.arrived == [("8", "lain"), ("7", "satu"), ("7", "dua")]


async def test_a_reply_that_may_have_arrived_is_tried_five_times_then_it_is_put_again_at_the_next_contact(
    office: Office,
) -> None:
    road = Road()
    later = NOW
    road.faults["satu"] = [SendError(ambiguous=True)] * 4
    road.faults["dua"] = [SendError(ambiguous=True)] * 5
    await post(office, (7, "satu"), (8, "dua"))
    async with carrying(office, road, now=lambda: later):
        await until(office, "queued", 2)
        await holds(lambda: office.count("SELECT count(*) = 2 FROM delivery WHERE reason = 'ambiguous 4'"))
        later = NOW + timedelta(minutes=2)
        await until(office, "sent", 1)
        await until(office, "failed", 1)
    assert road.arrived == [("7", "satu")]
    assert await office.rows("SELECT reason, body FROM delivery WHERE state = 'failed'") == [("ambiguous", None)]
    # Which of the copies is on the screen is not known: an answer to the first is not too early.
    assert sorted(await office.rows("SELECT prompt_message_id FROM address")) == [("",), ("missed",)]


async def test_a_broadcast_that_may_have_arrived_is_tried_once_more_and_no_further(office: Office) -> None:
    road = Road()
    road.faults["satu"] = [SendError(ambiguous=True)]
    road.faults["dua"] = [SendError(ambiguous=True)] * 2
    await post(office, (7, "satu"), (8, "dua"), priority=deliveries.BROADCAST)
    async with carrying(office, road):
        await until(office, "sent", 1)
        await until(office, "failed", 1)
    assert road.arrived == [("7", "satu")]
    assert await office.rows("SELECT reason FROM delivery WHERE state = 'failed'") == [("ambiguous",)]


async def test_who_missed_a_prompt_is_asked_again_and_what_they_said_meanwhile_is_no_answer(office: Office) -> None:
    road = Road()
    road.faults["Pertanyaan 0?"] = [SendError(stopped=True)]
    async with carrying(office, road):
        await office.inbox.submit(text_of(7, 1, "halo", message=1001))
        await until(office, "failed", 1)
        await office.inbox.submit(text_of(7, 2, "halo?", message=1002))
        await office.inbox.submit(text_of(7, 3, "again", message=1003))
        await until(office, "sent", 1)
        await office.inbox.submit(text_of(7, 4, "ya", message=1004))
        await until(office, "sent", 2)
    assert [unseen for _, _, unseen in office.desk.heard] == [False, True, True, False]
    assert [words for _, words in road.arrived] == ["Pertanyaan yang tadi?", "Pertanyaan 1?"]


async def test_a_reply_given_up_that_cannot_be_said_again_is_told_to_the_office(office: Office) -> None:
    road = Road()
    road.faults["satu"] = [SendError(ambiguous=True)] * 5
    later = NOW
    async with carrying(office, road, now=lambda: later):
        await office.inbox.submit(text_of(7, 1, "two", message=1001))
        await holds(lambda: office.count("SELECT count(*) = 1 FROM delivery WHERE reason = 'ambiguous 4'"))
        later = NOW + timedelta(minutes=2)
        await until(office, "sent", 1)
    assert road.arrived == [("7", "dua")]
    assert await office.rows("SELECT code, detail, external_id FROM incident") == [("undelivered", "ambiguous", "")]


async def test_pauses_asked_of_two_people_within_a_second_hold_what_nobody_waits_for(office: Office) -> None:
    road = Road()
    road.capabilities = replace(LIMITS, per_second=25)
    road.faults["balasan 1"] = [SendError(retry_after=30)]
    road.faults["balasan 2"] = [SendError(retry_after=20)]
    later = NOW
    await post(office, (1, "balasan 1"), (2, "balasan 2"), (3, "balasan 3"))
    async with carrying(office, road, now=lambda: later):
        await holds(lambda: office.count("SELECT count(*) = 2 FROM delivery WHERE not_before IS NOT NULL"))
        await post(office, *((person, "siaran") for person in range(1, 11)), priority=deliveries.BROADCAST)
        await post(office, (4, "balasan 4"))
        await until(office, "sent", 2)
        later = NOW + timedelta(seconds=19)
        await post(office, (5, "balasan 5"))
        await until(office, "sent", 3)
        assert await office.count("SELECT count(*) FROM delivery WHERE state = 'queued' AND priority = 9") == 10
        later = NOW + timedelta(seconds=31)
        await until(office, "sent", 15)
    assert sorted(road.arrived[:3]) == [("3", "balasan 3"), ("4", "balasan 4"), ("5", "balasan 5")]
    assert len(road.arrived) == len(set(road.arrived)) == 15
    for person in ("1", "2", "3", "4", "5"):
        assert [words for who, words in road.arrived if who == person] == [f"balasan {person}", "siaran"]


async def test_telegrams_limit_for_the_whole_bot_loses_and_doubles_nothing(office: Office) -> None:
    people = range(1, 31)
    later = NOW
    async with FakeTelegram() as fake:
        channel = TelegramChannel(fake.token, base_url=fake.base_url, per_second=20, patience=5.0)
        await channel.open()
        for person in people:
            fake.person(person, started=True)
        fake.faults.add("flood", times=1, seconds=30)
        fake.faults.add("flood", chat_id=30, times=2, seconds=5)
        try:
            drafts = [(person, f"siaran {number}") for number in (1, 2) for person in people]
            await post(office, *drafts, priority=deliveries.BROADCAST)
            async with carrying(office, channel, now=lambda: later) as courier:
                await holds(lambda: itself(courier.counts.limited))
                await holds(lambda: office.count("SELECT count(*) = 0 FROM delivery WHERE state = 'leased'"))
                begun = len(fake.recorded)  # twenty were on their way together
                # The pause holds for whoever sends: the budget's row is of all processes.
                rests = (NOW + timedelta(seconds=30)).isoformat()
                await holds(
                    lambda: office.rows(
                        f"SELECT 1 FROM setting WHERE key = 'budget:proactive:telegram' AND value = '{rests}'"
                    )
                )
                later = NOW + timedelta(seconds=29)
                await post(office, (3, "balasan"))  # somebody waits: it is tried, and what the platform says counts
                await until(office, "sent", begun)  # (getMe is a call too)
                assert await office.count("SELECT count(*) FROM delivery WHERE state = 'queued'") == 61 - begun
                later = NOW + timedelta(seconds=30)
                async with asyncio.timeout(20):
                    while await office.count("SELECT count(*) < 61 FROM delivery WHERE state = 'sent'"):
                        later += timedelta(seconds=1)
                        await asyncio.sleep(0.1)
        finally:
            await channel.close()
        shown = {person: [message.text for message in fake.person(person).received] for person in people}
    assert begun <= 20
    first = shown.pop(3)
    assert sorted(first) == ["balasan", "siaran 1", "siaran 2"]
    assert [words for words in first if words != "balasan"] == ["siaran 1", "siaran 2"]
    assert list(shown.values()) == [["siaran 1", "siaran 2"]] * 29


async def test_a_permanent_fault_ends_the_row_and_names_the_address_gone(office: Office) -> None:
    road = Road()
    road.faults["satu"] = [SendError("blocked", stopped=True)]
    road.faults["lain"] = [SendError("too long", permanent=True)]
    await post(office, (7, "satu"), (8, "lain"))
    async with carrying(office, road):
        await until(office, "failed", 2)
    assert sorted(await office.rows("SELECT reason FROM delivery")) == [("blocked",), ("too long",)]
    assert await office.count("SELECT count(*) FROM address WHERE gone") == 1


async def test_a_reply_does_not_wait_behind_a_broadcast(office: Office) -> None:
    road = Road()
    await post(office, (7, "siaran"), priority=deliveries.BROADCAST)
    await post(office, (7, "balasan"))
    async with carrying(office, road):
        await until(office, "sent", 2)
    assert road.arrived == [("7", "balasan"), ("7", "siaran")]


async def test_proactive_messages_keep_to_the_budget_and_replies_do_not(office: Office) -> None:
    road = Road()
    await post(office, *((person, "siaran") for person in range(10, 30)), priority=deliveries.BROADCAST)
    await post(office, *((person, "balasan") for person in range(40, 60)))
    road.capabilities = replace(LIMITS, per_second=5)
    async with carrying(office, road):
        await until(office, "sent", 25)
        assert sorted(words for _, words in road.arrived) == ["balasan"] * 20 + ["siaran"] * 5


async def test_what_a_dead_process_was_sending_is_sent_by_another(office: Office) -> None:
    road = Road()
    await post(office, (7, "satu"), (7, "dua"))
    async with office.database.write() as transaction:
        await processes.sign_on(transaction, 99, NOW)
        [leased] = await claiming.claim(transaction, office.vault, process=99, now=NOW, many=10)
        assert leased.outgoing.text == "satu"
        # While it lives, nothing of this address can be claimed.
        assert await claiming.claim(transaction, office.vault, process=1, now=NOW, many=10) == []
    async with office.database.write() as transaction:
        assert await processes.bury(transaction, [99]) == [99]
        assert await processes.bury(transaction, [99]) == []
    async with carrying(office, road):
        await until(office, "sent", 2)
    assert road.arrived == [("7", "satu"), ("7", "dua")]
    # The first may have been on the screen already.
    assert await office.rows("SELECT prompt_message_id FROM address") == [("102",)]


async def test_an_end_puts_back_what_was_not_begun(office: Office) -> None:
    road = Road()
    road.held["satu"] = asyncio.Event()
    async with carrying(office, road) as courier:
        await office.inbox.submit(text_of(7, 1, "two"))
        address = await only_address(office)
        await holds(lambda: itself(courier.busy(address)))
        asyncio.get_running_loop().call_later(0.1, road.held["satu"].set)
    assert road.arrived == [("7", "satu")]
    assert await office.rows("SELECT state FROM delivery ORDER BY id") == [("sent",), ("queued",)]


async def itself(value: object) -> object:
    return value


async def only_address(office: Office) -> int:
    return await office.count("SELECT id FROM address")


async def test_a_silent_process_sends_nothing(office: Office) -> None:
    road = Road()
    await post(office, (7, "satu"))
    async with carrying(office, road) as courier:
        courier._alive = lambda: False
        leased = Leased(
            id=1, address_id=await only_address(office), address=Address("telegram", "7"), outgoing=Outgoing(text="x")
        )
        courier.post([leased])
        await holds(lambda: itself(not courier.busy(leased.address_id)))
    assert ("7", "x") not in road.arrived
