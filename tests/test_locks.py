"""The locks: exact, hashed, complete, and without the address of any registry."""

from __future__ import annotations

import re
import subprocess
import tomllib
from itertools import pairwise
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from bot.install import LOCKS

ROOT = Path(__file__).resolve().parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
ASKED = {
    LOCKS[0]: [*PROJECT["project"]["dependencies"], *PROJECT["dependency-groups"]["build"]],
    LOCKS[1]: PROJECT["project"]["optional-dependencies"]["postgres"],
    LOCKS[2]: PROJECT["project"]["optional-dependencies"]["pdf"],
    LOCKS[3]: PROJECT["dependency-groups"]["dev"],
}


def _locked(name: str) -> dict[str, tuple[str, int]]:
    """Package → (version, number of hashes)."""
    text = (ROOT / name).read_text(encoding="utf-8").replace("\\\n", " ")
    return {
        found["name"]: (found["version"], line.count("--hash=sha256:"))
        for line in text.splitlines()
        if (found := re.match(r"(?P<name>[a-z0-9-]+)(\[[a-z,]+\])?==(?P<version>\S+)", line))
    }


@pytest.mark.parametrize("lock", LOCKS)
def test_every_package_has_hashes_and_nothing_else_stands_there(lock: str) -> None:
    text = (ROOT / lock).read_text(encoding="utf-8").replace("\\\n", " ")
    assert [line for line in text.splitlines() if line and not re.match(r"[a-z0-9-]+(\[[a-z,]+\])?==\S+ ", line)] == []
    assert [name for name, (_version, hashes) in _locked(lock).items() if hashes == 0] == []


@pytest.mark.parametrize("lock", LOCKS)
def test_what_the_project_asks_for_is_locked_at_a_version_it_takes(lock: str) -> None:
    locked = _locked(lock)
    for words in ASKED[lock]:
        wanted = Requirement(words)
        name = wanted.name.lower().replace("_", "-")
        assert (name, wanted.specifier.contains(locked[name][0])) == (name, True)


def test_each_lock_holds_the_one_before() -> None:
    locked = [_locked(name).items() for name in LOCKS]
    assert [before - after for before, after in pairwise(locked)] == [set()] * (len(LOCKS) - 1)


def test_no_file_names_a_registry() -> None:
    hosts = ("pypi" + ".org", "pythonhosted" + ".org", "npmjs" + ".org", "npmjs" + ".com", "--index" + "-url")
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.split("\0")
    files = [ROOT / name for name in listed if name and (ROOT / name).is_file()]
    assert [
        (str(file.relative_to(ROOT)), host)
        for file in files
        for host in hosts
        if host.encode() in file.read_bytes()
    ] == []  # fmt: skip
