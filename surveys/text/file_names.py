"""How a file that somebody sent is called when it leaves the program: whose it is, what it answers, which of them.

Rule of the file: small safe letters alone, so that every system takes the name and no spreadsheet takes it for a
formula; the same file is called the same each time.
"""

from __future__ import annotations

import re
from pathlib import PurePosixPath

_OTHER = re.compile(r"[^A-Za-z0-9_-]+")
_ENDING = re.compile(r"\.[a-z0-9]{1,8}")
LONGEST = 60
"""Letters of one part."""


def readable_name(owner: str, question: str, number: int, path: str) -> str:
    """``ALK-26-0417-Q_foto_1.jpg``: of ``owner`` (a ticket, a response), to ``question``, its file ``number`` from 1;
    the ending is that of ``path``."""
    ending = PurePosixPath(path).suffix.lower()
    ending = ending if _ENDING.fullmatch(ending) else ""
    return f"{_safe(owner) or 'R'}_{_safe(question) or 'file'}_{number}{ending}"


def _safe(part: str) -> str:
    return _OTHER.sub("-", part).strip("-_")[:LONGEST]


class Names:
    """Names that were given in one place: none twice."""

    def __init__(self) -> None:
        self._given: set[str] = set()

    def of(self, owner: str, question: str, number: int, path: str) -> str:
        """The readable name; the number goes on where another file has it."""
        while (name := readable_name(owner, question, number, path)).casefold() in self._given:
            number += 1
        self._given.add(name.casefold())
        return name
