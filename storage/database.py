"""The database: one file beside the keys (SQLite), or a server (PostgreSQL), chosen by its URL.

Rules of the file: a writing transaction on SQLite begins IMMEDIATE, since one that first reads and then writes would
fail under any other writer; on PostgreSQL it is READ COMMITTED and waits for locks five seconds at most. Nothing
outside the database is waited for while a transaction is open. Drivers' faults become ``storage.errors`` here and
nowhere else.
"""

from __future__ import annotations

import asyncio
import os
import sqlite3
from collections.abc import AsyncIterator, Callable, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager, contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import Any

import aiosqlite
from sqlalchemy import Executable, Row, event, make_url, text
from sqlalchemy.exc import DBAPIError, IntegrityError, InterfaceError, OperationalError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlalchemy.util import await_only

from storage import short_way
from storage.audit_mark import AuditMark
from storage.errors import Busy, Duplicate, Full, StorageError, Unavailable, Unreached

_PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",
    "busy_timeout=5000",
    "foreign_keys=ON",
    "secure_delete=ON",
    "cache_size=-32000",
    "temp_store=MEMORY",
)
_BEGIN = "BEGIN IMMEDIATE"
_MOST_AT_ONCE = 10_000
"""Values of one IN; SQLite takes 32,766."""
_LOCK_TIMEOUT = "-c lock_timeout=5000 -c idle_in_transaction_session_timeout=5000"
_FULL_STATES = frozenset({"53100", "53400"})  # disk_full, configuration_limit_exceeded
_BUSY_STATES = frozenset({"55P03", "40P01", "40001", "57014", "25P03"})

Parameters = Mapping[str, Any] | Sequence[Mapping[str, Any]] | None


AnyRow = Row[*tuple[Any, ...]]
"""A row of any width."""


class Transaction:
    """One open transaction. Statements are SQLAlchemy Core; values are rows."""

    def __init__(
        self,
        connection: AsyncConnection,
        *,
        driver: aiosqlite.Connection | None,
        audit_mark: AuditMark | None = None,
    ) -> None:
        self.connection = connection
        self.audit_mark = audit_mark
        self.after_commit: list[Callable[[], None]] = []
        """What is done once everything is written, and not otherwise."""
        self.sqlite = driver is not None
        self._driver = driver
        self._steps: list[short_way.Step] | None = None

    @asynccontextmanager
    async def together(self) -> AsyncIterator[None]:
        """What ``run`` (with rows) and ``run_for`` are given inside is written at its end, in their order: on SQLite by
        crossing to the driver's thread once. Nothing is read inside, and no number of rows is known."""
        if self._driver is None:
            yield
            return
        self._steps = []
        try:
            yield
            steps, self._steps = self._steps, None
            if steps:
                await short_way.write_all(self._driver, steps)
        finally:
            self._steps = None

    async def all(self, statement: Executable, parameters: Parameters = None) -> Sequence[AnyRow]:
        """Every row."""
        assert self._steps is None  # noqa: S101 -- it would not see them
        return (await self.connection.execute(statement, parameters)).all()

    async def first(self, statement: Executable, parameters: Parameters = None) -> AnyRow | None:
        """The first row, None if there is none."""
        assert self._steps is None  # noqa: S101 -- it would not see them
        return (await self.connection.execute(statement, parameters)).first()

    async def raw(
        self, statement: Executable, expanding: str, values: Sequence[Any], **more: Any
    ) -> Sequence[tuple[Any, ...]]:
        """Rows of a select over integers, texts and blobs alone, by position; ``expanding`` is the parameter of its IN.
        For the few that run for every batch."""
        if not values:
            return []
        if self._driver is not None:
            return await short_way.read(self._driver, statement, expanding, values, **more)
        return await self.all(statement, {expanding: values, **more})

    async def number(self, statement: Executable) -> int:
        """The first number of the first row, 0 where there is none. For the few that run for every batch."""
        if self._driver is not None:
            rows = await short_way.read(self._driver, statement)
        else:
            rows = await self.all(statement)  # type: ignore[assignment]
        return (rows[0][0] or 0) if rows else 0

    async def run_for(self, statement: Executable, expanding: str, values: Sequence[Any], **more: Any) -> None:
        """Write the rows whose keys are ``values``; ``expanding`` is the parameter of its IN. For the few that run
        for every batch."""
        for start in range(0, len(values), _MOST_AT_ONCE):
            some = values[start : start + _MOST_AT_ONCE]
            if self._steps is not None:
                self._steps.append(short_way.one(statement, expanding, some, **more))
            elif self._driver is not None:
                await short_way.read(self._driver, statement, expanding, some, **more)
            else:
                await self.connection.execute(statement, {expanding: some, **more})

    async def insert_returning(
        self, statement: Executable, rows: Sequence[Mapping[str, Any]]
    ) -> Sequence[tuple[Any, ...]]:
        """Insert ``rows``; what RETURNING gives, by position, in no order."""
        if self._driver is not None:
            return await short_way.insert_returning(self._driver, statement, rows)
        return await self.all(statement, rows)

    async def run(self, statement: Executable, parameters: Parameters = None) -> int:
        """Write; with a list of parameters by executemany. The number of rows touched (-1 where unknown)."""
        if isinstance(parameters, list) and not parameters:
            return 0
        if self._driver is not None and isinstance(parameters, list):
            if self._steps is not None:
                self._steps.append(short_way.many(statement, parameters))
                return -1
            return await short_way.write(self._driver, statement, parameters)
        assert self._steps is None  # noqa: S101 -- it would come before them
        return (await self.connection.execute(statement, parameters)).rowcount


class Database:
    """Connections, and the two ways to use them: ``read`` and ``write``."""

    def __init__(self, engine: AsyncEngine) -> None:
        self.engine = engine
        self.sqlite = engine.dialect.name == "sqlite"
        self.audit_mark: AuditMark | None = None
        """Where the end of the audit is noted beside the database (``storage.audit``)."""
        self._writer: tuple[AsyncConnection, aiosqlite.Connection] | None = None
        self._turn = asyncio.Lock()

    @asynccontextmanager
    async def write(self) -> AsyncIterator[Transaction]:
        """A transaction that commits at the end, or rolls back when anything is raised. Raises StorageError."""
        if not self.sqlite:
            with _translated():
                async with self.engine.begin() as connection:
                    transaction = Transaction(connection, driver=None, audit_mark=self.audit_mark)
                    yield transaction
            for done in transaction.after_commit:
                done()
            return
        async with self._turn:  # one writer in this process: waiting here is fair, waiting in SQLite is not
            with _translated():
                writer, driver = await self._begun()
                try:
                    transaction = Transaction(writer, driver=driver, audit_mark=self.audit_mark)
                    yield transaction
                    if writer.in_transaction():
                        await writer.commit()
                    else:
                        await driver.commit()
                except Exception:
                    await self._abandon(writer, driver)
                    raise
                except BaseException:  # interrupted: nobody knows what its thread was doing
                    await self._discard(writer)
                    raise
            for done in transaction.after_commit:
                done()

    async def _begun(self) -> tuple[AsyncConnection, aiosqlite.Connection]:
        """The writer, its transaction begun; a connection that somebody left closed is replaced once."""
        for replaced in (False, True):
            writer, driver = await self._writing()
            try:
                # SQLAlchemy's own way crosses to the driver's thread five times
                await driver.execute_fetchall(_BEGIN)
            except ValueError:  # the driver's connection is closed
                await self._discard(writer)
                if replaced:
                    raise
            except Exception:
                await self._abandon(writer, driver)
                raise
            except BaseException:
                await self._discard(writer)
                raise
            else:
                return writer, driver
        raise AssertionError  # the second time either began or raised

    async def _writing(self) -> tuple[AsyncConnection, aiosqlite.Connection]:
        if self._writer is None:
            connection = await self.engine.connect()
            self._writer = connection, await _driver(connection)
        return self._writer

    async def _abandon(self, writer: AsyncConnection, driver: aiosqlite.Connection) -> None:
        try:
            if writer.get_transaction() is not None:  # after a commit that failed it is there, though no longer active
                await writer.rollback()
            await driver.rollback()
        except (DBAPIError, sqlite3.Error, ValueError):  # ValueError: the driver's connection is closed
            await self._discard(writer)

    async def _discard(self, writer: AsyncConnection) -> None:
        """The next transaction gets a connection of its own; what this one had begun ends with it."""
        self._writer = None
        with suppress(DBAPIError, sqlite3.Error, ValueError):
            await writer.invalidate()
            await writer.close()

    @asynccontextmanager
    async def read(self) -> AsyncIterator[Transaction]:
        """A transaction that sees one moment and writes nothing. Raises StorageError."""
        with _translated():
            async with self.engine.connect() as connection:
                if self.sqlite:
                    await connection.execution_options(reads_only=True)
                driver = await _driver(connection) if self.sqlite else None
                yield Transaction(connection, driver=driver, audit_mark=self.audit_mark)
                await connection.rollback()

    @asynccontextmanager
    async def snapshot(self) -> AsyncIterator[Transaction]:
        """As ``read``, but every statement sees the same moment on PostgreSQL too, for as long as it takes. Raises
        StorageError."""
        if self.sqlite:
            async with self.read() as transaction:
                yield transaction
            return
        with _translated():
            async with self.engine.connect() as connection:
                await connection.execution_options(isolation_level="REPEATABLE READ")
                await connection.execute(text("SET TRANSACTION READ ONLY"))
                await connection.execute(text("SET LOCAL idle_in_transaction_session_timeout = 0"))
                yield Transaction(connection, driver=None, audit_mark=self.audit_mark)
                await connection.rollback()

    async def alone(self, statement: Executable) -> None:
        """Run what PostgreSQL runs outside a transaction only. Raises StorageError."""
        with _translated():
            async with self.engine.connect() as connection:
                await connection.execution_options(isolation_level="AUTOCOMMIT")
                await connection.execute(statement)

    async def close(self) -> None:
        """Let go of every connection."""
        if self._writer is not None:
            await self._writer[0].close()
            self._writer = None
        await self.engine.dispose()


def file_of(url: str) -> Path | None:
    """The file of a SQLite database, None for a server."""
    where = make_url(url)
    return Path(where.database or "") if where.get_backend_name() == "sqlite" else None


def open_database(url: str, *, pool_size: int = 4) -> Database:
    """Connects on first use. ``url``: ``sqlite+aiosqlite:///path`` or ``postgresql+psycopg://…`` (the driver may be
    left out)."""
    where = make_url(url)
    if where.get_backend_name() == "sqlite":
        where = where.set(drivername="sqlite+aiosqlite")
        engine = create_async_engine(where, pool_size=pool_size, max_overflow=4)
        if where.database and where.database != ":memory:":
            event.listen(engine.sync_engine, "connect", partial(_ours_alone, Path(where.database)))
        event.listen(engine.sync_engine, "connect", _prepare_sqlite)
        event.listen(engine.sync_engine, "begin", _begin_sqlite)
        event.listen(engine.sync_engine, "invalidate", _let_go)
        return Database(engine)
    where = where.set(drivername="postgresql+psycopg")
    engine = create_async_engine(
        where,
        pool_size=pool_size,
        max_overflow=4,
        pool_pre_ping=True,
        isolation_level="READ COMMITTED",
        connect_args={"options": _LOCK_TIMEOUT, "connect_timeout": 5},
    )
    return Database(engine)


async def _driver(connection: AsyncConnection) -> aiosqlite.Connection:
    driver = (await connection.get_raw_connection()).driver_connection
    assert isinstance(driver, aiosqlite.Connection)  # noqa: S101 -- asked on SQLite alone
    return driver


def _prepare_sqlite(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # BEGIN is ours
    cursor = connection.cursor()
    for pragma in _PRAGMAS:
        _set(cursor, pragma)
    cursor.close()


def _set(cursor: Any, pragma: str) -> None:
    """Where several programs open a file that was just made, one of them turns its log on and the others are refused
    at once, without SQLite's own waiting: they try again for as long as a writer would wait."""
    for _ in range(100):
        try:
            cursor.execute(f"PRAGMA {pragma}")
        except sqlite3.OperationalError as error:
            if "locked" not in str(error):
                raise
            await_only(asyncio.sleep(0.05))
        else:
            return
    cursor.execute(f"PRAGMA {pragma}")


def _ours_alone(file: Path, _connection: object, _record: object) -> None:
    """A file that is made now is read by nobody else; what SQLite puts beside it gets the same rights.

    A file that is there is never opened here: to close it again would drop the locks of this whole process, and another
    program that looks in would take itself for the last one and delete the log with what was committed.
    https://sqlite.org/howtocorrupt.html#_posix_advisory_locks_canceled_by_a_separate_thread_doing_close_
    """
    with suppress(OSError):  # where it cannot be made, the first statement says why
        try:
            os.close(os.open(file, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
        except FileExistsError:
            if file.stat().st_size == 0:
                file.chmod(0o600)


def _let_go(connection: Any, _record: object, _error: object) -> None:
    """Roll back before an interrupted connection is closed.

    A statement that was broken off lives as long as the error that tells of it, and SQLite keeps the lock of a closed
    connection for as long. The driver's thread takes its orders in turn, so this one comes before the closing.
    """
    driver = connection.driver_connection
    if driver._connection is not None:  # noqa: SLF001 -- aiosqlite has no order that nobody waits for
        driver._tx.put_nowait((None, driver._connection.rollback))  # noqa: SLF001


def _begin_sqlite(connection: Any) -> None:
    if connection.connection.driver_connection.in_transaction:  # ``Database.write`` began it
        return
    reads_only = connection.get_execution_options().get("reads_only", False)
    connection.exec_driver_sql("BEGIN" if reads_only else _BEGIN)


@contextmanager
def _translated() -> Iterator[None]:
    try:
        yield
    except IntegrityError as error:
        raise Duplicate(_said(error)) from None
    except DBAPIError as error:
        raise _named(error) from None
    except sqlite3.IntegrityError as error:
        raise Duplicate(f"{type(error).__name__}: {error}") from None
    except sqlite3.Error as error:
        raise _named_sqlite(error) from None


def _named(error: DBAPIError) -> StorageError:
    """The driver's fault in our words; never its parameters, which hold what people wrote."""
    cause = error.orig
    if isinstance(cause, sqlite3.Error):
        return _named_sqlite(cause)
    state = getattr(cause, "sqlstate", None)
    if state in _FULL_STATES:
        return Full(Full.__doc__)
    if state in _BUSY_STATES:
        return Busy(Busy.__doc__)
    if state is None and isinstance(error, OperationalError):
        return Unreached(Unreached.__doc__)
    if error.connection_invalidated or isinstance(error, OperationalError | InterfaceError):
        return Unavailable(_said(error))
    return StorageError(_said(error))


def _named_sqlite(error: sqlite3.Error) -> StorageError:
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code == sqlite3.SQLITE_FULL:
        return Full(Full.__doc__)
    if code in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}:
        return Busy(Busy.__doc__)
    kind = Unavailable if isinstance(error, sqlite3.OperationalError) else StorageError
    return kind(f"{type(error).__name__}: {error}")


def _said(error: DBAPIError) -> str:
    """Which fault it was. PostgreSQL's own sentences quote values, so only code and constraint are taken."""
    cause = error.orig
    if isinstance(cause, sqlite3.Error):
        return f"{type(cause).__name__}: {cause}"
    constraint = getattr(getattr(cause, "diag", None), "constraint_name", None) or ""
    return f"{type(cause).__name__} {getattr(cause, 'sqlstate', '')} {constraint}".strip()
