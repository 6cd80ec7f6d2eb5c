"""The survey sheet: its rows become questions and sections.

Rule of the file: a row that cannot be understood is reported and still becomes a question where it has a name, so that
what refers to it is not reported as well.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import cast, get_args

from surveys.findings import Findings
from surveys.survey import ChatKind, Choice, Question, Section
from surveys.xlsform.choices import Lists
from surveys.xlsform.columns import Column
from surveys.xlsform.parameters import checked
from surveys.xlsform.sheets import Row, Sheet, Unopenable, shortened
from surveys.xlsform.texts import Languages, media_of, straightened, texts_of, without_invisible
from surveys.xlsform.type_words import (
    EMPTY_METADATA,
    PLAIN,
    SELECTS,
    UNASKED,
    TypeWord,
    instead_of,
    type_word,
)

MOST_QUESTIONS = 1_000
MOST_NESTED = 12
"""Sections inside each other; a person in a chat loses track long before."""
NAME = re.compile(r"[^\W\d][\w.-]*")
_TRUE = frozenset({"yes", "true", "true()", "ya"})
_FALSE = frozenset({"no", "false", "false()", "tidak", ""})


@dataclass(slots=True)
class _Open:
    """A section whose end has not come yet."""

    kind: str
    section: Section
    items: list[Question | Section] = field(default_factory=list)


@dataclass(slots=True)
class _Cells:
    """One row, asked by column."""

    row: Row
    columns: Mapping[str, Column]
    languages: Languages
    findings: Findings

    def plain(self, column: str) -> str:
        for heading, cell in self.row.cells.items():
            if self.columns.get(heading) == Column(column):
                return cell
        return ""

    def word(self, column: str) -> str:
        return without_invisible(self.plain(column), "survey", self.row.number, self.findings)

    def expression(self, column: str) -> str:
        return straightened(self.plain(column), column, "survey", self.row.number, self.findings)

    def condition(self, column: str) -> str:
        text = self.expression(column)
        if text.lower() in _TRUE:
            return "true()"
        return "false()" if text and text.lower() in _FALSE else text

    def texts(self, column: str) -> dict[str, str]:
        return texts_of(column, self.row, self.columns, self.languages)


@dataclass(slots=True)
class _Builder:
    lists: Lists
    findings: Findings
    is_expression: Callable[[str, str], bool]
    top: list[Question | Section] = field(default_factory=list)
    open: list[_Open] = field(default_factory=list)
    names: dict[str, int] = field(default_factory=dict)
    count: int = 0

    def place(self, item: Question | Section) -> None:
        (self.open[-1].items if self.open else self.top).append(item)


def items_of(
    sheet: Sheet,
    columns: Mapping[str, Column],
    lists: Lists,
    findings: Findings,
    *,
    is_expression: Callable[[str, str], bool],
) -> tuple[Question | Section, ...]:
    """The questions and sections of the survey sheet. ``is_expression(default, type)``: is this default computed?

    Raises Unopenable where sections stand inside each other without end.
    """
    _ = findings.say
    builder = _Builder(lists, findings, is_expression)
    for row in sheet.rows:
        _take(builder, _Cells(row, columns, lists.languages, findings))
    while builder.open:
        left = builder.open[-1]
        findings.error(
            "section-open",
            "survey",
            left.section.row,
            _('begin_{kind} "{name}" has no end.').format(kind=left.kind, name=left.section.name),
            _("Add a row end_{kind} after its last question.").format(kind=left.kind),
        )
        _close(builder)
    if builder.count > MOST_QUESTIONS:
        findings.error(
            "too-many-questions",
            "survey",
            sheet.rows[-1].number,
            _("The form has {number} questions.").format(number=builder.count),
            _("Use at most {most}: make two surveys of it.").format(most=MOST_QUESTIONS),
        )
    return tuple(builder.top)


def _take(builder: _Builder, cells: _Cells) -> None:
    _ = builder.findings.say
    if cells.plain("disabled").lower() in _TRUE:
        return
    kind = cells.word("type")
    row = cells.row.number
    if not kind:
        if any(cells.plain(column) for column in ("name",)) or cells.texts("label"):
            builder.findings.error(
                "type-missing",
                "survey",
                row,
                _("This row has no type."),
                _("Fill in the column type, e.g. text or select_one."),
            )
            _question(builder, cells, TypeWord(kind="unknown"))
        return
    word = type_word(kind)
    if word.kind == "begin":
        _begin(builder, cells, word)
    elif word.kind == "end":
        _end(builder, cells, word)
    else:
        _question(builder, cells, word)


def _begin(builder: _Builder, cells: _Cells, word: TypeWord) -> None:
    _ = builder.findings.say
    for column in ("required", "constraint", "calculation", "default", "choice_filter"):
        if cells.plain(column):
            builder.findings.warning(
                "section-column",
                "survey",
                cells.row.number,
                _("{column} means nothing for a group or repeat.").format(column=column),
                _("Write it at a question inside."),
            )
    if len(builder.open) == MOST_NESTED:
        raise Unopenable(
            "nested-too-deep",
            _("More than {most} sections stand inside each other.").format(most=MOST_NESTED),
            _("Make the form flatter: a group needs another group inside only for a condition."),
            sheet="survey",
            row=cells.row.number,
        )
    section = Section(
        name=_name(builder, cells),
        items=(),
        label=cells.texts("label"),
        hint=cells.texts("hint"),
        relevant=cells.condition("relevant"),
        repeat=word.word == "repeat",
        repeat_count=cells.expression("repeat_count") if word.word == "repeat" else "",
        appearance=tuple(cells.plain("appearance").split()),
        row=cells.row.number,
    )
    builder.open.append(_Open(word.word, section))


def _end(builder: _Builder, cells: _Cells, word: TypeWord) -> None:
    _ = builder.findings.say
    if not builder.open:
        builder.findings.error(
            "section-end",
            "survey",
            cells.row.number,
            _("end_{kind} closes nothing.").format(kind=word.word),
            _("Delete the row, or add begin_{kind} where the section begins.").format(kind=word.word),
        )
        return
    left = builder.open[-1]
    if left.kind != word.word:
        builder.findings.error(
            "section-end",
            "survey",
            cells.row.number,
            _('end_{kind} stands where begin_{open} "{name}" (row {row}) is to be closed.').format(
                kind=word.word, open=left.kind, name=left.section.name, row=left.section.row
            ),
            _("Write end_{open} here.").format(open=left.kind),
        )
    _close(builder)


def _close(builder: _Builder) -> None:
    _ = builder.findings.say
    left = builder.open.pop()
    whole = left.section
    if not left.items:
        builder.findings.error(
            "section-empty",
            "survey",
            whole.row,
            _('The section "{name}" has no questions.').format(name=whole.name),
            _("Delete it, or put questions between its beginning and its end."),
        )
    builder.place(
        Section(
            name=whole.name,
            items=tuple(left.items),
            label=whole.label,
            hint=whole.hint,
            relevant=whole.relevant,
            repeat=whole.repeat,
            repeat_count=whole.repeat_count,
            appearance=whole.appearance,
            row=whole.row,
        )
    )


def _question(builder: _Builder, cells: _Cells, word: TypeWord) -> None:
    findings = builder.findings
    row = cells.row.number
    builder.count += 1
    if word.kind != "question" and cells.plain("type"):
        _report_type(word, row, findings)
    kind = word.word if word.kind == "question" else "text"
    if kind in EMPTY_METADATA:
        _report_metadata(kind, row, findings)
    name = _name(builder, cells, fallback=f"generated_note_name_{row}" if kind == "note" else "")
    if not name:
        return
    list_name, choices = word.list_name, tuple[Choice, ...]()
    parameters = checked(cells.expression("parameters"), kind, row, findings, from_file=word.from_file)
    parameters |= checked(cells.expression("chat_parameters"), kind, row, findings)
    if kind in SELECTS:
        columns = (parameters.pop("value", ""), parameters.pop("label", ""))
        list_name, choices = _choices(builder, word, row, columns)
    default = cells.plain("default")
    if default and builder.is_expression(default, kind):
        default = cells.expression("default")
    calculation = cells.expression("calculation")
    builder.place(
        Question(
            name=name,
            type=_calculated(kind, calculation, cells),
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
            default_is_expression=bool(default) and builder.is_expression(default, kind),
            calculation=calculation,
            choice_filter=cells.expression("choice_filter"),
            read_only=_read_only(cells),
            appearance=tuple(cells.plain("appearance").split()),
            parameters=parameters,
            chat_kind=_chat_kind(cells),
            row=row,
        )
    )


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


def _name(builder: _Builder, cells: _Cells, fallback: str = "") -> str:
    _ = builder.findings.say
    row = cells.row.number
    name = cells.word("name") or fallback
    if not name:
        builder.findings.error(
            "name-missing",
            "survey",
            row,
            _("This row has no name."),
            _("Fill in the column name: a short word without spaces."),
        )
        return f"row_{row}"
    if not NAME.fullmatch(name):
        builder.findings.error(
            "name",
            "survey",
            row,
            _('"{name}" cannot be a name.').format(name=shortened(name)),
            _("Begin with a letter; then letters, digits, _, - and . without spaces."),
        )
    if name in builder.names:
        builder.findings.error(
            "name-twice",
            "survey",
            row,
            _('The name "{name}" is already used in row {row}.').format(name=name, row=builder.names[name]),
            _("Give each question, group and repeat a name of its own in the whole form."),
        )
    builder.names.setdefault(name, row)
    return name


def _choices(builder: _Builder, word: TypeWord, row: int, columns: tuple[str, str]) -> tuple[str, tuple[Choice, ...]]:
    _ = builder.findings.say
    if not word.list_name:
        builder.findings.error(
            "list-unnamed",
            "survey",
            row,
            _("{type} does not say from which list.").format(type=word.word),
            _("Write the list after it, e.g. {type} kelurahan.").format(type=word.word),
        )
        return "", ()
    if word.from_file:
        return builder.lists.from_file(word.list_name, row, *columns)
    return word.list_name, builder.lists.named(word.list_name, row)


def _calculated(kind: str, calculation: str, cells: _Cells) -> str:
    """A question with a calculation is calculated and not asked, as in ODK."""
    _ = cells.findings.say
    if not calculation:
        if kind == "calculate" and not cells.plain("default"):
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


def _required(cells: _Cells) -> str:
    text = cells.expression("required")
    low = text.lower()
    return "true()" if low in _TRUE else "" if low in _FALSE else text


def _read_only(cells: _Cells) -> bool:
    _ = cells.findings.say
    low = cells.expression("read_only").lower()
    if low not in _TRUE | _FALSE:
        cells.findings.error(
            "read-only",
            "survey",
            cells.row.number,
            _("read_only cannot depend on an answer."),
            _("Write yes or no; use two questions with relevant where it depends."),
        )
    return low in _TRUE


def _chat_kind(cells: _Cells) -> ChatKind:
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
