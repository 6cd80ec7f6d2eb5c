"""``suara backup`` and ``suara restore``, as an office uses them: while people write, and on another machine."""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any, TypeVar

import pytest
from sqlalchemy import text

from storage.database import Database, open_database
from tests.bot.cli.conftest import Installation, wait_until
from tests.rows import everything, fill

Result = TypeVar("Result")
WRITER = """
import asyncio, sys
from datetime import UTC, datetime
from sqlalchemy import insert
from storage import tables
from storage.database import open_database

async def write(url, me):
    database = open_database(url)
    for number in range(1, 100_000):
        async with database.write() as transaction:
            response = me * 1_000_000 + number
            await transaction.run(insert(tables.response), [dict(
                id=response, survey_id=1, state="complete", language="id", test=False, started_at=datetime.now(UTC))])
            for place in range(5):
                row = dict(response_id=response, place=f"q{place}", value=str(number))
                await transaction.run(insert(tables.answer), [row])
        print(number, flush=True)

asyncio.run(write(sys.argv[1], int(sys.argv[2])))
"""


def url_of(office: Installation) -> str:
    return office.url or f"sqlite+aiosqlite:///{office.data / 'suara.sqlite3'}"


def in_database(office: Installation, work: Callable[[Database], Awaitable[Result]]) -> Result:
    """Work on the office's database, without the program."""

    async def connected() -> Result:
        database = open_database(url_of(office))
        try:
            return await work(database)
        finally:
            await database.close()

    return asyncio.run(connected())


def rows_of(office: Installation) -> dict[str, list[tuple[Any, ...]]]:
    return in_database(office, everything)


def execute(office: Installation, *statements: str) -> None:
    async def work(database: Database) -> None:
        async with database.write() as transaction:
            for statement in statements:
                await transaction.run(text(statement))

    in_database(office, work)


def filled(office: Installation) -> None:
    """Tables with rows, keys, and a photo."""
    assert office("migrate").code == 0
    in_database(office, fill_beside_keys)
    (office.data / "media" / "ab").mkdir(parents=True)
    (office.data / "media" / "ab" / "abcd.jpg").write_bytes(os.urandom(5000))
    (office.data / "survey_media").mkdir()
    (office.data / "survey_media" / "peta.png").write_bytes(b"peta")


async def fill_beside_keys(database: Database) -> None:
    async with database.write() as transaction:
        keys = (await transaction.all(text("SELECT value FROM setting WHERE key = 'keys'")))[0][0]
        await transaction.run(text("DELETE FROM setting"))
    await fill(database)
    async with database.write() as transaction:
        await transaction.run(text("INSERT INTO setting (key, value) VALUES ('keys', :keys)"), {"keys": keys})


def test_a_backup_brought_to_another_machine(on_each: Installation, tmp_path: Path) -> None:
    office = on_each
    filled(office)
    backup = tmp_path / "suara.zip"
    made = office("backup", str(backup))
    assert (made.code, made.err.splitlines()[0]) == (
        0, "The key file is not put into a backup. Keep it apart: suara keys export FILE"
    )  # fmt: skip
    counted, warning = made.out.splitlines()
    rows = sum(map(len, (rows_of(office)).values()))
    assert counted.rpartition(", ")[0] == f"{backup}: {rows} rows, 2 files"
    assert (
        warning
        == f"Without the key file {office.data / 'suara.key'} this backup cannot be read. It is not in the backup."
    )
    key = (office.data / "suara.key").read_bytes()
    with zipfile.ZipFile(backup) as opened:
        assert not [name for name in opened.namelist() if "key" in name]
        secret = json.loads(key)["pepper"].encode()
        assert not [name for name in opened.namelist() if secret in opened.read(name)]

    (tmp_path / "new").mkdir()
    new = Installation(tmp_path / "new", "")
    restored = new("restore", str(backup))
    assert restored.code == 0, restored.err
    assert restored.out.splitlines()[1] == (
        "The key file that belongs to these data is not here, and without it the program does not start. "
        "Bring it back: suara keys import FILE"
    )
    assert rows_of(new) == rows_of(office)
    for name in ("media/ab/abcd.jpg", "survey_media/peta.png"):
        assert (new.data / name).read_bytes() == (office.data / name).read_bytes()

    refused = new("migrate")
    assert (refused.code, refused.out) == (1, "")
    assert refused.err == (
        "The key file suara.key is missing, and the data cannot be read without it; "
        "bring it back: `suara keys import`.\n"
    )
    assert not (new.data / "suara.key").exists()
    shutil.copy(office.data / "suara.key", new.data / "suara.key")
    assert new("migrate").code == 0


def test_the_old_data_are_set_aside(on_each: Installation, tmp_path: Path) -> None:
    office = on_each
    filled(office)
    backup = tmp_path / "suara.zip"
    assert office("backup", str(backup)).code == 0
    saved = rows_of(office)
    execute(office, "DELETE FROM answer")
    (office.data / "survey_media" / "peta.png").write_bytes(b"peta baru")

    refused = office("restore", str(backup))
    assert (refused.code, refused.out, refused.err) == (
        1, "", "There are data already. With --force they are set aside and the backup takes their place.\n"
    )  # fmt: skip
    assert (rows_of(office))["answer"] == []

    done = office("restore", str(backup), "--force")
    assert done.code == 0, done.err
    assert rows_of(office) == saved
    (aside,) = office.data.glob("before-restore-*")
    assert done.out.splitlines()[1].startswith(f"The data that were there are kept in {aside}")
    assert (aside / "survey_media" / "peta.png").read_bytes() == b"peta baru"
    assert (office.data / "survey_media" / "peta.png").read_bytes() == b"peta"
    assert (aside / "suara.key").read_bytes() == (office.data / "suara.key").read_bytes()
    if not office.url:
        old = Installation(tmp_path / "old", f"sqlite:///{aside / 'suara.sqlite3'}")
        found = rows_of(old)
        assert (found["answer"], found["respondent"]) == ([], saved["respondent"])
    assert office("migrate").code == 0


def test_a_key_file_of_other_data_goes_aside_with_them(suara: Installation, tmp_path: Path) -> None:
    filled(suara)
    assert suara("backup", str(tmp_path / "suara.zip")).code == 0
    (tmp_path / "new").mkdir()
    new = Installation(tmp_path / "new", "")
    assert new("migrate").code == 0
    foreign = (new.data / "suara.key").read_bytes()
    done = new("restore", str(tmp_path / "suara.zip"), "--force")
    assert done.code == 0, done.err
    assert "suara keys import FILE" in done.out
    (aside,) = new.data.glob("before-restore-*")
    assert (aside / "suara.key").read_bytes() == foreign
    assert new("migrate").code == 1


@pytest.mark.parametrize("damage", ["cut short", "one bit"])
def test_a_damaged_backup_is_refused_and_nothing_touched(suara: Installation, tmp_path: Path, damage: str) -> None:
    filled(suara)
    backup = tmp_path / "suara.zip"
    assert suara("backup", str(backup)).code == 0
    content = bytearray(backup.read_bytes())
    if damage == "cut short":
        del content[-1000:]
    else:
        content[len(content) // 2] ^= 4
    backup.write_bytes(content)
    before = sorted(path.name for path in suara.data.rglob("*")), rows_of(suara)
    refused = suara("restore", str(backup), "--force")
    assert (refused.code, refused.out, refused.err) == (
        1,
        "",
        "This file is no whole backup: it is cut short, damaged, or of another program. Please take another one.\n",
    )
    assert (sorted(path.name for path in suara.data.rglob("*")), rows_of(suara)) == before


def test_while_three_processes_write(on_each: Installation, tmp_path: Path) -> None:
    """One moment: of every writer the first so many responses, each with all of its answers."""
    office = on_each
    assert office("migrate").code == 0
    execute(
        office,
        "INSERT INTO survey (id, name, version, state, notation, published_at) "
        "VALUES (1, 'uji', 1, 'open', '', '2026-11-24T00:00:00.000000+00:00')",
    )
    command = [sys.executable, "-c", WRITER, url_of(office)]
    root = str(Path(__file__).parents[3])
    writers = [subprocess.Popen([*command, str(me)], stdout=subprocess.PIPE, text=True, cwd=root) for me in (1, 2, 3)]
    try:
        for writer in writers:
            assert writer.stdout is not None
            assert writer.stdout.readline() == "1\n"
        backups = [tmp_path / f"{number}.zip" for number in (1, 2)]
        for backup in backups:
            made = office("backup", str(backup))
            assert made.code == 0, made.err
        assert [writer.poll() for writer in writers] == [None, None, None]
    finally:
        for writer in writers:
            writer.kill()
            writer.communicate()
    seen = []
    for backup in backups:
        folder = tmp_path / backup.stem
        folder.mkdir()
        new = Installation(folder, "")
        assert new("restore", str(backup)).code == 0
        rows = rows_of(new)
        numbers = {
            me: [row[0] % 1_000_000 for row in rows["response"] if row[0] // 1_000_000 == me] for me in (1, 2, 3)
        }
        assert {me: found == list(range(1, len(found) + 1)) for me, found in numbers.items()} == dict.fromkeys(
            (1, 2, 3), True
        )
        answers: dict[int, list[str]] = {}
        for row in rows["answer"]:
            answers.setdefault(row[0], []).append(row[1])
        assert answers == {row[0]: [f"q{place}" for place in range(5)] for row in rows["response"]}
        seen.append(len(rows["response"]))
    assert 3 <= seen[0] < seen[1]


def test_a_file_that_is_there_is_not_written_over(suara: Installation, tmp_path: Path) -> None:
    assert suara("migrate").code == 0
    backup = tmp_path / "suara.zip"
    backup.write_bytes(b"something else")
    refused = suara("backup", str(backup))
    assert (refused.code, refused.err) == (1, f"{backup} is there already. Choose another name, or add --force.\n")
    assert backup.read_bytes() == b"something else"
    assert suara("backup", str(backup), "--force").code == 0
    assert zipfile.is_zipfile(backup)


def test_a_place_that_cannot_be_written_is_named(suara: Installation, tmp_path: Path) -> None:
    assert suara("migrate").code == 0
    (tmp_path / "file").write_bytes(b"")
    backup = tmp_path / "file" / "suara.zip"
    refused = suara("backup", str(backup))
    assert (refused.code, refused.out) == (1, "")
    assert refused.err.splitlines()[-1] == f"{backup} cannot be written: File exists."


def test_before_there_are_tables(suara: Installation, tmp_path: Path) -> None:
    refused = suara("backup", str(tmp_path / "suara.zip"))
    assert (refused.code, refused.out) == (1, "")
    assert refused.err.splitlines()[-1] == "There are no data yet: start the program once (suara serve)."
    assert not suara.data.exists()


def test_a_missing_backup_is_named(suara: Installation) -> None:
    refused = suara("restore", "there-is-none.zip")
    assert (refused.code, refused.err) == (1, "There is no file there-is-none.zip.\n")


def test_while_the_program_serves(on_each: Installation, tmp_path: Path) -> None:
    """A backup can be made; restoring has to wait until the program was stopped."""
    office = on_each
    backup = tmp_path / "suara.zip"
    with office.serving() as serving:
        assert office("backup", str(backup)).code == 0
        refused = office("restore", str(backup), "--force")
        assert (refused.code, refused.out) == (1, "")
        where = "A process works on this database. Stop it first." if office.url else (
            f"Another instance works on the data folder {office.data} (process {serving.process.pid}). "
            "Stop it first, or choose another folder (data.folder)."
        )  # fmt: skip
        assert refused.err == f"{where}\n"
        assert serving.get("/readyz") == (200, "ready\n")
    assert serving.process.returncode == 0
    done = office("restore", str(backup), "--force")
    assert done.code == 0, done.err
    with office.serving() as serving:
        assert serving.get("/readyz") == (200, "ready\n")


def test_after_the_program_was_killed(on_each: Installation, tmp_path: Path) -> None:
    """A process that died holds nothing back."""
    office = on_each
    with office.serving() as serving:
        assert office("backup", str(tmp_path / "suara.zip")).code == 0
        serving.process.kill()
        wait_until(lambda: serving.process.poll() is not None)
    assert office("restore", str(tmp_path / "suara.zip"), "--force").code == 0
