"""Updates carried to the bot's webhook.

Rule of the file: at most ``max_connections`` requests at once, one at a time of each queue; an update is done with when
it was answered 2xx, and tried again otherwise: at once, then after 2, 4, 8 … seconds, or when Retry-After says.
"""

from __future__ import annotations

import asyncio
import ssl
from collections import deque
from collections.abc import Callable, Sequence
from urllib.parse import urlsplit

from tests.fake_telegram.clock import Clock
from tests.fake_telegram.faults import Faults
from tests.fake_telegram.updates import Update, Updates
from tests.fake_telegram.wire import Answer, Calling

_LONGEST_DELAY = 60.0
_LONGEST_RETRY_AFTER = 3600.0


class Webhook:
    """The calls to one webhook. ``targets``: (host, port) of several processes that share the address, in turn."""

    def __init__(
        self,
        url: str,
        *,
        updates: Updates,
        faults: Faults,
        clock: Clock,
        carry_out: Callable[[bytes], None],
        secret: str = "",
        max_connections: int = 40,
        timeout: float = 60.0,
        pause: float = 1.0,
        targets: Sequence[tuple[str, int]] = (),
    ) -> None:
        parts = urlsplit(url)
        port = parts.port or (443 if parts.scheme == "https" else 80)
        self.url, self.secret, self.max_connections = url, secret, max_connections
        self.last_error = ""
        self.last_error_date = 0
        self.most_connections = 0
        """The most that were open at once."""
        self._targets = list(targets) or [(parts.hostname or "127.0.0.1", port)]
        self._tls = _unverified() if parts.scheme == "https" else None
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        self._head = (
            f"POST {path} HTTP/1.1\r\nHost: {parts.netloc}\r\n"
            + (f"X-Telegram-Bot-Api-Secret-Token: {secret}\r\n" if secret else "")
            + "Content-Type: application/json\r\nConnection: keep-alive\r\nAccept-Encoding: gzip, deflate\r\n"
        ).encode()
        self._updates, self._faults, self._clock, self._carry_out = updates, faults, clock, carry_out
        self._timeout, self._pause = timeout, pause
        self._queues: dict[tuple[str, int], deque[Update]] = {}
        self._ready: deque[tuple[str, int]] = deque()
        self._idle: deque[Calling] = deque()
        self._open: set[Calling] = set()
        self._carrying: dict[Calling, Update] = {}
        self._opening: set[asyncio.Task[None]] = set()
        self._refused_until = 0.0
        self._closed = False
        self._loop = asyncio.get_running_loop()
        for update in updates.all():
            self._queue(update)
        updates.listener = self._offered
        self._pump()

    @property
    def connections(self) -> int:
        return len(self._open)

    async def close(self) -> None:
        """Nothing more is carried; what is under way is not waited for, and comes again."""
        self._closed = True
        self._updates.listener = None
        for task in self._opening:
            task.cancel()
        await asyncio.gather(*self._opening, return_exceptions=True)
        for connection in list(self._open):
            connection.break_off()
        while self._open:  # noqa: ASYNC110 -- the connections end in the next turns of the loop
            await asyncio.sleep(0)

    def _offered(self, update: Update) -> None:
        self._queue(update)
        self._pump()

    def _queue(self, update: Update) -> None:
        waiting = self._queues.get(update.queue)
        if waiting is None:
            self._queues[update.queue] = deque((update,))
            self._ready.append(update.queue)
        else:
            waiting.append(update)

    def _pump(self) -> None:
        while self._ready and self._idle:
            connection = self._idle.popleft()
            if not connection.usable:
                continue
            update = self._next()
            if update is None:
                self._idle.appendleft(connection)
                return
            self._carrying[connection] = update
            connection.ask(self._head, update.body, self._timeout)
        missing = min(len(self._ready), self.max_connections - len(self._open)) - len(self._opening)
        if missing > 0 and not self._closed and self._loop.time() >= self._refused_until:
            for _ in range(missing):
                task = self._loop.create_task(self._connect())
                self._opening.add(task)
                task.add_done_callback(self._opening.discard)

    def _next(self) -> Update | None:
        while self._ready:
            waiting = self._queues[self._ready[0]]
            while waiting and self._updates.too_old(waiting[0]):
                waiting.popleft()
            key = self._ready.popleft()
            if waiting:
                return waiting[0]
            del self._queues[key]
        return None

    async def _connect(self) -> None:
        for _ in range(len(self._targets)):
            host, port = self._targets[0]
            self._targets.append(self._targets.pop(0))
            try:
                _, connection = await self._loop.create_connection(
                    lambda: Calling(self._answered, self._lost), host, port, ssl=self._tls
                )
            except OSError:
                continue
            self._open.add(connection)
            self.most_connections = max(self.most_connections, len(self._open))
            self._idle.append(connection)
            self._loop.call_soon(self._pump)
            return
        self._failed("Connection refused")
        self._refused_until = self._loop.time() + self._pause
        self._loop.call_later(self._pause, self._pump)

    def _failed(self, words: str) -> None:
        self.last_error, self.last_error_date = words, int(self._clock.now())

    def _answered(self, connection: Calling, answer: Answer, retry_after: float) -> None:
        update = self._carrying.pop(connection)
        if connection.usable:
            self._idle.append(connection)
        if not 200 <= answer.status <= 299:
            self._failed(f"Wrong response from the webhook: {answer.status}")
            self._later(update, retry_after)
        elif not update.repeated and self._faults.for_update("lost_answer", update.chat_id):
            update.repeated = True
            self._later(update, 0.0)
        else:
            if answer.body:
                self._carry_out(answer.body)
            if not update.repeated and self._faults.for_update("duplicate", update.chat_id):
                update.repeated = True
                self._ready.append(update.queue)
            else:
                self._done(update)
        self._pump()

    def _lost(self, connection: Calling) -> None:
        self._open.discard(connection)
        if connection in self._idle:
            self._idle.remove(connection)
        update = self._carrying.pop(connection, None)
        if self._closed:
            return
        if update is not None:
            self._failed("Webhook connection closed")
            self._later(update, 0.0)
        self._pump()

    def _done(self, update: Update) -> None:
        self._updates.confirm(update)
        self._forget(update)

    def _forget(self, update: Update) -> None:
        waiting = self._queues[update.queue]
        waiting.popleft()
        if waiting:
            self._ready.append(update.queue)
        else:
            del self._queues[update.queue]

    def _later(self, update: Update, retry_after: float) -> None:
        wait = min(retry_after, _LONGEST_RETRY_AFTER)
        if not wait and update.fails:
            update.delay = min(update.delay * 2, _LONGEST_DELAY)
            wait = update.delay * self._pause
        update.fails += 1
        update.expires -= wait  # one that would be too old by then is given up
        gone = self._updates.too_old(update)
        update.expires += wait
        if gone:
            self._forget(update)
        else:
            self._loop.call_later(wait, self._again, update.queue)

    def _again(self, key: tuple[str, int]) -> None:
        if not self._closed:
            self._ready.append(key)
            self._pump()


def _unverified() -> ssl.SSLContext:
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context
