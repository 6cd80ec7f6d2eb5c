"""The real desk with the real surveys on a real database, and people who write to it.

A person's messages and ours count along one line of numbers, as on the platforms, so that what was written before a
prompt was on the screen can be told apart. The receipts of what was sent ride with the person's next message.
"""

from __future__ import annotations

import asyncio
import random
import re
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import orjson
from sqlalchemy import text as sql

from bot.bundled import folder
from bot.notices import notices
from bot.referrals import read as read_referrals
from bot.trial import publish_bundled
from bot.wording import catalogue, languages
from handlers import ticking
from handlers.attending import attend
from handlers.clean import cleaned
from handlers.inbox import Inbox
from handlers.library import Library
from handlers.receiving import Reception
from handlers.visit import House
from storage import outgoing_notation, processes
from storage import surveys as stored
from storage.database import Database, open_database
from storage.deliveries import Leased, Mark
from storage.migrating import migrate
from storage.people import lookup_of
from storage.unit_of_work import UnitOfWork
from storage.vault import Vault
from surveys import notation
from surveys.engine import load_session
from surveys.messages import Address, Button, Edit, Incoming, Media, Other, Outgoing, Press, Reply, Text
from surveys.session import Place, Session
from surveys.xlsform import read

TUESDAY = datetime(2026, 11, 24, 1, 5, tzinfo=UTC)
"""09.05 in Alak."""
WITA = ZoneInfo("Asia/Makassar")
_MARK = re.compile(r"^\W+\s")


@dataclass
class Screens:
    """Shows at once whatever is sent, and marks it; ``handlers.inbox.Sender``."""

    shown: dict[Address, list[tuple[str, Outgoing]]] = field(default_factory=dict)
    """What stands on each person's screen, in order: message id, message."""
    fresh: dict[Address, list[Outgoing]] = field(default_factory=dict)
    """What came since they last did something."""
    last: dict[Address, int] = field(default_factory=dict)
    marks: list[Mark] = field(default_factory=list)

    def number(self, person: Address) -> str:
        """The next in their line of numbers."""
        self.last[person] = self.last.get(person, 100) + 1
        return str(self.last[person])

    def post(self, leased: Sequence[Leased]) -> None:
        for one in leased:
            self.marks.append(
                Mark(
                    id=one.id,
                    address_id=one.address_id,
                    outcome="sent",
                    message_id=self.show(one.address, one.outgoing),
                    tag=one.outgoing.tag,
                )
            )

    def show(self, person: Address, outgoing: Outgoing) -> str:
        """Put it on the screen; its message id."""
        shown = self.shown.setdefault(person, [])
        self.fresh.setdefault(person, []).append(outgoing)
        if outgoing.edits:
            place = next(n for n, (message_id, _) in enumerate(shown) if message_id == outgoing.edits)
            before = shown[place][1]
            shown[place] = (outgoing.edits, replace(before, text=outgoing.text or before.text, rows=outgoing.rows))
            return outgoing.edits
        if not (outgoing.text or outgoing.rows):
            return ""
        message_id = self.number(person)
        shown.append((message_id, outgoing))
        return message_id

    def busy(self, address_id: int) -> bool:  # noqa: ARG002 -- nothing is ever on its way for long
        return False

    def behind(self, address_id: int) -> int:  # noqa: ARG002 -- the same
        return 0

    def take_marks(self) -> list[Mark]:
        marks, self.marks = self.marks, []
        return marks

    def give_back(self, marks: Sequence[Mark]) -> None:
        self.marks[:0] = marks

    def written(self, marks: Sequence[Mark], *, queued: bool) -> None:
        """Nothing hangs on it here."""


@dataclass
class Counter:
    """The desk. ``restart`` ends the process and starts another one on the same file."""

    file: Path
    vault: Vault
    now: datetime = TUESDAY
    database: Database = field(init=False)
    screens: Screens = field(default_factory=Screens)
    library: Library = field(init=False)
    reception: Reception = field(init=False)
    inbox: Inbox = field(init=False)
    updates: int = 0
    processes: int = 0
    _task: asyncio.Task[None] | None = None

    async def open(self) -> None:
        self.processes += 1
        self.database = open_database(f"sqlite+aiosqlite:///{self.file}")
        self.library = Library()
        spoken = ("id", *(one for one in languages() if one != "id"))
        house = House(
            surveys=self.library,
            say=lambda language: catalogue(language).gettext,
            languages=spoken,
            timezone=WITA,
            office="Kecamatan Alak",
            seal=self.vault.lookup,
            notices=notices("alak"),
            referrals=read_referrals(folder("catalog") / "alak"),
        )
        self.reception = Reception(
            house=house, library=self.library, attend=attend, rng=random.Random(self.processes), busy=self.screens.busy
        )
        async with self.database.write() as transaction:
            await processes.sign_on(transaction, self.processes, self.now)
        self.inbox = Inbox(
            self.database, self.vault, self.reception, self.screens, clock=lambda: self.now, process=self.processes
        )
        await self.look_again()
        self._task = asyncio.create_task(self.inbox.run())

    async def close(self) -> None:
        assert self._task is not None
        self.inbox.close()
        await self._task
        await self.database.close()

    async def restart(self) -> None:
        await self.close()
        await self.open()

    async def look_again(self) -> None:
        """Which surveys there are."""
        self.library.outdated()
        async with self.database.read() as transaction:
            await self.library.refresh(transaction, asyncio.get_running_loop().time())

    def wait(self, **duration: float) -> None:
        """Time passes."""
        self.now += timedelta(**duration)

    async def expire(self) -> int:
        """The ticker closes what is too old."""
        async with self.database.write() as transaction:
            unit = UnitOfWork(transaction, self.vault, now=self.now, process=self.processes)
            return await ticking.expire(unit, self.reception, most=100)

    async def fetched(self, *, kept: bool) -> None:
        """Every file that is wanted arrives, or cannot be had."""
        for media_id, session in await self.rows("SELECT id, session_id FROM media WHERE state = 'wanted' ORDER BY id"):
            async with self.database.write() as transaction:
                state = "fetched" if kept else "failed"
                await transaction.run(sql(f"UPDATE media SET state = '{state}' WHERE id = '{media_id}'"))
                unit = UnitOfWork(transaction, self.vault, now=self.now, process=self.processes)
                await ticking.file_arrived(
                    unit, self.reception, int(str(session)), str(media_id), kept=kept, channel="telegram"
                )

    async def publish(self, form: str, *, closes: datetime | None = None) -> str:
        """A form as its author writes it; its name."""
        survey, _warnings = read(form.encode(), file_type=".md", name_hint="uji", zone=WITA)
        survey = replace(survey, chat=replace(survey.chat, closes=closes or survey.chat.closes))
        async with self.database.write() as transaction:
            await stored.publish(
                transaction,
                name=survey.name,
                version=await stored.next_version(transaction, survey.name),
                notation=orjson.dumps(notation.dump(survey)),
                source=None,
                source_type="",
                now=self.now,
            )
        await self.look_again()
        return survey.name

    async def close_survey(self, name: str) -> None:
        async with self.database.write() as transaction:
            await stored.set_state(transaction, name, "closed")
        await self.look_again()

    # ---- looking ------------------------------------------------------------------------------------

    async def rows(self, statement: str) -> list[tuple[object, ...]]:
        """Every row."""
        async with self.database.read() as transaction:
            return [tuple(row) for row in await transaction.all(sql(statement))]

    async def counts(self) -> dict[str, int]:
        """How many rows each table has that says something of people, empty ones left out."""
        tables = (
            "respondent", "address", "consent", "response", "session", "answer", "pending_response", "participation",
            "media", "ticket",
        )  # fmt: skip
        found = {}
        for table in tables:
            [(number,)] = await self.rows(f"SELECT count(*) FROM {table}")
            if number:
                found[table] = int(str(number))
        return found

    async def answers(self) -> dict[str, str]:
        """What stands in the record, question to value."""
        return {str(place): str(value) for place, value in await self.rows("SELECT place, value FROM answer")}

    async def sessions(self) -> list[Session]:
        """Open ones, as stored."""
        rows = await self.rows("SELECT id, state FROM session ORDER BY touched_at, id")
        return [
            load_session(self.vault.unseal(b"session/state/%d" % int(str(number)), state))  # type: ignore[arg-type]
            for number, state in rows
        ]

    async def queued(self) -> list[str]:
        """What the ticker has to say, in order; taken off the queue."""
        rows = await self.rows("SELECT id, body FROM delivery WHERE state = 'queued' ORDER BY id")
        async with self.database.write() as transaction:
            await transaction.run(sql("UPDATE delivery SET state = 'sent', body = NULL WHERE state = 'queued'"))
        return [
            outgoing_notation.load(self.vault.unseal(b"delivery/body/%d" % int(str(number)), body)).text  # type: ignore[arg-type]
            for number, body in rows
        ]

    def raw(self) -> bytes:
        """Every byte on the disk: the file and what lies beside it."""
        return b"".join(path.read_bytes() for path in sorted(self.file.parent.glob(f"{self.file.name}*")))

    # ---- people -------------------------------------------------------------------------------------

    def person(self, name: str = "7", *, channel: str = "telegram", language: str = "id") -> Person:
        return Person(self, Address(channel, name), language)


@dataclass
class Person:
    """Somebody who writes to us."""

    counter: Counter
    address: Address
    language: str
    said: list[Outgoing] = field(default_factory=list)
    """What they were told last."""
    message_id: str = ""
    """Of what they sent last."""
    pressed: Press | None = None

    def incoming(self, reply: Reply, *, message_id: str = "", group: bool = False) -> Incoming:
        """The next update. ``message_id``: that of an earlier moment, for what arrives late."""
        self.counter.updates += 1
        self.message_id = message_id or self.counter.screens.number(self.address)
        return Incoming(
            address=self.address,
            external_id=str(self.counter.updates),
            reply=reply,
            sent_at=self.counter.now,
            message_id=self.message_id,
            language=self.language,
            group=group,
        )

    async def send(self, *replies: Reply | str, group: bool = False) -> Person:
        """One after the other, each answered before the next; ``said`` is the answer to the last."""
        for reply in replies:
            self.counter.wait(seconds=5)
            typed = Text(reply) if isinstance(reply, str) else reply
            await self.hand_in(self.incoming(typed, group=group))
        return self

    async def at_once(self, *replies: Reply | str) -> Person:
        """All before any of it is answered: one batch."""
        incomings = [self.incoming(Text(reply) if isinstance(reply, str) else reply) for reply in replies]
        await self.hand_in(*incomings)
        return self

    async def hand_in(self, *incomings: Incoming) -> None:
        self.counter.screens.fresh[self.address] = []
        await asyncio.gather(*(self.counter.inbox.submit(cleaned(incoming)) for incoming in incomings))
        self.said = self.counter.screens.fresh[self.address]
        assert await self.counter.rows("SELECT code, detail FROM incident") == []

    async def press(self, *labels: str) -> Person:
        """Inline buttons of the newest message that has such a one."""
        for label in labels:
            message_id, button = self._inline(label)
            self.pressed = Press(button.data, message_id, f"cb{self.counter.updates}")
            await self.send(self.pressed)
        return self

    async def press_again(self) -> Person:
        """A double tap on what was pressed last."""
        assert isinstance(self.pressed, Press)
        return await self.send(replace(self.pressed, callback_id=f"cb{self.counter.updates}"))

    def _inline(self, label: str) -> tuple[str, Button]:
        for message_id, outgoing in reversed(self.counter.screens.shown.get(self.address, [])):
            for row in outgoing.rows:
                for button in row:
                    if button.data and label in {button.label, _MARK.sub("", button.label)}:
                        return message_id, button
        raise AssertionError(f"There is no button {label} to press.")

    async def edit(self, message_id: str, words: str | Media) -> Person:
        return await self.send(Edit(message_id, Text(words) if isinstance(words, str) else words))

    async def photo(self, *, album: str = "", reference: str = "foto") -> Person:
        return await self.send(Media(kind="image", reference=reference, mime="image/jpeg", size=1000, album=album))

    async def voice(self) -> Person:
        return await self.send(
            Media(kind="audio", reference="suara", mime="audio/ogg", size=1000, seconds=9, voice=True)
        )

    async def other(self, what: str) -> Person:
        return await self.send(Other(what))

    @property
    def text(self) -> str:
        """All they were told last."""
        return "\n\n".join(outgoing.text for outgoing in self.said if outgoing.text)

    @property
    def buttons(self) -> list[str]:
        """Of the last message."""
        return [button.label for row in self.said[-1].rows for button in row] if self.said else []

    @property
    def shown(self) -> Outgoing:
        """The newest message on their screen."""
        return self.counter.screens.shown[self.address][-1][1]

    async def session(self) -> Session:
        """The one open session."""
        [session] = await self.counter.sessions()
        return session

    async def dialog(self) -> dict[str, str]:
        """What is remembered of them outside surveys."""
        lookup = lookup_of(self.address, self.counter.vault).hex()
        [(number, sealed)] = await self.counter.rows(f"SELECT id, dialog FROM address WHERE lookup = X'{lookup}'")
        if not isinstance(sealed, bytes):
            return {}
        dialog: dict[str, str] = orjson.loads(self.counter.vault.unseal(f"address/dialog/{number}".encode(), sealed))
        return dialog

    async def stands(self) -> str:
        """What is asked now: "menu", "consent" … outside surveys, the question inside one, "@paused", "" if nothing."""
        dialog = await self.dialog()
        if dialog.get("doing"):
            return str(dialog["doing"])
        open_ = [session for session in await self.counter.sessions() if session.doing != "paused"]
        if not open_:
            return "@paused" if await self.counter.sessions() else ""
        session = open_[-1]
        return session.at.name if session.doing == "asking" and session.at is not None else f"@{session.doing}"

    async def value(self, name: str, *position: int) -> str:
        answer = (await self.session()).answers.get(Place(name, position))
        return "" if answer is None else answer.value


@dataclass(frozen=True)
class Template:
    """An office's file with the surveys published, to be copied for each test."""

    file: Path
    vault: Vault


async def prepare(file: Path) -> Template:
    vault = Vault.new()
    database = open_database(f"sqlite+aiosqlite:///{file}")
    await migrate(database)
    await publish_bundled(database, "alak", TUESDAY)
    await database.close()
    return Template(file, vault)


@asynccontextmanager
async def open_counter(template: Template, folder: Path) -> AsyncIterator[Counter]:
    file = folder / "suara.db"
    file.write_bytes(template.file.read_bytes())
    counter = Counter(file, template.vault)
    await counter.open()
    try:
        yield counter
    finally:
        await counter.close()
