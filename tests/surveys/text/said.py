"""Meanings as the tables of these tests write them: "34" is certain, "? 34" is asked back, "-" is nothing."""

from __future__ import annotations

from surveys.survey import Choice
from surveys.text.meaning import Meaning

NOTHING = "-"


def said(meaning: Meaning) -> str:
    """A meaning in one line; several readings with strokes between."""
    if not meaning.values:
        return NOTHING
    return meaning.values[0] if meaning.sure else "? " + " | ".join(meaning.values)


def rows(table: str) -> list[tuple[str, str]]:
    """Pairs of a table with one row a line, "typed => meaning"; backslashes are read as in Python."""
    found = []
    for line in table.splitlines():
        if line.strip():
            typed, _, meaning = line.partition(" => ")
            written = typed.lstrip(" ").encode("latin-1", "backslashreplace").decode("unicode_escape")
            found.append((written, meaning.strip()))
    return found


def choices(listed: str) -> tuple[Choice, ...]:
    """Choices written as "name=Label|name=Label"."""
    return tuple(
        Choice(name=name, label={"id": label}) for name, _, label in (part.partition("=") for part in listed.split("|"))
    )
