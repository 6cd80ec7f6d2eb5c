"""The same people, seen from a test while the fake runs as its own process.

Rule of the file: the verbs of ``people.Person`` and nothing more; everything is awaited.
"""

from __future__ import annotations

import asyncio
import os
import re
import sys
from types import TracebackType
from typing import Any, NamedTuple, Self

import aiohttp


class Seen(NamedTuple):
    """A message, as ``world.Message`` but without what only the fake needs."""

    message_id: int
    chat_id: int
    by_bot: bool
    text: str
    kind: str
    labels: tuple[tuple[str, ...], ...]
    data: tuple[tuple[str, ...], ...]
    markup: str
    edited: int

    @property
    def buttons(self) -> tuple[str, ...]:
        return tuple(label for row in self.labels for label in row)


def _seen(value: dict[str, Any]) -> Seen:
    rows = {key: tuple(tuple(row) for row in value[key]) for key in ("labels", "data")}
    return Seen(**{**value, **rows})


class RemotePerson:
    """``await person.send("…")``, ``await person.press("…")``, ``await person.next()``; see ``people.Person``."""

    def __init__(self, telegram: RemoteTelegram, user_id: int, settings: dict[str, Any]) -> None:
        self._telegram = telegram
        self.user_id = user_id
        self._settings = settings

    async def do(self, verb: str, **given: Any) -> Any:
        """Any verb of a person by its name; bytes are given as they are."""
        written = {key: value.hex() if isinstance(value, bytes) else value for key, value in given.items()}
        return await self._telegram.order(verb, written, person=self.user_id, **self._settings)

    async def send(self, text: str) -> int:
        return int(await self.do("send", text=text))

    async def press(self, label: str) -> int:
        return int(await self.do("press", label=label))

    async def press_inline(self, label: str, message_id: int = 0) -> str:
        return str(await self.do("press_inline", label=label, message_id=message_id))

    async def next(self, within: float = 5.0) -> Seen:
        return _seen(await self.do("next", within=within))

    async def expect(self, words: str | re.Pattern[str], within: float = 5.0) -> Seen:
        given = {"words": words} if isinstance(words, str) else {"pattern": words.pattern}
        return _seen(await self.do("expect", within=within, **given))

    async def messages(self) -> list[Seen]:
        return [_seen(value) for value in await self.do("messages")]

    async def received(self) -> list[Seen]:
        return [_seen(value) for value in await self.do("received")]

    async def read_all(self) -> list[Seen]:
        return [_seen(value) for value in await self.do("read_all")]

    async def keyboard(self) -> tuple[tuple[str, ...], ...]:
        return tuple(tuple(row) for row in await self.do("keyboard"))


class RemoteTelegram:
    """``async with RemoteTelegram.start() as fake``: a process of its own; or attach to one by its origin."""

    def __init__(self, origin: str, process: asyncio.subprocess.Process | None = None) -> None:
        self.origin = origin
        self._process = process
        self._http: aiohttp.ClientSession | None = None
        self.token = ""

    @classmethod
    async def start(cls, *options: str) -> RemoteTelegram:
        """Start ``python -m tests.fake_telegram`` with these options on a free port."""
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "tests.fake_telegram", "--port", "0", *options,
            stdout=asyncio.subprocess.PIPE, env={**os.environ, "PYTHONUNBUFFERED": "1"},
        )  # fmt: skip
        assert process.stdout is not None
        first = (await process.stdout.readline()).decode()
        found = re.search(r"http://[\d.]+:\d+", first)
        if found is None:
            raise RuntimeError(f"The fake did not start: {first}")
        return cls(found[0], process)

    async def __aenter__(self) -> Self:
        self._http = aiohttp.ClientSession()
        about = await self.order("about")
        self.token = str(about["token"])
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._http is not None
        await self._http.close()
        if self._process is not None:
            self._process.terminate()
            await self._process.communicate()

    @property
    def base_url(self) -> str:
        return f"{self.origin}/bot"

    def person(self, user_id: int, **settings: Any) -> RemotePerson:
        return RemotePerson(self, user_id, settings)

    async def order(self, verb: str, given: dict[str, Any] | None = None, **more: Any) -> Any:
        """One order to the control address. AssertionError with the fake's words if it cannot be done."""
        assert self._http is not None
        body = {"do": verb, "with": given or {}, **more}
        async with self._http.post(f"{self.origin}/control", json=body) as response:
            if response.status != 200:
                raise AssertionError(await response.text())
            return (await response.json())["result"]

    async def fault(self, kind: str, **settings: Any) -> None:
        await self.order("fault", {"kind": kind, **settings})

    async def state(self) -> dict[str, Any]:
        return dict(await self.order("state"))

    async def recorded(self, since: int = 0) -> list[dict[str, Any]]:
        return list(await self.order("recorded", {"since": since}))
