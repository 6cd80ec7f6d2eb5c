"""How many answers a second: ours by webhook and by polling, a bare server, and the Telegram library's own idiom.

All of them answer the same people over the same fake Telegram, one after the other in each round, so that a busy
machine is busy for all of them.
"""

from __future__ import annotations

import contextlib
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.form import ANSWERS, TURNS
from benchmarks.office import new_office
from benchmarks.processes import Running, Telegram, free_port, listening, program
from benchmarks.table import Row, show, spread

PEOPLE = 200
"""In flight at once; the idiom takes one update at a time, and a fifth of them keeps it busy."""
UPDATES = len(TURNS) + 1
WEBHOOK, POLLING, OF_BARE, OF_IDIOM, CPU = 1200, 600, 0.25, 20, 0.8


@dataclass(frozen=True, slots=True)
class Pace:
    """What one run gave."""

    answers: float
    """A second."""
    cpu: float
    """Seconds of processor time for 1,000 answers."""
    fake: float
    """How much of its core the fake used."""
    wait: float
    """Median seconds from what somebody did to the message that answered it."""


@dataclass(frozen=True, slots=True)
class Length:
    """How long a run is, in seconds."""

    warm: float = 3.0
    seconds: float = 8.0


def crowd(telegram: Telegram, running: Running, length: Length, *, people: int = PEOPLE) -> tuple[Pace, dict[str, Any]]:
    """Let ``people`` answer; the pace, and what the people tell at the end."""
    telegram.order("crowd", people=people, first=5001, warm=length.warm, seconds=length.seconds)
    telegram.news("begun")
    before = running.cpu()
    told = telegram.news("ended")
    used = running.cpu() - before
    done = telegram.news("done")
    if done["strange"] or done["refused"]:
        raise SystemExit(f"Something went wrong.\n{done}\n{running.complaint()}")
    count = max(1, told["answers"])
    return Pace(
        told["answers"] / told["seconds"], used / count * 1000, told["cpu"] / told["seconds"], told["wait"]
    ), done


def ours(mode: str, length: Length) -> Pace:
    """The program itself; every answer that people were told is complete must stand in the record."""
    with Telegram() as telegram, new_office(telegram, mode) as office, office.serving() as (running, _took):
        pace, done = crowd(telegram, running, length)
        if done["stuck"] or done["unanswered"] or office.stored() != done["answers"]:
            raise SystemExit(f"{office.stored()} answers are stored; {done}\n{running.complaint()}")
        return pace


@contextlib.contextmanager
def _other(telegram: Telegram, module: str, *more: str) -> Iterator[Running]:
    with tempfile.TemporaryDirectory(prefix="suara-bench-") as name:
        port = free_port()
        arguments = (module, str(port), str(Path(name) / "answers.sqlite3"), *more)
        with program(*arguments, folder=Path(name)) as running, listening(running, port, "/"):
            telegram.route(f"http://127.0.0.1:{port}/")
            yield running
            telegram.call("deleteWebhook")


def bare(length: Length) -> Pace:
    """``benchmarks.bare``."""
    with Telegram() as telegram, _other(telegram, "benchmarks.bare") as running:
        return crowd(telegram, running, length)[0]


def idiom(length: Length) -> Pace:
    """``benchmarks.idiom``."""
    with Telegram() as telegram, _other(telegram, "benchmarks.idiom", telegram.token, telegram.origin) as running:
        return crowd(telegram, running, length, people=PEOPLE // 5)[0]


def measure(rounds: int, length: Length, slow: Length) -> None:
    """The rows. ``slow``: for the idiom, which needs longer until everybody has been through the survey once."""
    found: dict[str, list[Pace]] = {"webhook": [], "polling": [], "bare": [], "idiom": []}
    for _ in range(rounds):
        found["bare"].append(bare(length))
        found["webhook"].append(ours("webhook", length))
        found["polling"].append(ours("polling", length))
        found["idiom"].append(idiom(slow))
    rates = {name: [pace.answers for pace in paces] for name, paces in found.items()}
    of_bare = [a / b for a, b in zip(rates["webhook"], rates["bare"], strict=True)]
    of_idiom = [a / b for a, b in zip(rates["webhook"], rates["idiom"], strict=True)]
    show(
        Row(
            f"answers/s by webhook ({UPDATES} updates for {ANSWERS} answers)", spread(rates["webhook"]),
            f"≥ {WEBHOOK:,}, aim 2,000", median(rates["webhook"]) >= WEBHOOK, _beside(found["webhook"]),
        ),
        Row(
            "answers/s by polling", spread(rates["polling"]), f"≥ {POLLING}", median(rates["polling"]) >= POLLING,
            _beside(found["polling"]),
        ),
        Row("answers/s of a bare server", spread(rates["bare"]), beside=_beside(found["bare"])),
        Row(
            "ours (webhook) : bare server", spread(of_bare, ".2f"), f"≥ {OF_BARE}, aim 0.4", median(of_bare) >= OF_BARE
        ),
        Row("answers/s of the library's idiom", spread(rates["idiom"]), beside=_beside(found["idiom"])),
        Row(
            "ours (webhook) : the library's idiom", spread(of_idiom, ".1f"), f"≥ {OF_IDIOM}",
            median(of_idiom) >= OF_IDIOM,
        ),
        *(
            Row(
                f"processor time for 1,000 answers by {mode}", f"{spread([p.cpu for p in found[mode]], '.2f')} s",
                f"≤ {CPU} s", median(p.cpu for p in found[mode]) <= CPU,
            )
            for mode in ("webhook", "polling")
        ),
    )  # fmt: skip


def _beside(paces: list[Pace]) -> str:
    wait, cpu, fake = (median(getattr(pace, name) for pace in paces) for name in ("wait", "cpu", "fake"))
    return f"an update waits {wait * 1000:.0f} ms; {cpu:.2f} s CPU for 1,000; the fake used {fake:.0%} of its core"
