"""Certificates are made and sent to the address that asked for one, carried out by the ticker.

Rule of the file: making one changes nothing, so doing it again sends the same paper with the same number.
"""

from __future__ import annotations

import asyncio
import json
import logging
import re
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from typing import Protocol

from bot.config import Config
from handlers.certifying import KIND
from handlers.visit import House
from reports.certificate import paper
from reports.render import pdf
from storage import documents
from storage.database import Database
from storage.documents import Document
from storage.dues import Due
from storage.unit_of_work import UnitOfWork
from storage.vault import Vault
from surveys.messages import Outgoing

log = logging.getLogger(__name__)
PDF = "application/pdf"
_NO_FILE_NAME = re.compile(r"[^\w-]+")


class Office(Protocol):
    """What is needed of the process."""

    config: Config
    database: Database
    vault: Vault
    number: int
    house: House


class Certificates:
    """The chore of one process."""

    def __init__(self, process: Office) -> None:
        self._process = process

    def kinds(self) -> Mapping[str, Callable[[Due, datetime], Awaitable[None]]]:
        """Due rows that are carried out here."""
        return {KIND: self._make}

    async def _make(self, due: Due, now: datetime) -> None:
        process = self._process
        wanted = json.loads(due.payload)
        language: str = wanted["in"]
        _ = process.house.say(language)
        async with process.database.read() as transaction:
            found = await paper(
                transaction,
                process.vault,
                wanted["number"],
                office=process.house.office,
                public_url=process.house.public_url,
                language=language,
                say=_,
            )
        if found is None:
            return
        given, words = found
        if not pdf.possible():
            log.error("a certificate is asked for, and typst is not installed: run make run once more")
            await self._send(int(wanted["to"]), Outgoing(text=_("Certificates cannot be made at the moment. Please ask "
                "the office.")), None, now)  # fmt: skip
            return
        made = await asyncio.to_thread(pdf.certificate, words, given.issued_on)
        document = Document(f"sertifikat-{_NO_FILE_NAME.sub('-', given.number).strip('-')}.pdf", PDF, made)
        await self._send(int(wanted["to"]), Outgoing(text=words.numbered, keyboard="keep"), document, now)

    async def _send(self, address_id: int, outgoing: Outgoing, document: Document | None, now: datetime) -> None:
        process = self._process
        async with process.database.write() as transaction:
            unit = UnitOfWork(transaction, process.vault, now=now, process=process.number)
            if document is not None:
                reference = await documents.keep(transaction, process.vault, address_id, document, now=now)
                outgoing = Outgoing(text=outgoing.text, media=(("file", reference),), keyboard="keep")
            unit.send(address_id, outgoing)
            await unit.flush()
