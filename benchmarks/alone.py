"""What one person notices: how soon an answer is answered when nobody else is there; and what the office's PC notices.

From the network to the reply sent, through the fake Telegram; the start until people are answered; and the memory that
is held after a hundred thousand people came by and ten thousand of them stand in the middle of a survey.
"""

from __future__ import annotations

from statistics import median

from benchmarks.office import new_office
from benchmarks.processes import Telegram
from benchmarks.table import Row, show, spread

LATENCY, START, MEMORY = 25.0, 3.0, 250.0
TURNS_BEFORE_LEAVING = 4


def latency(surveys: int) -> None:
    """One person after the other answers ``surveys`` surveys; by webhook and by polling."""
    for mode in ("webhook", "polling"):
        with Telegram() as telegram, new_office(telegram, mode) as office, office.serving():
            telegram.order("alone", first=5001, surveys=surveys)
            told = telegram.news("alone")
            telegram.news("done")
        found = told["wait"] * 1000
        target = f"< {LATENCY:.0f} ms" if mode == "webhook" else ""
        show(
            Row(
                f"a lone answer by {mode}, median", f"{found:.1f} ms", target, found < LATENCY if target else None,
                f"one in twenty takes longer than {told['slow'] * 1000:.1f} ms",
            )
        )  # fmt: skip


def start(times: int) -> None:
    """From the command to /readyz."""
    found = []
    with Telegram() as telegram, new_office(telegram, "webhook") as office:
        for _ in range(times):
            with office.serving() as (_running, took):
                found.append(took)
    show(Row("start to ready", f"{spread(found, '.2f')} s", f"< {START:.0f} s", median(found) < START))


def memory(people: int, open_sessions: int) -> None:
    """``people`` come by, ``open_sessions`` of them stay in the middle of the survey."""
    with Telegram() as telegram, new_office(telegram, "webhook") as office, office.serving() as (running, _took):
        empty = running.memory()
        telegram.order("pass_by", first=1_000_001, many=people - open_sessions, at_once=200)
        telegram.news("passed")
        telegram.order("visit", first=5001, many=open_sessions, at_once=200, turns=TURNS_BEFORE_LEAVING)
        done = telegram.news("done")
        if done["strange"] or done["stuck"]:
            raise SystemExit(f"Something went wrong.\n{done}\n{running.complaint()}")
        found = running.memory()
    show(
        Row(
            f"memory after {people:,} respondents, {open_sessions:,} sessions open", f"{found:.0f} MB",
            f"< {MEMORY:.0f} MB", found < MEMORY, f"{empty:.0f} MB before the first of them",
        )
    )  # fmt: skip
