"""What people asked for about their data, carried out by the ticker: copies, what is left after deleting, retention.

Rule of the file: each is a due row or a chore that changes nothing the second time; a failure leaves the request open,
and it is tried again.
"""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime, timedelta
from itertools import zip_longest
from typing import Protocol

from bot.config import Config
from handlers import copying
from handlers.copying import Copy
from handlers.copying_files import ALL_PACKS, Packs, packed, shared_out
from handlers.data_requests import COPY
from handlers.library import Library
from handlers.visit import House
from storage import documents, dossier, dues, erasing, media, privacy, settings
from storage.database import Database, Transaction
from storage.dues import Due
from storage.erasing import ADDRESS, LINES, OWED
from storage.media import FILES
from storage.unit_of_work import UnitOfWork
from storage.vault import Vault
from surveys.messages import Outgoing

log = logging.getLogger(__name__)
AGAIN = timedelta(seconds=30)
"""While the last word to somebody who deleted their data is still on its way."""


class Office(Protocol):
    """What is needed of the process."""

    config: Config
    database: Database
    vault: Vault
    number: int
    house: House
    library: Library


class Rights:
    """The chores of one process."""

    def __init__(self, process: Office) -> None:
        self._process = process
        self._database = process.database

    def kinds(self) -> Mapping[str, Callable[[Due, datetime], Awaitable[None]]]:
        """Due rows that are carried out here."""
        return {COPY: self._copy, FILES: self._files, ADDRESS: self._address, LINES: self._lines}

    async def _copy(self, due: Due, now: datetime) -> None:
        """Make the files and send them to the address that asked."""
        process = self._process
        number, address_id, language = due.payload.split()
        _ = process.house.say(language)
        async with self._database.read() as transaction:
            request = await privacy.request(transaction, process.vault, int(number))
            if request is None or request.done_at is not None:
                return
            held = await dossier.read(transaction, process.vault, request.subject)
            if held is None:
                return
            wanted = {one.survey_id for one in held.responses} | {one.survey_id for one, _state in held.sessions}
            await process.library.ensure(transaction, wanted)
        here = process.config.folder / "media"
        packs = await asyncio.to_thread(shared_out, held.files, here)
        copy = Copy(
            held,
            process.library.by_id,
            office=process.house.office,
            language=language,
            say=_,
            timezone=process.house.timezone,
            now=now,
            handed=packs.handed,
        )
        made = await asyncio.to_thread(copy.documents)
        references = await self._packs(int(address_id), packs, now)
        words = (
            _("Your data as a file for other programs."),
            _("The same as a table. Both files are deleted here within a day."),
        )
        async with self._database.write() as transaction:
            if not await privacy.done(transaction, request.id, now):
                return  # somebody else was quicker
            unit = UnitOfWork(transaction, process.vault, now=now, process=process.number)
            for document, text in zip(made, words, strict=True):
                reference = await documents.keep(transaction, process.vault, int(address_id), document, now=now)
                unit.send(int(address_id), Outgoing(text=text, media=(("file", reference),), keyboard="keep"))
            for said, file in zip_longest(self._said_of(packs, _), references, fillvalue=""):
                unit.send(
                    int(address_id),
                    Outgoing(text=said, media=(("file", file),) if file else (), keyboard="keep"),
                )
            await unit.flush()

    async def _packs(self, address_id: int, packs: Packs, now: datetime) -> list[str]:
        """Keep the ZIPs for that address, each in a transaction of its own: answers of others need not wait. A copy
        made before that was not taken goes."""
        process = self._process
        async with self._database.write() as transaction:
            await documents.recall(transaction, address_id, copying.NAME)
        name = copying.named(now, process.house.timezone)
        made = packed(packs, process.config.folder / "media", name, made=now.astimezone(process.house.timezone))
        found = []
        while (document := await asyncio.to_thread(next, made, None)) is not None:
            async with self._database.write() as transaction:
                found.append(await documents.keep(transaction, process.vault, address_id, document, now=now))
        return found

    def _said_of(self, packs: Packs, say: Callable[[str], str]) -> list[str]:
        """What stands beside each pack; after them what was not handed over, and why."""
        _, many = say, len(packs.files)
        said = [
            _("Your photos, recordings and documents (part {number} of {many}).").format(number=number, many=many)
            if many > 1
            else _("Your photos, recordings and documents.")
            for number in range(1, many + 1)
        ]
        if packs.missing:
            words = _("{number} files of the list are not here: they could not be fetched, or not yet.")
            said.append(words.format(number=len(packs.missing)))
        if packs.too_many:
            house = self._process.house
            words = _(
                "{number} further files are not sent here: a copy in the chat holds {most} MB of files at most. Please "
                "ask {contact} for them; the list names each."
            )
            said.append(
                words.format(
                    number=len(packs.too_many), most=ALL_PACKS // 1_000_000, contact=house.contact or house.office
                )
            )
        return said

    async def _files(self, due: Due, _now: datetime) -> None:
        async with self._database.read() as transaction:
            paths = await media.unnamed(transaction, json.loads(due.payload))
        folder = self._process.config.folder / "media"
        for path in paths:
            await asyncio.to_thread((folder / path).unlink, missing_ok=True)

    async def _address(self, due: Due, now: datetime) -> None:
        async with self._database.write() as transaction:
            if not await erasing.forget_address(transaction, due.payload, now):
                await self._later(transaction, due, now + AGAIN)

    async def _later(self, transaction: Transaction, due: Due, at: datetime) -> None:
        row = {"key": due.key, "kind": due.kind, "due_at": at, "payload": due.payload, "state": "planned"}
        await dues.write(transaction, {due.key: row})

    async def _lines(self, due: Due, now: datetime) -> None:
        async with self._database.write() as transaction:
            await erasing.forget_lines(transaction, due.payload, now)

    # ---- chores -------------------------------------------------------------------------------------

    async def truncate(self, _now: datetime) -> None:
        """What was deleted goes from SQLite's log as well; while somebody reads an older moment, the next time."""
        async with self._database.read() as transaction:
            owed = await settings.value(transaction, OWED)
        if not owed or not await erasing.truncated(self._database):
            return
        async with self._database.write() as transaction:
            if await settings.value(transaction, OWED) == owed:
                await settings.keep(transaction, OWED, "")

    async def purge(self, now: datetime) -> None:
        """Documents nobody took."""
        async with self._database.write() as transaction:
            await documents.purge(transaction, now)
