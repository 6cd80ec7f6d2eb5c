"""What every report is: sheets with headings, and their rows as they come.

Rule of the file: values only. A report reads and arranges (``reports/<report>.py``), a rendering writes
(``reports/render/<kind>.py``), and neither knows the other: between them stand a Document's sheets and Batches of rows.

ReportError    the report cannot be made: a sentence for the officer
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from typing import NamedTuple, Protocol


class ReportError(Exception):
    """The report cannot be made."""


Cell = str | int | float | date | time | datetime | None
"""None is an empty cell. Moments are without a zone: the office's own. What a cell is decides how it is written."""

Row = Sequence[Cell]


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column of a sheet."""

    heading: str
    width: int = 14
    """In characters."""
    wrap: bool = False
    """Whether long texts go on in further lines."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table. ``name`` is unique in its document, whatever the case of its letters."""

    name: str
    columns: tuple[Column, ...]


class Batch(NamedTuple):
    """Rows that follow those before them on the same sheet."""

    sheet: int
    """Which of the document's sheets."""
    rows: Sequence[Row]


class Writer(Protocol):
    """A file being written."""

    def write(self, batch: Batch) -> None:
        """Add rows. Raises ReportError."""


class Rendering(Protocol):
    """How a kind of file is written. ``path`` holds the finished file when the block is left without an error, and what
    was there before when it is left with one; every path that was written is in ``written``."""

    def __call__(self, path: Path, sheets: Sequence[Sheet], *, written: list[Path]) -> AbstractContextManager[Writer]:
        """Open a file. Raises ReportError."""
