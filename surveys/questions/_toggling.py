"""Choosing several by buttons under one message: each press changes the selection, "Selesai" answers.

Rule of the file: a button's data is ``turn:action``: ``t3`` toggles the fourth choice, ``p1`` shows the second page,
``clear`` empties, ``done`` answers. The caller has checked the turn.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from surveys.messages import Button
from surveys.questions import Asking
from surveys.questions._lists import HALF, LISTED_FROM, PAGE, SHORT, last_page, numbered
from surveys.text.choices import Table

_ROOM = SHORT - 2
"""Characters of a label beside its mark."""


def body(table: Table, asking: Asking, hint: str) -> str:
    """The numbered list of this page, what is chosen on other pages, and how to answer."""
    start, end = _page(table, asking)
    lines = []
    if shows_numbers(table):
        lines.append(numbered(table, start, end))
    if last_page(table):
        _ = asking.say
        chosen = [table.labels[name] for name in asking.selection if name in table.labels]
        if chosen:
            lines.append(_("Chosen so far: {chosen}.").format(chosen="; ".join(chosen)))
    lines.append(hint)
    return "\n".join(lines)


def rows(table: Table, asking: Asking, *, mark: Callable[[int], str], done: bool) -> tuple[tuple[Button, ...], ...]:
    """The buttons of this page. ``mark``: what stands before the label of the choice at a place, "" if not chosen."""
    _ = asking.say
    start, end = _page(table, asking)
    short, per_row = _buttons(table.lines)
    labels = table.lines if short else table.shown
    marked = tuple([mark(place) + labels[place] for place in range(start, min(end, len(labels)))])
    words = (_("Clear all") if asking.selection else "", _("Done") if done else "")
    return _rows(marked, per_row, start // PAGE, last_page(table), asking.turn, words)


@lru_cache(maxsize=2048)
def _rows(
    marked: tuple[str, ...], per_row: int, page: int, pages: int, turn: int, words: tuple[str, str]
) -> tuple[tuple[Button, ...], ...]:
    """Kept: most people see the same buttons at the same turn."""
    found = [Button(label, f"{turn}:t{place}") for place, label in enumerate(marked, start=page * PAGE)]
    made = [tuple(found[at : at + per_row]) for at in range(0, len(found), per_row)]
    turns = [Button("◀", f"{turn}:p{page - 1}")] if page else []
    if page < pages:
        turns.append(Button("▶", f"{turn}:p{page + 1}"))
    last = [Button(word, f"{turn}:{action}") for word, action in zip(words, ("clear", "done"), strict=True) if word]
    return (*made, *((tuple(turns),) if turns else ()), *((tuple(last),) if last else ()))


def shows_numbers(table: Table) -> bool:
    """Whether the choices are numbered in the message; else the buttons carry their labels and nobody sees a number."""
    return len(table.lines) >= LISTED_FROM or not fits(table)


def fits(table: Table) -> bool:
    """Whether the labels are short enough for buttons."""
    return _buttons(table.lines)[0]


@lru_cache(maxsize=1024)
def _buttons(labels: tuple[str, ...]) -> tuple[bool, int]:
    """Whether the labels are short enough for buttons, and how many stand in a row."""
    if any(len(label) > _ROOM for label in labels):
        return False, 5
    return True, 2 if all(len(label) <= HALF - 2 for label in labels) else 1


def _page(table: Table, asking: Asking) -> tuple[int, int]:
    page = min(max(asking.page, 0), last_page(table))
    return page * PAGE, page * PAGE + PAGE


def action_of(data: str) -> tuple[str, int]:
    """The action of a button's data, and its number (-1 where it has none)."""
    action = data.rpartition(":")[2]
    if action[:1] in {"t", "p"} and action[1:].isascii() and action[1:].isdigit() and len(action) < 6:
        return action[0], int(action[1:])
    return action, -1


def is_done(text: str, asking: Asking) -> bool:
    """Whether ``text`` is the word on the last button."""
    typed = text.strip().strip(".!").lower()
    return typed in {
        asking.say("Done").lower(),
        "selesai",
        "done",
        "sudah",
        "su",
        "slesai",
        "sudah selesai",
        "su selesai",
    }
