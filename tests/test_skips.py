"""Nothing is left out unnoticed: a skip fails in CI, and elsewhere the summary says what to install."""

from __future__ import annotations

from pathlib import Path

import pytest

OURS = Path(__file__).with_name("conftest.py").read_text(encoding="utf-8")
LACKING = """
import pytest

@pytest.fixture
def server():
    pytest.skip("PostgreSQL is missing: sudo apt install postgresql")

def test_a(server): ...
def test_b(server): ...
def test_c(): ...
"""
WHOLE_FILE = 'import pytest\npytest.skip("Chromium is missing", allow_module_level=True)\n'


@pytest.fixture
def run(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> pytest.Pytester:
    plugins = next(line for line in OURS.splitlines() if line.startswith("pytest_plugins"))
    pytester.makeconftest(OURS.replace(plugins, ""))
    pytester.makepyfile(test_lacking=LACKING, test_whole_file=WHOLE_FILE)
    monkeypatch.delenv("CI", raising=False)
    return pytester


def test_elsewhere_it_is_skipped_and_said_once(run: pytest.Pytester) -> None:
    result = run.runpytest_subprocess("-p", "no:xdist")
    result.assert_outcomes(passed=1, skipped=3)
    lines = result.outlines
    summary = lines[next(number for number, line in enumerate(lines) if "not tested on this machine" in line) :]
    assert [line for line in summary if "missing" in line] == [
        "Chromium is missing",
        "PostgreSQL is missing: sudo apt install postgresql",
    ]


@pytest.mark.parametrize("workers", [["-p", "no:xdist"], ["-n", "2"]])
def test_in_ci_a_skip_fails(workers: list[str], run: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CI", "true")
    result = run.runpytest_subprocess("--continue-on-collection-errors", *workers)
    outcomes = result.parseoutcomes()
    assert outcomes.get("skipped", 0) == 0
    assert result.ret != 0
    result.stdout.fnmatch_lines(["*skipped in CI: PostgreSQL is missing: sudo apt install postgresql*"])
