"""A copy is whole or not there, whatever interrupts it."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.backups import back_up, has_room, nightly, prune
from storage.archive import Archive, Manifest
from storage.database import Database, open_database
from storage.migrating import migrate
from tests.rows import fill

NOW = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)


async def prepared(folder: Path) -> Database:
    await asyncio.to_thread(folder.mkdir)
    database = open_database(f"sqlite:///{folder / 'suara.sqlite3'}")
    await migrate(database)
    await fill(database, rows=5)
    return database


def cancel(making: asyncio.Task[Manifest]) -> None:
    making.cancel()


async def test_interrupted_it_leaves_nothing(tmp_path: Path) -> None:
    database = await prepared(tmp_path / "data")
    making = asyncio.create_task(
        back_up(
            database,
            data=tmp_path / "data",
            target=tmp_path / "copies" / "suara.zip",
            now=NOW,
            watch=lambda _done, _total: cancel(making),
        )
    )
    with pytest.raises(asyncio.CancelledError):
        await making
    assert list((tmp_path / "copies").iterdir()) == []
    await migrate(database)  # the database is free
    await database.close()


async def test_what_is_in_it(tmp_path: Path) -> None:
    """Files of people and of surveys; neither keys nor locks nor what is half written."""
    database = await prepared(tmp_path / "data")
    for name in (
        "media/ab/1.jpg", "media/ab/.new-x", "survey_media/peta.png", "uploads/2", "suara.key", "suara.lock",
        "backups/suara-2026-11-23.zip", "before-restore-1/suara.sqlite3", "laporan.xlsx",
    ):  # fmt: skip
        path = tmp_path / "data" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name, encoding="utf-8")
    steps: list[tuple[int, int]] = []
    manifest = await back_up(
        database,
        data=tmp_path / "data",
        target=tmp_path / "suara.zip",
        now=NOW,
        watch=lambda done, total: steps.append((done, total)),
    )
    await database.close()
    assert [file.name for file in manifest.files] == ["uploads/2", "media/ab/1.jpg", "survey_media/peta.png"]
    with Archive(tmp_path / "suara.zip") as archive:
        assert archive.manifest == manifest
    assert steps[-1] == (manifest.rows + 3, manifest.rows + 3)
    assert steps == sorted(steps)


def test_only_nightly_copies_are_deleted(tmp_path: Path) -> None:
    names = [f"suara-2026-11-{day:02d}.zip" for day in range(1, 5)]
    others = ["suara.zip", "suara-2026-11-01 (salinan).zip"]
    for name in (*names, *others, "suara-2026-11-01.zip.part"):
        (tmp_path / name).write_bytes(b"")
    assert [path.name for path in prune(tmp_path, 2)] == names[:2]
    assert [path.name for path in nightly(tmp_path)] == names[2:]
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted([*names[2:], *others])
    assert prune(tmp_path, 0) == []
    assert nightly(tmp_path / "none") == []


def test_room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert has_room(tmp_path, "postgresql://localhost/suara", tmp_path / "copies") is True
    monkeypatch.setattr("bot.backups.RESERVE", 10**18)
    assert has_room(tmp_path, "postgresql://localhost/suara", tmp_path / "copies") is False
