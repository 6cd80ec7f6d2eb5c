"""The real program with a clock read from a file, for tests alone: ``python -m tests.stepped``.

Rule of the file: the composition root is handed the clock; besides, the chores that matter here come at once instead of
every few seconds, so that a year takes seconds.
"""

from __future__ import annotations

import asyncio
import logging
import os
import signal
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path

from bot import chores, delivery, ticker
from bot.app import serve
from bot.cli import run
from bot.config_file import load
from bot.ticker import Chore

CLOCK = "SUARA_TEST_CLOCK"
_CHORES = frozenset({"what is due", "reminders"})


def clock() -> datetime:
    """The time that stands in the file."""
    return datetime.fromisoformat(Path(os.environ[CLOCK]).read_text(encoding="ascii"))


async def main() -> None:
    """Until SIGTERM."""
    every = chores.Chores.all

    def quick(one: chores.Chores) -> Mapping[str, tuple[timedelta, Chore]]:
        return {name: (timedelta(0), chore) for name, (_often, chore) in every(one).items() if name in _CHORES}

    chores.Chores.all = quick  # type: ignore[method-assign, assignment]
    chores.Chores.beside = lambda _one: {}  # type: ignore[method-assign, assignment]
    logging.getLogger("apscheduler").setLevel(logging.ERROR)  # it warns of every tick that finds the last one at work
    ticker.EVERY = 0.1
    delivery._LOOK = 0.1
    stopped = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stopped.set)
    await serve(load(), stopped=stopped, clock=clock)


if __name__ == "__main__":
    run(main())
