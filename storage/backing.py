"""The rows of every table into a backup and out of it again, the same for a SQLite file and a PostgreSQL server.

Rules of the file: what is written is one moment of the database, whoever writes meanwhile; a row leaves in the order of
its key, so that nothing of when it was written goes along; restoring is one transaction or none. Memory is constant.
"""

from __future__ import annotations

import asyncio
import base64
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime
from itertools import islice
from typing import Any

import orjson
from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    func,
    insert,
    inspect,
    literal,
    select,
    text,
)
from sqlalchemy.sql.type_api import TypeEngine

from storage import processes, settings
from storage.archive import Archive, ArchiveWriter, Kind, TablePart
from storage.database import Database, Transaction
from storage.errors import Damaged, Newer, Outdated
from storage.migrating import knows, newest, revision_in, upgrade
from storage.tables import Instant, delivery, delivery_number, metadata

_ROWS = 1000
"""Rows that are in memory at a time."""

Note = Callable[[str, int], None]
"""(table, rows just done)"""

_TYPES: Mapping[Kind, TypeEngine[Any]] = {
    "integer": BigInteger(),
    "text": Text(),
    "truth": Boolean(),
    "bytes": LargeBinary(),
    "day": Date(),
    "moment": Instant(),
}


def kind_of(column: Column[Any]) -> Kind:
    """What a column holds."""
    match column.type:
        case Boolean():
            return "truth"
        case Integer():
            return "integer"
        case Instant():
            return "moment"
        case Date():
            return "day"
        case LargeBinary():
            return "bytes"
        case Text():
            return "text"
        case other:
            raise TypeError(f"{column}: how is {other!r} written into a backup?")


# ---- out --------------------------------------------------------------------------------------------


async def about(transaction: Transaction) -> tuple[str, str]:
    """(revision of the tables, fingerprint of the keys). Raises StorageError for tables of another version."""
    revision = await transaction.connection.run_sync(revision_in)
    if revision != newest():
        raise Outdated(Outdated.__doc__)
    return revision, await settings.value(transaction, "keys")


async def count(transaction: Transaction) -> int:
    """How many rows there are in all tables."""
    total = 0
    for table in metadata.sorted_tables:
        row = await transaction.first(select(func.count()).select_from(table))
        total += row[0] if row is not None else 0
    return total


async def dump(transaction: Transaction, archive: ArchiveWriter, *, note: Note) -> None:
    """Write every row of every table, as ``transaction`` (a snapshot) sees them. Raises StorageError, OSError."""
    for table in metadata.sorted_tables:
        statement = select(table).order_by(*table.primary_key)
        stream = await transaction.connection.stream(statement, execution_options={"yield_per": _ROWS})
        with archive.table(table.name, [(column.name, kind_of(column)) for column in table.columns]) as part:
            async for rows in stream.partitions():
                lines = b"".join(
                    [orjson.dumps(tuple(row), default=_base64, option=orjson.OPT_APPEND_NEWLINE) for row in rows]
                )
                await asyncio.to_thread(part.write, lines, len(rows))
                note(table.name, len(rows))


def _base64(value: object) -> str:
    if isinstance(value, bytes):
        return base64.b64encode(value).decode()
    raise TypeError(type(value).__name__)


# ---- in ---------------------------------------------------------------------------------------------


async def restore(transaction: Transaction, archive: Archive, *, aside: str = "", note: Note) -> None:
    """Make the tables and fill them, all inside ``transaction``; then bring them up to date.

    ``aside``: on PostgreSQL, the name of the schema that takes the tables that are there. Raises StorageError.
    """
    if not knows(archive.manifest.revision):
        raise Newer(Newer.__doc__)
    if aside:
        await _set_aside(transaction, aside)
    await transaction.connection.run_sync(upgrade, archive.manifest.revision)
    for part in archive.manifest.tables:
        table = Table(part.name, MetaData(), *(Column(name, _TYPES[kind]) for name, kind in part.columns))
        statement = insert(table)
        for rows in _rows(archive, part):
            await transaction.run(statement, rows)
            note(part.name, len(rows))
    await transaction.connection.run_sync(upgrade)
    if not transaction.sqlite:
        await _count_on(transaction)


def _rows(archive: Archive, part: TablePart) -> Iterator[list[dict[str, Any]]]:
    names = [name for name, _kind in part.columns]
    readers = [(number, _READ[kind]) for number, (_name, kind) in enumerate(part.columns) if kind in _READ]
    for lines in _chunks(archive.lines(part)):
        rows = []
        for line in lines:
            try:
                values = orjson.loads(line)
                for number, read in readers:
                    if values[number] is not None:
                        values[number] = read(values[number])
                rows.append(dict(zip(names, values, strict=True)))
            except (ValueError, TypeError, IndexError) as error:
                raise Damaged from error
        yield rows


_READ: Mapping[Kind, Callable[[str], Any]] = {
    "bytes": base64.b64decode,
    "day": date.fromisoformat,
    "moment": datetime.fromisoformat,
}


def _chunks(lines: Iterable[bytes]) -> Iterator[list[bytes]]:
    waiting = iter(lines)
    while chunk := list(islice(waiting, _ROWS)):
        yield chunk


async def _set_aside(transaction: Transaction, schema: str) -> None:
    """Move the tables that are there, with their indexes and counters, to a schema of their own."""
    await transaction.run(text(f'CREATE SCHEMA "{schema}"'))
    known = {*metadata.tables, "alembic_version"}
    present = await transaction.connection.run_sync(lambda connection: inspect(connection).get_table_names())
    for name in sorted(known.intersection(present)):
        await transaction.run(text(f'ALTER TABLE "{name}" SET SCHEMA "{schema}"'))
    await transaction.run(text(f'ALTER SEQUENCE IF EXISTS "{delivery_number.name}" SET SCHEMA "{schema}"'))


async def _count_on(transaction: Transaction) -> None:
    """PostgreSQL's own counters go on behind the rows that came."""
    for table in metadata.sorted_tables:
        column = table.autoincrement_column
        if column is not None:
            sequence = func.pg_get_serial_sequence(table.name, column.name)
            await transaction.first(
                select(func.setval(sequence, func.max(column) + 1, literal(value=False))).select_from(table)
            )
    await transaction.first(
        select(func.setval(delivery_number.name, func.max(delivery.c.id) + 1, literal(value=False)))
    )


# ---- is it safe to restore? --------------------------------------------------------------------------


async def beats(database: Database) -> dict[int, int]:
    """Processes that are signed on, and how often their hearts beat; none without tables. Raises StorageError."""
    async with database.read() as transaction:
        present = await transaction.connection.run_sync(lambda connection: inspect(connection).get_table_names())
        return await processes.beats(transaction) if "process" in present else {}
