"""Several choices of a list, by pressing them one after the other or by typing "1,3,5".

| survey | | | | |
| | type | name | label | constraint |
| | select_multiple bentuk | bentuk | Bentuk belajar yang paling cocok? | count-selected(.) <= 3 |
| choices | | | |
| | list_name | name | label |
| | bentuk | kelas | Pelatihan kelas |
| | bentuk | magang | Magang |
| | bentuk | tidak_ada | Tidak ada |

Rule of the file: the constraint decides what may stand together; its ``count-selected(.)`` is used for hints and to
keep a press from choosing too many. A choice that excludes the others takes their place when it is pressed.
"""

from __future__ import annotations

import re

from surveys.errors import Problem
from surveys.messages import Press, Reply, Text
from surveys.questions import Asking, Parsed, Prompt, Read, Toggled, Unreadable, Unsure
from surveys.questions import _toggling as toggling
from surveys.questions._lists import last_page
from surveys.questions._replies import Say, selection_limits
from surveys.survey import Question, in_language
from surveys.text.choices import Table, table_of
from surveys.text.picking import other_choice
from surveys.text.picking_several import pick_several

TYPES = ("select_multiple",)
_OTHER_SAID = re.compile(r"^(?P<head>.*\S)\s*[:(]\s*(?P<words>[^:()]*[^\W\d_][^:()]*?)\s*\)?\s*$", re.DOTALL)


def prompt(question: Question, asking: Asking) -> Prompt:
    """The list, how many may be chosen, and a button for each."""
    table = table_of(asking.choices, asking.language)
    if not table.choices:
        return Prompt()
    chosen = set(asking.selection)

    def mark(place: int) -> str:
        return "✓ " if table.order[place] in chosen else ""

    rows = toggling.rows(table, asking, mark=mark, done=bool(chosen))
    example = ",".join(table.shown[:5:2]) if toggling.shows_numbers(table) else ""
    return Prompt(body=toggling.body(table, asking, _hint(question, asking)), rows=rows, placeholder=example)


def _hint(question: Question, asking: Asking) -> str:
    _ = asking.say
    least, most = selection_limits(question.constraint)
    if most == 1:
        return _("Choose one, then press Done.")
    if most is not None and least == most:
        return _("Choose {most}, then press Done.").format(most=most)
    if most is not None and least > 1:
        return _("Choose {least} to {most}, then press Done.").format(least=least, most=most)
    if most is not None:
        return _("Choose up to {most}, then press Done.").format(most=most)
    if least > 1:
        return _("Choose at least {least}, then press Done.").format(least=least)
    return _("You may choose several, then press Done.")


def parse(question: Question, reply: Reply, asking: Asking) -> Parsed:
    """The names in the order shown, separated by spaces."""
    table = table_of(asking.choices, asking.language)
    if isinstance(reply, Press):
        return _pressed(question, reply.data, table, asking)
    if not isinstance(reply, Text):
        return Unreadable(_expected(table, asking))
    text = reply.text
    if asking.selection and toggling.is_done(text, asking) and text.strip() not in table.exact:
        return _done(table, asking)
    words = ""
    if question.or_other:
        text, words = _other_words(table, text)
    meaning = pick_several(table, text, label=asking.label)
    if not meaning.values:
        return Unreadable(_expected(table, asking))
    if words:
        return Read(meaning.values[0], words)
    if asking.selection and not set(asking.selection) <= set(meaning.values[0].split()):
        return Unsure((_joined(table, meaning.values[0], asking.selection), meaning.values[0]))
    return Read(meaning.values[0]) if meaning.sure else Unsure(meaning.values)


def _joined(table: Table, value: str, selection: tuple[str, ...]) -> str:
    """What was pressed before together with what was typed now."""
    chosen = {*value.split(), *selection}
    return " ".join(name for name in table.order if name in chosen)


def _other_words(table: Table, text: str) -> tuple[str, str]:
    """The choices, and the words behind the other one: "1, lainnya: sabar"."""
    said = _OTHER_SAID.match(text[:400])
    other = other_choice(table)
    if said is None or other is None:
        return text, ""
    head = pick_several(table, said["head"])
    if not head.sure or other not in head.values[0].split():
        return text, ""
    return said["head"], said["words"].strip()


def _pressed(question: Question, data: str, table: Table, asking: Asking) -> Parsed:
    action, number = toggling.action_of(data)
    if action == "done":
        return _done(table, asking)
    if action == "clear":
        return Toggled((), asking.page)
    if action == "p" and 0 <= number <= last_page(table):
        return Toggled(asking.selection, number)
    if action == "t" and 0 <= number < len(table.order):
        return _toggled(question, table.order[number], asking)
    return Unreadable(_expected(table, asking))


def _done(table: Table, asking: Asking) -> Parsed:
    chosen = [name for name in table.order if name in set(asking.selection)]
    if not chosen:
        _ = asking.say
        return Unreadable(_("Please choose at least one first."))
    return Read(" ".join(chosen))


def _toggled(question: Question, name: str, asking: Asking) -> Parsed:
    if name in asking.selection:
        return Toggled(tuple(other for other in asking.selection if other != name), asking.page)
    added = (*asking.selection, name)
    least, most = selection_limits(question.constraint)
    if least <= 1 and _refused(added, asking):
        beside = tuple(other for other in asking.selection if not _refused((other, name), asking))
        if len(beside) < len(asking.selection) and (most is None or most > 1):
            return Toggled((*beside, name), asking.page)
        if most is None or len(added) <= most:
            return Unreadable(asking.accepts(" ".join(added)))
    if most is not None and len(added) > most:
        _ = asking.say
        return Unreadable(_("You may choose up to {most}. Press one again to take it out.").format(most=most))
    return Toggled(added, asking.page)


def _refused(names: tuple[str, ...], asking: Asking) -> bool:
    return bool(asking.accepts(" ".join(names)))


def _expected(table: Table, asking: Asking) -> str:
    _ = asking.say
    if not table.shown:
        return _("There is no choice that fits here. Please type SKIP or BACK.")
    if not toggling.shows_numbers(table):
        return _("Please press your choices, or type them with commas: {choices}.").format(
            choices=" / ".join(table.lines)
        )
    return _(
        "Please press your choices, or type their numbers from {first} to {last} with commas, for example {example}."
    ).format(first=table.shown[0], last=table.shown[-1], example=",".join(table.shown[:2]))


def dump(question: Question, value: str, asking: Asking) -> str:
    """The labels, one after the other."""
    by_name = {choice.name: choice for choice in (*question.choices, *asking.choices)}
    labels = [
        (in_language(by_name[name].label, asking.language).strip() or name) if name in by_name else name
        for name in value.split()
    ]
    return ("; " if any("," in label or ";" in label for label in labels) else ", ").join(labels)


def check(question: Question, say: Say = str) -> tuple[Problem, ...]:
    """A limit that no list of this length can fulfil."""
    least, most = selection_limits(question.constraint)
    _ = say
    if question.choices and (least > len(question.choices) or (most is not None and most < max(least, 1))):
        return (
            Problem(
                code="selection-limit", sheet="survey", row=question.row,
                what=_('No selection can fulfil the constraint of "{name}".').format(name=question.name),
                remedy=_("Correct the numbers beside count-selected(.)."),
            ),
        )  # fmt: skip
    return ()
