"""A small house around the web chat: a real database, the real channel, and a desk that answers by a rule."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

from starlette.types import ASGIApp

from bot.channels.webchat import WebChat
from bot.wording import catalogue
from storage.database import Database, open_database
from storage.tables import metadata
from storage.vault import Vault
from storage.webchat import Transcripts
from surveys.messages import Incoming, Outgoing
from tests.web.serving import served_by
from web.app import build
from web.listening import Listeners
from web.site import Chat, ChatRates, Site, TooBusy

Result = TypeVar("Result")
KEY = b"k" * 32
START = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)
Answer = Callable[[Incoming], Sequence[Outgoing]]


@dataclass(slots=True)
class Clock:
    """A clock that stands still until it is told."""

    now: datetime = START

    def __call__(self) -> datetime:
        return self.now

    def wait(self, **by: float) -> None:
        self.now += timedelta(**by)


@dataclass(slots=True)
class ScriptedDesk:
    """Takes each update once, and says what ``answer`` gives. ``busy``: refuses so many first."""

    channel: WebChat
    answer: Answer
    taken: list[Incoming] = field(default_factory=list)
    busy: int = 0

    async def hand_in(self, update: Mapping[str, object]) -> None:
        if self.busy:
            self.busy -= 1
            raise TooBusy(1)
        incoming = self.channel.parse(update, START)
        assert incoming is not None
        if incoming.external_id in {known.external_id for known in self.taken}:
            return
        self.taken.append(incoming)
        for outgoing in self.answer(incoming):
            await self.channel.send(incoming.address.external_id, outgoing)


@dataclass(slots=True, kw_only=True)
class House:
    """Everything a test may look at."""

    site: Site
    app: ASGIApp
    desk: ScriptedDesk
    channel: WebChat
    transcripts: Transcripts
    listeners: Listeners
    uploads: Path
    clock: Clock
    database: Database
    loop: asyncio.AbstractEventLoop

    def do(self, work: Coroutine[Any, Any, Result]) -> Result:
        """Run this on the loop of the house, from another thread."""
        return asyncio.run_coroutine_threadsafe(work, self.loop).result(timeout=30)


@asynccontextmanager
async def house(
    folder: Path,
    answer: Answer = lambda incoming: (),
    *,
    public_url: str = "",
    rates: ChatRates | None = None,
    reply_seconds: float = 1.5,
    language: str = "id",
) -> AsyncIterator[House]:
    """A house in ``folder``, with an empty database."""
    database = open_database(f"sqlite:///{folder / 'chat.sqlite3'}")
    async with database.engine.begin() as connection:
        await connection.run_sync(metadata.create_all)
    clock = Clock()
    transcripts = Transcripts(database, Vault.new())
    listeners = Listeners()
    uploads = folder / "uploads"
    channel = WebChat(transcripts, listeners, uploads, clock=clock, watch_seconds=0)
    desk = ScriptedDesk(channel, answer)
    site = Site(
        say=lambda code: catalogue(code).gettext,
        languages=(language, *({"id", "en"} - {language})),
        office="Kecamatan Alak",
        key=KEY,
        public_url=public_url,
        clock=clock,
        chat=Chat(
            desk=desk,
            transcripts=transcripts,
            listeners=listeners,
            uploads=uploads,
            surveys=lambda: {"skm_alak": {"id": "Survei Kepuasan", "en": "Satisfaction survey"}},
            rates=rates or ChatRates(),
            reply_seconds=reply_seconds,
        ),
    )
    try:
        yield House(
            site=site,
            app=build(site),
            desk=desk,
            channel=channel,
            transcripts=transcripts,
            listeners=listeners,
            uploads=uploads,
            clock=clock,
            database=database,
            loop=asyncio.get_running_loop(),
        )
    finally:
        await channel.close()
        await database.close()


@contextmanager
def served(folder: Path, answer: Answer, **options: object) -> Iterator[tuple[str, House]]:
    """The same behind a real web server on a loop of its own; its address and the house."""
    opening = house(folder, answer, **options)  # type: ignore[arg-type]
    with served_by(opening, lambda home: home.app, before_the_end=lambda home: home.listeners.close()) as running:
        yield running
