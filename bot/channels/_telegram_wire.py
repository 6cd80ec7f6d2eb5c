"""Kept connections to a server, for the small calls that every answer makes: JSON there, status and body back.

A general HTTP client costs as much for such a call as all the rest of an answer (docs/performance.md). Rule of the
file: HTTP/1.1 and nothing of Telegram; one request at a time a connection, none is sent twice; what left our hands and
was not answered is told apart from what never did (``Unreachable``).
"""

from __future__ import annotations

import asyncio
import socket
import ssl
from collections import deque
from contextlib import suppress
from typing import NamedTuple, cast
from urllib.parse import urlsplit

import httptools

_KEPT = 30.0
"""Seconds a connection may rest before it is used again: servers close those that rest longer."""
_FIRST_ADDRESSES = 3.0
"""Seconds to try each of a server's addresses but the last: an IPv6 that leads nowhere must not stop us."""


class Unreachable(ConnectionError):
    """There is no connection; nothing was handed over."""


class _Target(NamedTuple):
    """Where a URL leads, and what stands before a request's body but its length."""

    host: str
    port: int
    secure: bool
    head: bytes


class Wire:
    """The connections of one client. ``patience``: seconds to connect, and seconds of silence before an answer is given
    up. ``most``: connections to one server at once; further requests wait for one."""

    def __init__(self, *, most: int, patience: float) -> None:
        self._most = most
        self._patience = patience
        self.date = ""
        """When the last answer came, by the server's clock (RFC 9110); "" if it did not say."""
        self._targets: dict[str, _Target] = {}
        self._servers: dict[tuple[str, int, bool], _Server] = {}

    async def post(self, url: str, body: bytes, *, wait: float = 0.0) -> tuple[int, bytes]:
        """Status and body. ``wait``: seconds of silence allowed on top. Raises Unreachable, ConnectionError,
        TimeoutError."""
        target = self._targets.get(url)
        if target is None:
            target = self._targets[url] = _target(url)
        server = self._servers.get(target[:3])
        if server is None:
            server = self._servers[target[:3]] = _Server(*target[:3], most=self._most, patience=self._patience)
        line = server.idle()
        if line is None:
            line = await server.line()
        try:
            answer = await line.ask(target.head, body, self._patience + wait)
        finally:
            server.done(line)
        self.date = line.date
        return answer

    async def close(self) -> None:
        """End every connection; what is under way fails."""
        servers, self._servers = list(self._servers.values()), {}
        for server in servers:
            server.close()
        await asyncio.sleep(0)  # the transports end in the next turn of the loop


class _Server:
    """The connections to one server: those at rest, the latest used last."""

    def __init__(self, host: str, port: int, secure: bool, *, most: int, patience: float) -> None:  # noqa: FBT001
        self._host, self._port = host, port
        self._tls = ssl.create_default_context() if secure else None
        self._patience = patience
        self._most = most
        self._open = 0
        self._resting: deque[_Line] = deque()
        self._lines: set[_Line] = set()
        self._turns: deque[asyncio.Future[_Line | None]] = deque()
        self._good = socket.AF_UNSPEC
        """The family of the address that was reached last."""
        self._closed = False

    def idle(self) -> _Line | None:
        """A connection at rest that may still be used."""
        while self._resting:
            line = self._resting.pop()
            if line.fresh():
                return line
            line.end()
        return None

    async def line(self) -> _Line:
        """A new connection, or the next that is free. Raises Unreachable."""
        if self._open >= self._most:
            turn: asyncio.Future[_Line | None] = asyncio.get_running_loop().create_future()
            self._turns.append(turn)
            try:
                given = await turn
            except asyncio.CancelledError:
                if turn.done() and not turn.cancelled():
                    self._pass_on(turn.result())
                raise
            if given is not None and given.fresh():
                return given
            if given is not None:
                given.end()
        else:
            self._open += 1
        try:
            async with asyncio.timeout(self._patience):
                line = await self._connected()
        except BaseException as error:
            self._pass_on(None)
            if isinstance(error, OSError):  # TimeoutError and the faults of TLS are some
                raise Unreachable(Unreachable.__doc__) from None
            raise
        self._lines.add(line)
        return line

    def done(self, line: _Line) -> None:
        """The request over this connection ended, one way or another."""
        if line.fresh() and not self._closed:
            self._pass_on(line)
            return
        line.end()
        self._lines.discard(line)
        self._pass_on(None)

    def _pass_on(self, line: _Line | None) -> None:
        """Give a connection, or the right to open one, to who waits longest; else let it rest."""
        while self._turns:
            turn = self._turns.popleft()
            if not turn.done():
                turn.set_result(line)
                return
        if line is not None:
            self._resting.append(line)
        else:
            self._open -= 1

    def close(self) -> None:
        self._closed = True
        for line in self._lines:
            line.end()
        self._lines.clear()
        self._resting.clear()

    async def _connected(self) -> _Line:
        loop = asyncio.get_running_loop()
        found = await loop.getaddrinfo(self._host, self._port, type=socket.SOCK_STREAM)
        found.sort(key=lambda one: one[0] != self._good)
        for number, (family, kind, protocol, _name, address) in enumerate(found, start=1):
            reaching = socket.socket(family, kind, protocol)
            reaching.setblocking(False)  # noqa: FBT003 -- the library's
            try:
                async with asyncio.timeout(None if number == len(found) else _FIRST_ADDRESSES):
                    await loop.sock_connect(reaching, address)
                    reaching.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                    name = self._host if self._tls is not None else None
                    _, line = await loop.create_connection(_Line, sock=reaching, ssl=self._tls, server_hostname=name)
            except BaseException as error:
                reaching.close()
                if number == len(found) or not isinstance(error, OSError):
                    raise
            else:
                self._good = family
                return line
        raise Unreachable(Unreachable.__doc__)


class _Line(asyncio.Protocol):
    """One connection."""

    def __init__(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._parser = httptools.HttpResponseParser(self)
        self._transport: asyncio.Transport | None = None
        self._answer: asyncio.Future[tuple[int, bytes]] | None = None
        self._timer: asyncio.TimerHandle
        self._body: list[bytes] = []
        self.date = ""
        self._sized = self._begun = False
        self._usable = True
        self._silent_since = 0.0
        self._rests_since = self._loop.time()

    def fresh(self) -> bool:
        """Whether a request may be sent over it."""
        return self._usable and self._answer is None and self._loop.time() - self._rests_since < _KEPT

    async def ask(self, head: bytes, body: bytes, patience: float) -> tuple[int, bytes]:
        """Send one request, wait for its answer. Raises ConnectionError, TimeoutError."""
        transport = self._transport
        if transport is None:
            raise ConnectionResetError("The connection is gone.")
        answer: asyncio.Future[tuple[int, bytes]] = self._loop.create_future()
        self._answer = answer
        self._silent_since = self._loop.time()
        self._timer = self._loop.call_later(patience, self._hurry, patience)
        try:
            transport.write(b"%s%d\r\n\r\n%s" % (head, len(body), body))
            return await answer
        finally:
            self._timer.cancel()
            if self._answer is not None:  # broken off: what comes now would be taken for the next one's answer
                self._answer = None
                self._usable = False
            self._rests_since = self._loop.time()

    def end(self) -> None:
        """Close it."""
        self._usable = False
        if self._transport is not None:
            self._transport.abort()

    def _hurry(self, patience: float) -> None:
        left = self._silent_since + patience - self._loop.time()
        if left > 0:
            self._timer = self._loop.call_later(left, self._hurry, patience)
        else:
            self._fail(TimeoutError("Silence."))

    def _fail(self, error: Exception) -> None:
        self._usable = False
        if self._answer is not None and not self._answer.done():
            self._answer.set_exception(error)

    # ---- asyncio.Protocol ----------------------------------------------------------------------------

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)

    def connection_lost(self, error: Exception | None) -> None:
        self._transport = None
        if self._begun and not self._sized and error is None and self._answer is not None:
            self.on_message_complete()  # an answer without a length ends with its connection
        self._fail(ConnectionResetError("The connection ended before the answer was complete."))

    def data_received(self, data: bytes) -> None:
        if self._answer is None:  # nobody asked
            self.end()
            return
        self._silent_since = self._loop.time()
        try:
            self._parser.feed_data(data)
        except httptools.HttpParserError:
            self._fail(ConnectionAbortedError("The answer is no HTTP."))

    # ---- httptools -----------------------------------------------------------------------------------

    def on_message_begin(self) -> None:
        self._body, self._sized, self._begun, self.date = [], False, False, ""

    def on_header(self, name: bytes, value: bytes) -> None:
        if len(name) in {14, 17} and name.lower() in {b"content-length", b"transfer-encoding"}:
            self._sized = True
        elif len(name) == 4 and name.lower() == b"date":
            self.date = value.decode("latin-1")

    def on_headers_complete(self) -> None:
        self._begun = True

    def on_body(self, body: bytes) -> None:
        self._body.append(body)

    def on_message_complete(self) -> None:
        status = self._parser.get_status_code()
        if status < 200:  # an interim answer: the real one follows
            return
        self._usable = self._usable and self._sized and self._parser.should_keep_alive()
        answer, self._answer = self._answer, None
        if answer is not None and not answer.done():
            answer.set_result((status, self._body[0] if len(self._body) == 1 else b"".join(self._body)))


def _target(url: str) -> _Target:
    parts = urlsplit(url)
    secure = parts.scheme == "https"
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    head = f"POST {path} HTTP/1.1\r\nHost: {parts.netloc}\r\nContent-Type: application/json\r\nContent-Length: "
    with suppress(ValueError):
        return _Target(parts.hostname or "", parts.port or (443 if secure else 80), secure, head.encode())
    raise Unreachable(Unreachable.__doc__)
