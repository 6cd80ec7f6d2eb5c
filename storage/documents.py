"""Documents made for one person, kept until they were handed to them.

Rules of the file: a document is encrypted and belongs to one address; nobody else gets it, and after a day it is gone
in any case. A message names it by ``document:<id>`` where it would name a picture of a survey.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, insert, select

from storage.database import Database, Transaction
from storage.tables import address
from storage.tables_privacy import document
from storage.vault import Vault

PREFIX = "document:"
WAITS = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Document:
    """A file as it is handed over."""

    name: str
    mime: str
    body: bytes


async def keep(transaction: Transaction, vault: Vault, address_id: int, made: Document, *, now: datetime) -> str:
    """Store it for that address; what a message names it by."""
    name = secrets.token_urlsafe(16)
    await transaction.run(
        insert(document).values(
            id=name,
            address_id=address_id,
            name=made.name,
            mime=made.mime,
            body=vault.seal(_place(name), made.body),
            created_at=now,
        )
    )
    return PREFIX + name


async def recall(transaction: Transaction, address_id: int, start: str) -> int:
    """Delete what waits for that address under names that begin so; how many."""
    mine = document.c.address_id == address_id
    return await transaction.run(delete(document).where(mine, document.c.name.startswith(start, autoescape=True)))


async def purge(transaction: Transaction, now: datetime) -> int:
    """Delete what waited longer than a day; how many."""
    return await transaction.run(delete(document).where(document.c.created_at < now - WAITS))


class Documents:
    """Read by the channels that hand them over."""

    def __init__(self, database: Database, vault: Vault) -> None:
        self._database = database
        self._vault = vault

    async def read(self, reference: str, *, channel: str, external_id: str) -> Document | None:
        """The document, None where it is gone or another's. Raises StorageError."""
        name = reference.removeprefix(PREFIX)
        lookups = list(self._vault.lookups("address", f"{channel}\0{external_id}"))
        async with self._database.read() as transaction:
            row = await transaction.first(
                select(document.c.name, document.c.mime, document.c.body)
                .join(address, address.c.id == document.c.address_id)
                .where(document.c.id == name, address.c.lookup.in_(lookups))
            )
        return None if row is None else Document(row.name, row.mime, self._vault.unseal(_place(name), row.body))

    async def handed(self, reference: str) -> None:
        """It was handed over: it goes. Raises StorageError."""
        async with self._database.write() as transaction:
            await transaction.run(delete(document).where(document.c.id == reference.removeprefix(PREFIX)))


def _place(name: str) -> bytes:
    return b"document/body/" + name.encode()
