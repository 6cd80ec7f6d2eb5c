"""``suara serve`` as whoever runs it sees it: health and numbers, and an end that loses nothing."""

from __future__ import annotations

import asyncio
import signal
import sqlite3
from contextlib import ExitStack
from pathlib import Path
from typing import Self

import httpx
import pytest
from prometheus_client.parser import text_string_to_metric_families

from tests.bot.cli.conftest import Installation, Serving, wait_until
from tests.fake_telegram import FakeTelegram
from tests.web.browser import Page


class Visitor:
    """Somebody in the web chat of a running program."""

    def __init__(self, address: str) -> None:
        self.client = httpx.Client(
            base_url=address, trust_env=False, follow_redirects=True, timeout=30, headers={"origin": address}
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.client.close()

    def send(self, words: str) -> Page:
        form = next(form for form in Page(self.client.get("/chat")).forms if "text" in form.fields)
        return Page(self.client.post(form.action or "/chat", data={**form.fields, "text": words}))


def numbers(serving: Serving) -> dict[str, float]:
    """Everything in /metrics, by its name."""
    status, said = serving.get("/metrics")
    assert status == 200
    return {
        sample.name + "".join(f",{value}" for value in sample.labels.values()): sample.value
        for family in text_string_to_metric_families(said)
        for sample in family.samples
    }


def test_health_and_numbers(on_each: Installation) -> None:
    with on_each.serving() as serving:
        assert serving.get("/healthz") == (200, "ok\n")
        assert serving.get("/readyz") == (200, "ready\n")
        before = numbers(serving)
        with Visitor(serving.address) as visitor:
            page = visitor.send("Selamat pagi")
        assert len([bubble for bubble in page.bubbles if not bubble.theirs]) == 1
        wait_until(lambda: numbers(serving)["suara_sent_total"] == 1)
        after = numbers(serving)
        assert {name: after[name] - before[name] for name in ("suara_messages_total", "suara_sent_total")} == {
            "suara_messages_total": 1, "suara_sent_total": 1
        }  # fmt: skip
        assert (after["suara_ready"], after["suara_inbox_waiting"], after["suara_messages_failed_total"]) == (1, 0, 0)
        assert {name.partition(",")[0] for name in after if name.startswith("suara_request_seconds")} == {
            "suara_request_seconds_bucket", "suara_request_seconds_count", "suara_request_seconds_sum"
        }  # fmt: skip
    assert serving.process.returncode == 0


async def test_while_nothing_can_be_written_it_is_alive_but_not_ready(suara: Installation) -> None:
    """Whoever watches it sees that; a visitor is told to come again, and what Telegram brought is answered later."""
    async with FakeTelegram() as telegram:
        citizen, loop = telegram.person(7), asyncio.get_running_loop()
        settings = {"SUARA_TELEGRAM__TOKEN": telegram.token, "SUARA_TELEGRAM__BASE_URL": telegram.base_url}

        def watched() -> None:
            with suara.serving(**settings) as serving, Visitor(serving.address) as visitor:
                other = sqlite3.connect(suara.data / "suara.sqlite3", isolation_level=None)
                other.execute("BEGIN IMMEDIATE")
                loop.call_soon_threadsafe(citizen.send, "Selamat pagi")
                wait_until(lambda: serving.get("/readyz")[0] == 503, within=60)
                assert serving.get("/healthz") == (200, "ok\n")
                assert numbers(serving)["suara_ready"] == 0
                assert visitor.send("Selamat pagi").status == 503
                other.execute("ROLLBACK")
                other.close()
                wait_until(lambda: serving.get("/readyz") == (200, "ready\n"), within=60)
                wait_until(lambda: numbers(serving)["suara_sent_total"] == 1)
                page = visitor.send("Selamat pagi")
                assert [bubble.theirs for bubble in page.bubbles] == [True, False]

        await asyncio.to_thread(watched)
        assert len(citizen.received) == 1


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_it_ends_well_with_streams_open(suara: Installation, number: signal.Signals) -> None:
    """Open pages do not keep it; the next start finds nothing half done."""
    with suara.serving() as serving, ExitStack() as open_streams:
        for person in range(3):
            visitor = open_streams.enter_context(Visitor(serving.address))
            visitor.send(f"Selamat pagi {person}")
            stream = open_streams.enter_context(visitor.client.stream("GET", "/chat/events"))
            assert (stream.status_code, next(stream.iter_lines())) == (200, "retry: 3000")
        serving.process.send_signal(number)
        assert serving.process.wait(timeout=20) == 0
    assert not list(suara.data.glob("suara.sqlite3-*"))  # SQLite's log is in the file
    database = suara.data / "suara.sqlite3"
    assert _rows(database, "SELECT state, count(*) FROM delivery GROUP BY state") == [("sent", 3)]
    assert _rows(database, "SELECT count(*) FROM process") == [(0,)]


async def test_it_ends_well_with_a_busy_queue(suara: Installation) -> None:
    """What was taken is answered once, before the end or after the next start; nothing is lost or said twice."""
    people = range(1000, 1600)
    async with FakeTelegram() as telegram:
        settings = {"SUARA_TELEGRAM__TOKEN": telegram.token, "SUARA_TELEGRAM__BASE_URL": telegram.base_url}
        for number in people:
            telegram.person(number).send("Selamat pagi")
        first = await asyncio.to_thread(suara.start, "serve", **settings)
        await telegram.until(lambda: any(telegram.person(number).received for number in people), 30, "an answer")
        first.terminate()
        assert await asyncio.to_thread(first.wait, 20) == 0
        await asyncio.to_thread(first.communicate)
        database = suara.data / "suara.sqlite3"
        assert _rows(database, "SELECT count(*) FROM process") == [(0,)]
        assert _rows(database, "SELECT count(*) FROM delivery WHERE state = 'leased'") == [(0,)]
        waiting = [number for number in people if not telegram.person(number).received]

        def rest() -> None:
            with suara.serving(**settings) as serving:
                wait_until(lambda: all(telegram.person(number).received for number in people), within=60)
            assert serving.process.returncode == 0

        await asyncio.to_thread(rest)
        assert waiting  # it was told to end in the middle
        assert {number: len(telegram.person(number).received) for number in people} == dict.fromkeys(people, 1)
        assert _rows(database, "SELECT count(*) FROM incident") == [(0,)]


def test_a_second_instance_is_refused(suara: Installation) -> None:
    with suara.serving() as serving:
        second = suara.start("serve")
        out, err = second.communicate(timeout=20)
        assert (second.returncode, out) == (1, "")
        assert err == (
            f"Another instance (process {serving.process.pid}) works on the data folder {suara.data}. "
            "Stop it first, or choose another folder (data.folder).\n"
        )
        assert serving.get("/healthz") == (200, "ok\n")


def _rows(database: Path, statement: str) -> list[tuple[object, ...]]:
    connection = sqlite3.connect(f"file:{database}?mode=ro", uri=True)
    try:
        return list(connection.execute(statement))
    finally:
        connection.close()
