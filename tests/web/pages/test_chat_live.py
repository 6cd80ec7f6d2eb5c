"""What a page with JavaScript asks for: changes, and the stream that pushes them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import httpx

from surveys.messages import Outgoing
from tests.web.browser import Browser, Page
from tests.web.conftest import conversation
from tests.web.house import House, house, served
from web.site import ChatRates


async def sent(browser: Browser, page: Page, **fields: str) -> dict[str, Any]:
    ticket = page.forms[0].fields["ticket"]
    response = await browser.post_json("/chat", {"ticket": ticket, **fields})
    assert response.status_code == 200
    answer: dict[str, Any] = response.json()
    return answer


async def test_a_script_gets_what_changed_with_the_answer(home: House) -> None:
    browser = Browser(home.app)
    page = await browser.open("/chat")
    changes = (await sent(browser, page, client="c" * 32, text="/start", seen="0"))["changes"]
    assert (changes["revision"], changes["numbers"], changes["pressable"]) == (2, [1, 2], [])
    assert [(bubble["number"], bubble["client"]) for bubble in changes["bubbles"]] == [(1, "c" * 32), (2, "")]
    assert 'data-client="' + "c" * 32 in changes["bubbles"][0]["html"]
    assert "Selamat pagi." in changes["bubbles"][1]["html"]
    assert 'value="Warga"' in changes["keyboard"]
    assert (changes["placeholder"], changes["waiting"], changes["earlier"]) == ("ASN / Warga", False, 0)


async def test_a_script_that_listens_is_answered_at_once(tmp_path: Path) -> None:
    async with house(tmp_path, reply_seconds=60.0) as home:
        browser = Browser(home.app)
        page = await browser.open("/chat")
        assert await sent(browser, page, client="c" * 32, text="halo", live="1") == {"changes": None}


async def test_the_same_client_id_is_one_message(home: House) -> None:
    browser = Browser(home.app)
    page = await browser.open("/chat")
    for _ in range(3):
        await sent(browser, page, client="c" * 32, text="/start")
    assert len(home.desk.taken) == 1
    await sent(browser, page, client="d" * 32, text="/start")
    assert len(home.desk.taken) == 2


async def test_two_visitors_may_use_the_same_client_id(home: House) -> None:
    for browser in (Browser(home.app), Browser(home.app)):
        await sent(browser, await browser.open("/chat"), client="c" * 32, text="/start")
    assert len({incoming.external_id for incoming in home.desk.taken}) == 2


async def test_only_what_changed_since_is_given(home: House) -> None:
    browser = Browser(home.app)
    page = await browser.open("/chat")
    await sent(browser, page, client="c" * 32, text="/start")
    await sent(browser, page, client="d" * 32, text="Warga")
    changes = (await sent(browser, page, client="e" * 32, press="2:a", under="4", seen="4"))["changes"]
    assert changes["numbers"] == [1, 2, 3, 4]
    assert changes["pressable"] == [4]
    assert [bubble["number"] for bubble in changes["bubbles"]] == [4]
    assert "✅ KTP" in changes["bubbles"][0]["html"]
    asked = (await browser.client.get(f"/chat/changes?after={changes['revision']}")).json()
    assert (asked["bubbles"], asked["numbers"]) == ([], [1, 2, 3, 4])


async def test_what_was_erased_is_no_longer_among_the_numbers(home: House) -> None:
    browser = Browser(home.app)
    await sent(browser, await browser.open("/chat"), client="c" * 32, text="rahasia")
    name = browser.client.cookies["suara_visitor"].partition(".")[0]
    receipt = Outgoing(text="Terima kasih.", erases_since=home.clock.now)
    await home.transcripts.told(name, receipt, now=home.clock.now)
    changes = (await browser.client.get("/chat/changes?after=1")).json()
    assert [bubble["number"] for bubble in changes["bubbles"]] == changes["numbers"]
    assert 1 not in changes["numbers"]
    assert "anonim terkirim" in changes["bubbles"][0]["html"]


async def test_a_refusal_is_a_sentence_in_json(home: House) -> None:
    browser = Browser(home.app)
    page = await browser.open("/chat")
    empty = await browser.post_json("/chat", {"ticket": page.forms[0].fields["ticket"], "text": ""})
    assert (empty.status_code, empty.json()) == (422, {"error": "Mohon tulis pesan atau pilih berkas dulu."})
    unsigned = await browser.post_json("/chat", {"ticket": "x", "text": "halo"})
    assert unsigned.status_code == 403
    assert unsigned.json()["error"].startswith("Halaman ini sudah terlalu lama")


async def test_without_a_cookie_there_is_nothing_to_hear(home: House) -> None:
    async with httpx.AsyncClient(transport=httpx.ASGITransport(home.app), base_url="http://alak.test") as nobody:
        assert (await nobody.get("/chat/changes")).status_code == 403
        assert (await nobody.get("/chat/events")).status_code == 403


async def test_a_visitor_has_so_many_streams_and_no_more(tmp_path: Path) -> None:
    async with house(tmp_path, rates=ChatRates(streams=1)) as home:
        browser = Browser(home.app)
        await browser.open("/chat")
        name = browser.client.cookies["suara_visitor"].partition(".")[0]
        with home.listeners.hear(name):
            assert (await browser.client.get("/chat/events")).status_code == 429


def test_a_network_has_so_many_streams_and_no_more(tmp_path: Path) -> None:
    with (
        ExitStack() as open_at_the_end,
        served(tmp_path, conversation, rates=ChatRates(streams_of_network=1)) as (url, _),
    ):
        first, second = (open_at_the_end.enter_context(httpx.Client(base_url=url, timeout=20)) for _ in range(2))
        for client in (first, second):
            client.get("/chat")
        with first.stream("GET", "/chat/events") as stream:
            lines = stream.iter_lines()  # held: one that is dropped closes its stream
            assert next(lines) == "retry: 3000"
            assert second.get("/chat/events").status_code == 429


def events(lines: Iterator[str]) -> Iterator[tuple[str, Any]]:
    """(event, data) of a stream, pings left out."""
    event = ""
    for line in lines:
        name, _colon, value = line.partition(": ")
        if name == "event":
            event = value
        elif name == "data" and event == "changes":
            yield event, json.loads(value)


def test_the_stream_tells_what_is_said_as_it_is_said(tmp_path: Path) -> None:
    with served(tmp_path, conversation) as (url, _home), httpx.Client(base_url=url, timeout=20) as client:
        page = Page(client.get("/chat"))
        ticket = page.forms[0].fields["ticket"]
        with client.stream("GET", "/chat/events?after=0", headers={"accept-encoding": "gzip"}) as stream:
            assert stream.headers["content-type"] == "text/event-stream; charset=utf-8"
            assert stream.headers["x-accel-buffering"] == "no"
            assert "content-encoding" not in stream.headers
            heard = events(stream.iter_lines())
            assert next(heard)[1]["numbers"] == []
            form = {"ticket": ticket, "text": "/start", "client": "c" * 32, "live": "1"}
            assert client.post("/chat", data=form, headers={"accept": "application/json"}).status_code == 200
            numbers: list[int] = []
            said = ""
            while "Selamat pagi." not in said:
                changes = next(heard)[1]
                numbers = changes["numbers"]
                said = "".join(bubble["html"] for bubble in changes["bubbles"])
            assert numbers == [1, 2]
            assert 'value="Warga"' in changes["keyboard"]


def test_streams_end_when_the_office_closes(tmp_path: Path) -> None:
    with ExitStack() as open_at_the_end:
        with served(tmp_path, lambda incoming: []) as (url, _home):
            client = open_at_the_end.enter_context(httpx.Client(base_url=url, timeout=20))
            client.get("/chat")
            stream = open_at_the_end.enter_context(client.stream("GET", "/chat/events"))
            lines = stream.iter_lines()
            assert next(lines) == "retry: 3000"
        # The server has ended although the stream was open, and the stream came to its end, not to a fault.
        assert [line for line in lines if line.startswith("event: ping")] == []
