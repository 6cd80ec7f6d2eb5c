"""The pages of this process: the web chat and the dashboard, and before them the addresses for machines.

Rule of the file: ``/healthz``, ``/readyz`` and ``/metrics`` are answered without a page and without a database.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, time
from typing import cast

from pydantic import SecretStr

from bot import catalog
from bot.bundled import folder
from bot.channels.webchat import WebChat
from bot.config import Config, fields
from bot.hooks import Application, Receive, Scope, Send, read
from bot.units import kelurahan_of, lists_of, positions_of, units_of
from bot.wording import catalogue
from handlers.inbox import Inbox, Overloaded
from handlers.visit import House
from storage.database import Database
from storage.documents import Documents
from storage.vault import Vault
from storage.webchat import Transcripts
from surveys.errors import Problem
from surveys.survey import Survey
from surveys.xlsform import FileType, examine
from web.listening import Listeners
from web.site import Administration, Chat, Site, TooBusy


class Front:
    """ASGI: health and numbers here, everything else beyond. ``beyond`` None: there are no pages."""

    def __init__(self, *, ready: Callable[[], str], metrics: Callable[[], bytes], beyond: Application | None) -> None:
        self._ready = ready
        self._metrics = metrics
        self._beyond = beyond

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI."""
        path = scope.get("path", "") if scope["type"] == "http" else ""
        if path == "/healthz":
            await _plain(send, 200, b"ok\n")
        elif path == "/readyz":
            trouble = self._ready()
            await _plain(send, 503 if trouble else 200, (trouble or "ready").encode() + b"\n")
        elif path == "/metrics":
            await _plain(send, 200, self._metrics(), b"text/plain; version=0.0.4; charset=utf-8")
        elif self._beyond is not None:
            await self._beyond(scope, receive, send)
        elif scope["type"] == "http":
            await _plain(send, 404, b"not found\n")


async def _plain(send: Send, status: int, body: bytes, kind: bytes = b"text/plain; charset=utf-8") -> None:
    headers = [(b"content-type", kind), (b"content-length", str(len(body)).encode()), (b"cache-control", b"no-store")]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


class ChatDesk:
    """``web.site.Desk``: what a visitor's page sends goes through the same door as everything else."""

    def __init__(self, channel: WebChat, inbox: Inbox, clock: Callable[[], datetime]) -> None:
        self._channel = channel
        self._inbox = inbox
        self._clock = clock

    async def hand_in(self, update: Mapping[str, object]) -> None:
        """Returns once committed. Raises TooBusy, and ValueError for what is no update."""
        incoming = read(self._channel, update, self._clock())
        if incoming is None:
            return
        try:
            await self._inbox.submit(incoming)
        except Overloaded as error:
            raise TooBusy(error.retry_after) from None


def site_of(  # noqa: PLR0913 -- the parts of a process
    config: Config,
    house: House,
    vault: Vault,
    inbox: Inbox,
    channel: WebChat,
    transcripts: Transcripts,
    listeners: Listeners,
    *,
    documents: Documents | None = None,
    clock: Callable[[], datetime],
    telegram_name: Callable[[], str],
    database: Database | None = None,
) -> Application:
    """The site as one application; with ``database`` there is a dashboard."""
    from web.app import build

    def titles() -> dict[str, Mapping[str, str]]:
        return {name: one.playbook.title for name, one in house.surveys.newest().items() if not one.closed}

    chat = Chat(
        desk=ChatDesk(channel, inbox, clock),
        transcripts=transcripts,
        listeners=listeners,
        uploads=config.folder / "uploads",
        media=config.folder / "survey_media",
        documents=documents,
        surveys=titles,
    )
    site = Site(
        say=house.say,
        languages=house.languages,
        office=house.office,
        key=vault.site_key(),
        public_url=config.web.public_url,
        timezone=config.timezone,
        telegram_name=telegram_name,
        clock=clock,
        chat=chat,
        administration=None if database is None else administration_of(config, database, vault, house),
    )
    return build(site)


def administration_of(config: Config, database: Database, vault: Vault, house: House) -> Administration:
    """What the dashboard needs beside the site."""
    district = config.locale.catalog

    def examined(
        content: bytes, kind: str, name: str, say: Callable[[str], str]
    ) -> tuple[Survey | None, Sequence[Problem]]:
        lists = catalog.files(folder("catalog") / district)
        file_type = cast("FileType", kind)
        return examine(content, file_type=file_type, name_hint=name, files=lists, say=say, zone=config.timezone)

    return Administration(
        database=database,
        vault=vault,
        uploads=config.folder / "uploads",
        media=config.folder / "media",
        forms=examined,
        units=lambda: units_of(district),
        lists=lambda: lists_of(district),
        calendar=lambda: house.calendar,
        positions=lambda: positions_of(district),
        serves=lambda: kelurahan_of(district),
        facts=lambda: facts_of(config),
    )


def facts_of(config: Config) -> list[tuple[str, str]]:
    """Every setting by its key; of a secret only whether there is one."""
    _ = catalogue(config.locale.language).gettext
    found = []
    for section, key in fields():
        value = getattr(getattr(config, section), key)
        if isinstance(value, SecretStr):
            value = _("set") if value.get_secret_value() else ""
        elif isinstance(value, bool):
            value = _("yes") if value else _("no")
        elif isinstance(value, tuple):
            value = ", ".join(str(one) for one in value)
        elif isinstance(value, dict):
            value = ", ".join(f"{name} = {one}" for name, one in value.items())
        elif isinstance(value, time):
            value = f"{value:%H.%M}"
        found.append((f"{section}.{key}", "" if value is None else str(value)))
    return found
