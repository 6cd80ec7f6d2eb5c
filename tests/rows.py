"""Rows in every table, whatever the tables are: synthetic, seeded, with every kind of value that a column can hold."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import BigInteger, Column, Table, insert, select

from storage.backing import kind_of
from storage.database import Database
from storage.tables import metadata

TEXTS = ("", "Nunbaun Delha", "“kutip”\nbaris dua\ttab", "😀 ≥ 5", "a\\b'c\"d", "=1+1", "é" * 300)
START = datetime(2026, 1, 1, tzinfo=UTC)


async def fill(database: Database, *, rows: int = 20, seed: int = 1) -> int:
    """So many rows in every table; how many in all."""
    rng = random.Random(seed)
    made: dict[str, list[dict[str, Any]]] = {}
    async with database.write() as transaction:
        for table in metadata.sorted_tables:
            made[table.name] = [_row(table, number, rng, made) for number in range(1, rows + 1)]
            await transaction.run(insert(table), made[table.name])
    return sum(map(len, made.values()))


async def everything(database: Database) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table, by key."""
    async with database.read() as transaction:
        return {
            table.name: [tuple(row) for row in await transaction.all(select(table).order_by(*table.primary_key))]
            for table in metadata.sorted_tables
        }


def _row(table: Table, number: int, rng: random.Random, made: dict[str, list[dict[str, Any]]]) -> dict[str, Any]:
    row = {column.name: _value(column, table, number, rng, made) for column in table.columns}
    if table.name == "response" and row["respondent_id"] is None:  # nobody's: the tables take it without its hours
        row["started_at"] = row["completed_at"] = None
    return row


def _value(
    column: Column[Any], table: Table, number: int, rng: random.Random, made: dict[str, list[dict[str, Any]]]
) -> Any:
    alone = (
        column.unique
        or (column.primary_key and not column.foreign_keys)
        or any(
            column.name == one.name and len(constraint.columns) == 1  # type: ignore[attr-defined]
            for constraint in table.constraints
            for one in getattr(constraint, "columns", ())
        )
    )
    for key in column.foreign_keys:
        parents = made[key.column.table.name]
        if column.nullable and number % 3 == (1 if column.name == "employee_id" else 0):  # somebody's in any case
            return None
        return parents[number - 1 if column.primary_key or alone else rng.randrange(len(parents))][key.column.name]
    if column.nullable and number % 4 == 0 and not column.primary_key:
        return None
    match kind_of(column):
        case "integer":
            largest = 2**62 if isinstance(column.type, BigInteger) else 2**31
            return number if alone else rng.choice((0, 1, largest - number))
        case "truth":
            return bool(number % 2)
        case "moment":
            return START + timedelta(seconds=rng.randrange(10**7), microseconds=rng.choice((0, 1, 999_999)))
        case "day":
            return date(2026, 1, 1) + timedelta(days=number)
        case "bytes":
            return number.to_bytes(16, "big") if alone else rng.randbytes(rng.choice((0, 1, 16, 700)))
        case "text":
            return f"{table.name}-{number}" if alone or table.name == "survey" else rng.choice(TEXTS)
