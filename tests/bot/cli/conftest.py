"""An installation of its own for each test: a folder with settings, a database of each kind, and the program in it."""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

import pytest

from bot.cli import main


class Said(NamedTuple):
    """What a command said, and its exit code."""

    code: int
    out: str
    err: str


@dataclass(slots=True)
class Installation:
    """``suara("doctor")`` runs a command; ``serving()`` runs the program."""

    folder: Path
    url: str
    environ: dict[str, str] = field(default_factory=dict)

    @property
    def data(self) -> Path:
        return self.folder / "data"

    def __call__(self, *arguments: str, **more: str) -> Said:
        """Run a command here, as the console script does. In a test that is async, in a thread."""
        out, err = io.StringIO(), io.StringIO()
        with pytest.MonkeyPatch.context() as patch, redirect_stdout(out), redirect_stderr(err):
            patch.chdir(self.folder)
            patch.setattr(os, "environ", self._environ(more))
            patch.setattr(sys, "excepthook", sys.excepthook)
            with pytest.raises(SystemExit) as ended:
                main(list(arguments))
        assert isinstance(ended.value.code, int)
        return Said(ended.value.code, out.getvalue(), err.getvalue())

    def start(self, *arguments: str, **more: str) -> subprocess.Popen[str]:
        """A process of the program; what it says on standard error can be read."""
        return subprocess.Popen(
            [sys.executable, "-m", "bot", *arguments],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            cwd=self.folder,
            env=self._environ(more),
        )

    @contextmanager
    def serving(self, command: str = "serve", **more: str) -> Iterator[Serving]:
        """``suara serve`` on a free port, until the end of the block."""
        process = self.start(command, **more)
        try:
            yield Serving(process, _when_ready(process))
        finally:
            if process.poll() is None:
                process.terminate()
            process.communicate(timeout=20)

    def _environ(self, more: Mapping[str, str]) -> dict[str, str]:
        plain = {key: value for key, value in os.environ.items() if not key.startswith("SUARA_")}
        plain |= {"LC_ALL": "C", "PYTHONUNBUFFERED": "1", "PYTHONPATH": str(Path(__file__).parents[3])}
        plain |= {"SUARA_LOCALE__LANGUAGE": "en", "SUARA_WEB__PORT": "0", "SUARA_DATABASE__URL": self.url}
        return {**plain, **self.environ, **more}


class Serving(NamedTuple):
    """The running program, and where it listens."""

    process: subprocess.Popen[str]
    address: str

    def get(self, path: str) -> tuple[int, str]:
        """Status and body."""
        try:
            with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(self.address + path) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            with error:
                return error.code, error.read().decode()


def _when_ready(process: subprocess.Popen[str]) -> str:
    """Read what it says until it is ready; its address."""
    assert process.stderr is not None
    said = []
    address = ""
    for line in process.stderr:
        said.append(line)
        if found := re.search(r"http://[\d.]+:\d+", line):
            address = found[0]
        if line.startswith("Ready."):
            return address
    pytest.fail("it did not start:\n" + "".join(said))


def wait_until(condition: Callable[[], bool], within: float = 20.0) -> None:
    """Ask again until it holds."""
    end = time.monotonic() + within
    while not condition():
        if time.monotonic() > end:
            pytest.fail(f"it did not happen within {within} s")
        time.sleep(0.05)


@pytest.fixture
def suara(tmp_path: Path) -> Installation:
    """On a SQLite file in the data folder."""
    folder = tmp_path / "office"
    folder.mkdir()
    return Installation(folder, "")


@pytest.fixture
def on_each(tmp_path: Path, database_url: str) -> Installation:
    """Once on SQLite, once on PostgreSQL."""
    folder = tmp_path / "office"
    folder.mkdir()
    return Installation(folder, "" if database_url.startswith("sqlite") else database_url)
