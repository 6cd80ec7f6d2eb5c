"""Where platforms call us: ``/hooks/<channel>``, straight on the server, before any page.

The request is checked, read, handed to the inbox and answered once its effects are committed; the answer may carry the
first message. Rule of the file: 200 means committed (or worthless for ever), 503 means "send it again in a moment".
"""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable, Iterable, Mapping, MutableMapping
from datetime import datetime
from time import perf_counter
from typing import Any, Protocol

import orjson

from bot.channels.base import Channel, Hooked, SendError
from bot.channels.fitting import fit
from handlers.clean import cleaned
from handlers.inbox import Inbox, Overloaded
from handlers.receiving import Respond, Taken
from storage.errors import StorageError
from surveys.messages import Incoming, Outgoing

log = logging.getLogger(__name__)

PREFIX = "/hooks/"
LARGEST = 1_000_000
"""Bytes of one update."""

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
Application = Callable[[Scope, Receive, Send], Awaitable[None]]
Poison = Callable[[str, str, str], Awaitable[None]]
"""(channel, number of the update, why): an update that cannot be read is noted. Returns once committed."""
Headers = Iterable[tuple[bytes, bytes]]
"""Names in small letters."""
Answer = Callable[[int, bytes, int], object]
"""(status, body, seconds after which to come again; 0: never mind)."""
_SOON = 2


class HookedChannel(Channel, Hooked, Protocol):
    """A channel whose platform calls us."""


class Hooks:
    """One ASGI application for all channels with webhooks; everything else goes to ``beyond``."""

    def __init__(
        self,
        channels: Mapping[str, HookedChannel],
        inbox: Inbox,
        *,
        clock: Callable[[], datetime],
        poison: Poison,
        beyond: Application,
        latency: Callable[[float], None] = lambda _: None,
    ) -> None:
        self._channels = channels
        self._responds = {name: responder(channel) for name, channel in channels.items()}
        self._inbox = inbox
        self._clock = clock
        self._poison = poison
        self._beyond = beyond
        self._latency = latency
        self._noting: set[asyncio.Task[None]] = set()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI. (``bot.straight`` takes most calls past it, at a fraction of the cost.)"""
        if scope["type"] != "http" or not scope["path"].startswith(PREFIX):
            await self._beyond(scope, receive, send)
            return
        channel = self.channel(scope["path"], scope["method"])
        if channel is None:
            await _answer(send, 404)
            return
        body = await _body(receive)
        if body is None:
            await _answer(send, 413)
            return
        answered: asyncio.Future[tuple[int, bytes, int]] = asyncio.get_running_loop().create_future()
        self.take(channel, scope["headers"], body, lambda *answer: answered.set_result(answer))
        await _answer(send, *await asyncio.shield(answered))

    def channel(self, path: str, method: str) -> HookedChannel | None:
        """Whose address this is; None if it is nobody's."""
        return self._channels.get(path[len(PREFIX) :]) if method == "POST" and path.startswith(PREFIX) else None

    def take(self, channel: HookedChannel, headers: Headers, body: bytes, answer: Answer) -> None:
        """Take one call. ``answer`` is called once, as soon as its effects are committed."""
        if not channel.trusts({name.decode("latin-1"): value.decode("latin-1") for name, value in headers}):
            answer(403, b"", 0)
            return
        started = perf_counter()
        try:
            incoming = read(channel, read_update(body), self._clock())
        except (ValueError, KeyError, TypeError, RecursionError) as error:
            self._note(channel.name, body, type(error).__name__, answer)
            return
        if incoming is None:
            answer(200, b"", 0)
            return
        try:
            committed = self._inbox.submit(incoming, self._responds[channel.name])
        except Overloaded as error:
            answer(503, b"", error.retry_after)
            return

        def done(taken: asyncio.Future[Taken]) -> None:
            self._latency(perf_counter() - started)
            if taken.cancelled():
                answer(503, b"", _SOON)
            else:
                answer(200, taken.result().body or b"", 0)

        committed.add_done_callback(done)

    def _note(self, channel: str, body: bytes, why: str, answer: Answer) -> None:
        """An update that cannot be read is worthless once that is written down; until then it may come again."""

        async def note() -> None:
            try:
                await self._poison(channel, _number(body), why)
            except StorageError as error:
                log.warning("an update that cannot be read could not be noted: %s", error)
                answer(503, b"", _SOON)
            else:
                answer(200, b"", 0)

        noting = asyncio.get_running_loop().create_task(note())
        self._noting.add(noting)
        noting.add_done_callback(self._noting.discard)


def responder(channel: HookedChannel) -> Respond:
    """What puts a message into the channel's own answer."""

    def respond(external_id: str, outgoing: Outgoing) -> bytes | None:
        parts = fit(outgoing, channel.capabilities)
        if len(parts) != 1:
            return None
        try:
            return channel.as_response(external_id, parts[0])
        except SendError:
            return None

    return respond


def read_update(body: bytes) -> dict[str, Any]:
    """The update; a lone surrogate, which strict JSON refuses, is read and cleaned later. Raises ValueError."""
    try:
        update = orjson.loads(body)
    except orjson.JSONDecodeError:
        update = json.loads(body)
    if not isinstance(update, dict):
        raise ValueError("an update is an object")  # noqa: TRY004 -- to its sender it is bad data
    return update


def read(channel: Channel, update: Mapping[str, object], now: datetime) -> Incoming | None:
    """Parse and clean one update. Raises ValueError, KeyError, TypeError."""
    incoming = channel.parse(update, now)
    return None if incoming is None else cleaned(incoming)


def _number(body: bytes) -> str:
    try:
        update = read_update(body)
    except ValueError:
        return ""
    number = update.get("update_id")
    return str(number) if isinstance(number, int) and 0 <= number < 2**63 else ""


async def _body(receive: Receive) -> bytes | None:
    message = await receive()
    body: bytes = message.get("body", b"")
    if not message.get("more_body"):
        return body if len(body) <= LARGEST else None
    parts, size = [body], len(body)
    while message.get("more_body"):
        message = await receive()
        parts.append(message.get("body", b""))
        size += len(parts[-1])
        if size > LARGEST:
            return None
    return b"".join(parts)


_EMPTY = [(b"content-length", b"0")]


async def _answer(send: Send, status: int, body: bytes = b"", retry_after: int = 0) -> None:
    if body:
        headers = [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode())]
    elif retry_after:
        headers = [*_EMPTY, (b"retry-after", str(retry_after).encode())]
    else:
        headers = _EMPTY
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
