"""The short way to SQLite for the few statements that run for every batch: compiled once, rows bound by position.

SQLAlchemy's own way is as right but costs more than the writing itself: its parameters are dictionaries, handled
value by value, and each call crosses to the driver's thread three times. Rule of the file: the SQL is SQLAlchemy's,
from the same statements that PostgreSQL gets; only how it is carried differs.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from operator import itemgetter
from typing import Any

import aiosqlite
from sqlalchemy import Date, Executable
from sqlalchemy.dialects.sqlite import dialect as sqlite_dialect
from sqlalchemy.sql import ClauseElement

from storage.tables import Instant

_DIALECT = sqlite_dialect()

Values = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class _Carried:
    """One statement as SQLite takes it."""

    sql: str
    names: tuple[str, ...]
    """Parameters in the order of the question marks."""
    constants: Mapping[str, Any]
    """Those that stand in the statement itself."""
    written: tuple[tuple[int, Callable[[Any], Any]], ...]
    """Positions whose values are written in another form: moments and days."""

    def rows(self, rows: Sequence[Mapping[str, Any]]) -> list[Any]:
        """The rows by position."""
        values: list[Any]
        if self.constants:
            constants = self.constants
            values = [[row[n] if n in row else constants[n] for n in self.names] for row in rows]
        elif len(self.names) == 1:
            name = self.names[0]
            values = [[row[name]] for row in rows]
        elif self.written:
            values = [list(row) for row in map(itemgetter(*self.names), rows)]
        else:
            values = list(map(itemgetter(*self.names), rows))
        for position, write in self.written:
            last, text = None, None
            for row in values:
                value = row[position]
                if value is not None:
                    if value != last:  # most rows of a batch bear the same moment
                        last, text = value, write(value)
                    row[position] = text
        return values


_carried: dict[tuple[Executable, tuple[str, ...]], _Carried] = {}
_MOST_CARRIED = 500
"""Statements kept; there are some dozens. One that is made anew each time would fill the memory."""


def _carry(statement: Executable, keys: tuple[str, ...]) -> _Carried:
    found = _carried.get((statement, keys))
    if found is not None:
        return found
    assert isinstance(statement, ClauseElement)  # noqa: S101 -- every statement is one
    compiled: Any = statement.compile(dialect=_DIALECT, column_keys=list(keys) or None)
    names = tuple(compiled.positiontup or ())
    binds = compiled.binds
    constants = {name: binds[name].effective_value for name in names if name not in keys}
    written = tuple(
        (number, form) for number, name in enumerate(names) if (form := _form(binds[name].type)) is not None
    )
    found = _Carried(str(compiled), names, constants, written)
    if len(_carried) >= _MOST_CARRIED:
        _carried.clear()
    _carried[statement, keys] = found
    return found


def _form(kind: object) -> Callable[[Any], Any] | None:
    if isinstance(kind, Instant):
        return _moment
    return _day if isinstance(kind, Date) else None


def _moment(value: datetime | None) -> str | None:
    return None if value is None else value.astimezone(UTC).isoformat(timespec="microseconds")


def _day(value: date | None) -> str | None:
    return None if value is None else value.isoformat()


async def write(driver: aiosqlite.Connection, statement: Executable, rows: Sequence[Mapping[str, Any]]) -> int:
    """Execute ``statement`` once for each of ``rows``, which have the same keys. The number of rows touched."""
    carried = _carry(statement, tuple(rows[0]))
    cursor = await driver.executemany(carried.sql, carried.rows(rows))
    return cursor.rowcount  # not closed: that would be another crossing, and nothing of it is left to read


Step = tuple[str, Sequence[Any], bool]
"""A statement and its values: of one execution, or (True) of as many as there are rows."""


def many(statement: Executable, rows: Sequence[Mapping[str, Any]]) -> Step:
    """To execute ``statement`` once for each of ``rows``, which have the same keys."""
    carried = _carry(statement, tuple(rows[0]))
    return carried.sql, carried.rows(rows), True


def one(statement: Executable, expanding: str, values: Sequence[Any], **more: Any) -> Step:
    """To execute ``statement`` once, as ``read`` does."""
    return (*_expanded(statement, expanding, values, more), False)


async def write_all(driver: aiosqlite.Connection, steps: Sequence[Step]) -> None:
    """Execute these in their order, crossing to the driver's thread once."""

    def work() -> None:
        connection = driver._conn  # noqa: SLF001 -- as below
        for sql, values, each in steps:
            if each:
                connection.executemany(sql, values)
            else:
                connection.execute(sql, values)

    # The driver runs anything in its thread, but has no open name for it.
    await driver._execute(work)  # type: ignore[no-untyped-call]  # noqa: SLF001


async def read(
    driver: aiosqlite.Connection, statement: Executable, expanding: str = "", values: Sequence[Any] = (), **more: Any
) -> list[Values]:
    """Execute ``statement``; its rows, if it gives any: integers, texts and blobs as they are stored. ``expanding`` is
    its parameter that takes many ``values``."""
    return list(await driver.execute_fetchall(*_expanded(statement, expanding, values, more)))  # type: ignore[arg-type]


def _expanded(
    statement: Executable, expanding: str, values: Sequence[Any], more: Mapping[str, Any]
) -> tuple[str, list[Any]]:
    carried = _carry(statement, ())
    given: list[Any] = []
    many = _rounded(len(values))
    forms = dict(carried.written)
    for number, name in enumerate(carried.names):
        if name == expanding:
            given.extend(values)
            given.extend([values[-1]] * (many - len(values)))
        else:
            value = more[name] if name in more else carried.constants[name]
            given.append(forms[number](value) if number in forms else value)
    return carried.sql.replace(f"(__[POSTCOMPILE_{expanding}])", f"({','.join('?' * many)})"), given


async def insert_returning(
    driver: aiosqlite.Connection, statement: Executable, rows: Sequence[Mapping[str, Any]]
) -> list[Values]:
    """Insert ``rows`` by one statement with RETURNING; what it returns."""
    carried = _carry(statement, tuple(rows[0]))
    group = f"({', '.join('?' * len(carried.names))})"
    sql = carried.sql.replace(f"VALUES {group}", "VALUES " + ",".join([group] * len(rows)))
    return list(await driver.execute_fetchall(sql, [value for row in carried.rows(rows) for value in row]))  # type: ignore[arg-type]


def _rounded(many: int) -> int:
    """The next power of two: a statement that SQLite has read already is found again. (Repeating a value changes
    nothing.)"""
    return 1 << max(0, many - 1).bit_length()
