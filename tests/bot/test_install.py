"""Set-up: what is installed where, when it is looked at again, and what it says when the machine lacks something."""

from __future__ import annotations

import importlib.util
import sys
from importlib.machinery import ModuleSpec
from pathlib import Path

import pytest

from bot import install


@pytest.fixture
def fresh(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the program's folder on a machine where nothing was ever set up."""
    for name in (*install.LOCKS, "pyproject.toml"):
        (tmp_path / name).write_bytes((install.ROOT / name).read_bytes())
    monkeypatch.setattr(install, "ROOT", tmp_path)
    monkeypatch.setattr(install, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(install, "STAMPS", tmp_path / ".venv" / "installed")
    for name in (
        "SUARA_DATABASE__URL",
        "SUARA_DATABASE__URL_FILE",
        "SUARA_CONFIG",
        "SUARA_LOCALE__LANGUAGE",
        "SUARA_TRAINING__CERTIFICATES",
    ):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LC_ALL", "C")
    return tmp_path


@pytest.fixture
def installed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Instead of fetching packages: a list of the locks that were asked for, and a Python that is there."""
    asked: list[str] = []

    def create() -> None:
        install.interpreter(install.VENV).parent.mkdir(parents=True, exist_ok=True)
        install.interpreter(install.VENV).touch()

    monkeypatch.setattr(install, "create_venv", create)
    monkeypatch.setattr(install, "install", asked.append)
    return asked


def test_the_second_time_nothing_is_done(fresh: Path, installed: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert [install.main([]), install.main([])] == [0, 0]
    assert installed == ["requirements.lock"]
    assert capsys.readouterr().out == "Setting up in .venv (only this time) …\n"


def test_what_tests_need_is_enough_for_running(fresh: Path, installed: list[str]) -> None:
    assert [install.main(["--tests"]), install.main([]), install.main(["--tests"])] == [0, 0, 0]
    assert installed == ["requirements-dev.lock"]


def test_another_lock_is_installed_again(fresh: Path, installed: list[str]) -> None:
    install.main([])
    with (fresh / "requirements.lock").open("a") as lock:
        lock.write("# newer\n")
    install.main([])
    assert installed == ["requirements.lock", "requirements.lock"]


def test_a_set_up_that_failed_is_tried_again(
    fresh: Path, installed: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(_lock: str) -> None:
        raise install.SetupError("no network")

    with monkeypatch.context() as broken:
        broken.setattr(install, "install", fail)
        assert install.main([]) == 1
    assert capsys.readouterr().err == "no network\n"
    assert install.main([]) == 0
    assert installed == ["requirements.lock"]


@pytest.mark.parametrize(
    ("settings", "environ", "lock"),
    [
        ("", {}, "requirements.lock"),
        ("[database]\nurl = 'sqlite:///a'\n", {}, "requirements.lock"),
        ("[database]\nurl = 'postgresql://h/n'\n", {}, "requirements-postgres.lock"),
        ("", {"SUARA_DATABASE__URL": "postgres://h/n"}, "requirements-postgres.lock"),
        ("[training]\ncertificates = true\n", {}, "requirements-pdf.lock"),
        ("[training]\ncertificates = false\n", {"SUARA_TRAINING__CERTIFICATES": "true"}, "requirements-pdf.lock"),
        (
            "[training]\ncertificates = true\n[database]\nurl = 'postgresql://h/n'\n",
            {},
            "requirements-pdf.lock",
        ),
        ("[database\n", {}, "requirements.lock"),
    ],
)
def test_the_driver_of_a_server_only_where_there_is_one(
    settings: str, environ: dict[str, str], lock: str, fresh: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (fresh / "config.toml").write_text(settings, encoding="utf-8")
    for name, value in environ.items():
        monkeypatch.setenv(name, value)
    assert install.wanted_lock(tests=False) == lock
    assert install.wanted_lock(tests=True) == "requirements-dev.lock"


def test_the_address_of_a_server_from_a_secret_file(fresh: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (fresh / "secret").write_text("postgresql://h/n\n", encoding="utf-8")
    monkeypatch.setenv("SUARA_DATABASE__URL_FILE", str(fresh / "secret"))
    assert install.wanted_lock(tests=False) == "requirements-postgres.lock"


def test_an_old_python_is_told_which_is_needed(
    fresh: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 9, 2))
    assert install.main([]) == 1
    assert capsys.readouterr().err == "Python 3.11 or newer is needed; this one is 3.9.2.\n"


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("C", "Python's venv module is missing. Install it with: sudo apt install python3.12-venv\n"),
        ("id_ID.UTF-8", "Modul venv untuk Python belum ada. Pasang dengan: sudo apt install python3.12-venv\n"),
    ],
)
def test_a_missing_venv_module_names_the_one_package(
    language: str, words: str, fresh: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    found = importlib.util.find_spec

    def without_ensurepip(name: str) -> ModuleSpec | None:
        return None if name == "ensurepip" else found(name)

    monkeypatch.setattr(importlib.util, "find_spec", without_ensurepip)
    monkeypatch.setattr(sys, "version_info", (3, 12, 3))
    monkeypatch.setenv("LC_ALL", language)
    assert install.main([]) == 1
    assert capsys.readouterr().err == words
