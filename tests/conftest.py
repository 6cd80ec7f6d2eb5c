"""What every test has: databases to try both kinds, and the rule that nothing is left out unnoticed.

On a user's machine a test whose system part (PostgreSQL, Chromium) is missing is skipped, and the summary says what to
install. Where CI is set a skip is a failure.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Generator
from pathlib import Path

import pytest

pytest_plugins = ["pytester", "tests.migrated", "tests.postgres", "tests.chromium"]

IN_CI = bool(os.environ.get("CI"))
MEMORY = Path("/dev/shm")
ENOUGH = 4 * 2**30
"""Bytes that must be free."""


def pytest_configure(config: pytest.Config) -> None:
    """Files of tests live in memory where there is room: a killed process loses nothing there that it would not lose on
    a disk, and writing the thousands of databases costs the system a third of the time."""
    if "TMPDIR" not in os.environ and os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > ENOUGH:
        os.environ["TMPDIR"] = str(MEMORY)
        tempfile.tempdir = None  # looked up anew


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    if IN_CI and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"skipped in CI: {_reason(report.longrepr)}"
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    report = yield
    if IN_CI and report.outcome == "skipped":
        report.outcome = "failed"
        report.longrepr = f"skipped in CI: {_reason(report.longrepr)}"
    return report


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    skipped = terminalreporter.stats.get("skipped", [])
    reasons = sorted({_reason(report.longrepr) for report in skipped})
    if reasons:
        terminalreporter.section("not tested on this machine")
        for reason in reasons:
            terminalreporter.write_line(reason)


def _reason(longrepr: object) -> str:
    """What a skip said; pytest keeps it as (file, line, "Skipped: …")."""
    words = longrepr[2] if isinstance(longrepr, tuple) else str(longrepr)
    return words.removeprefix("Skipped: ")
