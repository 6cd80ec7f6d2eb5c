import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import cast

import pytest

from bot.channels.telegram import TelegramChannel
from bot.hooks import LARGEST, HookedChannel, Hooks, Receive, Scope, Send
from bot.server import Server
from handlers.inbox import Inbox, Overloaded
from handlers.receiving import Respond, Taken
from storage.errors import Unavailable
from surveys.messages import Incoming, Outgoing, Text

NOW = datetime(2026, 11, 24, 2, 5, tzinfo=UTC)
SECRET = "rahasia-uji"
HEADERS = {"X-Telegram-Bot-Api-Secret-Token": SECRET, "Content-Type": "application/json"}
READ = b"ok\n"


@dataclass
class Door:
    """Stands where the inbox stands: what came, and when it is committed."""

    came: list[Incoming] = field(default_factory=list)
    waiting: list[tuple[asyncio.Future[Taken], Taken]] = field(default_factory=list)
    held: bool = False
    full: bool = False
    fails: bool = False
    noted: list[tuple[str, str, str]] = field(default_factory=list)
    arrived: asyncio.Event = field(default_factory=asyncio.Event)

    def submit(self, incoming: Incoming, respond: Respond | None = None) -> asyncio.Future[Taken]:
        if self.full:
            raise Overloaded(7)
        self.came.append(incoming)
        future: asyncio.Future[Taken] = asyncio.get_running_loop().create_future()
        words = incoming.reply.text if isinstance(incoming.reply, Text) else ""
        assert respond is not None
        body = respond(incoming.address.external_id, Outgoing(text=f"Baik: {words}")) if words != "diam" else None
        self.waiting.append((future, Taken(incoming, respond, body)))
        self.arrived.set()
        if not self.held:
            self.commit()
        return future

    def commit(self) -> None:
        for future, taken in self.waiting:
            future.set_result(taken)
        self.waiting.clear()

    async def note(self, channel: str, number: str, why: str) -> None:
        if self.fails:
            raise Unavailable
        self.noted.append((channel, number, why))


@dataclass
class House:
    door: Door
    port: int

    @asynccontextmanager
    async def connected(self) -> AsyncIterator[tuple[asyncio.StreamReader, asyncio.StreamWriter]]:
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        try:
            yield reader, writer
        finally:
            writer.close()
            with suppress(ConnectionError):
                await writer.wait_closed()

    async def call(self, sent: bytes) -> tuple[str, Mapping[str, str], bytes]:
        async with self.connected() as (reader, writer):
            writer.write(sent)
            return await answered(reader)


async def beyond(scope: Scope, receive: Receive, send: Send) -> None:
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"3")]})
    await send({"type": "http.response.body", "body": READ})


async def answered(reader: asyncio.StreamReader) -> tuple[str, Mapping[str, str], bytes]:
    head = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
    headers = dict(line.lower().split(": ", 1) for line in head[1:] if line)
    return head[0].removeprefix("HTTP/1.1 "), headers, await reader.readexactly(int(headers["content-length"]))


@asynccontextmanager
async def house() -> AsyncIterator[House]:
    door = Door()
    channel = cast("HookedChannel", TelegramChannel("1:uji", secret=SECRET))
    hooks = Hooks({"telegram": channel}, cast("Inbox", door), clock=lambda: NOW, poison=door.note, beyond=beyond)
    server = Server(hooks, host="127.0.0.1", port=0)
    running = asyncio.create_task(server.run())
    await server.started()
    try:
        yield House(door, server.port)
    finally:
        door.commit()
        server.close()
        server.break_off()
        await running


def call(body: bytes, *, path: str = "/hooks/telegram", method: str = "POST", **more: str) -> bytes:
    given = {name.replace("_", "-"): value for name, value in more.items()}
    headers = {**HEADERS, "Host": "uji", "Content-Length": str(len(body)), **given}
    lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    return f"{method} {path} HTTP/1.1\r\n{lines}\r\n".encode() + body


def update(number: int, words: str) -> bytes:
    return (
        b'{"update_id":%d,"message":{"message_id":%d,"date":1795485900,"from":{"id":5,"is_bot":false,"first_name":"A"},'
        b'"chat":{"id":5,"type":"private","first_name":"A"},"text":"%s"}}' % (number, number, words.encode())
    )


def said(words: str) -> bytes:
    return (
        b'{"method":"sendMessage","chat_id":5,"text":"Baik: %s","parse_mode":"HTML",'
        b'"link_preview_options":{"is_disabled":true},"reply_markup":{"remove_keyboard":true}}' % words.encode()
    )


async def test_an_update_is_answered_with_the_message_it_caused() -> None:
    async with house() as home:
        status, headers, body = await home.call(call(update(11, "halo")))
    assert (status, headers["content-type"], body) == ("200 OK", "application/json", said("halo"))
    assert [(one.external_id, one.reply) for one in home.door.came] == [("11", Text("halo"))]


async def test_nothing_is_acknowledged_before_it_is_committed() -> None:
    async with house() as home, home.connected() as (reader, writer):
        home.door.held = True
        writer.write(call(update(11, "diam")))
        reading = asyncio.create_task(answered(reader))
        await home.door.arrived.wait()
        assert not reading.done()
        home.door.commit()
        assert await reading == ("200 OK", {"content-length": "0"}, b"")


async def test_a_connection_carries_many_calls_pages_among_them() -> None:
    async with house() as home, home.connected() as (reader, writer):
        found = []
        for sent in (call(update(1, "satu")), call(b"", path="/healthz", method="GET"), call(update(2, "dua"))):
            writer.write(sent)
            found.append((await answered(reader))[2])
    assert found == [said("satu"), READ, said("dua")]


async def test_calls_sent_without_waiting_are_answered_in_their_order() -> None:
    async with house() as home, home.connected() as (reader, writer):
        writer.write(b"".join(call(update(number, f"n{number}")) for number in range(1, 5)))
        assert [(await answered(reader))[2] for _ in range(4)] == [said(f"n{number}") for number in range(1, 5)]
    assert [one.external_id for one in home.door.came] == ["1", "2", "3", "4"]


async def test_a_body_may_come_in_pieces() -> None:
    sent = call(update(1, "panjang" * 30_000))
    async with house() as home, home.connected() as (reader, writer):
        for start in range(0, len(sent), 50_000):
            writer.write(sent[start : start + 50_000])
            await writer.drain()
            await asyncio.sleep(0)
        assert (await answered(reader))[0] == "200 OK"
    assert [one.external_id for one in home.door.came] == ["1"]


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        (call(update(1, "x"), X_Telegram_Bot_Api_Secret_Token="another"), "403 Forbidden"),
        (call(update(1, "x"), path="/hooks/whatsapp"), "404 Not Found"),
        (call(update(1, "x"), method="PUT"), "404 Not Found"),
        (call(b" " * (LARGEST + 1)), "413 Content Too Large"),
    ],
)
async def test_what_is_no_call_of_the_platform_is_refused(sent: bytes, status: str) -> None:
    async with house() as home:
        found, _headers, _body = await home.call(sent)
    assert (found.split(" ", 1)[0], home.door.came) == (status.split(" ", 1)[0], [])


async def test_what_expects_to_be_asked_for_its_body_is_asked() -> None:
    async with house() as home, home.connected() as (reader, writer):
        head, body = call(update(1, "halo"), Expect="100-continue").split(b"\r\n\r\n")
        writer.write(head + b"\r\n\r\n")
        assert await reader.readuntil(b"\r\n\r\n") == b"HTTP/1.1 100 Continue\r\n\r\n"
        writer.write(body)
        assert (await answered(reader))[2] == said("halo")


async def test_a_connection_is_closed_when_that_is_asked_for() -> None:
    async with house() as home, home.connected() as (reader, writer):
        writer.write(call(update(1, "halo"), Connection="close"))
        assert (await answered(reader))[1]["connection"] == "close"
        assert await reader.read() == b""


async def test_an_update_that_cannot_be_read_is_noted_and_acknowledged() -> None:
    async with house() as home:
        assert (await home.call(call(b'{"update_id":9,"message":{"from":{"id":5}}}')))[0] == "200 OK"
        assert (await home.call(call(b"{")))[0] == "200 OK"
    assert home.door.noted == [("telegram", "9", "ValueError"), ("telegram", "", "JSONDecodeError")]


async def test_what_could_not_be_noted_comes_again() -> None:
    async with house() as home:
        home.door.fails = True
        status, headers, _body = await home.call(call(b"{"))
    assert (status, headers["retry-after"]) == ("503 Service Unavailable", "2")


async def test_who_comes_while_too_much_waits_is_told_when_to_come_again() -> None:
    async with house() as home:
        home.door.full = True
        status, headers, _body = await home.call(call(update(1, "x")))
    assert (status, headers["retry-after"]) == ("503 Service Unavailable", "7")


async def test_a_caller_who_does_not_wait_does_no_harm() -> None:
    async with house() as home:
        home.door.held = True
        async with home.connected() as (_reader, writer):
            writer.write(call(update(1, "x")))
            await home.door.arrived.wait()
        home.door.held = False
        home.door.commit()
        assert (await home.call(call(update(2, "halo"))))[2] == said("halo")
