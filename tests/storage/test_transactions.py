"""Statements that take the short way and statements that do not are one transaction."""

import asyncio
import sqlite3
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import bindparam, delete, func, insert, literal, select, update

from storage import people, short_way
from storage.database import Database, open_database
from storage.errors import Duplicate, StorageError
from storage.migrating import migrate
from storage.tables import due, setting
from storage.vault import Vault

AT = datetime(2026, 11, 24, 2, 5, tzinfo=UTC)
LATER = datetime(2026, 12, 1, 0, 0, 0, 250, tzinfo=UTC)
COUNT = select(func.count()).select_from(due)
MOVE = update(due).where(due.c.id.in_(bindparam("ids", expanding=True))).values(due_at=bindparam("at"), state="done")


def rows(*keys: str) -> list[dict[str, object]]:
    return [
        {"id": number, "key": key, "kind": "uji", "due_at": AT, "payload": "", "state": "planned"}
        for number, key in enumerate(keys, start=1)
    ]


async def stored(database: Database) -> list[tuple[object, ...]]:
    async with database.read() as transaction:
        return [
            tuple(row) for row in await transaction.all(select(due.c.key, due.c.due_at, due.c.state).order_by(due.c.id))
        ]


async def test_rows_are_written_by_their_numbers(database: Database) -> None:
    async with database.write() as transaction:
        await transaction.run(insert(due), rows("a", "b", "c", "d"))
        await transaction.run_for(MOVE, "ids", [1, 3, 4], at=LATER)
        await transaction.run_for(MOVE, "ids", [], at=LATER)
    assert await stored(database) == [
        ("a", LATER, "done"),
        ("b", AT, "planned"),
        ("c", LATER, "done"),
        ("d", LATER, "done"),
    ]


async def test_more_rows_than_a_statement_takes_are_written(database: Database) -> None:
    async with database.write() as transaction:
        await transaction.run(insert(due), rows("a", "b"))
        await transaction.run_for(MOVE, "ids", [*range(2, 25_000), 1], at=LATER)
    assert await stored(database) == [("a", LATER, "done"), ("b", LATER, "done")]


async def test_a_number_is_read_and_nothing_is_zero(database: Database) -> None:
    async with database.write() as transaction:
        before = await transaction.number(select(func.max(due.c.id))), await transaction.number(select(due.c.id))
        await transaction.run(insert(due), rows("a", "b"))
        assert (*before, await transaction.number(COUNT)) == (0, 0, 2)


@pytest.mark.parametrize("way", ["short", "long", "both"])
async def test_what_was_written_either_way_is_committed(database: Database, way: str) -> None:
    async with database.write() as transaction:
        if way != "long":
            await transaction.run(insert(due), rows("a"))
        if way != "short":
            await transaction.run(insert(due).values(id=9, key="b", kind="uji", due_at=AT, payload="", state="planned"))
    async with database.write() as transaction:
        found = {row[0] for row in await transaction.all(select(due.c.key))}
    assert found == {"short": {"a"}, "long": {"b"}, "both": {"a", "b"}}[way]


@pytest.mark.parametrize("way", ["short", "long", "both"])
async def test_what_was_written_either_way_is_rolled_back(database: Database, way: str) -> None:
    async def failing() -> None:
        async with database.write() as transaction:
            if way != "long":
                await transaction.run(insert(due), rows("a"))
            if way != "short":
                await transaction.run(
                    insert(due).values(id=9, key="b", kind="uji", due_at=AT, payload="", state="planned")
                )
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await failing()
    assert await stored(database) == []
    async with database.write() as transaction:  # and the next one is none the worse
        await transaction.run(insert(due), rows("c"))
    assert await stored(database) == [("c", AT, "planned")]


async def test_a_refused_row_leaves_nothing_of_its_transaction(database: Database) -> None:
    async def twice() -> None:
        async with database.write() as transaction:
            await transaction.run(insert(due), rows("a", "b"))
            await transaction.run(insert(due), rows("a"))

    with pytest.raises(Duplicate):
        await twice()
    assert await stored(database) == []


async def test_what_is_written_together_is_written_in_its_order(database: Database) -> None:
    async with database.write() as transaction:
        async with transaction.together():
            await transaction.run(insert(due), rows("a", "b", "c"))
            await transaction.run_for(MOVE, "ids", [1, 2], at=LATER)
            await transaction.run_for(
                delete(due).where(due.c.key.in_(bindparam("keys", expanding=True))), "keys", ["b"]
            )
        assert await transaction.number(COUNT) == 2
    assert await stored(database) == [("a", LATER, "done"), ("c", AT, "planned")]


async def test_nothing_together_writes_nothing(database: Database) -> None:
    async with database.write() as transaction, transaction.together():
        pass
    assert await stored(database) == []


async def test_what_is_refused_together_leaves_nothing(database: Database) -> None:
    async def twice() -> None:
        async with database.write() as transaction, transaction.together():
            await transaction.run(insert(due), rows("a"))
            await transaction.run(insert(due), rows("a"))

    with pytest.raises(Duplicate):
        await twice()
    assert await stored(database) == []
    async with database.write() as transaction:
        await transaction.run(insert(due), rows("c"))
    assert await stored(database) == [("c", AT, "planned")]


async def test_what_fails_within_writes_nothing(database: Database) -> None:
    async def failing() -> None:
        async with database.write() as transaction, transaction.together():
            await transaction.run(insert(due), rows("a"))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await failing()
    assert await stored(database) == []


def test_statements_made_anew_do_not_fill_the_memory() -> None:
    for number in range(1200):
        short_way.many(insert(due), rows(str(number)))
    assert len(short_way._carried) <= short_way._MOST_CARRIED


@pytest.mark.parametrize("steps", [*range(12), 20, 40, 80])
async def test_an_interrupted_write_leaves_the_next_one_well(database: Database, steps: int) -> None:
    """Wherever a task is broken off, nothing of it is kept and the next transaction is as good as any."""

    async def broken_off() -> None:
        async with database.write() as transaction:
            await transaction.run(insert(due), rows("a"))
            await transaction.all(select(due.c.key))
            await asyncio.Event().wait()

    async with database.write() as transaction:
        await transaction.run(delete(due))
    task = asyncio.create_task(broken_off())
    for _ in range(steps):
        await asyncio.sleep(0)
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task
    async with database.write() as transaction:
        await transaction.run(insert(due), rows("b"))
    assert [key for key, *_rest in await stored(database)] == ["b"]


async def test_a_write_broken_off_in_the_middle_of_a_statement(database: Database) -> None:
    async def busy() -> None:
        async with database.write() as transaction:
            while True:
                await transaction.all(select(due.c.key))

    for pause in (0.0, 0.001, 0.003, 0.007):
        task = asyncio.create_task(busy())
        await asyncio.sleep(pause)
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
        async with database.write() as transaction:
            await transaction.run(delete(due))
    assert await stored(database) == []


@pytest.mark.parametrize("way", ["toolkit", "driver"])
async def test_after_a_commit_that_failed_the_next_one_serves(tmp_path: Path, way: str) -> None:
    opened = open_database(f"sqlite:///{tmp_path / 'full.sqlite3'}")
    await migrate(opened)

    async def note(key: str) -> None:
        async with opened.write() as transaction:
            row = {"key": key, "value": "1"}
            statement = insert(setting)
            await transaction.run(statement, [row] if way == "driver" else row)

    await note("before")
    assert opened._writer is not None
    writer, driver = opened._writer

    def full(*_: object) -> None:
        writer.sync_connection.dialect.do_commit = real  # type: ignore[union-attr, method-assign]
        del driver.commit
        raise sqlite3.OperationalError("database or disk is full")

    async def full_too() -> None:
        full()

    real = writer.sync_connection.dialect.do_commit  # type: ignore[union-attr]
    writer.sync_connection.dialect.do_commit = full  # type: ignore[union-attr, method-assign]
    driver.commit = full_too  # type: ignore[method-assign]
    with pytest.raises(StorageError):
        await note("lost")
    await note("after")
    async with opened.read() as transaction:
        rows = await transaction.all(select(setting.c.key).where(setting.c.key.in_(["before", "lost", "after"])))
    assert sorted(row[0] for row in rows) == ["after", "before"]
    await opened.close()


async def test_no_rows_are_written_as_nothing(database: Database) -> None:
    async with database.write() as transaction:
        assert await transaction.run(insert(due), []) == 0
    assert await stored(database) == []


async def test_receipts_alone_are_written_while_keys_are_changed(database: Database, vault: Vault) -> None:
    async with database.write() as transaction:
        assert await people.known(transaction, {}, vault.prepared(), marked=[1]) == {}


async def test_several_open_a_file_that_was_just_made(tmp_path: Path) -> None:
    async def opened(database: Database) -> None:
        async with database.write() as transaction:
            await transaction.first(select(literal(1)))
        await database.close()

    for number in range(40):
        url = f"sqlite+aiosqlite:///{tmp_path / f'{number}.sqlite3'}"
        await asyncio.gather(*(opened(open_database(url)) for _ in range(4)))
