"""Expressions that can be compiled and still cannot be meant: never true, or looking for a choice that is not there.

Rule of the file: a question is called unreachable only where every answer that people can give has been tried.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass

from surveys.checking.form import Form, Spot, Written, columns_of
from surveys.checking.trial import OTHER, Budget, Untried, trials_of
from surveys.errors import ExpressionError
from surveys.expressions import Expression
from surveys.expressions.grammar import parse
from surveys.expressions.source import Source
from surveys.expressions.tree import Call, Chain, Current, Literal, Named, Syntax
from surveys.survey import Question


def check_expressions(form: Form) -> None:
    """Conditions that are never true, choices that do not exist, look-ups that find nothing."""
    budget = Budget()
    for written in form.written:
        if written.expression is None:
            continue
        _check_choices(form, written)
        if written.column in {"relevant", "constraint"} and _never_true(form, written.expression, budget):
            _report_never(form, written)


def _report_never(form: Form, written: Written) -> None:
    _ = form.findings.say
    item = written.spot.item
    if written.column == "relevant":
        form.findings.error(
            "unreachable",
            "survey",
            item.row,
            _('"{name}" is never asked: no answers make its relevant true.').format(name=item.name),
            _("Correct the condition, or delete the row."),
        )
    else:
        form.findings.error(
            "constraint-never",
            "survey",
            item.row,
            _('No answer to "{name}" can meet its constraint.').format(name=item.name),
            _("Correct the constraint."),
        )


def _never_true(form: Form, expression: Expression, budget: Budget) -> bool:
    trials = trials_of(form, [expression], budget)
    try:
        return trials is not None and not any(expression.truth(trial) for trial in trials)
    except Untried:
        return False


# ---- choices and tables that are named in an expression ----------------------------------------------


def _check_choices(form: Form, written: Written) -> None:
    if written.expression is None:
        return
    try:
        tree = parse(Source(written.expression.source, form.findings.say))
    except ExpressionError:
        return
    for syntax in _walk(tree):
        match syntax:
            case Chain(first=first, rest=rest) if rest[0][0] in {"=", "!="}:
                for sign, other in rest:
                    _check_compared(form, written, first, other, sign)
                    _check_compared(form, written, other, first, sign)
            case Call(name="selected", arguments=(of, choice)):
                _check_compared(form, written, of, choice, "=")
            case Call(name="pulldata", arguments=arguments):
                _check_table(form, written, arguments)
            case _:
                pass


def _walk(syntax: object) -> Iterator[Syntax]:
    if is_dataclass(syntax):
        yield syntax  # type: ignore[misc]
        for part in fields(syntax):
            yield from _walk(getattr(syntax, part.name))
    elif isinstance(syntax, tuple):
        for part in syntax:
            yield from _walk(part)


def _select(form: Form, spot: Spot, syntax: Syntax) -> Question | None:
    """The question with choices that is meant, if it is one."""
    item = spot.item if isinstance(syntax, Current) else None
    if isinstance(syntax, Named) and syntax.name in form.nodes:
        item = form.by_name[syntax.name].item
    if isinstance(item, Question) and item.type in {"select_one", "select_multiple", "rank"} and item.choices:
        return item
    return None


def _check_compared(form: Form, written: Written, of: Syntax, literal: Syntax, sign: str) -> None:
    _ = form.findings.say
    question = _select(form, written.spot, of)
    if question is None or not isinstance(literal, Literal) or literal.value == "":
        return
    names = {choice.name for choice in question.choices} | ({OTHER} if question.or_other else set())
    wanted = _text(literal.value)
    missing = [word for word in ([wanted] if question.type == "select_one" else wanted.split()) if word not in names]
    if not missing:
        return
    near = next((name for name in names if name.casefold() == missing[0].casefold()), "")
    report = form.findings.error if sign == "=" else form.findings.warning
    report(
        "choice-unknown",
        "survey",
        written.spot.item.row,
        _('In {column}: "{choice}" is no choice of "{name}".').format(
            column=written.column, choice=missing[0], name=question.name
        ),
        _('Did you mean "{name}"? Capital letters count.').format(name=near)
        if near
        else _("Use a name from the column name of the list {list}.").format(list=question.list_name),
    )


def _text(value: str | float) -> str:
    if isinstance(value, str):
        return value
    return str(int(value)) if value.is_integer() else str(value)


def _check_table(form: Form, written: Written, arguments: tuple[Syntax, ...]) -> None:
    _ = form.findings.say
    literals = [argument.value if isinstance(argument, Literal) else None for argument in arguments[:3]]
    table = literals[0]
    if table == "facts" or not isinstance(table, str):
        return
    row = written.spot.item.row
    if table not in form.lists:
        form.findings.error(
            "table-unknown",
            "survey",
            row,
            _('pulldata looks into "{list}", but there is no such list.').format(list=table),
            _("Correct the name, or add the list to the choices sheet or as a .csv file."),
        )
        return
    columns = columns_of(form.lists[table])
    for column in literals[1:]:
        if isinstance(column, str) and column not in columns:
            form.findings.error(
                "table-column",
                "survey",
                row,
                _('The list "{list}" has no column "{column}".').format(list=table, column=column),
                _("Use one of: {words}.").format(words=", ".join(sorted(columns))),
            )
