"""What the ticker does about tasks after trainings: it tells people, and hands files to whoever judges.

Rule of the file: what is to be said stands in ``handlers``; here stands what needs the media folder.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Protocol

from bot.config import Config
from handlers.assessing import FILES
from handlers.receiving import Reception
from handlers.task_news import NEWS, OVERDUE, WAITING, tell
from storage import documents, dues, submissions
from storage.database import Database
from storage.documents import Document
from storage.dues import Due
from storage.submissions import File
from storage.unit_of_work import UnitOfWork
from storage.vault import Vault
from surveys.messages import Outgoing


class Office(Protocol):
    """What is needed of the process."""

    config: Config
    database: Database
    vault: Vault
    number: int
    reception: Reception


class Tasking:
    """The due rows of tasks."""

    def __init__(self, process: Office) -> None:
        self._process = process
        self._folder = process.config.folder / "media"

    def kinds(self) -> Mapping[str, Callable[[Due, datetime], Awaitable[None]]]:
        """Due rows that are carried out here."""
        return {NEWS: self._tell, WAITING: self._tell, OVERDUE: self._tell, FILES: self._files}

    async def _tell(self, due: Due, now: datetime) -> None:
        async with self._process.database.write() as transaction:
            await tell(self._unit(transaction, now), self._process.reception, due)

    async def _files(self, due: Due, now: datetime) -> None:
        """The files of a submission, to the address of whoever judges it; those that are not here yet are named."""
        process = self._process
        number, address_id, language = due.payload.split()
        _ = process.reception.house.say(language)
        async with process.database.read() as transaction:
            handed_in = await submissions.submission_of(transaction, process.vault, int(number))
            found = await submissions.files(transaction, handed_in.files) if handed_in is not None else []
        made = [await asyncio.to_thread(self._document, one, place) for place, one in enumerate(found, start=1)]
        async with process.database.write() as transaction:
            if not await dues.done(transaction, due.id, process.number):
                return
            unit = self._unit(transaction, now)
            for place, document in enumerate(made, start=1):
                text = _("File {number} of {all}").format(number=place, all=len(made))
                if document is None:
                    words = _("{file}: it is not here yet, or cannot be had.").format(file=text)
                    unit.send(int(address_id), Outgoing(text=words, keyboard="keep"))
                    continue
                reference = await documents.keep(transaction, process.vault, int(address_id), document, now=now)
                unit.send(int(address_id), Outgoing(text=text, media=(("file", reference),), keyboard="keep"))
            await unit.flush()

    def _document(self, file: File, place: int) -> Document | None:
        path = self._folder / file.path
        if not file.path or not path.is_file():
            return None
        return Document(f"bukti-{place}{Path(file.path).suffix}", file.mime, path.read_bytes())

    def _unit(self, transaction: object, now: datetime) -> UnitOfWork:
        return UnitOfWork(transaction, self._process.vault, now=now, process=self._process.number)  # type: ignore[arg-type]
