"""The tables that migrations make are the tables of the program, on both databases."""

from __future__ import annotations

import asyncio

import pytest
from sqlalchemy import text

from storage.database import Database, open_database
from storage.errors import StorageError
from storage.migrating import differences, migrate, newest, revision, upgrade
from storage.tables import metadata

pytestmark = pytest.mark.alembic


async def test_upgrade_from_nothing_gives_the_tables(database: Database) -> None:
    async with database.read() as transaction:
        assert await transaction.connection.run_sync(differences) == []
    assert await revision(database) == newest()


async def test_upgrade_again_changes_nothing(database: Database) -> None:
    assert await migrate(database) == (newest(), newest())


async def test_several_processes_migrate_at_once(database_url: str) -> None:
    databases = [open_database(database_url) for _ in range(3)]
    done = await asyncio.gather(*(migrate(one) for one in databases))
    for one in databases:
        await one.close()
    assert sorted(done) == [("", newest()), (newest(), newest()), (newest(), newest())]


async def test_a_newer_database_is_left_alone(database: Database) -> None:
    async with database.write() as transaction:
        await transaction.run(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(StorageError, match="newer version"):
        await migrate(database)


async def test_an_upgrade_that_does_not_end_leaves_nothing(database_url: str) -> None:
    database = open_database(database_url)
    with pytest.raises(ZeroDivisionError):  # noqa: PT012 -- the transaction is what fails
        async with database.write() as transaction:
            await transaction.connection.run_sync(upgrade)
            raise ZeroDivisionError
    assert await revision(database) == ""
    assert await migrate(database) == ("", newest())
    await database.close()


ON_THE_PATH_OF_ANSWERS = {"delivery.address_id", "session.response_id"}
"""Every answer writes these, and an index of theirs with it; deliveries stay for days alone, open sessions are few."""


def test_what_is_deleted_is_found_without_looking_through_a_table() -> None:
    """Deleting a person, an address or a response, the database itself looks for every row that names it."""
    slow = [
        f"{table.name}.{column.name}"
        for table in metadata.sorted_tables
        for column in table.columns
        if any(key.column.table.name in {"respondent", "address", "response"} for key in column.foreign_keys)
        and column.name not in {next(iter(index.columns)).name for index in table.indexes}
        and not column.unique
        and column is not next(iter(table.primary_key.columns))
    ]
    assert set(slow) <= ON_THE_PATH_OF_ANSWERS
