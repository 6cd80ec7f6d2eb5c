"""How far the audit once reached, noted beside the key file: whoever holds the database alone cannot take it back.

Rules of the file: it is written after the commit, so it never tells of a row that is not there; a mark goes up alone.
Where the chain fell back behind it, the old mark stays and a new one begins below: both must be in the chain.
"""

from __future__ import annotations

import logging
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path

log = logging.getLogger(__name__)


def number_of(tail: str) -> int:
    """The row of a tail ("17:5f3a…"), -1 for what is none."""
    number = tail.partition(":")[0]
    return int(number) if number.isascii() and number.isdecimal() else -1


@dataclass(frozen=True, slots=True)
class AuditMark:
    """The file of one data folder."""

    file: Path

    def read(self) -> tuple[str, ...]:
        """The tails that must be in the chain, () where none was noted yet. Raises OSError."""
        try:
            return tuple(self.file.read_text(encoding="ascii", errors="replace").split())
        except FileNotFoundError:
            return ()

    def rise(self, tail: str) -> None:
        """The chain reaches to ``tail``. What was done is done: a disk that refuses is told of in the log."""
        try:
            tails = self.read()
            kept = tails[:-1] if tails and number_of(tails[-1]) < number_of(tail) else tails
            self._write((*kept, tail))
        except OSError as error:
            log.warning("the end of the audit could not be noted in %s: %s", self.file.name, error.strerror)

    def _write(self, tails: tuple[str, ...]) -> None:
        descriptor, draft = tempfile.mkstemp(dir=self.file.parent, prefix=f"{self.file.name}.")
        try:
            with os.fdopen(descriptor, "w", encoding="ascii") as file:
                file.write("\n".join((*tails, "")))
                file.flush()
                os.fsync(file.fileno())
            Path(draft).replace(self.file)
        except BaseException:
            Path(draft).unlink(missing_ok=True)
            raise
