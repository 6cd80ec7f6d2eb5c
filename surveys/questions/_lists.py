"""How choices are shown: a numbered list in the message, and buttons that carry labels or numbers.

Rule of the file: a button holds 20 characters (the narrowest channel's limit); what is longer is listed and the buttons
carry the numbers. Ten choices a page where there are many.
"""

from __future__ import annotations

from functools import lru_cache

from surveys.messages import Button, rows_of
from surveys.questions import Asking
from surveys.text.choices import Table

SHORT = 20
"""Characters of a button's label."""
HALF = 12
"""Labels up to this length stand two in a row."""
LISTED_FROM = 5
"""From so many choices on they are numbered in the message, though the buttons carry their labels."""
PAGE = 10
MOST_AT_ONCE = 20
"""More choices than this are shown in pages."""


def numbered(table: Table, start: int, end: int) -> str:
    """A numbered line ("1. Namosain") for each choice from ``start`` up to ``end``."""
    labels = table.lines
    return "\n".join(f"{table.shown[place]}. {labels[place]}" for place in range(start, min(end, len(labels))))


@lru_cache(maxsize=1024)
def label_rows(labels: tuple[str, ...]) -> tuple[tuple[Button, ...], ...]:
    """Reply-keyboard buttons with the labels themselves."""
    two = all(len(label) <= HALF for label in labels) or len(labels) > PAGE
    return rows_of(labels, 2 if two else 1)


@lru_cache(maxsize=1024)
def number_rows(numbers: tuple[str, ...]) -> tuple[tuple[Button, ...], ...]:
    """Reply-keyboard buttons with the numbers."""
    return rows_of(numbers, 5)


def bounds(table: Table) -> str:
    """The numbers there are: "1–5"."""
    return f"{table.shown[0]}–{table.shown[-1]}" if len(table.shown) > 1 else "".join(table.shown)


def last_page(table: Table) -> int:
    """The number of the last page, counted from 0."""
    return max(0, (len(table.choices) - 1) // PAGE)


def turning(asking: Asking) -> tuple[str, str]:
    """The labels of the buttons for the page before and the page after."""
    _ = asking.say
    return _("◀ Previous"), _("Next ▶")
