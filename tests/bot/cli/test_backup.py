"""``suara backup``: one file of one moment, made while people write, and never over another."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

from tests.bot.cli.conftest import Installation
from tests.bot.cli.records import execute, rows_of, url_of

WRITER = """
import asyncio, sys
from sqlalchemy import insert
from storage import tables
from storage.database import open_database
from storage.errors import Busy

async def answer(database, response):
    async with database.write() as transaction:
        await transaction.run(insert(tables.response), [dict(
            id=response, survey_id=1, state="complete", language="id", test=False)])
        for place in range(5):
            row = dict(response_id=response, place=f"q{place}", value=str(response))
            await transaction.run(insert(tables.answer), [row])

async def write(url, me):
    database = open_database(url)
    for number in range(1, 100_000):
        while True:  # the lock of a file knows no queue: who writes without a pause may keep another waiting too long
            try:
                await answer(database, me * 1_000_000 + number)
            except Busy:
                continue
            break
        print(number, flush=True)

asyncio.run(write(sys.argv[1], int(sys.argv[2])))
"""


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


def test_while_the_program_serves(on_each: Installation, tmp_path: Path) -> None:
    """A backup can be made; restoring has to wait until the program was stopped."""
    office = on_each
    backup = tmp_path / "suara.zip"
    with office.serving() as serving:
        assert office("backup", str(backup)).code == 0
        refused = office("restore", str(backup), "--force")
        assert (refused.code, refused.out) == (1, "")
        where = "A process works on this database. Stop it first." if office.url else (
            f"Another instance (process {serving.process.pid}) works on the data folder {office.data}. "
            "Stop it first, or choose another folder (data.folder)."
        )  # fmt: skip
        assert refused.err == f"{where}\n"
        assert serving.get("/readyz") == (200, "ready\n")
    assert serving.process.returncode == 0
    done = office("restore", str(backup), "--force")
    assert done.code == 0, done.err
    with office.serving() as serving:
        assert serving.get("/readyz") == (200, "ready\n")
