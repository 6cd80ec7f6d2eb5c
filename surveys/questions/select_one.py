"""One choice of several: places, yes or no, a scale of agreement.

| survey | | | | |
| | type | name | label | appearance |
| | select_one ya_tidak | melayani | Apakah Bapak/Ibu melayani warga secara langsung? | quick |
| | select_one setuju or_other | sikap | Materi sesuai dengan kebutuhan tugas saya. | likert |
| choices | | | |
| | list_name | name | label |
| | ya_tidak | ya | Ya |
| | ya_tidak | tidak | Tidak |
| | setuju | 1 | Sangat tidak setuju |
| | setuju | 2 | Setuju |

Rule of the file: short labels are the buttons; long ones are listed and the buttons are their numbers. The exact label
wins over the number, the number over everything else. ``minimal`` and ``quick`` change nothing in a chat.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from surveys.errors import Problem
from surveys.messages import Reply, Text
from surveys.questions import Asking, Parsed, Prompt, Read, Toggled, Unreadable, Unsure
from surveys.questions._lists import (
    LISTED_FROM,
    MOST_AT_ONCE,
    PAGE,
    SHORT,
    bounds,
    label_rows,
    last_page,
    number_rows,
    numbered,
    turning,
)
from surveys.survey import Question, in_language
from surveys.text.choices import Table, table_of
from surveys.text.normal import normal
from surveys.text.picking import other_choice, pick_one

TYPES = ("select_one",)
_LONGEST_OTHER = 200
_AFTER, _BEFORE = frozenset({"next", "berikutnya", "selanjutnya"}), frozenset({"previous", "sebelumnya"})
"""Words that turn the page, in either language."""
_SAID = re.compile(r"\s*(?P<head>[^:;,(\-–]+?)\s*(?:[:;,(]|\s[-–]\s)\s*(?P<words>.+?)\s*\)?\s*", re.DOTALL)


def prompt(question: Question, asking: Asking) -> Prompt:
    """The list, where there is one to read, and the buttons."""
    table = table_of(asking.choices, asking.language)
    labels = table.lines
    if not labels:
        return Prompt()
    if len(labels) > MOST_AT_ONCE:
        return _paged(table, asking)
    if _on_buttons(question, table):
        listed = len(labels) >= LISTED_FROM
        body = numbered(table, 0, len(labels)) if listed else ""
        return Prompt(body=body, rows=label_rows(labels), placeholder=bounds(table) if listed else "")
    return Prompt(body=numbered(table, 0, len(labels)), rows=number_rows(table.shown), placeholder=bounds(table))


def _on_buttons(question: Question, table: Table) -> bool:
    """Whether the buttons carry the labels themselves, not their numbers."""
    short = all(len(label) <= SHORT for label in table.lines)
    return short and not ("likert" in question.appearance and set(table.shown) == set(table.order))


def _paged(table: Table, asking: Asking) -> Prompt:
    page = min(max(asking.page, 0), last_page(table))
    start = page * PAGE
    before, after = turning(asking)
    turns = tuple(label for label, there in ((before, page > 0), (after, page < last_page(table))) if there)
    rows = (*number_rows(table.shown[start : start + PAGE]), *number_rows(turns))
    return Prompt(body=numbered(table, start, start + PAGE), rows=rows, placeholder=bounds(table))


def parse(question: Question, reply: Reply, asking: Asking) -> Parsed:
    """The name of the choice."""
    table = table_of(asking.choices, asking.language)
    if not isinstance(reply, Text):
        return Unreadable(_expected(question, table, asking))
    text = reply.text
    name = table.exact.get(text)
    if name is not None:
        return Read(name)
    if len(table.choices) > MOST_AT_ONCE:
        turn = _turned(text, asking)
        if turn:
            return Toggled((), min(max(asking.page + turn, 0), last_page(table)))
    meaning = pick_one(table, text, label=asking.label)
    if meaning.sure:
        return Read(meaning.values[0])
    if question.or_other:
        other = _other(table, text, question)
        if other is not None and (not meaning.values or isinstance(other, Read)):
            return other
    return Unsure(meaning.values) if meaning.values else Unreadable(_expected(question, table, asking))


def _turned(text: str, asking: Asking) -> int:
    """1 for the page after, -1 for the page before, 0 where ``text`` turns none. "Sebelumnya" on the first page is the
    word for the question before, unless it comes with the arrow of its button."""
    before, after = turning(asking)
    if text.strip() == before:
        return -1
    typed = normal(text)
    if typed == normal(after) or typed in _AFTER:
        return 1
    return -1 if asking.page > 0 and (typed == normal(before) or typed in _BEFORE) else 0


def _other(table: Table, text: str, question: Question) -> Parsed | None:
    """The other choice with its words ("Lainnya: pensiun"); words that are no choice may be meant as the other."""
    other = other_choice(table)
    if other is None or question.type != "select_one":
        return None
    said = _SAID.fullmatch(text[:_LONGEST_OTHER])
    if said is not None:
        head = pick_one(table, said["head"])
        if head.values == (other,) and any(char.isalnum() for char in said["words"]):
            return Read(other, said["words"])
    words = text.split()
    if 0 < len(words) <= 6 and sum(char.isalpha() for char in text) >= 4 and not any(char.isdigit() for char in text):
        return Unsure((other,))
    return None


def _expected(question: Question, table: Table, asking: Asking) -> str:
    _ = asking.say
    if not table.shown:
        return _("There is no choice that fits here. Please type SKIP or BACK.")
    if len(table.lines) < LISTED_FROM and _on_buttons(question, table):  # nobody sees a number
        sentence = (
            _("Sorry, that choice is not on the list. Please choose: {choices}.")
            if asking.required
            else _("Sorry, that choice is not on the list. Please choose: {choices}, or type SKIP.")
        )
        return sentence.format(choices=" / ".join(table.lines))
    first, last = table.shown[0], table.shown[-1]
    if asking.required:
        sentence = _("Sorry, that choice is not on the list. Please answer with a number from {first} to {last}.")
    else:
        sentence = _(
            "Sorry, that choice is not on the list. Please answer with a number from {first} to {last}, or type SKIP."
        )
    return sentence.format(first=first, last=last)


def dump(question: Question, value: str, asking: Asking) -> str:
    """The label."""
    for choices in (asking.choices, question.choices):
        for choice in choices:
            if choice.name == value:
                return in_language(choice.label, asking.language).strip() or value
    return value


def check(question: Question, say: Callable[[str], str] = str) -> tuple[Problem, ...]:  # noqa: ARG001 -- nothing can be wrong with it alone
    """Nothing of its own."""
    return ()
