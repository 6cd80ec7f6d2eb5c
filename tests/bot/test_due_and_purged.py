"""What the ticker does, on a process that does not serve."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.app import Process, open_store
from bot.config_file import load
from bot.ticker import Ticker
from storage import deliveries
from storage.errors import Unavailable
from storage.unit_of_work import UnitOfWork
from tests.office import NOW, WITA


@pytest.fixture
async def process(tmp_path: Path, database_url: str) -> AsyncIterator[Process]:
    environ = {"SUARA_DATA__FOLDER": str(tmp_path), "SUARA_DATABASE__URL": database_url, "SUARA_WEB__ENABLED": "false"}
    config = load(None, environ)
    database, vault, _before = await open_store(config)
    try:
        yield Process(config, database, vault)
    finally:
        await database.close()


async def rows(process: Process, statement: str) -> list[tuple[object, ...]]:
    async with process.database.read() as transaction:
        return [tuple(row) for row in await transaction.all(text(statement))]


async def test_after_a_long_pause_asking_again_is_planned_once(process: Process) -> None:
    chores = process.chores
    await chores.after_start(NOW)
    await chores.after_start(NOW + timedelta(minutes=1))
    assert await rows(process, "SELECT key FROM due") == []
    await chores.after_start(NOW + timedelta(minutes=4))
    assert await rows(process, "SELECT key, kind, state, payload FROM due") == [
        ("ask_again", "ask_again", "planned", (NOW + timedelta(minutes=1)).isoformat())
    ]
    await chores._due(NOW + timedelta(minutes=5))
    assert await rows(process, "SELECT key FROM due") == []


async def test_a_due_nobody_knows_is_put_away(process: Process) -> None:
    async with process.database.write() as transaction:
        unit = UnitOfWork(transaction, process.vault, now=NOW)
        unit.plan("x", "unheard_of", NOW)
        unit.plan("y", "session_reminder", NOW, "not a number")
        await unit.flush()
    await process.chores._due(NOW)
    assert await rows(process, "SELECT key, state, attempts FROM due") == [("y", "planned", 1)]


async def test_old_rows_go_and_the_cost_is_that_of_what_became_old(process: Process) -> None:
    from storage import people
    from surveys.messages import Address, Outgoing

    home = Address("telegram", "7")
    lookup = people.lookup_of(home, process.vault)
    for day in range(3):
        async with process.database.write() as transaction:
            unit = UnitOfWork(transaction, process.vault, now=NOW + timedelta(days=day))
            address = (await people.known(transaction, {lookup: home}, process.vault))[lookup].address_id
            for priority in (deliveries.REPLY, deliveries.BROADCAST):
                unit.send(address, Outgoing(text=f"hari {day}"), priority=priority)
            await unit.flush()
            await transaction.run(text("UPDATE delivery SET state = 'sent', body = NULL"))
    await process.chores._purge(NOW + timedelta(days=4, hours=1))
    kept = await rows(process, "SELECT priority, id FROM delivery ORDER BY id")
    assert [priority for priority, _ in kept] == [
        deliveries.BROADCAST,
        deliveries.BROADCAST,
        deliveries.REPLY,
        deliveries.BROADCAST,
    ]
    first = await rows(process, "SELECT value FROM setting WHERE key = 'purged_deliveries'")
    assert first == [(str(int(str(kept[1][1])) + 1),)]


async def test_a_chore_that_fails_does_not_stop_the_others() -> None:
    done: list[str] = []

    async def fails(_now: object) -> None:
        done.append("fails")
        raise ZeroDivisionError

    async def works(_now: object) -> None:
        done.append("works")

    ticker = Ticker(
        {"fails": (timedelta(0), fails), "works": (timedelta(0), works), "rarely": (timedelta(hours=1), works)},
        clock=lambda: NOW,
        timezone=WITA,
    )
    await ticker.tick()
    await ticker.tick()
    await ticker.stop()
    assert done == ["fails", "works", "works", "fails", "works"]


async def test_a_chore_that_does_not_end_is_broken_off_at_the_end() -> None:
    done: list[str] = []
    begun = asyncio.Event()

    async def lasts(_now: object) -> None:
        done.append("lasts")
        begun.set()
        await asyncio.sleep(60)

    async def works(_now: object) -> None:
        done.append("works")

    ticker = Ticker({"lasts": (timedelta(0), lasts), "works": (timedelta(0), works)}, clock=lambda: NOW, timezone=WITA)
    ticker.start()
    await begun.wait()
    async with asyncio.timeout(2):
        await ticker.stop(patience=0.1)
    await ticker.tick()
    assert done == ["lasts"]


async def test_a_chore_that_ends_soon_is_waited_for_at_the_end() -> None:
    done: list[str] = []

    async def takes_a_moment(_now: object) -> None:
        done.append("begun")
        await asyncio.sleep(0.1)
        done.append("done")

    ticker = Ticker({"a": (timedelta(0), takes_a_moment)}, clock=lambda: NOW, timezone=WITA)
    ticking = asyncio.create_task(ticker.tick())
    await asyncio.sleep(0)
    await ticker.stop()
    await ticking
    assert done == ["begun", "done"]


async def test_a_slow_file_holds_up_nothing_and_the_end_is_a_clean_one(
    process: Process, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun = asyncio.Event()

    async def slow(_now: object) -> None:
        begun.set()
        await asyncio.sleep(60)

    monkeypatch.setattr(process.chores._fetcher, "fetch", slow)
    process.tickers = process._tickers()
    await process.start()
    await begun.wait()
    before = await rows(process, "SELECT value FROM setting WHERE key = 'alive_at'")
    async with asyncio.timeout(10):
        while await rows(process, "SELECT value FROM setting WHERE key = 'alive_at'") == before:  # noqa: ASYNC110 -- rows
            await asyncio.sleep(0.05)
    assert await rows(process, "SELECT count(*) FROM process") == [(1,)]
    async with asyncio.timeout(5):
        await process.stop()
    assert await rows(process, "SELECT count(*) FROM process") == [(0,)]


async def test_it_signs_off_even_where_the_rest_of_the_end_takes_too_long(
    process: Process, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def for_ever(**_: object) -> None:
        await asyncio.Event().wait()

    monkeypatch.setattr("bot.app.PATIENCE", 0.1)
    monkeypatch.setattr(process.courier, "close", for_ever)
    await process.start()
    await process.stop()
    assert await rows(process, "SELECT count(*) FROM process") == [(0,)]


async def test_why_it_cannot_start_is_said(process: Process, monkeypatch: pytest.MonkeyPatch) -> None:
    async def fails() -> None:
        raise Unavailable

    monkeypatch.setattr(process.heart, "start", fails)
    with pytest.raises(Unavailable):
        await process.start()
    await process.stop()


async def test_the_numbers_say_how_it_goes(process: Process) -> None:
    from bot import metrics

    await process.chores._look(NOW)
    page = metrics.text(process.numbers).decode()
    for name in (
        "suara_messages_total",
        "suara_deliveries_queued",
        "suara_delivery_lag_seconds",
        "suara_request_seconds_bucket",
    ):
        assert f"\n{name}" in page
    assert "suara_ready 1.0" in page
