"""What starts the program with the machine: paths as systemd and Windows read them."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import replace
from pathlib import Path, PurePosixPath, PureWindowsPath

import pytest

from bot.service import Installation, systemd_unit, windows_task, writing_folders

OFFICE = Installation(
    command=("/opt/suara-alak/.venv/bin/suara",),
    folder=PurePosixPath("/opt/suara-alak"),
    config=PurePosixPath("/opt/suara-alak/config.toml"),
    user="suara",
    group="suara",
    writes=(PurePosixPath("/opt/suara-alak/data"), PurePosixPath("/mnt/cadangan")),
)


def setting(unit: str, name: str) -> list[str]:
    return [line.partition("=")[2] for line in unit.splitlines() if line.partition("=")[0] == name]


def test_the_unit_names_its_paths() -> None:
    unit = systemd_unit(OFFICE)
    assert {
        name: setting(unit, name) for name in ("User", "Group", "WorkingDirectory", "ExecStart", "ReadWritePaths")
    } == {
        "User": ["suara"],
        "Group": ["suara"],
        "WorkingDirectory": ["/opt/suara-alak"],
        "ExecStart": ["/opt/suara-alak/.venv/bin/suara --config /opt/suara-alak/config.toml serve"],
        "ReadWritePaths": ["/opt/suara-alak/data /mnt/cadangan"],
    }
    assert setting(unit, "ExecStartPre") == [
        "+/usr/bin/install -d -m 0700 -o suara -g suara /opt/suara-alak/data /mnt/cadangan"
    ]
    assert (setting(unit, "Restart"), setting(unit, "TimeoutStopSec")) == (["always"], ["10"])


def test_without_settings_it_is_the_trial_mode() -> None:
    unit = systemd_unit(replace(OFFICE, config=None))
    assert setting(unit, "ExecStart") == ["/opt/suara-alak/.venv/bin/suara serve"]


def test_signs_that_systemd_reads_otherwise() -> None:
    odd = replace(
        OFFICE,
        folder=PurePosixPath("/srv/kantor camat 100%"),
        config=PurePosixPath('/srv/$kantor "baru"/config.toml'),
        writes=(PurePosixPath("/srv/kantor camat 100%/data"),),
    )
    unit = systemd_unit(odd)
    assert setting(unit, "WorkingDirectory") == ["/srv/kantor camat 100%%"]
    assert setting(unit, "ExecStart") == [
        r'/opt/suara-alak/.venv/bin/suara --config "/srv/$$kantor \"baru\"/config.toml" serve'
    ]
    assert setting(unit, "ReadWritePaths") == ['"/srv/kantor camat 100%%/data"']


def test_systemd_itself_reads_it(tmp_path: Path) -> None:
    """Where this machine has systemd's own check; the program has to be there, so it is a small one."""
    check = shutil.which("systemd-analyze")
    program = tmp_path / "suara"
    program.write_text("#!/bin/sh\n", encoding="utf-8")
    program.chmod(0o755)
    file = tmp_path / "suara.service"
    here = replace(
        OFFICE, command=(str(program),), folder=tmp_path, writes=(tmp_path / "data",), user="root", group="root"
    )
    file.write_text(systemd_unit(here), encoding="utf-8")
    if check is not None:
        done = subprocess.run([check, "verify", str(file)], capture_output=True, text=True, check=False)
        assert [line for line in done.stderr.splitlines() if file.name in line] == []
    assert file.read_text(encoding="utf-8").count("%") == 0


def test_the_task_for_windows() -> None:
    office = replace(
        OFFICE,
        command=(str(PureWindowsPath(r"C:\Program Files\suara\.venv\Scripts\suara.exe")),),
        config=PureWindowsPath(r"C:\Program Files\suara\config.toml"),
        user="kantor",
    )
    assert windows_task(office) == (
        r'schtasks /Create /TN "Suara Alak" /SC ONSTART /RU "kantor" /RP * /RL LIMITED /F '
        r'/TR "\"C:\Program Files\suara\.venv\Scripts\suara.exe\" '
        r'--config \"C:\Program Files\suara\config.toml\" serve"'
    )


@pytest.mark.parametrize(
    ("data", "backups", "sqlite", "found"),
    [
        ("/o/data", "/o/data/backups", "/o/data/suara.sqlite3", ["/o/data"]),
        ("/o/data", "/mnt/b", "/o/data/suara.sqlite3", ["/mnt/b", "/o/data"]),
        ("/o/data", "/o/data/backups", "/db/suara.sqlite3", ["/db", "/o/data"]),
        ("/o/data", "/o/data/backups", None, ["/o/data"]),
        ("/o/data", "/o/data2", None, ["/o/data", "/o/data2"]),
    ],
)
def test_folders_it_writes(data: str, backups: str, sqlite: str | None, found: list[str]) -> None:
    folders = writing_folders(Path(data), Path(backups), Path(sqlite) if sqlite else None)
    assert [str(folder) for folder in folders] == found
