"""This process among the others: who lives, who died, and what they leave."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest

from bot.processes import DEAD_AFTER, Heart
from storage import deliveries, processes
from storage.deliveries import Draft
from storage.unit_of_work import UnitOfWork
from surveys.messages import Outgoing
from tests.bot.test_delivery import address_of
from tests.office import NOW, Office, open_office


@pytest.fixture
async def office(database_url: str) -> AsyncIterator[Office]:
    async with open_office(database_url, process=99) as opened:
        yield opened


class Noted:
    """What a heart was told to say."""

    def __init__(self) -> None:
        self.deaths = 0
        self.lost = 0

    def death(self) -> None:
        self.deaths += 1

    def losing(self) -> None:
        self.lost += 1


def heart_of(office: Office, number: int, noted: Noted) -> Heart:
    return Heart(office.database, number, clock=lambda: NOW, on_death=noted.death, on_lost=noted.losing)


async def leased_by(office: Office, number: int) -> None:
    async with office.database.write() as transaction:
        unit = UnitOfWork(transaction, office.vault, now=NOW, process=number)
        unit.post(Draft(address_id=await address_of(office, 7, unit), outgoing=Outgoing(text="x"), state="leased"))
        await unit.flush()
        assert await processes.take_lease(transaction, "poll", number)


async def test_on_a_file_whoever_is_noted_at_the_start_is_dead(office: Office) -> None:
    if not office.database.sqlite:
        return
    await leased_by(office, 99)
    noted = Noted()
    heart = heart_of(office, 2, noted)
    await heart.start()
    assert noted.deaths == 1
    assert heart.alive()
    assert await office.rows("SELECT id FROM process") == [(2,)]
    assert await office.rows("SELECT state, owner, reason FROM delivery") == [("queued", None, deliveries.REPEATED)]
    assert await heart.take_lease("poll")
    await heart.stop()
    assert await office.rows("SELECT id FROM process") == []
    again = Noted()
    await heart_of(office, 3, again).start()
    assert again.deaths == 0


async def test_a_count_that_stands_still_is_a_death_by_our_own_clock(office: Office) -> None:
    heart = heart_of(office, 2, Noted())
    assert heart._dead({2: 5, 99: 1, 98: 1}, 100.0) == []
    assert heart._dead({2: 6, 99: 1, 98: 2}, 100.0 + DEAD_AFTER - 0.1) == []
    assert heart._dead({2: 7, 99: 1, 98: 3}, 100.0 + DEAD_AFTER) == [99]
    assert heart._dead({2: 8, 98: 3}, 101.0 + DEAD_AFTER) == []


async def test_a_dead_process_is_noticed_and_its_work_is_free_within_five_seconds(postgres_url: str) -> None:
    async with open_office(postgres_url, process=99) as office:
        await leased_by(office, 99)
        noted = Noted()
        heart = heart_of(office, 2, noted)
        await heart.start()
        assert not await heart.take_lease("poll")
        task = asyncio.create_task(heart.run())
        try:
            async with asyncio.timeout(5):
                while not await office.count("SELECT count(*) FROM delivery WHERE state = 'queued'"):  # noqa: ASYNC110
                    await asyncio.sleep(0.1)
        finally:
            task.cancel()
        assert noted.deaths == 1
        assert await office.rows("SELECT id FROM process") == [(2,)]
        assert await heart.take_lease("poll")


async def test_a_process_taken_for_dead_gives_up_what_it_held_and_signs_on_again(postgres_url: str) -> None:
    async with open_office(postgres_url, process=99) as office:
        noted = Noted()
        heart = heart_of(office, 2, noted)
        await heart.start()
        async with office.database.write() as transaction:
            await processes.bury(transaction, [2])
        await heart._turn()
        assert noted.lost == 1
        assert heart.alive()
        assert sorted(await office.rows("SELECT id FROM process")) == [(2,), (99,)]
