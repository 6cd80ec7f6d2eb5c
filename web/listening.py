"""Who is looking at a conversation right now, so that what is said appears at once.

Rule of the file: nothing is kept here but who waits; what is shown is always read from the transcript. Another process
of the same office cannot call across, so one small question a second asks for all that wait together.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager

from storage.errors import StorageError


class Ear:
    """One open page (or one request that waits for its reply)."""

    def __init__(self) -> None:
        self._event = asyncio.Event()

    def call(self) -> None:
        """Something may have changed."""
        self._event.set()

    async def wait(self, seconds: float) -> bool:
        """Until something changed (True) or the time is over (False). A call before it counts too."""
        try:
            async with asyncio.timeout(seconds):
                await self._event.wait()
        except TimeoutError:
            return False
        self._event.clear()
        return True


class Listeners:
    """All ears of this process, by visitor."""

    def __init__(self) -> None:
        self._ears: dict[str, list[Ear]] = {}
        self._closed = False

    @property
    def closed(self) -> bool:
        """Whether the process is going down: streams end."""
        return self._closed

    def count(self, visitor: str) -> int:
        """How many ears the visitor has."""
        return len(self._ears.get(visitor, ()))

    @contextmanager
    def hear(self, visitor: str) -> Iterator[Ear]:
        """An ear for as long as the block lasts."""
        ear = Ear()
        self._ears.setdefault(visitor, []).append(ear)
        try:
            yield ear
        finally:
            self._ears[visitor].remove(ear)
            if not self._ears[visitor]:
                del self._ears[visitor]

    def call(self, visitor: str) -> None:
        """Something was said to or by this visitor."""
        for ear in self._ears.get(visitor, ()):
            ear.call()

    def open(self) -> None:
        """Streams may begin (again)."""
        self._closed = False

    def close(self) -> None:
        """Let everybody go: the process ends."""
        self._closed = True
        for ears in self._ears.values():
            for ear in ears:
                ear.call()

    async def watch(
        self, revisions: Callable[[Sequence[str]], Awaitable[Mapping[str, int]]], *, every: float = 1.0
    ) -> None:
        """Call those whose conversation another process changed; runs until cancelled. ``every`` is in seconds."""
        known: dict[str, int] = {}
        while not self._closed:
            await asyncio.sleep(every)
            waiting = list(self._ears)
            if not waiting:
                known.clear()
                continue
            try:
                found = await revisions(waiting)
            except StorageError:
                continue  # the store is busy or away: asked again in a moment
            for visitor, revision in found.items():
                if known.get(visitor, revision) != revision:
                    self.call(visitor)
            known = dict(found)
