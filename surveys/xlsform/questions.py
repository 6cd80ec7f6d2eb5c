"""One row of the survey sheet becomes a question.

Rule of the file: every cell that cannot be understood is reported; the question is made as far as it can be.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import cast, get_args

from surveys.findings import Findings
from surveys.survey import ChatKind, Choice, Question
from surveys.xlsform.cells import NO, YES, Cells
from surveys.xlsform.choices import Lists
from surveys.xlsform.parameters import checked
from surveys.xlsform.sheets import shortened
from surveys.xlsform.texts import media_of
from surveys.xlsform.type_words import EMPTY_METADATA, PLAIN, SELECTS, UNASKED, TypeWord, instead_of

NAME = re.compile(r"[^\W\d][\w.-]*")


@dataclass(slots=True)
class Names:
    """The names given so far, and the rows they stand in: a chat needs each once in the whole form."""

    rows: dict[str, int] = field(default_factory=dict)

    def of(self, cells: Cells, fallback: str = "") -> str:
        """The name in this row; what is wrong with it is reported. Never empty."""
        _ = cells.findings.say
        row = cells.row.number
        name = cells.word("name") or fallback
        if not name:
            cells.findings.error(
                "name-missing",
                "survey",
                row,
                _("This row has no name."),
                _("Fill in the column name: a short word without spaces."),
            )
            return f"row_{row}"
        if not NAME.fullmatch(name):
            cells.findings.error(
                "name",
                "survey",
                row,
                _('"{name}" cannot be a name.').format(name=shortened(name)),
                _("Begin with a letter; then letters, digits, _, - and . without spaces."),
            )
        if name in self.rows:
            cells.findings.error(
                "name-twice",
                "survey",
                row,
                _('The name "{name}" is already used in row {row}.').format(name=name, row=self.rows[name]),
                _("Give each question, group and repeat a name of its own in the whole form."),
            )
        self.rows.setdefault(name, row)
        return name


def question_of(
    cells: Cells, word: TypeWord, names: Names, lists: Lists, *, is_expression: Callable[[str, str], bool]
) -> Question:
    """The question in one row. ``is_expression(default, type)``: is this default computed?"""
    findings = cells.findings
    row = cells.row.number
    if word.kind != "question" and cells.plain("type"):
        _report_type(word, row, findings)
    kind = word.word if word.kind == "question" else "text" if cells.texts("label") else "hidden"
    if kind in EMPTY_METADATA:
        _report_metadata(kind, row, findings)
    name = names.of(cells, fallback=_fallback(word, row))
    list_name, choices = word.list_name, tuple[Choice, ...]()
    parameters: dict[str, str] = {}
    if word.kind == "question":
        parameters |= checked(cells.expression("parameters"), kind, row, findings, from_file=word.from_file)
        parameters |= checked(cells.expression("chat_parameters"), kind, row, findings)
    if kind in SELECTS:
        columns = (parameters.pop("value", ""), parameters.pop("label", ""))
        list_name, choices = _choices(lists, word, row, columns)
    default = cells.plain("default")
    if default and is_expression(default, kind):
        default = cells.expression("default")
    computed = bool(default) and is_expression(default, kind)
    calculation = cells.expression("calculation")
    key = cells.word("key")
    if key and kind == "select_one":
        parameters.setdefault("randomize", "true")  # of a test: each person has the options in another order
    return Question(
        name=name,
        type=_calculated(kind, calculation, cells, computed=computed),
        label=cells.texts("label"),
        hint=cells.texts("hint"),
        guidance_hint=cells.texts("guidance_hint"),
        media=media_of(cells.row, cells.columns, cells.languages),
        choices=choices,
        list_name=list_name,
        or_other=word.or_other,
        relevant=cells.condition("relevant"),
        constraint=cells.condition("constraint"),
        constraint_message=cells.texts("constraint_message"),
        required=_required(cells),
        required_message=cells.texts("required_message"),
        default=default,
        default_is_expression=computed,
        calculation=calculation,
        choice_filter=cells.expression("choice_filter"),
        read_only=_read_only(cells),
        appearance=tuple(cells.plain("appearance").split()),
        parameters=parameters,
        chat_kind=_chat_kind(cells),
        key=key,
        form=cells.word("form"),
        row=row,
    )


def _fallback(word: TypeWord, row: int) -> str:
    """A name for rows that need none: notes, as in ODK, and what is refused anyway."""
    if word.kind == "refused":
        return f"row_{row}"
    return f"generated_note_name_{row}" if word.word == "note" else ""


def _report_type(word: TypeWord, row: int, findings: Findings) -> None:
    _ = findings.say
    if word.kind == "refused":
        findings.error(
            "type-refused",
            "survey",
            row,
            _('A chat cannot ask "{type}".').format(type=shortened(word.word)),
            instead_of(word.word, findings.say),
        )
        return
    first = word.word.split(" ", maxsplit=1)[0].lower()
    near = difflib.get_close_matches(
        first, [*PLAIN, *SELECTS, "begin_group", "end_group", "begin_repeat", "end_repeat"], 1
    )
    findings.error(
        "type-unknown",
        "survey",
        row,
        _('The type "{type}" is not known.').format(type=shortened(word.word)),
        _('Did you mean "{type}"?').format(type=PLAIN.get(near[0], near[0]))
        if near
        else _("Use one of the types in the manual."),
    )


def _report_metadata(kind: str, row: int, findings: Findings) -> None:
    _ = findings.say
    findings.warning(
        "metadata-empty",
        "survey",
        row,
        _('"{type}" is not known in a chat and stays empty.').format(type=kind),
        _("Delete the row, or leave it."),
    )


def _choices(lists: Lists, word: TypeWord, row: int, columns: tuple[str, str]) -> tuple[str, tuple[Choice, ...]]:
    _ = lists.findings.say
    if not word.list_name:
        lists.findings.error(
            "list-unnamed",
            "survey",
            row,
            _("{type} does not say from which list.").format(type=word.word),
            _("Write the list after it, e.g. {type} kelurahan.").format(type=word.word),
        )
        return "", ()
    if word.from_file:
        return lists.from_file(word.list_name, row, *columns)
    return word.list_name, lists.named(word.list_name, row)


def _calculated(kind: str, calculation: str, cells: Cells, *, computed: bool) -> str:
    """A question with a calculation is calculated and not asked, as in ODK."""
    _ = cells.findings.say
    if not calculation:
        if kind == "calculate" and not computed:
            cells.findings.error(
                "calculation-missing",
                "survey",
                cells.row.number,
                _("This calculate row has no calculation."),
                _("Fill in the column calculation."),
            )
        return kind
    if kind in UNASKED:
        return kind
    if cells.texts("label"):
        cells.findings.warning(
            "calculated-label",
            "survey",
            cells.row.number,
            _("This question has a calculation, so it is calculated and not asked."),
            _("To show the result, add a note with ${name} in its label.").format(name="{" + cells.plain("name") + "}"),
        )
    return "calculate"


def _required(cells: Cells) -> str:
    text = cells.expression("required")
    low = text.lower()
    return "true()" if low in YES else "" if low in NO else text


def _read_only(cells: Cells) -> bool:
    _ = cells.findings.say
    low = cells.expression("read_only").lower()
    if low not in YES | NO:
        cells.findings.error(
            "read-only",
            "survey",
            cells.row.number,
            _("read_only cannot depend on an answer."),
            _("Write yes or no; use two questions with relevant where it depends."),
        )
    return low in YES


def _chat_kind(cells: Cells) -> ChatKind:
    _ = cells.findings.say
    word = cells.word("chat_kind").lower()
    if word not in get_args(ChatKind):
        cells.findings.error(
            "chat-kind",
            "survey",
            cells.row.number,
            _('"{value}" is no value for {column}.').format(value=shortened(word), column="chat_kind"),
            _("Use one of: {words}.").format(words="nip, phone, name"),
        )
        return ""
    return cast("ChatKind", word)
