"""The rows of the bench: what was measured, what it should be, and whether it is.

Rule of the file: one line a row as soon as it is known; a row without a target is there to compare with.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from statistics import median

HEAD = ("row", "measured", "target", "", "beside it, in the same run")


@dataclass(frozen=True, slots=True)
class Row:
    """One line. ``met`` None: there is no target."""

    name: str
    figure: str
    target: str = ""
    met: bool | None = None
    beside: str = ""


def heading() -> None:
    """The first lines of the table, and how busy the machine is already."""
    busy = os.getloadavg()[0] if hasattr(os, "getloadavg") else 0.0
    print(f"{os.cpu_count()} cores, load before it began: {busy:.1f}. Figures are medians of the rounds.\n")
    print(f"| {' | '.join(HEAD)} |\n|{'---|' * len(HEAD)}", flush=True)


def show(*rows: Row) -> None:
    """Print these."""
    for row in rows:
        verdict = "" if row.met is None else "met" if row.met else "MISSED"
        print(f"| {row.name} | {row.figure} | {row.target} | {verdict} | {row.beside} |", flush=True)


def spread(values: list[float], form: str = ",.0f") -> str:
    """The median, and the rounds it comes from."""
    rounds = "" if len(values) == 1 else f" ({', '.join(format(value, form) for value in values)})"
    return f"{median(values):{form}}{rounds}"
