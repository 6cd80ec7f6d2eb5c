"""Texts as people will see them: long enough to say it, short enough for a small screen, in every language.

Rule of the file: lengths are those of domain tone rules: a message at most 300 letters, never more than 600.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from surveys.checking.form import Form
from surveys.survey import Choice, Question, Section, Texts

GOOD_LENGTH = 300
MOST_LENGTH = 600
GOOD_CHOICE = 72
"""What a list entry shows on the narrowest channel."""
MOST_CHOICE = 200
_NIK = re.compile(
    r"\b(?:nik|nomor (?:induk kependudukan|ktp|kk)|no\.? ?ktp|nomor kartu keluarga|national identity number)\b",
    re.IGNORECASE,
)
_REDACTS = re.compile(r"(?:tidak|jangan|tanpa|do not|don't|without|never)\b[^.?!]{0,40}$", re.IGNORECASE)


def check_wording(form: Form) -> None:
    """Missing labels, missing translations, long texts, and what must not be asked."""
    for spot in form.spots:
        _check_label(form, spot.item)
        for column, texts in _texts(spot.item):
            _check_languages(form, spot.item, column, texts)
            _check_length(form, spot.item, column, texts)
        if isinstance(spot.item, Question) and spot.asks:
            _check_identity(form, spot.item)
    for name, choices in form.lists.items():
        if any(question.list_name == name for question in form.survey.questions()):
            _check_choices(form, name, choices)
    _check_title(form)


def _texts(item: Question | Section) -> Iterator[tuple[str, Texts]]:
    yield "label", item.label
    yield "hint", item.hint
    if isinstance(item, Question):
        yield "guidance_hint", item.guidance_hint
        yield "constraint_message", item.constraint_message
        yield "required_message", item.required_message


def _check_label(form: Form, item: Question | Section) -> None:
    _ = form.findings.say
    spot = form.by_name[item.name]
    if isinstance(item, Section) or item.label or not (spot.asks or item.type == "note" or item.read_only):
        return
    if item.media:
        form.findings.warning(
            "label-missing",
            "survey",
            item.row,
            _('"{name}" has a picture or sound but no label.').format(name=item.name),
            _("Add a short label: not everybody sees or hears it."),
        )
    else:
        form.findings.error(
            "label-missing",
            "survey",
            item.row,
            _('The question "{name}" has no label.').format(name=item.name),
            _("Fill in the label that people see."),
        )


def _missing(form: Form, texts: Texts) -> list[str]:
    return [code for code in form.survey.languages if code not in texts]


def _check_languages(form: Form, item: Question | Section, column: str, texts: Texts) -> None:
    _ = form.findings.say
    missing = _missing(form, texts)
    if texts and missing:
        form.findings.warning(
            "translation-missing",
            "survey",
            item.row,
            _('{column} of "{name}" is missing in: {languages}.').format(
                column=column, name=item.name, languages=", ".join(missing)
            ),
            _("Fill it in; until then people see it in another language."),
        )


def _check_length(form: Form, item: Question | Section, column: str, texts: Texts) -> None:
    _ = form.findings.say
    if column == "guidance_hint":
        return
    longest = max((len(text) for text in texts.values()), default=0)
    if longest > MOST_LENGTH:
        form.findings.error(
            "text-too-long",
            "survey",
            item.row,
            _('{column} of "{name}" has {number} letters.').format(column=column, name=item.name, number=longest),
            _("Use at most {most}: say it in two notes, or move part of it into the hint.").format(most=MOST_LENGTH),
        )
    elif longest > GOOD_LENGTH:
        form.findings.warning(
            "text-long",
            "survey",
            item.row,
            _('{column} of "{name}" has {number} letters.').format(column=column, name=item.name, number=longest),
            _("Up to {most} letters are read to the end on a telephone.").format(most=GOOD_LENGTH),
        )


def _check_identity(form: Form, question: Question) -> None:
    """Numbers of identity cards are taken out of free text before they are stored; nobody should be asked for one."""
    _ = form.findings.say
    if question.type not in {"text", "integer", "barcode"}:
        return
    for text in (*question.label.values(), *question.hint.values()):
        found = _NIK.search(text)
        if found and not _REDACTS.search(text[: found.start()]):
            form.findings.warning(
                "asks-nik",
                "survey",
                question.row,
                _('"{name}" seems to ask for an identity number (NIK).').format(name=question.name),
                _("Do not ask for it: such numbers are taken out of the answers and not stored."),
            )
            return


def _check_choices(form: Form, list_name: str, choices: tuple[Choice, ...]) -> None:
    _ = form.findings.say
    sheet = form.choices_sheet(list_name)
    missing: Mapping[str, list[Choice]] = {
        code: [choice for choice in choices if choice.label and code not in choice.label]
        for code in form.survey.languages
    }
    for code, without in missing.items():
        if without:
            form.findings.warning(
                "translation-missing",
                sheet,
                without[0].row,
                _('{number} choices of the list "{list}" have no label in {language}, first "{name}".').format(
                    number=len(without), list=list_name, language=code, name=without[0].name
                ),
                _("Fill it in; until then people see it in another language."),
            )
    for choice in choices:
        longest = max((len(text) for text in choice.label.values()), default=0)
        if any("${" in text for text in choice.label.values()):
            form.findings.error(
                "choice-label-answer",
                sheet,
                choice.row,
                _('The label of the choice "{name}" holds ${{…}}; answers cannot be shown there.').format(
                    name=choice.name
                ),
                _("Write the label without it, or show the answer in the label of the question."),
            )
        if longest > MOST_CHOICE:
            form.findings.error(
                "choice-too-long",
                sheet,
                choice.row,
                _('The label of the choice "{name}" has {number} letters.').format(name=choice.name, number=longest),
                _("Use at most {most}; explain the choices in the label of the question.").format(most=MOST_CHOICE),
            )
        elif longest > GOOD_CHOICE:
            form.findings.warning(
                "choice-long",
                sheet,
                choice.row,
                _('The label of the choice "{name}" has {number} letters.').format(name=choice.name, number=longest),
                _("Up to {most} letters fit into a list on every channel.").format(most=GOOD_CHOICE),
            )


def _check_title(form: Form) -> None:
    _ = form.findings.say
    missing = _missing(form, form.survey.title)
    if missing and len(form.survey.languages) > 1:
        form.findings.warning(
            "translation-missing",
            "settings",
            2,
            _("The title is missing in: {languages}.").format(languages=", ".join(missing)),
            _('Add the column "chat_title::English (en)", or the one of the missing language.'),
        )
