"""HTTP/1.1 as thin as it goes: the server's connections, and the connections that webhooks are called over.

Rule of the file: bytes in, bytes out; nothing here knows a method of the Bot API.
"""

from __future__ import annotations

import asyncio
import socket
import struct
import zlib
from collections import deque
from collections.abc import Awaitable, Callable
from email.utils import formatdate
from functools import lru_cache
from typing import NamedTuple, cast
from urllib.parse import unquote

import httptools

from tests.fake_telegram.refusals import Reset

_REASONS = {200: "OK", 400: "Bad Request", 401: "Unauthorized", 403: "Forbidden", 404: "Not Found", 409: "Conflict",
            413: "Request Entity Too Large", 429: "Too Many Requests", 500: "Internal Server Error",
            502: "Bad Gateway", 503: "Service Unavailable"}  # fmt: skip
_LINGER = struct.pack("ii", 1, 0)


@lru_cache(maxsize=4)
def _date(seconds: int) -> bytes:
    return formatdate(seconds, usegmt=True).encode()


class Request(NamedTuple):
    path: str
    query: str
    content_type: str
    body: bytes


class Answer(NamedTuple):
    status: int
    body: bytes
    content_type: str = "application/json"


def break_off(transport: asyncio.Transport | None) -> None:
    """End a connection the hard way: the other side reads "connection reset"."""
    if transport is None:
        return
    raw = transport.get_extra_info("socket")
    if raw is not None:
        raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _LINGER)
    transport.abort()


class Serving(asyncio.Protocol):
    """One connection somebody opened to us. ``answer`` may answer at once or later; answers keep their order."""

    def __init__(
        self,
        answer: Callable[[Request], Answer | Awaitable[Answer]],
        live: set[Serving],
        now: Callable[[], float],
    ) -> None:
        self._now = now
        self._answer = answer
        self._live = live
        self._parser = httptools.HttpRequestParser(self)
        self._transport: asyncio.Transport | None = None
        self._url = b""
        self._content_type = ""
        self._body: list[bytes] = []
        self._waiting: deque[Request] = deque()
        self._task: asyncio.Task[None] | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)
        self._live.add(self)

    def connection_lost(self, _error: Exception | None) -> None:
        self._live.discard(self)
        self._transport = None
        if self._task is not None:
            self._task.cancel()

    def data_received(self, data: bytes) -> None:
        try:
            self._parser.feed_data(data)
        except httptools.HttpParserError:
            self.close()

    def close(self) -> None:
        if self._transport is not None:
            self._transport.close()

    def on_message_begin(self) -> None:
        self._url, self._content_type, self._body = b"", "", []

    def on_url(self, url: bytes) -> None:
        self._url += url

    def on_header(self, name: bytes, value: bytes) -> None:
        if len(name) == 12 and name.lower() == b"content-type":
            self._content_type = value.decode("latin-1")

    def on_body(self, body: bytes) -> None:
        self._body.append(body)

    def on_message_complete(self) -> None:
        path, _, query = self._url.decode("latin-1").partition("?")
        if "%" in path:
            path = unquote(path)
        body = self._body[0] if len(self._body) == 1 else b"".join(self._body)
        request = Request(path, query, self._content_type, body)
        if self._task is None:
            self._serve(request)
        else:
            self._waiting.append(request)

    def _serve(self, request: Request) -> None:
        try:
            answer = self._answer(request)
        except Reset:
            break_off(self._transport)
            return
        if isinstance(answer, Answer):
            self._write(answer)
        else:
            self._task = asyncio.ensure_future(self._later(answer))

    async def _later(self, answer: Awaitable[Answer]) -> None:
        try:
            self._write(await answer)
        except Reset:
            break_off(self._transport)
            return
        self._task = None
        if self._waiting:
            self._serve(self._waiting.popleft())

    def _write(self, answer: Answer) -> None:
        if self._transport is not None:
            self._transport.write(
                b"HTTP/1.1 %d %s\r\nDate: %s\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n%s"
                % (
                    answer.status,
                    _REASONS.get(answer.status, "Unknown").encode(),
                    _date(int(self._now())),
                    answer.content_type.encode(),
                    len(answer.body),
                    answer.body,
                )
            )


class Calling(asyncio.Protocol):
    """One connection we opened to a webhook: one request at a time."""

    def __init__(self, answered: Callable[[Calling, Answer, float], None], lost: Callable[[Calling], None]) -> None:
        self._answered = answered
        self._lost = lost
        self._parser = httptools.HttpResponseParser(self)
        self._transport: asyncio.Transport | None = None
        self._body: list[bytes] = []
        self._retry_after = 0.0
        self._zipped = False
        self._deadline: asyncio.TimerHandle | None = None
        self._closing = False
        self.busy = False
        """Whether a request waits for its answer."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)

    def connection_lost(self, _error: Exception | None) -> None:
        self._transport = None
        if self._deadline is not None:
            self._deadline.cancel()
        self._lost(self)

    def ask(self, head: bytes, body: bytes, timeout: float) -> None:
        self.busy = True
        if timeout > 0:
            self._deadline = asyncio.get_running_loop().call_later(timeout, self.break_off)
        if self._transport is not None:
            self._transport.write(b"%sContent-Length: %d\r\n\r\n%s" % (head, len(body), body))

    def break_off(self) -> None:
        break_off(self._transport)

    def close(self) -> None:
        if self._transport is not None:
            self._transport.close()

    def data_received(self, data: bytes) -> None:
        try:
            self._parser.feed_data(data)
        except httptools.HttpParserError:
            self.close()

    def on_message_begin(self) -> None:
        self._body, self._retry_after, self._zipped = [], 0.0, False

    def on_header(self, name: bytes, value: bytes) -> None:
        lower = name.lower()
        if lower == b"retry-after" and value.strip().isdigit():
            self._retry_after = float(value)
        elif lower == b"connection" and value.strip().lower() == b"close":
            self._closing = True
        elif lower == b"content-encoding":
            self._zipped = True

    def on_body(self, body: bytes) -> None:
        self._body.append(body)

    def on_message_complete(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None
        status = self._parser.get_status_code()
        self.busy = False
        if self._closing:
            self.close()
        body = b"".join(self._body)
        self._answered(self, Answer(status, zlib.decompress(body, 47) if self._zipped else body), self._retry_after)

    @property
    def usable(self) -> bool:
        return self._transport is not None and not self._closing and not self._transport.is_closing()
