"""An office in which one message after the other is taken, without sending anything: what was said in return is read
from the rows. Real database, real surveys, real words."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path

import orjson
from pydantic import SecretStr
from sqlalchemy import text

from bot.app import Process, open_store
from bot.chores import Chores
from bot.config import Backup, Config, Data, DatabaseSettings, Web
from bot.retaining import RETAINED
from handlers.receiving import Taken, receive
from storage import claiming, settings, surveys
from storage.deliveries import Mark
from storage.unit_of_work import UnitOfWork
from surveys import notation
from surveys.messages import Address, Incoming, Outgoing, Reply, Text
from surveys.xlsform import read
from tests.office import NOW

FORM = b"""
| survey |
| | type | name | label::Bahasa Indonesia (id) | label::English (en) | required | chat_kind |
| | text | isi | Apa yang perlu diperbaiki? | What should be better? | yes | |
| | select_one ab | nilai | Pilih satu. | Choose one. | yes | |
| | text | nama | Siapa nama Bapak/Ibu? | What is your name? | yes | name |

| choices |
| | list_name | name | label::Bahasa Indonesia (id) | label::English (en) |
| | ab | a | Alfa | Alpha |
| | ab | b | Bravo | Bravo |

| settings |
| | form_title | form_id | default_language | chat_anonymous | chat_once | chat_editable | chat_audience |
| | Suara kita | suara | Bahasa Indonesia (id) | no | yes | yes | all |
"""


@dataclass(slots=True)
class DeskOfOne:
    """Talk to it with ``tell``."""

    process: Process
    chores: Chores
    now: datetime = NOW
    _numbers: Iterator[int] = field(default_factory=lambda: count(1))

    async def tell(self, person: str, *said: str, channel: str = "telegram") -> list[Outgoing]:
        """Somebody says these things; what is said in return to the last."""
        messages: list[Outgoing] = []
        for words in said:
            messages = await self.take(self.incoming(person, Text(words), channel=channel))
        return messages

    def incoming(self, person: str, reply: Reply, *, channel: str = "telegram") -> Incoming:
        """What somebody sends, a second after what was sent before."""
        self.now += timedelta(seconds=1)
        number = str(next(self._numbers))
        return Incoming(
            address=Address(channel, person),
            external_id=number,
            reply=reply,
            sent_at=self.now,
            message_id=number,
            language="id",
        )

    async def take(self, *incomings: Incoming) -> list[Outgoing]:
        """Take these in one batch; what is said in return."""
        async with self.process.database.write() as transaction:
            unit = UnitOfWork(transaction, self.process.vault, now=self.now, process=self.process.number)
            drafts = await receive([Taken(one) for one in incomings], unit, self.process.reception)
        await self.deliver()
        return [draft.outgoing for draft in drafts]

    async def deliver(self) -> list[Outgoing]:
        """Everything that waits is sent."""
        sent: list[Outgoing] = []
        vault, number = self.process.vault, self.process.number
        while True:
            async with self.process.database.write() as transaction:
                leased = await claiming.claim(transaction, vault, process=number, now=self.now, many=1000)
                sent += [one.outgoing for one in leased]
                rows = await transaction.all(text("SELECT id, address_id FROM delivery WHERE state = 'leased'"))
                unit = UnitOfWork(transaction, vault, now=self.now, process=number)
                unit.mark([Mark(id=row[0], address_id=row[1], outcome="sent") for row in rows])
                await unit.flush()
            if not rows:
                return sent

    async def tick(self, wait: timedelta = timedelta(seconds=10)) -> None:
        """Time goes by."""
        self.now += wait
        for _every, chore in self.chores.all().values():
            await chore(self.now)

    async def rows(self, statement: str) -> list[tuple[object, ...]]:
        """What is stored."""
        async with self.process.database.read() as transaction:
            return [tuple(row) for row in await transaction.all(text(statement))]

    async def number(self, statement: str) -> int:
        """The first number of the first row."""
        return int(str((await self.rows(statement))[0][0]))


@asynccontextmanager
async def desk_of_one(
    url: str, folder: Path, *, form: bytes = FORM, files: Mapping[str, bytes] | None = None
) -> AsyncIterator[DeskOfOne]:
    """Open it on the database at ``url``."""
    config = Config(
        data=Data(folder=folder),
        database=DatabaseSettings(url=SecretStr(url)),
        web=Web(enabled=False),
        backup=Backup(keep=0),
    )
    database, vault, _before = await open_store(config)
    try:
        survey, _ = read(form, file_type=".md", name_hint="suara", files=files)
        async with database.write() as transaction:
            await surveys.publish(
                transaction,
                name=survey.name,
                version=1,
                notation=orjson.dumps(notation.dump(survey)),
                source=None,
                source_type="",
                now=NOW,
            )
            await settings.keep(transaction, RETAINED, "9999-12-31")  # it has tests of its own
        process = Process(config, database, vault)
        async with database.read() as transaction:
            await process.library.refresh(transaction, 0.0)
        yield DeskOfOne(process, Chores(process))
    finally:
        await database.close()
