"""What somebody answered, in words they can read: the question as it was asked, the answer with its labels.

Rule of the file: pure; nothing is left out, and a number that identifies a person is shown whole, since it is theirs.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from outreach.roster import Entry
from surveys.engine import Playbook
from surveys.session import Answer, Place
from surveys.survey import Question, in_language

_GAP = re.compile(r"\$\{[^}]*\}")
_TAG = re.compile(r"<[^>]+>")


def entry_lines(entry: Entry, say: Callable[[str], str]) -> list[tuple[str, str]]:
    """(what, value): an entry in the list of employees, as the employee reads it."""
    _ = say
    named = (
        (_("Name"), entry.name), (_("Employee number"), entry.number), (_("Phone"), entry.phone),
        (_("Kind"), entry.kind), (_("Unit"), entry.unit), (_("Position"), entry.position),
        (_("Grade"), entry.grade), (_("Rank"), entry.rank), (_("Superior's number"), entry.superior),
    )  # fmt: skip
    return [(_("List of employees: {what}").format(what=what), value) for what, value in named if value]


def read_back(
    playbook: Playbook,
    answers: Mapping[Place, Answer],
    language: str,
    say: Callable[[str], str],
    files: Mapping[str, str],
) -> Iterator[tuple[str, str]]:
    """(question, answer) in the order of the survey, what nobody asked (times, calculations) left out.

    ``files``: media id to the name under which the person gets the file, of those they get.
    """
    order = {name: number for number, name in enumerate(playbook.at)}
    for place in sorted(answers, key=lambda one: (order.get(one.name, len(order)), one.position)):
        if place.name not in playbook.at:
            continue
        item = playbook.item(place.name)
        if not item.asks:
            continue
        number = "".join(f" {one}" for one in place.position)
        yield (
            _plain(in_language(item.question.label, language)) + number,
            _shown(item.question, answers[place], language, say, files),
        )


def _shown(
    question: Question, answer: Answer, language: str, say: Callable[[str], str], names: Mapping[str, str]
) -> str:
    _ = say
    if answer.pages and all(page in names for page in answer.pages):
        return " · ".join(part for part in (", ".join(names[page] for page in answer.pages), answer.other) if part)
    if answer.pages:
        files = _("{number} file") if len(answer.pages) == 1 else _("{number} files")
        return " · ".join(part for part in (files.format(number=len(answer.pages)), answer.other) if part)
    value = answer.value
    if question.choices:
        labels = {choice.name: in_language(choice.label, language) for choice in question.choices}
        chosen = [value] if value in labels else value.split()
        value = ", ".join(_plain(labels.get(name, name)) for name in chosen)
    return f"{value}: {answer.other}" if answer.other else value


def _plain(label: str) -> str:
    return " ".join(_TAG.sub(" ", _GAP.sub("…", label)).split())
