"""The house as it was designed: who may import whom, what is called what, and one file for each new thing."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import grimp
import pytest
from importlinter.cli import lint_imports

ROOT = Path(__file__).resolve().parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
PACKAGES = PROJECT["tool"]["importlinter"]["root_packages"]
SOURCES = sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))
VAGUE = {"common", "core", "helper", "helpers", "lib", "manager", "managers", "misc", "util", "utils"}

# Each folder in which a new file is a new thing, found by its registry.
REGISTRIES = [
    name
    for name in (
        "surveys.questions",
        "bot.channels",
        "bot.cli",
        "outreach.reminders",
        "handlers.commands",
        "reports",
        "web.pages",
    )
    if (ROOT / name.replace(".", "/") / "__init__.py").exists()
]


def test_every_package_is_known_to_the_import_rules() -> None:
    found = {path.parent.name for path in ROOT.glob("*/*.py") if not path.parent.name.startswith(".")}
    assert sorted(found - {"tests", "benchmarks"}) == sorted(PACKAGES)
    assert [name for name in PACKAGES if not (ROOT / name / "__init__.py").exists()] == []


def test_import_rules_hold(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(ROOT)
    assert lint_imports(no_logo=True) == 0, capsys.readouterr().out


def test_channels_do_not_know_each_other() -> None:
    """``telegram.py`` and the ``_telegram_….py`` beside it are one channel."""
    graph = grimp.build_graph("bot", cache_dir=None)
    modules = graph.find_descendants("bot.channels")
    shared = {"base", "fitting"}
    found = {
        (importer, imported)
        for importer in modules
        for imported in graph.find_modules_directly_imported_by(importer) & modules
        if _channel(imported) not in shared | {_channel(importer)}
    }
    assert found == set()
    assert {_channel(module) for module in modules} - shared >= {"telegram", "webchat"}


def _channel(module: str) -> str:
    return module.split(".")[2].lstrip("_").partition("_")[0]


def test_names_say_what_a_thing_is() -> None:
    names = [path.relative_to(ROOT).with_suffix("").parts for path in SOURCES]
    assert [parts for parts in names if VAGUE & set(parts)] == []


@pytest.mark.parametrize(
    "line",
    [
        "from datetime import datetime\n\nprint(datetime.now())\n",
        "import datetime\n\nprint(datetime.date.today())\n",
        "import random\n\nprint(random.choice([1, 2]))\n",
        "import time\n\nprint(time.time())\n",
    ],
)
def test_the_time_and_the_dice_are_arguments(line: str) -> None:
    assert (_banned(line, "surveys/x.py"), _banned(line, "storage/x.py"), _banned(line, "bot/x.py")) == (
        True,
        True,
        False,
    )


def _banned(code: str, path: str) -> bool:
    command = [
        str(Path(sys.executable).with_name("ruff")),
        "check",
        "--select",
        "TID251",
        "--stdin-filename",
        path,
        "-",
    ]
    done = subprocess.run(command, input=code, capture_output=True, text=True, cwd=ROOT, check=False)
    assert done.returncode in {0, 1}, done.stderr
    return "TID251" in done.stdout


def test_what_is_imported_is_asked_for_in_the_list_of_packages() -> None:
    asked = {_plain(name) for name in PROJECT["project"]["dependencies"]}
    extras = {_plain(name) for names in PROJECT["project"]["optional-dependencies"].values() for name in names}
    distributions = {module: {_plain(name) for name in names} for module, names in packages_distributions().items()}
    missing = {
        (str(path.relative_to(ROOT)), module)
        for path in SOURCES
        for module in _imported(path)
        if module not in sys.stdlib_module_names
        and module not in PACKAGES
        and not distributions.get(module, {module}) & (asked | extras)
    }
    assert sorted(missing) == []


def test_what_is_asked_for_is_imported() -> None:
    """A package nobody imports is weight. Some are asked for by another: the reason stands beside them."""
    by_others = {
        "aiosqlite": "SQLAlchemy drives SQLite with it",
        "httptools": "uvicorn parses with it",
        "python-multipart": "Starlette reads forms with it",
        "tzdata": "zoneinfo reads it where the system has no time zones",
    }
    distributions = packages_distributions()
    imported = {
        _plain(name) for path in SOURCES for module in _imported(path) for name in distributions.get(module, ())
    }
    asked = {_plain(name) for name in PROJECT["project"]["dependencies"]}
    assert sorted(asked - imported - set(by_others)) == []


def _plain(requirement: str) -> str:
    return re.split(r"[\[<>=!~; ]", requirement, maxsplit=1)[0].lower().replace("_", "-")


def _imported(path: Path) -> set[str]:
    modules = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            modules |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            modules.add(node.module.partition(".")[0])
    return modules


@pytest.mark.parametrize("registry", REGISTRIES)
def test_every_registered_file_has_a_test(registry: str) -> None:
    folder = ROOT / registry.replace(".", "/")
    names = [path.stem for path in folder.iterdir() if path.suffix == ".py" or (path / "__init__.py").exists()]
    tested = {path.stem for path in (ROOT / "tests").rglob("test_*.py")}
    text = {path.stem: path.read_text(encoding="utf-8") for path in (ROOT / "tests").rglob("test_*.py")}
    untested = [
        name
        for name in names
        if not name.startswith("_")
        and f"test_{name}" not in tested
        and not (ROOT / "tests" / "golden" / folder.name / f"{name}.txt").is_file()  # read by a test of them all
        and not any(
            f"{registry}.{name}" in words or f"from {registry} import {name}" in words for words in text.values()
        )
    ]
    assert untested == []
