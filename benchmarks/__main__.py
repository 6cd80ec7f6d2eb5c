"""``make bench``: the table of how fast the program is. ``python -m benchmarks [--quick] [ROW …]``.

Rows: ``answers`` (beside a bare server and the Telegram library's own idiom), ``alone`` (one person), ``start``,
``memory``, ``past`` (with a million stored answers), ``export`` and ``reminders``; without any, all of them, in under a
quarter of an hour. ``--quick`` only tries that everything runs: its figures say little. docs/performance.md tells how
to read them.
"""

from __future__ import annotations

import argparse
import time
from dataclasses import dataclass

from benchmarks import alone, answers, past, reminders
from benchmarks.answers import Length
from benchmarks.table import heading

ROWS = ("answers", "alone", "start", "memory", "past", "export", "reminders")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sizes:
    """How much of everything."""

    rounds: int
    length: Length
    slow: Length
    surveys: int
    starts: int
    people: int
    open_sessions: int
    stored: int
    planned: int
    """Reminders; ten times as many are to come."""


WHOLE = Sizes(
    rounds=3, length=Length(3, 8), slow=Length(10, 10), surveys=60, starts=5, people=100_000, open_sessions=10_000,
    stored=1_000_000, planned=100_000,
)  # fmt: skip
QUICK = Sizes(
    rounds=1,
    length=Length(1, 2),
    slow=Length(2, 2),
    surveys=3,
    starts=1,
    people=600,
    open_sessions=200,
    stored=10_000,
    planned=2_000,
)


def run(wanted: tuple[str, ...], sizes: Sizes) -> None:
    """Print the rows."""
    heading()
    if "answers" in wanted:
        answers.measure(sizes.rounds, sizes.length, sizes.slow)
    if "alone" in wanted:
        alone.latency(sizes.surveys)
    if "start" in wanted:
        alone.start(sizes.starts)
    if "memory" in wanted:
        alone.memory(sizes.people, sizes.open_sessions)
    if "past" in wanted or "export" in wanted:
        rounds = sizes.rounds if "past" in wanted else 0
        past.measure(sizes.stored, rounds, sizes.length, export="export" in wanted)
    if "reminders" in wanted:
        reminders.measure(sizes.planned, 10 * sizes.planned)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("rows", nargs="*", metavar="ROW", help=", ".join(ROWS))
    parser.add_argument("--quick", action="store_true", help="only try that everything runs")
    options = parser.parse_args()
    unknown = set(options.rows) - set(ROWS)
    if unknown:
        parser.error(f"no row {', '.join(sorted(unknown))}; there are {', '.join(ROWS)}")
    begun = time.monotonic()
    run(tuple(options.rows) or ROWS, QUICK if options.quick else WHOLE)
    print(f"\nIt took {(time.monotonic() - begun) / 60:.1f} minutes.")


if __name__ == "__main__":
    main()
