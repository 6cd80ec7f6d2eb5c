"""Rows go into a backup and come back the same, from either database to either database."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import inspect, text

from storage import backing
from storage.archive import Archive, ArchiveWriter, Manifest
from storage.database import Database, open_database
from storage.errors import Damaged, Newer, Outdated
from storage.migrating import differences, migrate, newest, revision
from tests.rows import everything, fill

MADE_AT = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
Opened = Callable[[str], Awaitable[Database]]


def note(_table: str, _rows: int) -> None:
    pass


@pytest.fixture
async def opened() -> AsyncIterator[Opened]:
    """Open a database that is closed at the end."""
    databases: list[Database] = []

    async def open_(url: str) -> Database:
        databases.append(open_database(url))
        return databases[-1]

    yield open_
    for database in databases:
        await database.close()


async def dumped(database: Database, path: Path) -> Manifest:
    with ArchiveWriter(path) as archive:
        async with database.snapshot() as transaction:
            revision, keys = await backing.about(transaction)
            await backing.dump(transaction, archive, note=note)
        return archive.close(made_at=MADE_AT, program="0.1.0", revision=revision, keys=keys)


@pytest.fixture
def other_url(database_url: str, tmp_path: Path, request: pytest.FixtureRequest) -> str:
    """An empty database of the other kind."""
    if database_url.startswith("sqlite"):
        url: str = request.getfixturevalue("postgres_url")
        return url
    return f"sqlite+aiosqlite:///{tmp_path / 'other.sqlite3'}"


async def test_every_row_of_every_table_comes_back(
    database: Database, other_url: str, tmp_path: Path, opened: Opened
) -> None:
    """From one kind to the other, and what was restored gives the same backup again."""
    assert await fill(database) == 20 * len(await everything(database))
    first = await dumped(database, tmp_path / "first.zip")
    other = await opened(other_url)
    with Archive(tmp_path / "first.zip") as archive:
        async with other.write() as transaction:
            await backing.restore(transaction, archive, note=note)
    assert await everything(other) == await everything(database)
    assert (await dumped(other, tmp_path / "second.zip")).tables == first.tables


async def test_restored_tables_are_those_of_the_program(
    database: Database, other_url: str, tmp_path: Path, opened: Opened
) -> None:
    await dumped(database, tmp_path / "backup.zip")
    other = await opened(other_url)
    with Archive(tmp_path / "backup.zip") as archive:
        async with other.write() as transaction:
            await backing.restore(transaction, archive, note=note)
    async with other.read() as transaction:
        assert await transaction.connection.run_sync(differences) == []
    assert await migrate(other) == (newest(), newest())


async def test_counters_go_on_behind_the_rows(
    database: Database, other_url: str, tmp_path: Path, opened: Opened
) -> None:
    """Whoever writes after a restore gets numbers that nobody has."""
    await fill(database)
    await dumped(database, tmp_path / "backup.zip")
    other = await opened(other_url)
    with Archive(tmp_path / "backup.zip") as archive:
        async with other.write() as transaction:
            await backing.restore(transaction, archive, note=note)
    async with other.write() as transaction:
        for table, values in (
            ("incident (code, at)", "'x', '2026-11-24T00:00:00.000000+00:00'"),
            ("due (key, kind, due_at, state)", "'new', 'x', '2026-11-24T00:00:00.000000+00:00', 'planned'"),
            (
                "survey (name, version, state, notation, published_at)",
                "'new', 1, 'open', '', '2026-11-24T00:00:00.000000+00:00'",
            ),
        ):
            row = await transaction.first(text(f"INSERT INTO {table} VALUES ({values}) RETURNING id"))
            assert row is not None
            assert row[0] == 21
        if not transaction.sqlite:
            row = await transaction.first(text("SELECT nextval('delivery_number')"))
            assert row is not None
            assert row[0] == 21


async def test_a_snapshot_is_one_moment(database: Database, tmp_path: Path) -> None:
    """What is written while a backup is being made is not in it."""
    await fill(database, rows=5)
    with ArchiveWriter(tmp_path / "backup.zip") as archive:
        async with database.snapshot() as transaction:
            revision, keys = await backing.about(transaction)
            before = await everything(database)
            async with database.write() as writing:
                await writing.run(text("DELETE FROM answer"))
                await writing.run(text("UPDATE respondent SET language = 'en'"))
            await backing.dump(transaction, archive, note=note)
        archive.close(made_at=MADE_AT, program="", revision=revision, keys=keys)
    restored = open_database(f"sqlite+aiosqlite:///{tmp_path / 'restored.sqlite3'}")
    with Archive(tmp_path / "backup.zip") as archive:
        async with restored.write() as transaction:
            await backing.restore(transaction, archive, note=note)
    found = await everything(restored)
    await restored.close()
    assert found == before
    assert await everything(database) != before


async def test_a_damaged_part_leaves_everything_as_it_was(database: Database, tmp_path: Path, opened: Opened) -> None:
    """Restoring is one transaction: a file stays empty, on a server the old tables are back in their place."""
    await fill(database, rows=3)
    before = await everything(database)
    await dumped(database, tmp_path / "backup.zip")
    target = await opened(f"sqlite+aiosqlite:///{tmp_path / 'target.sqlite3'}") if database.sqlite else database
    with Archive(tmp_path / "backup.zip") as archive:
        *tables, last = archive.manifest.tables
        archive.manifest = replace(archive.manifest, tables=(*tables, replace(last, sha256="0" * 64)))
        with pytest.raises(Damaged):
            async with target.write() as transaction:
                await backing.restore(transaction, archive, aside="" if transaction.sqlite else "before", note=note)
    assert await everything(database) == before
    assert await revision(target) == ("" if database.sqlite else newest())


async def test_on_a_server_the_old_tables_are_set_aside(postgres_url: str, tmp_path: Path, opened: Opened) -> None:
    database = await opened(postgres_url)
    await migrate(database)
    await fill(database, rows=4)
    await dumped(database, tmp_path / "backup.zip")
    async with database.write() as transaction:
        await transaction.run(text("DELETE FROM answer"))
    with Archive(tmp_path / "backup.zip") as archive:
        async with database.write() as transaction:
            await backing.restore(transaction, archive, aside="before_restore", note=note)
    async with database.read() as transaction:
        counts = [
            row[0]
            for name in ("answer", "before_restore.answer", "before_restore.respondent")
            for row in await transaction.all(text(f"SELECT count(*) FROM {name}"))
        ]
        kept = await transaction.connection.run_sync(
            lambda connection: inspect(connection).get_table_names(schema="before_restore")
        )
    assert counts == [4, 0, 4]
    assert sorted(kept) == sorted([*(await everything(database)), "alembic_version"])


async def test_a_backup_of_a_newer_version_is_refused(database: Database, tmp_path: Path) -> None:
    with ArchiveWriter(tmp_path / "backup.zip") as writing:
        writing.close(made_at=MADE_AT, program="9.0", revision="9999", keys="")
    with Archive(tmp_path / "backup.zip") as archive, pytest.raises(Newer):
        async with database.write() as transaction:
            await backing.restore(transaction, archive, note=note)


async def test_tables_of_another_version_are_not_backed_up(database: Database) -> None:
    async with database.write() as transaction:
        await transaction.run(text("UPDATE alembic_version SET version_num = '0000'"))
    with pytest.raises(Outdated):
        async with database.snapshot() as transaction:
            await backing.about(transaction)


async def test_beats_of_a_database_without_tables(database_url: str, opened: Opened) -> None:
    assert await backing.beats(await opened(database_url)) == {}
