"""A PostgreSQL of the tests' own: started once by each test process, a fresh database for each test.

The server listens on a socket in a temporary folder alone. It refuses to run as root, so root starts it as the account
``postgres``. It lives as long as the pipe to it is open: when the test process dies, however it dies, it stops.
"""

from __future__ import annotations

import contextlib
import grp
import os
import pwd
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

import pytest

ACCOUNT = "postgres"
_STOPS_WITH_US = """
"$0" "$@" &
server=$!
read -r _
kill -INT $server
wait $server
rm -rf "$FOLDER"
"""
_SETTINGS = {
    "listen_addresses": "",
    "fsync": "off",
    "full_page_writes": "off",
    "max_connections": "200",
    "shared_buffers": "64MB",
    "autovacuum": "off",
    "log_min_messages": "fatal",
}


@dataclass(slots=True)
class Postgres:
    """A running server. ``new_database()`` gives the URL of an empty database."""

    folder: Path
    _numbers: Iterator[int] = field(default_factory=count)

    def url(self, database: str) -> str:
        """A database's URL, with the driver."""
        return f"postgresql+psycopg://{ACCOUNT}@/{database}?host={self.folder}"

    def new_database(self, template: str = "template1") -> str:
        """Create a database, empty or like ``template``, and give its name."""
        name = f"test_{next(self._numbers)}"
        self.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        return name

    def drop_database(self, name: str) -> None:
        """Throw it away, whoever is still connected."""
        self.execute(f'DROP DATABASE "{name}" WITH (FORCE)')

    def execute(self, statement: str) -> None:
        """One statement on the server's own database."""
        import psycopg

        with psycopg.connect(host=str(self.folder), user=ACCOUNT, dbname=ACCOUNT, autocommit=True) as connection:
            connection.execute(statement)


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """A running server; skips where PostgreSQL is not installed."""
    programs = _programs()
    if programs is None:
        pytest.skip("PostgreSQL is missing: sudo apt install postgresql")
    folder = Path(tempfile.mkdtemp(prefix="pg"))  # short: the path of a socket has 107 bytes at most
    as_account = _account(folder)
    data = folder / "data"
    arguments = ["initdb", "-D", str(data), "-U", ACCOUNT, "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"]
    _run([str(programs / arguments[0]), *arguments[1:]], as_account)
    settings = [part for key, value in _SETTINGS.items() for part in ("-c", f"{key}={value}")]
    server = [str(programs / "postgres"), "-D", str(data), "-k", str(folder), *settings]
    read, write = os.pipe()
    with (folder / "log").open("wb") as log:
        running = subprocess.Popen(
            ["/bin/sh", "-c", _STOPS_WITH_US, *server],
            stdin=read,
            stdout=log,
            stderr=log,
            cwd="/",
            env={**os.environ, "FOLDER": str(folder)},
            **as_account,
        )
    os.close(read)
    try:
        yield _when_ready(Postgres(folder), running, folder / "log")
    finally:
        os.close(write)
        running.wait(timeout=30)
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(params=["sqlite", "postgres"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of an empty database: the test runs once on SQLite and once on PostgreSQL."""
    if request.param == "sqlite":
        yield f"sqlite+aiosqlite:///{tmp_path / 'test.sqlite3'}"
    else:
        yield from _fresh(request.getfixturevalue("postgres"))


@pytest.fixture
def postgres_url(postgres: Postgres) -> Iterator[str]:
    """The URL of an empty PostgreSQL database."""
    yield from _fresh(postgres)


def _fresh(server: Postgres) -> Iterator[str]:
    name = server.new_database()
    yield server.url(name)
    server.drop_database(name)


def _programs() -> Path | None:
    """The folder of the newest server installed; Debian keeps it out of PATH."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: float(path.parts[4]))
    if found:
        return found[-1].parent
    path = shutil.which("initdb")
    return Path(path).parent if path else None


def _account(folder: Path) -> dict[str, Any]:
    """How to start a process as somebody who is not root."""
    if os.geteuid() != 0:
        return {}
    try:
        account = pwd.getpwnam(ACCOUNT)
    except KeyError:
        pytest.skip("the account postgres is missing: sudo apt install postgresql")
    os.chown(folder, account.pw_uid, account.pw_gid)
    groups = [group.gr_gid for group in grp.getgrall() if ACCOUNT in group.gr_mem]
    return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": groups}


def _run(command: list[str], as_account: dict[str, Any]) -> None:
    done = subprocess.run(command, capture_output=True, text=True, cwd="/", check=False, **as_account)
    if done.returncode != 0:
        pytest.fail(f"{command[0]}: {done.stderr}")


def _when_ready(server: Postgres, running: subprocess.Popen[bytes], log: Path) -> Postgres:
    import psycopg

    for _ in range(300):
        if running.poll() is not None:
            break
        with contextlib.suppress(psycopg.OperationalError):
            server.execute("SELECT 1")
            return server
        time.sleep(0.1)
    pytest.fail(f"PostgreSQL did not start: {log.read_text(errors='replace')}")
