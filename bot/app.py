"""Puts the process together: settings in, everything that runs out. The only place that knows all the parts.

Order of a start: lock, keys, tables, surveys, channels, then the door opens. Order of an end: the door closes, what
waits is committed, what is on its way arrives, marks are written, and the process signs off; within five seconds.
Rule of the file: it puts together and starts and stops; no rule of the domain stands here.
"""

from __future__ import annotations

import asyncio
import logging
import random
from collections.abc import Callable, Coroutine, Sequence
from contextlib import AsyncExitStack, suppress
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from bot import metrics, referrals, trial
from bot.alarm import Alarm
from bot.bundled import folder
from bot.calendar import calendar
from bot.channels.base import Channel, SendError
from bot.chores import Chores
from bot.config import Config
from bot.delivery import Courier
from bot.hooks import Application, HookedChannel, Hooks
from bot.instance import InstanceLock
from bot.notices import notices
from bot.polling import poll_by_lease
from bot.processes import Heart
from bot.server import Server
from bot.site import Front, site_of
from bot.ticker import Ticker
from bot.wording import catalogue, languages, later
from handlers.attending import attend
from handlers.errors import Conflict
from handlers.inbox import Inbox
from handlers.library import Library
from handlers.receiving import Reception
from handlers.visit import House
from storage import settings
from storage.audit_mark import AuditMark
from storage.database import Database, open_database
from storage.documents import Documents
from storage.errors import KeyFileForeign, StorageError
from storage.identifiers import random_id
from storage.migrating import migrate, revision
from storage.unit_of_work import UnitOfWork
from storage.vault import Vault, fingerprint, fingerprints, open_vault
from surveys.messages import Address

if TYPE_CHECKING:
    from bot.channels.telegram import TelegramChannel

log = logging.getLogger(__name__)
PATIENCE = 4.0
"""Seconds an end may take before what is left is broken off."""
LAST_WORDS = 1.0
"""Seconds for signing off."""

_NO_UPDATES = {
    "conflict": later("Another program fetches this bot's messages from Telegram, or a webhook is set."),
    "refused": later("Telegram gives us no messages; if that lasts, check telegram.token."),
}


def clock() -> datetime:
    """The time, in UTC."""
    return datetime.now(UTC)


async def open_store(config: Config) -> tuple[Database, Vault, str]:
    """The database brought up to date, its keys, and the revision it had before. Raises StorageError, above all
    where the keys are other ones."""
    _make_folder(config)
    database = open_database(config.database_url)
    database.audit_mark = AuditMark(config.audit_mark)
    try:
        fresh = not await revision(database)
        vault = open_vault(config.key_file, create=fresh)
        before, after = await migrate(database)
        if before != after:
            log.info("tables: revision %s", after)
        async with database.write() as transaction:
            known = await settings.value(transaction, "keys")
            if not known:
                await settings.keep(transaction, "keys", fingerprint(vault))
        if known and known not in fingerprints(vault):
            raise KeyFileForeign(KeyFileForeign.__doc__)
        if known and known != fingerprint(vault):
            vault = vault.belonging_to(known)
            log.warning("a change of keys is not finished, finish it with: suara keys rotate")
    except BaseException:
        await database.close()
        raise
    return database, vault, before


def _make_folder(config: Config) -> None:
    """The data folder is there. Raises Conflict where it cannot be made."""
    try:
        config.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        _ = catalogue(config.locale.language).gettext
        words = _("The data folder {folder} cannot be used: {why}. Choose another with data.folder.")
        raise Conflict(words.format(folder=config.folder, why=error.strerror or error)) from None


def house_of(
    config: Config,
    library: Library,
    vault: Vault,
    ways: Callable[[str], Sequence[tuple[str, str]]] = lambda payload: (),
) -> House:
    """What the use-cases rely on."""
    spoken = (config.locale.language, *(one for one in languages() if one != config.locale.language))
    gettexts: dict[str, Callable[[str], str]] = {one: catalogue(one).gettext for one in spoken}
    return House(
        surveys=library,
        say=lambda language: gettexts.get(language, gettexts[spoken[0]]),
        languages=spoken,
        timezone=config.timezone,
        office=office_of(config),
        seal=vault.lookup,
        older_seals=lambda purpose, text: vault.lookups(purpose, text)[1:],
        notices=notices(config.locale.catalog),
        public_url=config.public_url,
        contact=config.privacy.contact,
        ways=ways,
        referrals=referrals.read(folder("catalog") / config.locale.catalog, say=gettexts[spoken[0]]),
        jp_targets=config.training.jp_targets,
        certificate_number=config.training.certificate_number if config.training.certificates else "",
        testers=frozenset(admins_of(config)),
        calendar=calendar(config, gettexts[spoken[0]], log.warning),
    )


def admins_of(config: Config) -> tuple[Address, ...]:
    """Those who look after the program."""
    return tuple(Address("telegram", str(number)) for number in config.admin.telegram_ids)


def office_of(config: Config) -> str:
    """The office's name as people read it: the district of the catalog."""
    return f"Kecamatan {config.locale.catalog.replace('_', ' ').title()}"


def telegram_of(config: Config, documents: Documents | None = None) -> TelegramChannel | None:
    """The bot, where there is a token."""
    token = config.telegram.token.get_secret_value()
    if not token:
        return None
    from bot.channels.telegram import TelegramChannel

    return TelegramChannel(
        token,
        base_url=config.telegram.base_url,
        base_file_url=config.telegram.base_file_url,
        secret=config.telegram.webhook_secret.get_secret_value(),
        media_folder=config.folder / "survey_media",
        documents=documents,
        per_second=config.telegram.messages_per_second,
    )


class Process:
    """One running process: everything that runs, and how it starts and ends."""

    def __init__(
        self, config: Config, database: Database, vault: Vault, *, clock: Callable[[], datetime] = clock
    ) -> None:
        self.clock = clock
        self.config = config
        self.database = database
        self.vault = vault
        self.number = random_id()
        rng = random.SystemRandom()
        self.library = Library()
        self.house = house_of(config, self.library, vault, self._ways)
        self.channels: dict[str, Channel] = {}
        self.courier = Courier(
            self.channels,
            database,
            vault,
            process=self.number,
            clock=clock,
            rng=rng,
            alive=lambda: self.heart.alive(),  # noqa: PLW0108 -- read late: it is made after this
            nudge=lambda: self.inbox.nudge(),  # noqa: PLW0108 -- read late: it is made after this
        )
        self.reception = Reception(
            house=self.house, library=self.library, attend=attend, rng=rng, busy=self.courier.busy
        )
        self.inbox = Inbox(
            database,
            vault,
            self.reception,
            self.courier,
            clock=clock,
            process=self.number,
            batch=config.limits.batch,
            waiting=config.limits.waiting,
            per_person=config.limits.per_person,
            careful_seconds=config.limits.careful_seconds,
        )
        self.heart = Heart(
            database, self.number, clock=clock, on_death=self._somebody_died, on_lost=self.courier.abandon
        )
        self.alarm = Alarm(self.channels, admins_of(config))
        self.stored = metrics.Stored()
        self.latency = metrics.Latency()
        self.numbers = metrics.Numbers(
            self.inbox, self.courier, self.latency, lambda: self.stored, lambda: not self.trouble()
        )
        self.chores = Chores(self)
        self.tickers = self._tickers()
        self.telegram = telegram_of(config, Documents(database, vault))
        if self.telegram is not None:
            self.channels[self.telegram.name] = self.telegram
        self.server: Server | None = None
        self.admin_code = ""
        """In trial mode: what signs in to the dashboard, once."""
        self._rng = rng
        self._tasks: list[asyncio.Task[None]] = []
        self._taking: asyncio.Task[None] | None = None
        self._polling: asyncio.Task[None] | None = None
        self._poll_trouble = ""
        self.store_trouble = ""
        """Why nothing could be written when it was last tried (``bot.chores``), "" if it could."""

    def _tickers(self) -> Sequence[Ticker]:
        beside = self.chores.beside()
        others = {name: chore for name, chore in self.chores.all().items() if name not in beside}
        return [Ticker(chores, clock=self.clock, timezone=self.config.timezone) for chores in (others, beside)]

    def _somebody_died(self) -> None:
        self.inbox.be_careful()

    def _ways(self, payload: str) -> list[tuple[str, str]]:
        """(channel, link) that says ``/start payload`` there."""
        links = []
        if self.telegram is not None and self.telegram.username:
            links.append((self.telegram.name, f"https://t.me/{self.telegram.username}?start={payload}"))
        if self.config.web.enabled and self.config.web.public_url:
            links.append(("webchat", f"{self.config.web.public_url}/chat?start={payload}"))
        return links

    # ---- start --------------------------------------------------------------------------------------

    async def start(self) -> None:
        """Open the door. Raises StorageError, SurveyError, SendError, OSError."""
        await self.heart.start()
        if self.config.trial:
            await trial.publish_bundled(self.database, self.config.locale.catalog, self.clock())
            if self.config.web.enabled:
                self.admin_code = await trial.owner_code(self.database, self.vault, self.clock())
        async with self.database.read() as transaction:
            await self.library.refresh(transaction, asyncio.get_running_loop().time())
        site = self._site() if self.config.web.enabled else None
        webhook = self.telegram is not None and self.config.telegram.mode == "webhook"
        self._spawn(self.heart.run())
        self._taking = self._spawn(self.inbox.run())
        self._spawn(self.courier.run())
        for channel in list(self.channels.values()):
            await self._open(channel)
        if site is not None or webhook:
            self.server = self._listening(site, webhook=webhook)
            self._spawn(self.server.run())
            await self.server.started()
        await self.chores.after_start(self.clock())
        for ticker in self.tickers:
            ticker.start()
        if self.telegram is not None and not webhook:
            self._polling = asyncio.create_task(
                poll_by_lease(
                    self.telegram, self.inbox, self.heart, poison=self.note_unreadable, rng=self._rng, watch=self._watch
                )
            )

    def _listening(self, site: Application | None, *, webhook: bool) -> Server:
        host, port = self.config.web.host, self.config.web.port
        try:
            return Server(self._front(site, webhook=webhook), host=host, port=port)
        except OSError as error:
            _ = self.house.say(self.config.locale.language)
            words = _("{host}:{port} cannot be used: {why}. Choose another place with web.host and web.port.")
            raise Conflict(words.format(host=host, port=port, why=error.strerror or error)) from None

    async def _open(self, channel: Channel) -> None:
        """A platform that cannot be reached now is tried again by whoever sends; a refused token stops the start."""
        try:
            await channel.open()
        except SendError as error:
            if error.permanent:
                raise
            log.warning("%s cannot be reached now: %s", channel.name, error)

    def beside(self, coroutine: Coroutine[None, None, None]) -> None:
        """Let this run beside everything else, until the process ends."""
        self._spawn(coroutine).add_done_callback(self._let_go_of)

    def _let_go_of(self, task: asyncio.Task[None]) -> None:
        with suppress(ValueError):
            self._tasks.remove(task)

    def _spawn(self, coroutine: Coroutine[None, None, None]) -> asyncio.Task[None]:
        task = asyncio.create_task(coroutine)
        task.add_done_callback(_report)
        self._tasks.append(task)
        return task

    def _site(self) -> Application:
        from bot.channels.webchat import WebChat
        from storage.webchat import Transcripts
        from web.listening import Listeners

        transcripts, listeners = Transcripts(self.database, self.vault), Listeners()
        channel = WebChat(
            transcripts,
            listeners,
            self.config.folder / "uploads",
            clock=self.clock,
            watch_seconds=0.0 if self.database.sqlite else 1.0,
        )
        self.channels[channel.name] = channel
        return site_of(
            self.config,
            self.house,
            self.vault,
            self.inbox,
            channel,
            transcripts,
            listeners,
            documents=Documents(self.database, self.vault),
            clock=self.clock,
            telegram_name=lambda: self.telegram.username if self.telegram is not None else "",
            database=self.database,
        )

    def _front(self, site: Application | None, *, webhook: bool) -> Application:
        front = Front(ready=self.trouble, metrics=lambda: metrics.text(self.numbers), beyond=site)
        hooked: dict[str, HookedChannel] = {}
        if webhook and self.telegram is not None:
            hooked[self.telegram.name] = self.telegram
        return Hooks(
            hooked, self.inbox, clock=self.clock, poison=self.note_unreadable, beyond=front, latency=self.latency.add
        )

    # ---- while it runs ------------------------------------------------------------------------------

    def trouble(self) -> str:
        """Why the process is not ready, "" if it is."""
        return self.inbox.trouble or self.store_trouble or self._poll_trouble

    def _watch(self, trouble: str) -> None:
        self._poll_trouble = _NO_UPDATES.get(trouble, "")
        log.warning("fetching from Telegram: %s", trouble or "well again")

    async def note_unreadable(self, channel: str, number: str, why: str) -> None:
        """An update that cannot be read is noted, without what stood in it. Raises StorageError."""
        async with self.database.write() as transaction:
            unit = UnitOfWork(transaction, self.vault, now=self.clock(), process=self.number)
            unit.record_incident("unreadable", channel, number, why)
            await unit.flush()

    # ---- end ----------------------------------------------------------------------------------------

    async def stop(self) -> None:
        """Close the door and end well, within ``PATIENCE`` and ``LAST_WORDS`` as far as it depends on us. May follow
        a start that failed."""
        if self._polling is not None:
            self._polling.cancel()
            with suppress(asyncio.CancelledError):
                await self._polling
        for channel in self.channels.values():
            if channel.name == "webchat":
                await channel.close()  # its streams would keep the server
        if self.server is not None:
            self.server.close()
        with suppress(TimeoutError, StorageError):
            async with asyncio.timeout(PATIENCE):
                await asyncio.gather(*(ticker.stop() for ticker in self.tickers))
                while self.inbox.waiting and not self.inbox.trouble:  # noqa: ASYNC110 -- two loops end, not one event
                    await asyncio.sleep(0.01)
                await self.courier.close(patience=1.5)
                self.inbox.close()
                if self._taking is not None:
                    await asyncio.wait((self._taking,))
        if self.server is not None:
            self.server.break_off()
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*list(self._tasks), return_exceptions=True)
        with suppress(TimeoutError, StorageError):
            async with asyncio.timeout(LAST_WORDS):
                await self.heart.stop()  # after all that leases; whatever became of it, we did not die
        for channel in self.channels.values():
            if channel.name != "webchat":
                with suppress(SendError):
                    await channel.close()


def _report(task: asyncio.Task[None]) -> None:
    if not task.cancelled() and (error := task.exception()) is not None:
        log.error("a part of the process ended", exc_info=error)


async def serve(
    config: Config,
    *,
    stopped: asyncio.Event,
    started: Callable[[Process], None] = lambda _: None,
    clock: Callable[[], datetime] = clock,
) -> None:
    """Run until ``stopped``. Raises StorageError, SurveyError, SendError, OSError where it cannot start."""
    async with AsyncExitStack() as stack:
        if config.database_url.startswith("sqlite"):
            _make_folder(config)
            lock = InstanceLock(config.folder, catalogue(config.locale.language).gettext)
            lock.take()
            stack.callback(lock.release)
        database, vault, _before = await open_store(config)
        stack.push_async_callback(database.close)
        process = Process(config, database, vault, clock=clock)
        try:
            await process.start()
            started(process)
            await stopped.wait()
        finally:
            await process.stop()
