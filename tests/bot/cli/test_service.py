"""``suara service`` prints a unit for this installation, and only that to standard output."""

from __future__ import annotations

import getpass
from pathlib import Path

import pytest

from tests.bot.cli.conftest import Installation


def test_for_this_installation(suara: Installation, tmp_path: Path) -> None:
    config = suara.folder / "config.toml"
    config.write_text(f'[backup]\nfolder = "{tmp_path / "copies"}"\n', encoding="utf-8")
    said = suara("service", "--user", "suara-tidak-ada")
    assert said.code == 0
    found = dict(line.split("=", 1) for line in said.out.splitlines() if "=" in line)
    assert (found["User"], found["Group"], found["WorkingDirectory"]) == (
        "suara-tidak-ada", "suara-tidak-ada", str(suara.folder)
    )  # fmt: skip
    assert found["ExecStart"].endswith(f" --config {config} serve")
    assert found["ReadWritePaths"] == f"{tmp_path / 'copies'} {suara.data}"
    assert said.err.splitlines()[:2] == [
        "To install: suara service --user suara-tidak-ada | sudo tee /etc/systemd/system/suara.service",
        "Then: sudo systemctl daemon-reload && sudo systemctl enable --now suara",
    ]
    assert said.err.splitlines()[-1].startswith(
        "These are set here but not in the unit; write them to config.toml: SUARA_"
    )
    assert sorted(path.name for path in suara.folder.iterdir()) == ["config.toml"]


def test_the_hint_prints_the_same_unit(suara: Installation, monkeypatch: pytest.MonkeyPatch) -> None:
    hint = " | sudo tee /etc/systemd/system/suara.service"
    for me, options, again in (
        ("root", (), "suara service"),
        ("root", ("--user", "suara"), "suara service --user suara"),
        ("budi", (), "suara service"),
        ("budi", ("--user", "budi"), "suara service"),
        ("budi", ("--user", "root"), "suara service --user root"),
    ):
        monkeypatch.setattr(getpass, "getuser", lambda me=me: me)
        assert f"To install: {again}{hint}" in suara("service", *options).err.splitlines()


def test_root_and_trial_mode_are_mentioned(suara: Installation) -> None:
    said = suara("service", "--user", "root")
    assert "Better an account of its own than root: suara service --user suara" in said.err.splitlines()
    assert "There is no config.toml: this unit starts the trial mode." in said.err.splitlines()
