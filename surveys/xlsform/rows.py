"""The survey sheet: its rows become questions and sections.

Rule of the file: a row that cannot be understood is reported and still becomes a question where it has a name, so that
what refers to it is not reported as well.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from surveys.findings import Findings
from surveys.survey import Question, Section
from surveys.xlsform.cells import YES, Cells
from surveys.xlsform.choices import Lists
from surveys.xlsform.columns import Column
from surveys.xlsform.questions import Names, question_of
from surveys.xlsform.sheets import Sheet, Unopenable
from surveys.xlsform.type_words import TypeWord, type_word

MOST_QUESTIONS = 1_000
MOST_NESTED = 12
"""Sections inside each other; a person in a chat loses track long before."""


@dataclass(slots=True)
class _Open:
    """A section whose end has not come yet."""

    kind: str
    section: Section
    items: list[Question | Section] = field(default_factory=list)


@dataclass(slots=True)
class _Builder:
    lists: Lists
    findings: Findings
    names: Names
    is_expression: Callable[[str, str], bool]
    top: list[Question | Section] = field(default_factory=list)
    open: list[_Open] = field(default_factory=list)
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
    builder = _Builder(lists, findings, Names(), is_expression)
    for row in sheet.rows:
        _take(builder, Cells(row, columns, lists.languages, findings))
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
    if not builder.top and not findings.errors:
        findings.error(
            "sheet-empty",
            "survey",
            0,
            _("The sheet survey has no questions."),
            _("Write the headings type, name and label into its first row and one question into each row below."),
        )
    if builder.count > MOST_QUESTIONS:
        findings.error(
            "too-many-questions",
            "survey",
            sheet.rows[-1].number,
            _("The form has {number} questions.").format(number=builder.count),
            _("Use at most {most}: make two surveys of it.").format(most=MOST_QUESTIONS),
        )
    return tuple(builder.top)


def _take(builder: _Builder, cells: Cells) -> None:
    _ = builder.findings.say
    if cells.plain("disabled").lower() in YES:
        return
    kind = cells.word("type")
    row = cells.row.number
    if not kind:
        if cells.plain("name") or cells.texts("label"):
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


def _begin(builder: _Builder, cells: Cells, word: TypeWord) -> None:
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
        name=builder.names.of(cells),
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


def _end(builder: _Builder, cells: Cells, word: TypeWord) -> None:
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
    builder.place(replace(whole, items=tuple(left.items)))


def _question(builder: _Builder, cells: Cells, word: TypeWord) -> None:
    builder.count += 1
    builder.place(question_of(cells, word, builder.names, builder.lists, is_expression=builder.is_expression))
