"""Choices put into an order, the most important first: all of them, or the first few.

| survey | | | |
| | type | name | label |
| | rank prioritas | urutan | Urutkan dari yang paling mendesak. |
| choices | | | |
| | list_name | name | label |
| | prioritas | naskah | Naskah dinas |
| | prioritas | data | Pengolahan data |
| | prioritas | digital | Layanan digital |

``chat_rank=3`` asks for the first three alone and keeps only those; without it, and without a constraint like
``count-selected(.) = 3``, all are put into order, as in the standard. Rule of the file: pressing gives the next place,
pressing again takes it away; typed orders must be complete.
"""

from __future__ import annotations

from surveys.errors import Problem
from surveys.messages import Press, Reply, Text
from surveys.questions import Asking, Parsed, Prompt, Read, Toggled, Unreadable
from surveys.questions import _toggling as toggling
from surveys.questions._lists import last_page
from surveys.questions._replies import Say, answer, selection_limits
from surveys.survey import Question, in_language
from surveys.text.choices import Table, table_of
from surveys.text.picking_several import pick_order

TYPES = ("rank",)
SEPARATOR = " → "


def places(question: Question, available: int) -> int:
    """How many choices are put into order, of those available."""
    wanted = question.parameters.get("chat_rank", "")
    if wanted.isascii() and wanted.isdigit() and int(wanted[:4]) > 0:
        return min(int(wanted[:4]), available)
    _least, most = selection_limits(question.constraint)
    return min(most, available) if most else available


def prompt(question: Question, asking: Asking) -> Prompt:
    """The list, how many are wanted, and a button for each; those chosen carry their place."""
    table = table_of(asking.choices, asking.language)
    if not table.choices:
        return Prompt()
    count = places(question, len(table.choices))
    place_of = {name: place for place, name in enumerate(asking.selection, start=1)}
    short = toggling.fits(table)

    def mark(place: int) -> str:
        own = place_of.get(table.order[place])
        return "" if own is None else f"{own}. " if short else f"✓{own}: "

    rows = toggling.rows(table, asking, mark=mark, done=len(asking.selection) == count)
    example = ",".join(table.shown[:count][::-1][:3]) if toggling.shows_numbers(table) else ""
    return Prompt(body=toggling.body(table, asking, _hint(count, asking)), rows=rows, placeholder=example)


def _hint(count: int, asking: Asking) -> str:
    _ = asking.say
    left = count - len(asking.selection)
    if left <= 0:
        return _("Press Done, or press one again to take it out.")
    if not asking.selection:
        return _("Press {count} in order, the most important first, then press Done.").format(count=count)
    return _("{left} more, then press Done.").format(left=left)


def parse(question: Question, reply: Reply, asking: Asking) -> Parsed:
    """The names in the order given, separated by spaces."""
    table = table_of(asking.choices, asking.language)
    count = places(question, len(table.choices))
    if isinstance(reply, Press):
        return _pressed(reply.data, table, count, asking)
    if not isinstance(reply, Text):
        return Unreadable(_expected(table, count, asking))
    if asking.selection and toggling.is_done(reply.text, asking):
        return _done(table, count, asking)
    return answer(pick_order(table, reply.text, count=count), lambda: _expected(table, count, asking))


def _pressed(data: str, table: Table, count: int, asking: Asking) -> Parsed:
    action, number = toggling.action_of(data)
    if action == "done":
        return _done(table, count, asking)
    if action == "clear":
        return Toggled((), asking.page)
    if action == "p" and 0 <= number <= last_page(table):
        return Toggled(asking.selection, number)
    if action != "t" or not 0 <= number < len(table.order):
        return Unreadable(_expected(table, count, asking))
    name = table.order[number]
    if name in asking.selection:
        return Toggled(tuple(other for other in asking.selection if other != name), asking.page)
    if len(asking.selection) >= count:
        _ = asking.say
        return Unreadable(_("You have chosen {count}. Press one again to take it out.").format(count=count))
    return Toggled((*asking.selection, name), asking.page)


def _done(table: Table, count: int, asking: Asking) -> Parsed:
    chosen = [name for name in asking.selection if name in table.labels]
    if len(chosen) != count:
        _ = asking.say
        return Unreadable(_("Please put {count} into order first.").format(count=count))
    return Read(" ".join(chosen))


def _expected(table: Table, count: int, asking: Asking) -> str:
    _ = asking.say
    if not table.shown:
        return _("There is no choice that fits here. Please type SKIP or BACK.")
    if not toggling.shows_numbers(table):
        return _("Please press {count} in order, or type them with commas: {choices}.").format(
            count=count, choices=" / ".join(table.lines)
        )
    example = ",".join(table.shown[:count][::-1])
    return _("Please press {count} in order, or type their numbers with commas, for example {example}.").format(
        count=count, example=example
    )


def dump(question: Question, value: str, asking: Asking) -> str:
    """The labels in order, with arrows between them."""
    by_name = {choice.name: choice for choice in (*question.choices, *asking.choices)}
    return SEPARATOR.join(
        (in_language(by_name[name].label, asking.language).strip() or name) if name in by_name else name
        for name in value.split()
    )


def check(question: Question, say: Say = str) -> tuple[Problem, ...]:
    """``chat_rank`` is a number from 1 to the number of choices."""
    wanted = question.parameters.get("chat_rank")
    _ = say
    if wanted is None or (
        wanted.isascii() and wanted.isdigit() and 0 < int(wanted[:4]) <= (len(question.choices) or 10**4)
    ):
        return ()
    return (
        Problem(
            code="chat-rank", sheet="survey", row=question.row,
            what=_('"{value}" is no number of places for "{name}".').format(value=wanted, name=question.name),
            remedy=_("Write a number from 1 to {most} into chat_rank.").format(most=len(question.choices)),
        ),
    )  # fmt: skip
