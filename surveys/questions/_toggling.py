"""Choosing several by buttons under one message: each press changes the selection, "Selesai" answers.

Rule of the file: a button's data is ``turn:action``: ``t3`` toggles the fourth choice, ``p1`` shows the second page,
``clear`` empties, ``done`` answers. The caller has checked the turn.
"""

from __future__ import annotations

from collections.abc import Callable

from surveys.messages import Button
from surveys.questions import Asking
from surveys.questions._lists import HALF, LISTED_FROM, PAGE, SHORT, labels_of, last_page, numbered
from surveys.text.choices import Table

_ROOM = SHORT - 2
"""Characters of a label beside its mark."""


def body(table: Table, asking: Asking, hint: str) -> str:
    """The numbered list of this page, what is chosen on other pages, and how to answer."""
    labels = labels_of(table)
    start, end = _page(table, asking)
    lines = []
    if len(labels) >= LISTED_FROM or not fits(table):
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
    labels = labels_of(table)
    start, end = _page(table, asking)
    short = fits(table)
    found = [
        Button(f"{mark(place)}{labels[place] if short else table.shown[place]}", f"{asking.turn}:t{place}")
        for place in range(start, min(end, len(labels)))
    ]
    per_row = 5 if not short else 2 if all(len(labels[place]) <= HALF - 2 for place in range(len(labels))) else 1
    made = [tuple(found[at : at + per_row]) for at in range(0, len(found), per_row)]
    turns = []
    page = start // PAGE
    if page:
        turns.append(Button("◀", f"{asking.turn}:p{page - 1}"))
    if page < last_page(table):
        turns.append(Button("▶", f"{asking.turn}:p{page + 1}"))
    last = []
    if asking.selection:
        last.append(Button(_("Clear all"), f"{asking.turn}:clear"))
    if done:
        last.append(Button(_("Done"), f"{asking.turn}:done"))
    return (*made, *((tuple(turns),) if turns else ()), *((tuple(last),) if last else ()))


def fits(table: Table) -> bool:
    """Whether the labels are short enough for buttons."""
    return all(len(label) <= _ROOM for label in labels_of(table))


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
