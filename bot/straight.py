"""A platform's call goes straight from its connection to the inbox, and the answer straight back.

What a web server does for any request (a task, messages to and from the application, headers looked at one by one)
costs more than reading an update. Rule of the file: the connection is the web server's own, and whatever is not a plain
call to ``/hooks/<channel>`` is left to it.
"""

from __future__ import annotations

from typing import Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from bot.hooks import LARGEST, PREFIX, HookedChannel, Hooks

_PREFIX = PREFIX.encode()
_REASONS = {
    200: b"200 OK", 403: b"403 Forbidden", 404: b"404 Not Found", 413: b"413 Content Too Large",
    503: b"503 Service Unavailable",
}  # fmt: skip


def straight(hooks: Hooks) -> type[HttpToolsProtocol]:
    """The kind of connection that knows the way to ``hooks``."""

    class Straight(_Straight):
        way = hooks

    return Straight


class _Told:
    """Nobody waits for the parts of a body."""

    def set(self) -> None:
        """A part came."""


_TOLD = _Told()


class _Call:
    """One call under way: what the connection asks of a request, and no more."""

    __slots__ = ("body", "channel", "disconnected", "keep_alive", "message_event", "more_body", "response_complete")

    def __init__(self, channel: HookedChannel, *, keep_alive: bool) -> None:
        self.channel = channel
        self.keep_alive = keep_alive
        self.body = bytearray()
        self.more_body = True
        self.response_complete = False
        self.disconnected = False
        self.message_event = _TOLD


class _Straight(HttpToolsProtocol):
    way: Hooks

    cycle: Any

    def on_headers_complete(self) -> None:
        before = self.cycle
        if (
            self.url.startswith(_PREFIX)
            and not self.expect_100_continue
            and not self.parser.should_upgrade()
            and (before is None or before.response_complete)
        ):
            channel = self.way.channel(self.url.decode("ascii", "replace"), self.parser.get_method().decode("ascii"))
            if channel is not None:
                self.cycle = _Call(channel, keep_alive=self.parser.should_keep_alive())
                return
        super().on_headers_complete()

    def on_body(self, body: bytes) -> None:
        call = self.cycle
        if type(call) is not _Call:
            super().on_body(body)
        elif len(call.body) <= LARGEST:
            call.body += body

    def on_message_complete(self) -> None:
        call = self.cycle
        if type(call) is not _Call or call.response_complete:
            super().on_message_complete()
            return
        call.more_body = False
        if len(call.body) > LARGEST:
            self._answer(call, 413, b"", 0)
            return
        self.way.take(call.channel, self.headers, bytes(call.body), lambda *answer: self._answer(call, *answer))

    def _answer(self, call: _Call, status: int, body: bytes, retry_after: int) -> None:
        call.response_complete = True
        if call.disconnected:
            return
        head = b"HTTP/1.1 %s\r\ncontent-length: %d\r\n" % (_REASONS[status], len(body))
        if body:
            head += b"content-type: application/json\r\n"
        if retry_after:
            head += b"retry-after: %d\r\n" % retry_after
        if not call.keep_alive:
            head += b"connection: close\r\n"
        self.transport.write(head + b"\r\n" + body)
        if not call.keep_alive:
            self.transport.close()
        self.on_response_complete()
