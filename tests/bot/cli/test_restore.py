"""``suara restore``: all of it or nothing, on another machine or over data that are set aside."""

from __future__ import annotations

import json
import shutil
import zipfile
from pathlib import Path

import pytest

from tests.bot.cli.conftest import Installation, wait_until
from tests.bot.cli.records import execute, filled, rows_of


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
        assert not [name for name in opened.namelist() if name.rpartition("/")[2] == "suara.key"]
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


def test_how_far_the_audit_reached_stays_with_the_old_data(on_each: Installation, tmp_path: Path) -> None:
    office = on_each
    office("admin", "invite", "--role", "viewer")
    assert office("backup", str(tmp_path / "suara.zip")).code == 0
    office("admin", "invite", "--role", "viewer")
    marked = (office.data / "suara.audit").read_bytes()
    assert office("restore", str(tmp_path / "suara.zip"), "--force").code == 0
    (aside,) = office.data.glob("before-restore-*")
    assert (aside / "suara.audit").read_bytes() == marked
    office("admin", "invite", "--role", "viewer")
    assert office("audit", "verify").out.splitlines()[0].startswith("The audit is whole: ")


def test_who_worked_when_it_was_backed_up_is_not_found_dead_afterwards(on_each: Installation, tmp_path: Path) -> None:
    office = on_each
    filled(office)
    execute(
        office,
        "INSERT INTO process (id, started_at, beat, beat_at) VALUES (77, '2026-11-24', 3, '2026-11-24')",
        "UPDATE delivery SET owner = 77 WHERE state = 'leased'",
        "UPDATE lease SET owner = 77",
    )
    assert office("backup", str(tmp_path / "suara.zip")).code == 0
    done = office("restore", str(tmp_path / "suara.zip"), "--force")
    assert done.code == 0, done.err
    found = rows_of(office)
    assert (found["process"], found["lease"]) == ([], [])
    assert [row for row in found["delivery"] if "leased" in row] == []


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


def test_a_missing_backup_is_named(suara: Installation) -> None:
    refused = suara("restore", "there-is-none.zip")
    assert (refused.code, refused.err) == (1, "There is no file there-is-none.zip.\n")


def test_after_the_program_was_killed(on_each: Installation, tmp_path: Path) -> None:
    """A process that died holds nothing back."""
    office = on_each
    with office.serving() as serving:
        assert office("backup", str(tmp_path / "suara.zip")).code == 0
        serving.process.kill()
        wait_until(lambda: serving.process.poll() is not None)
    assert office("restore", str(tmp_path / "suara.zip"), "--force").code == 0
