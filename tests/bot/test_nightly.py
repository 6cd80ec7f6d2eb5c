"""The nightly copy: once a night, made up for when the machine was off, the last ones kept, a failure told."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot import backups
from bot.app import Process, open_store
from bot.config_file import load
from bot.nightly import BACKED_UP, LEASE, Nightly, night_of
from storage import incidents, processes, settings
from storage.archive import Archive
from tests.fake_telegram import FakeTelegram

WITA = ZoneInfo("Asia/Makassar")
FIRST = datetime(2026, 11, 24, 10, 0, tzinfo=WITA)
ADMIN = 42


@asynccontextmanager
async def process_of(
    tmp_path: Path, url: str, *, telegram: FakeTelegram | None = None, **more: str
) -> AsyncIterator[Process]:
    """A process that has not started."""
    environ = {
        "SUARA_DATA__FOLDER": str(tmp_path / "data"),
        "SUARA_DATABASE__URL": url,
        "SUARA_BACKUP__KEEP": "3",
        **more,
    }
    if telegram is not None:
        environ |= {"SUARA_TELEGRAM__TOKEN": telegram.token, "SUARA_TELEGRAM__BASE_URL": telegram.base_url}
        environ |= {"SUARA_ADMIN__TELEGRAM_IDS": str(ADMIN), "SUARA_LOCALE__LANGUAGE": "en"}
    (tmp_path / "config.toml").write_text("", encoding="utf-8")
    config = load(tmp_path / "config.toml", environ)
    database, vault, _ = await open_store(config)
    process = Process(config, database, vault)
    if process.telegram is not None:
        await process.telegram.open()
    try:
        yield process
    finally:
        await asyncio.gather(*process._tasks)
        if process.telegram is not None:
            await process.telegram.close()
        await database.close()


async def after(nightly: Nightly, process: Process, now: datetime) -> list[str]:
    """The copies that are there once the chore ran at this time."""
    await nightly.look(now.astimezone(UTC))
    await asyncio.gather(*process._tasks)
    process._tasks.clear()
    return [path.name for path in backups.nightly(process.config.backups)]


async def test_night_by_night(tmp_path: Path, database_url: str) -> None:
    """Installed on the 24th at 10: the first copy on the 25th at 2, and the last three stay."""
    async with process_of(tmp_path, database_url) as process:
        nightly = Nightly(process)
        assert await after(nightly, process, FIRST) == []
        assert await after(nightly, process, FIRST + timedelta(hours=15, minutes=59)) == []
        assert await after(nightly, process, FIRST + timedelta(hours=16)) == ["suara-2026-11-25.zip"]
        made = (process.config.backups / "suara-2026-11-25.zip").stat().st_mtime_ns
        assert await after(nightly, process, FIRST + timedelta(hours=17)) == ["suara-2026-11-25.zip"]
        assert (process.config.backups / "suara-2026-11-25.zip").stat().st_mtime_ns == made
        (process.config.backups / "sebelum-pindah.zip").write_bytes(b"an officer's own")
        for days in (1, 2, 3, 4):
            kept = await after(nightly, process, FIRST + timedelta(hours=16, days=days))
        assert kept == ["suara-2026-11-27.zip", "suara-2026-11-28.zip", "suara-2026-11-29.zip"]
        assert (process.config.backups / "sebelum-pindah.zip").exists()
        with Archive(process.config.backups / kept[-1]) as archive:
            assert archive.manifest.made_at == FIRST + timedelta(hours=16, days=4)


async def test_a_machine_that_is_off_at_night_makes_it_up(tmp_path: Path, database_url: str) -> None:
    async with process_of(tmp_path, database_url) as process:
        nightly = Nightly(process)
        await after(nightly, process, FIRST)
        assert await after(nightly, process, FIRST + timedelta(days=6)) == ["suara-2026-11-30.zip"]
        assert await after(nightly, process, FIRST + timedelta(days=6, hours=15)) == ["suara-2026-11-30.zip"]


async def test_of_several_processes_one_makes_it(tmp_path: Path, postgres_url: str) -> None:
    async with process_of(tmp_path, postgres_url) as process, process_of(tmp_path, postgres_url) as other:
        first, second = Nightly(process), Nightly(other)
        await after(first, process, FIRST)
        async with other.database.write() as transaction:
            assert await processes.take_lease(transaction, LEASE, other.number)
        assert await after(first, process, FIRST + timedelta(days=1)) == []
        assert await after(second, other, FIRST + timedelta(days=1)) == ["suara-2026-11-25.zip"]
        made = (process.config.backups / "suara-2026-11-25.zip").stat().st_mtime_ns
        assert await after(first, process, FIRST + timedelta(days=1)) == ["suara-2026-11-25.zip"]
        assert (process.config.backups / "suara-2026-11-25.zip").stat().st_mtime_ns == made


async def test_none_are_made_where_none_are_kept(tmp_path: Path, database_url: str) -> None:
    async with process_of(tmp_path, database_url, SUARA_BACKUP__KEEP="0") as process:
        nightly = Nightly(process)
        await after(nightly, process, FIRST)
        assert await after(nightly, process, FIRST + timedelta(days=3)) == []


async def test_a_failure_is_told_once_and_tried_again_every_hour(tmp_path: Path) -> None:
    """What was there stays, no half copy is left, and that it works again is told too."""
    elsewhere = tmp_path / "disk"
    url = f"sqlite:///{tmp_path / 'test.sqlite3'}"
    async with (
        FakeTelegram() as telegram,
        process_of(tmp_path, url, telegram=telegram, SUARA_BACKUP__FOLDER=str(elsewhere)) as process,
    ):
        admin = telegram.person(ADMIN, started=True)
        nightly = Nightly(process)
        await after(nightly, process, FIRST)
        assert await after(nightly, process, FIRST + timedelta(days=1)) == ["suara-2026-11-25.zip"]
        elsewhere.rename(tmp_path / "pulled out")
        elsewhere.write_bytes(b"no folder")
        assert await after(nightly, process, FIRST + timedelta(days=2)) == []
        assert await after(nightly, process, FIRST + timedelta(days=2, minutes=59)) == []
        assert await after(nightly, process, FIRST + timedelta(days=2, hours=1)) == []
        async with process.database.read() as transaction:
            found = [(one.code, one.detail) for one in await incidents.latest(transaction)]
            assert await settings.value(transaction, BACKED_UP) == "2026-11-25"
            assert await processes.take_lease(transaction, LEASE, 7) is True
        assert found == [("backup", "File exists")] * 2
        elsewhere.unlink()
        (tmp_path / "pulled out").rename(elsewhere)
        names = ["suara-2026-11-25.zip", "suara-2026-11-26.zip"]
        assert await after(nightly, process, FIRST + timedelta(days=2, hours=2)) == names
        assert sorted(path.name for path in elsewhere.iterdir()) == names
        assert [message.text for message in admin.received] == [
            "The nightly backup failed (File exists). It is tried again every hour. See: suara doctor",
            "The nightly backup was made again.",
        ]


async def test_a_full_disk_gets_no_copy(tmp_path: Path, database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A copy must not take the room that people's answers need."""
    monkeypatch.setattr(backups, "RESERVE", 10**18)
    async with process_of(tmp_path, database_url) as process:
        nightly = Nightly(process)
        await after(nightly, process, FIRST)
        assert await after(nightly, process, FIRST + timedelta(days=1)) == []
        async with process.database.read() as transaction:
            assert [(one.code, one.detail) for one in await incidents.latest(transaction)] == [("backup", "Full")]


@pytest.mark.parametrize(
    ("now", "hour", "night"),
    [
        (datetime(2026, 11, 24, 1, 59, tzinfo=WITA), 2, date(2026, 11, 23)),
        (datetime(2026, 11, 24, 2, 0, tzinfo=WITA), 2, date(2026, 11, 24)),
        (datetime(2026, 11, 23, 18, 0, tzinfo=UTC), 2, date(2026, 11, 24)),
        (datetime(2026, 11, 24, 0, 0, tzinfo=WITA), 0, date(2026, 11, 24)),
        (datetime(2026, 11, 24, 22, 59, tzinfo=WITA), 23, date(2026, 11, 23)),
    ],
)
def test_the_night_begins_at_its_hour(now: datetime, hour: int, night: date) -> None:
    assert night_of(now, WITA, hour) == night
