"""Brings the tables of a database to this version of the program, from nothing or from an older one.

Rules of the file: forward only (the way back is the backup taken before); one process migrates, the others wait for it.
"""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

from storage.database import Database
from storage.errors import StorageError
from storage.tables import metadata

_LOCK = 0x5355_4152_4100
"""Number of PostgreSQL's advisory lock: "SUARA"."""


def _config() -> Config:
    config = Config()
    # A path with "%" in it is no format.
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    return config


def newest() -> str:
    """The revision this program works with."""
    head = ScriptDirectory.from_config(_config()).get_current_head()
    return head or ""


async def revision(database: Database) -> str:
    """The revision of the database, "" while it is empty. Raises StorageError."""
    async with database.read() as transaction:
        return await transaction.connection.run_sync(revision_in)


def revision_in(connection: Connection) -> str:
    """As ``revision``, inside the caller's transaction."""
    return MigrationContext.configure(connection).get_current_revision() or ""


async def migrate(database: Database) -> tuple[str, str]:
    """Upgrade to the newest revision: (revision before, revision now). Raises StorageError, above all where the
    database was written by a newer program."""
    if database.sqlite:
        return await _upgrade(database)
    async with database.engine.connect() as guard:  # a lock of the connection, not of a transaction
        await guard.execute(text("SET LOCAL lock_timeout = '120s'"))
        await guard.execute(text("SELECT pg_advisory_lock(:number)"), {"number": _LOCK})
        await guard.commit()
        try:
            return await _upgrade(database)
        finally:
            await guard.execute(text("SELECT pg_advisory_unlock(:number)"), {"number": _LOCK})
            await guard.commit()


async def _upgrade(database: Database) -> tuple[str, str]:
    async with database.write() as transaction:
        before = await transaction.connection.run_sync(revision_in)
        if before and not knows(before):
            raise StorageError(
                f"The database was written by a newer version of the program (revision {before}). "
                "Start that version, or restore a backup made with this one."
            )
        if before != newest():
            await transaction.connection.run_sync(upgrade)
        return before, newest()


def upgrade(connection: Connection, to: str = "head") -> None:
    """Bring the tables to revision ``to``, inside the caller's transaction."""
    if not connection.in_transaction():  # else each step would be committed by itself
        connection.begin()
    config = _config()
    config.attributes["connection"] = connection
    command.upgrade(config, to)


def knows(wanted: str) -> bool:
    """Whether this program can bring tables of that revision up to date."""
    return wanted in {script.revision for script in ScriptDirectory.from_config(_config()).walk_revisions()}


def differences(connection: Connection) -> list[object]:
    """Where the database and ``tables`` differ; empty for one that is up to date."""
    context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": False})
    return list(compare_metadata(context, metadata))
