"""Whether an office with a long past is as quick as a new one: answers a second beside a million stored answers.

The two offices take turns within one run, so that whatever else the machine does happens to both.
"""

from __future__ import annotations

import asyncio
import shutil
import tempfile
from contextlib import ExitStack
from pathlib import Path
from statistics import median

from benchmarks.answers import Length, crowd
from benchmarks.export import QUESTIONS, fill
from benchmarks.export import rows as exported
from benchmarks.office import Office, publish
from benchmarks.processes import Telegram
from benchmarks.table import Row, show, spread

NEW, AT_LEAST = 1000, 0.9


def measure(stored: int, rounds: int, length: Length, *, export: bool) -> None:
    """Fill one office with ``stored`` answers and one with few; measure both by turns; export the full one."""
    with ExitStack() as stack:
        folders = [Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="suara-bench-"))) for _ in range(2)]
        for folder, answers in zip(folders, (NEW, stored), strict=True):
            with Telegram() as telegram:  # only for its address in the settings
                Office(folder, telegram, "webhook")
            asyncio.run(fill(folder, answers // QUESTIONS))
            asyncio.run(publish(folder))
        if export:
            show(*exported(folders[1], stored))
        found: tuple[list[float], list[float]] = [], []
        for number in range(rounds):
            order = (0, 1) if number % 2 == 0 else (1, 0)
            for which in order:
                found[which].append(_once(folders[which], length))
    if not rounds:
        return
    ratios = [old / new for new, old in zip(*found, strict=True)]
    show(
        Row(
            f"answers/s with {stored:,} stored : with {NEW:,}", spread(ratios, ".2f"), f"≥ {AT_LEAST}",
            median(ratios) >= AT_LEAST, f"{median(found[1]):,.0f} and {median(found[0]):,.0f} answers/s",
        )
    )  # fmt: skip


def _once(folder: Path, length: Length) -> float:
    """Answers a second of a copy of this office: each time the same past, and updates that are not known yet."""
    with tempfile.TemporaryDirectory(prefix="suara-bench-") as name, Telegram() as telegram:
        copy = Path(name) / "office"
        shutil.copytree(folder, copy)
        with Office(copy, telegram, "webhook").serving() as (running, _took):
            return crowd(telegram, running, length)[0].answers
