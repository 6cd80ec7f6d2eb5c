"""Choices that people could not tell apart, or that the bot would take for something else.

Rule of the file: labels are compared as people type them: without capital letters, accents, spaces and punctuation.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from surveys.checking.form import Form
from surveys.survey import Choice, Question
from surveys.text.commands import command_word

_ALWAYS = frozenset({"help", "skip", "back", "later", "stop", "restart"})
"""Commands that are understood in every state of a conversation."""


def check_choices(form: Form) -> None:
    """Empty lists, twins, labels that are commands, aliases of two choices."""
    _ = form.findings.say
    users: dict[str, list[Question]] = {}
    for spot, question in form.questions():
        if question.type in {"select_one", "select_multiple", "rank"}:
            users.setdefault(question.list_name, []).append(question)
            if not question.choices:
                form.findings.error(
                    "list-empty",
                    "survey",
                    spot.item.row,
                    _('"{name}" has no choices.').format(name=question.name),
                    _("Add choices to its list."),
                )
    for name, questions in users.items():
        filtered = all(question.choice_filter for question in questions)
        _check_list(form, name, questions[0].choices, filtered=filtered)
        _check_names(form, name, questions)


def plain(text: str) -> str:
    """A label as it is compared: letters and digits alone, small, without accents."""
    letters = unicodedata.normalize("NFKD", text).casefold()
    kept = "".join(letter for letter in letters if letter.isalnum())
    return kept or "".join(letters.split())


def _check_list(form: Form, name: str, choices: tuple[Choice, ...], *, filtered: bool) -> None:
    _ = form.findings.say
    sheet = form.choices_sheet(name)
    for language in form.survey.languages:
        seen: dict[tuple[object, ...], Choice] = {}
        for choice in choices:
            label = plain(choice.label.get(language, ""))
            together = tuple(sorted(choice.filters.items())) if filtered else ()
            twin = seen.setdefault((label, together), choice) if label else choice
            if twin is choice:
                continue
            form.findings.error(
                "choices-alike",
                sheet,
                choice.row,
                _('"{one}" and "{other}" in the list "{list}" look the same to people: "{label}".').format(
                    one=twin.name, other=choice.name, list=name, label=choice.label[language]
                ),
                _("Give them labels that differ in more than capital letters and punctuation."),
            )
    for choice in choices:
        for label in dict.fromkeys(choice.label.values()):
            if command_word(label) in _ALWAYS:
                form.findings.warning(
                    "choice-is-command",
                    sheet,
                    choice.row,
                    _('The choice "{label}" is also a command word.').format(label=label),
                    _("Use other words: whoever types it now chooses it and cannot give the command."),
                )
    _check_aliases(form, name, sheet, choices, filtered=filtered)


def _check_aliases(form: Form, name: str, sheet: str, choices: tuple[Choice, ...], *, filtered: bool) -> None:
    _ = form.findings.say
    if filtered:
        return
    owners: dict[str, Choice] = {}
    for choice in choices:
        for word in (choice.name, *choice.label.values()):
            owners.setdefault(plain(word), choice)
    for choice in choices:
        for alias in choice.aliases:
            owner = owners.setdefault(plain(alias), choice)
            if owner is not choice:
                form.findings.warning(
                    "alias-shared",
                    sheet,
                    choice.row,
                    _('In the list "{list}", the alias "{alias}" of "{one}" also means "{other}".').format(
                        list=name, alias=alias, one=choice.name, other=owner.name
                    ),
                    _("Leave it to one of them; otherwise people are asked which they meant."),
                )


def _check_names(form: Form, name: str, questions: Iterable[Question]) -> None:
    """Several chosen names are stored in one text, separated by spaces."""
    _ = form.findings.say
    several = any(question.type != "select_one" for question in questions)
    for choice in form.lists.get(name, ()):
        if any(letter.isspace() for letter in choice.name):
            report = form.findings.error if several else form.findings.warning
            report(
                "choice-name",
                form.choices_sheet(name),
                choice.row,
                _('The choice name "{name}" holds a space.').format(name=choice.name),
                _("Write _ instead; the label may hold spaces."),
            )
