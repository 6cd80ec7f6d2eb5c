"""What was said in the web chat, kept so that a reload does not lose it: the one channel whose screen is ours.

Rules of the file: every body is encrypted and belongs to its row; a visitor is found by the same keyed hash as their
address. What is kept is short-lived. A conversation that rests fourteen days is deleted; what was said in an anonymous
session is deleted when it ends; a secret (the PIN of an anonymous receipt) is erased once it was seen, and after a day
in any case. Every writer takes the visitor's row first, so that revisions appear in the order they were counted.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, delete, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from storage.database import Database, Transaction
from storage.errors import Missing
from storage.tables import webchat_message, webchat_visitor
from storage.vault import Vault
from storage.webchat_lines import Gone, Line, Said, as_plain, from_plain
from surveys.messages import Location, Media, Outgoing, Text

RESTS = timedelta(days=14)
"""A conversation nobody touched for so long is deleted."""
SECRET_SEEN = timedelta(minutes=15)
"""A secret on a screen is erased so long after, if the visitor did not go on before."""
SECRET_UNSEEN = timedelta(days=1)
"""A secret nobody looked at is erased so long after it was said."""
REPEATED = timedelta(minutes=1)
"""The very words of the last line, within so long and with nothing between, are a delivery that was tried twice."""


_DIGITS = 18
"""Of a line's number, at most."""


class Transcripts:
    """The conversations of all visitors. ``visitor`` is the external id of their address."""

    def __init__(self, database: Database, vault: Vault) -> None:
        self._database = database
        self._vault = vault

    # ---- writing ------------------------------------------------------------------------------------

    async def heard(
        self,
        visitor: str,
        update_id: str,
        said: Text | Media | Location,
        *,
        now: datetime,
        client_id: str = "",
        seen: int = 0,
    ) -> int:
        """The visitor said this; the line's number. The same ``update_id`` again changes nothing and gives the same
        number. ``seen`` is the revision on their screen: a secret they saw is erased, since they went on."""
        key = await self._lookup(visitor)
        async with self._database.write() as transaction:
            revision = await self._grow(transaction, key, now)
            known = await transaction.first(
                select(webchat_message.c.number).where(
                    webchat_message.c.lookup == key, webchat_message.c.update_id == update_id
                )
            )
            if known is not None:
                return int(known.number)
            await self._erase_secrets(transaction, key, revision, webchat_message.c.revision <= seen)
            await self._add(transaction, key, revision, said, update_id=update_id, client_id=client_id, now=now)
        return revision

    async def told(self, visitor: str, outgoing: Outgoing, *, now: datetime) -> int:
        """Say something to the visitor; the line's number, 0 where nothing was said.

        With ``edits`` the line of that number is replaced, if it is still there; without a text it keeps what it says
        and its buttons alone change. With ``erases_since`` what was said since then is deleted first and a note of it
        left. Raises Missing where the visitor cleared the conversation and left.
        """
        key = await self._lookup(visitor)
        async with self._database.write() as transaction:
            revision = await self._grow(transaction, key, now)
            if await self._closed(transaction, key):
                raise Missing
            if outgoing.erases_since is not None:
                await self._erase_since(transaction, key, revision, outgoing.erases_since, now)
                revision = await self._grow(transaction, key, now)
            if outgoing.edits:
                if await self._replace(transaction, key, revision, outgoing):
                    return int(outgoing.edits)
                if not (outgoing.text and outgoing.rows):  # what was to be changed or taken away is gone already
                    return 0
            if not (outgoing.text or outgoing.rows or outgoing.media):
                return 0
            last = await transaction.first(_lines(key).order_by(webchat_message.c.number.desc()).limit(1))
            if last is not None and self._repeats(key, last, outgoing, now):
                return int(last.number)
            await self._add(transaction, key, revision, outgoing, secret=outgoing.secret, now=now)
        return revision

    async def shown(self, visitor: str, numbers: Sequence[int], *, now: datetime) -> None:
        """These secret lines are on the visitor's screen."""
        key = await self._lookup(visitor)
        async with self._database.write() as transaction:
            await transaction.run(
                update(webchat_message)
                .where(
                    webchat_message.c.lookup == key,
                    webchat_message.c.number.in_(numbers),
                    webchat_message.c.shown_at.is_(None),
                )
                .values(shown_at=now)
            )

    async def noted(self, visitor: str, *, seen: int, now: datetime) -> None:
        """The visitor has written down the secrets on their screen, which shows revision ``seen``: they are erased."""
        key = await self._lookup(visitor)
        async with self._database.write() as transaction:
            revision = await self._grow(transaction, key, now)
            await self._erase_secrets(transaction, key, revision, webchat_message.c.revision <= seen)

    async def forget(self, visitor: str, *, now: datetime) -> None:
        """The whole conversation goes, and the visitor with it: the browser does not know their name any more."""
        key = await self._lookup(visitor)
        async with self._database.write() as transaction:
            await self._grow(transaction, key, now)
            await transaction.run(delete(webchat_message).where(webchat_message.c.lookup == key))
            await transaction.run(update(webchat_visitor).where(webchat_visitor.c.lookup == key).values(closed=True))

    async def purge(self, *, now: datetime) -> int:
        """Delete conversations that rest and erase secrets whose time is over; how many rows went or changed."""
        async with self._database.write() as transaction:
            resting = delete(webchat_visitor).where(webchat_visitor.c.touched_at < now - RESTS)
            gone = await transaction.run(resting)
            over = await transaction.all(
                select(webchat_message.c.lookup)
                .where(
                    webchat_message.c.secret,
                    (webchat_message.c.shown_at < now - SECRET_SEEN)
                    | (webchat_message.c.created_at < now - SECRET_UNSEEN),
                )
                .distinct()
                .order_by(webchat_message.c.lookup)
            )
            for row in over:
                revision = await self._grow(transaction, row.lookup, now=None)
                gone += await self._erase_secrets(
                    transaction,
                    row.lookup,
                    revision,
                    (webchat_message.c.shown_at < now - SECRET_SEEN)
                    | (webchat_message.c.created_at < now - SECRET_UNSEEN),
                )
        return gone

    # ---- reading ------------------------------------------------------------------------------------

    async def revision(self, visitor: str) -> int:
        """How often the conversation changed; 0 where there is none."""
        return (await self.revisions((visitor,))).get(visitor, 0)

    async def revisions(self, visitors: Sequence[str]) -> Mapping[str, int]:
        """The same for many at once; those without a conversation are left out."""
        keys = {await self._lookup(visitor): visitor for visitor in visitors}
        async with self._database.read() as transaction:
            rows = await transaction.all(
                select(webchat_visitor.c.lookup, webchat_visitor.c.revision).where(webchat_visitor.c.lookup.in_(keys))
            )
        return {keys[row.lookup]: row.revision for row in rows}

    async def read(self, visitor: str, *, last: int = 80, before: int | None = None) -> tuple[Line, ...]:
        """The latest ``last`` lines in order, or those before line ``before``."""
        key = await self._lookup(visitor)
        query = _lines(key).order_by(webchat_message.c.number.desc()).limit(last)
        if before is not None:
            query = query.where(webchat_message.c.number < before)
        async with self._database.read() as transaction:
            rows = await transaction.all(query)
        return tuple(self._line(key, row) for row in reversed(rows))

    # ---- rows ---------------------------------------------------------------------------------------

    async def _lookup(self, visitor: str) -> bytes:
        """The visitor's key. While keys are changed, a conversation under another one is moved first."""
        key, *others = self._vault.lookups("address", f"webchat\0{visitor}")
        if others:
            async with self._database.write() as transaction:
                for other in others:
                    await move(transaction, self._vault, other, key)
        return key

    async def _grow(self, transaction: Transaction, key: bytes, now: datetime | None) -> int:
        """Lock the visitor's row and count one change. ``now`` None: nobody touched it."""
        if now is not None:
            dialect = sqlite if transaction.sqlite else postgresql
            await transaction.run(
                dialect.insert(webchat_visitor).values(lookup=key, revision=0, touched_at=now).on_conflict_do_nothing()
            )
        changed: dict[str, Any] = {"revision": webchat_visitor.c.revision + 1}
        if now is not None:
            changed["touched_at"] = now
        row = await transaction.first(
            update(webchat_visitor)
            .where(webchat_visitor.c.lookup == key)
            .values(changed)
            .returning(webchat_visitor.c.revision)
        )
        return int(row.revision) if row is not None else 0

    async def _closed(self, transaction: Transaction, key: bytes) -> bool:
        row = await transaction.first(select(webchat_visitor.c.closed).where(webchat_visitor.c.lookup == key))
        return row is not None and bool(row.closed)

    async def _add(
        self,
        transaction: Transaction,
        key: bytes,
        number: int,
        said: Said,
        *,
        now: datetime,
        update_id: str = "",
        client_id: str = "",
        secret: bool = False,
    ) -> None:
        await transaction.run(
            insert(webchat_message).values(
                lookup=key,
                number=number,
                revision=number,
                update_id=update_id,
                body=self._sealed(key, number, said, client_id),
                secret=secret,
                created_at=now,
            )
        )

    async def _replace(self, transaction: Transaction, key: bytes, revision: int, outgoing: Outgoing) -> bool:
        edits = outgoing.edits
        number = int(edits) if edits.isascii() and edits.isdecimal() and len(edits) <= _DIGITS else 0
        row = await transaction.first(_lines(key).where(webchat_message.c.number == number))
        old = None if row is None else self._line(key, row).said
        if not isinstance(old, Outgoing):
            return False
        new = outgoing if outgoing.text else replace(old, rows=outgoing.rows)
        await transaction.run(
            update(webchat_message)
            .where(webchat_message.c.lookup == key, webchat_message.c.number == number)
            .values(revision=revision, body=self._sealed(key, number, new, ""), secret=outgoing.secret)
        )
        return True

    def _repeats(self, key: bytes, last: Row[Any], outgoing: Outgoing, now: datetime) -> bool:
        line = self._line(key, last)
        return now - line.at < REPEATED and as_plain(line.said) == as_plain(outgoing)

    async def _erase_since(
        self, transaction: Transaction, key: bytes, revision: int, since: datetime, now: datetime
    ) -> None:
        """The note keeps the name of their last update, so that the page which sends it once more finds it known."""
        since_then = (webchat_message.c.lookup == key) & (webchat_message.c.created_at >= since)
        theirs = await transaction.first(
            select(webchat_message.c.update_id)
            .where(since_then, webchat_message.c.update_id != "")
            .order_by(webchat_message.c.number.desc())
            .limit(1)
        )
        if await transaction.run(delete(webchat_message).where(since_then)):
            update_id = theirs.update_id if theirs is not None else ""
            await self._add(transaction, key, revision, Gone("anonymous"), update_id=update_id, now=now)

    async def _erase_secrets(self, transaction: Transaction, key: bytes, revision: int, which: Any) -> int:
        rows = await transaction.all(
            select(webchat_message.c.number).where(webchat_message.c.lookup == key, webchat_message.c.secret, which)
        )
        for row in rows:
            await transaction.run(
                update(webchat_message)
                .where(webchat_message.c.lookup == key, webchat_message.c.number == row.number)
                .values(revision=revision, secret=False, body=self._sealed(key, row.number, Gone("secret"), ""))
            )
        return len(rows)

    def _sealed(self, key: bytes, number: int, said: Said, client_id: str) -> bytes:
        plain = {**as_plain(said), "client": client_id} if client_id else as_plain(said)
        return self._vault.seal(_place(key, number), json.dumps(plain, ensure_ascii=False).encode())

    def _line(self, key: bytes, row: Row[Any]) -> Line:
        plain = json.loads(self._vault.unseal(_place(key, row.number), row.body))
        return Line(
            number=row.number,
            revision=row.revision,
            said=from_plain(plain),
            at=row.created_at,
            client_id=plain.get("client", ""),
            secret=row.secret,
            shown=row.shown_at is not None,
        )


async def move(transaction: Transaction, vault: Vault, old: bytes, new: bytes) -> None:
    """A conversation comes under another key, each line sealed for its new place. One that is there already stays."""
    visitor = await transaction.first(select(webchat_visitor).where(webchat_visitor.c.lookup == old).with_for_update())
    if visitor is None:
        return
    if await transaction.first(select(webchat_visitor.c.lookup).where(webchat_visitor.c.lookup == new)) is None:
        values = {**visitor._mapping, "lookup": new}  # noqa: SLF001 -- its public name
        await transaction.run(insert(webchat_visitor).values(values))
        rows = [
            {
                **row._mapping,  # noqa: SLF001
                "lookup": new,
                "body": vault.seal(_place(new, row.number), vault.unseal(_place(old, row.number), row.body)),
            }
            for row in await transaction.all(_lines(old))
        ]
        if rows:
            await transaction.run(insert(webchat_message), rows)
    await transaction.run(delete(webchat_visitor).where(webchat_visitor.c.lookup == old))


def _lines(key: bytes) -> Any:
    return select(webchat_message).where(webchat_message.c.lookup == key)


def _place(key: bytes, number: int) -> bytes:
    return b"webchat_message/body/" + key.hex().encode() + b"/" + str(number).encode()
