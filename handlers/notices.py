"""Notices: what a person is told before anything is kept, by purpose, in its newest version, in their language.

A notice is data: ``catalog/<district>/notices/<purpose>-<version>.<language>.md``, two parts under a heading each: what
is said at once, and what is read on request. Rule of the file: pure; a version that was shown is never edited.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from handlers.errors import Conflict

_FILE = re.compile(r"([a-z_]+)-(\d+)\.([a-z]{2,3})\.md")
_MOST_KNOWN = 50_000


@dataclass(frozen=True, slots=True)
class Notice:
    """One text: what is said at once, and what is read on request. ``{office}`` and ``{year}`` are gaps."""

    purpose: str
    version: str
    language: str
    short: str
    full: str


@dataclass(frozen=True, slots=True)
class Notices:
    """The newest version of each purpose, by language."""

    texts: dict[tuple[str, str], Notice] = field(default_factory=dict)
    """(purpose, language)"""
    settled: set[int] = field(default_factory=set)
    """Respondents who were found to have said yes to the newest versions: they are not looked up again."""

    def version(self, purpose: str) -> str:
        """The newest, "" where there is no such notice."""
        return next((one.version for key, one in self.texts.items() if key[0] == purpose), "")

    def text(self, purpose: str, languages: Iterable[str]) -> Notice:
        """In the first of these languages that it is written in. Raises KeyError."""
        for language in languages:
            found = self.texts.get((purpose, language))
            if found is not None:
                return found
        raise KeyError(purpose)

    def note_settled(self, respondent_id: int) -> None:
        """They need not be looked up again."""
        if len(self.settled) >= _MOST_KNOWN:
            self.settled.clear()
        self.settled.add(respondent_id)


def read(files: Iterable[tuple[str, str]]) -> Notices:
    """Notices from (file name, content). Raises Conflict with a sentence that names the file."""
    by_version: dict[tuple[str, int], dict[str, Notice]] = {}
    for name, content in files:
        found = _FILE.fullmatch(name)
        if found is None:
            raise Conflict(f"{name}: a notice is called <purpose>-<number>.<language>.md, such as survey-2.id.md.")
        parts = re.split(r"(?m)^# .*$", content)
        if len(parts) != 3 or not parts[1].strip() or not parts[2].strip():
            raise Conflict(f"{name}: a notice has two parts, each under a line that begins with #: short, then full.")
        purpose, number, language = found.groups()
        one = Notice(purpose, number, language, parts[1].strip(), parts[2].strip())
        by_version.setdefault((purpose, int(number)), {})[language] = one
    newest: dict[str, int] = {}
    for purpose, version in by_version:
        newest[purpose] = max(version, newest.get(purpose, 0))
    return Notices(
        {
            (purpose, language): notice
            for purpose, version in newest.items()
            for language, notice in by_version[purpose, version].items()
        }
    )
