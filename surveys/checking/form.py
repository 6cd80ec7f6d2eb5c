"""A survey laid out for checking: every question and section with its place, and its expressions compiled.

Rule of the file: what cannot be compiled is reported here and is then absent, so that nobody reports it twice.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from surveys.errors import ExpressionError
from surveys.expressions import Expression, Node, compile_expression, compile_template
from surveys.findings import Findings
from surveys.nodes import nodes_of
from surveys.survey import Choice, Question, Section, Survey, Texts

SILENT = frozenset(
    {
        "calculate", "hidden", "start", "end", "today",
        "deviceid", "username", "phonenumber",
    }
)  # fmt: skip
"""Types that ask nothing."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A question or section and its place: its number from the top, and the sections around it, outermost first."""

    item: Question | Section
    order: int
    around: tuple[Section, ...]

    @property
    def asks(self) -> bool:
        """Whether a person answers it."""
        return (
            isinstance(self.item, Question)
            and self.item.type not in SILENT
            and self.item.type != "note"
            and not self.item.read_only
        )


@dataclass(frozen=True, slots=True)
class Written:
    """One expression, or one text with answers in it: whose, in which column, and which names it uses."""

    spot: Spot
    column: str
    names: frozenset[str]
    expression: Expression | None = None


@dataclass(slots=True)
class Form:
    """What the checks look at."""

    survey: Survey
    findings: Findings
    spots: tuple[Spot, ...]
    nodes: Mapping[str, Node]
    lists: Mapping[str, tuple[Choice, ...]]
    """Every choices list, those that only pulldata looks into as well."""
    files: Mapping[str, str]
    """List name to the file it came from, for messages."""
    by_name: Mapping[str, Spot]
    """Question or section by name; of two with one name the first."""
    written: list[Written] = field(default_factory=list)
    _at: dict[tuple[int, str], Written] = field(default_factory=dict)

    def note(self, written: Written) -> None:
        """Remember what was compiled."""
        self.written.append(written)
        self._at[written.spot.order, written.column] = written

    def questions(self) -> Iterator[tuple[Spot, Question]]:
        """The questions with their places."""
        for spot in self.spots:
            if isinstance(spot.item, Question):
                yield spot, spot.item

    def choices_sheet(self, list_name: str) -> str:
        """Where a list stands, for messages."""
        return self.files.get(list_name, "choices")

    def of(self, spot: Spot, column: str) -> Written | None:
        """What stands in one column of a question or section, None if nothing that could be compiled."""
        return self._at.get((spot.order, column))


def form_of(survey: Survey, findings: Findings, files: Mapping[str, str]) -> Form:
    """``survey``, laid out. Expressions that cannot be compiled are added to ``findings``."""
    spots: list[Spot] = []
    _lay_out(survey.items, (), spots)
    lists = {question.list_name: question.choices for question in survey.questions() if question.list_name}
    form = Form(
        survey=survey,
        findings=findings,
        spots=tuple(spots),
        nodes=nodes_of(survey),
        lists={**survey.tables, **lists},
        files=files,
        by_name={spot.item.name: spot for spot in reversed(spots)},
    )
    for spot in form.spots:
        _compile(form, spot)
    return form


def _lay_out(items: tuple[Question | Section, ...], around: tuple[Section, ...], spots: list[Spot]) -> None:
    for item in items:
        spots.append(Spot(item, len(spots), around))
        if isinstance(item, Section):
            _lay_out(item.items, (*around, item), spots)


def _compile(form: Form, spot: Spot) -> None:
    item = spot.item
    for column, source in _expressions(item):
        columns = columns_of(item.choices) if isinstance(item, Question) and column == "choice_filter" else frozenset()
        expression = expression_of(form, source, form.nodes[item.name], "survey", item.row, column, columns)
        if expression is not None:
            form.note(Written(spot, column, expression.names, expression))
    for column, texts in _texts(item):
        names = frozenset(name for text in texts.values() for name in _names_in(form, spot, column, text))
        if names:
            form.note(Written(spot, column, names))


def expression_of(
    form: Form, source: str, here: Node | None, sheet: str, row: int, column: str, columns: frozenset[str] = frozenset()
) -> Expression | None:
    """The compiled expression, None after reporting why it cannot be."""
    _ = form.findings.say
    try:
        return compile_expression(source, nodes=form.nodes, here=here, columns=columns, say=form.findings.say)
    except ExpressionError as error:
        form.findings.error(
            "expression", sheet, row, _("In {column}: {problem}").format(column=column, problem=error), ""
        )
        return None


def _names_in(form: Form, spot: Spot, column: str, text: str) -> frozenset[str]:
    _ = form.findings.say
    try:
        return compile_template(text, nodes=form.nodes, here=form.nodes[spot.item.name], say=form.findings.say).names
    except ExpressionError as error:
        what = _("In {column}: {problem}").format(column=column, problem=error)
        form.findings.error("expression", "survey", spot.item.row, what, "")
        return frozenset()


def columns_of(choices: tuple[Choice, ...]) -> frozenset[str]:
    """The columns of a list that a choice_filter or pulldata can name."""
    return frozenset({"name", "label"}).union(*(choice.filters for choice in choices))


def _expressions(item: Question | Section) -> list[tuple[str, str]]:
    if isinstance(item, Section):
        found = [("relevant", item.relevant), ("repeat_count", item.repeat_count)]
    else:
        found = [
            ("relevant", item.relevant),
            ("required", item.required),
            ("constraint", item.constraint),
            ("calculation", item.calculation),
            ("choice_filter", item.choice_filter),
            ("default", item.default if item.default_is_expression else ""),
        ]
    return [(column, source) for column, source in found if source]


def _texts(item: Question | Section) -> list[tuple[str, Texts]]:
    found = [("label", item.label), ("hint", item.hint)]
    if isinstance(item, Question):
        found += [
            ("guidance_hint", item.guidance_hint),
            ("constraint_message", item.constraint_message),
            ("required_message", item.required_message),
        ]
    return [(column, texts) for column, texts in found if texts]
