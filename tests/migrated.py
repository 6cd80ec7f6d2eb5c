"""Fresh databases of tests get their tables in about half the time.

The first upgrade from nothing that a test process makes on a kind of database goes through Alembic and is written down;
later ones run the statements that were written down. ``@pytest.mark.alembic`` keeps to Alembic.
"""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import Connection, event

from storage import migrating

_alembic = migrating.upgrade
_written_down: dict[str, list[tuple[str, Any]]] = {}


@pytest.fixture(autouse=True)
def _quick_upgrade(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if request.node.get_closest_marker("alembic") is None:
        monkeypatch.setattr(migrating, "upgrade", _upgrade)


def _upgrade(connection: Connection, to: str = "head") -> None:
    """As ``storage.migrating.upgrade``."""
    kind = connection.dialect.name
    if to != "head" or migrating.revision_in(connection):
        _alembic(connection, to)
    elif kind in _written_down:
        for statement, parameters in _written_down[kind]:
            connection.exec_driver_sql(statement, parameters)
    else:
        _written_down[kind] = _watched(connection)


def _watched(connection: Connection) -> list[tuple[str, Any]]:
    """Upgrade with Alembic: the statements that changed something, in their order."""
    statements: list[tuple[str, Any]] = []

    def write_down(_connection: object, _cursor: object, statement: str, parameters: Any, *_more: object) -> None:
        if statement.split(maxsplit=1)[0] not in {"SELECT", "PRAGMA"}:
            statements.append((statement, parameters or None))

    event.listen(connection, "before_cursor_execute", write_down)
    try:
        _alembic(connection)
    finally:
        event.remove(connection, "before_cursor_execute", write_down)
    return statements
