"""Expressions that can be compiled and still cannot be meant: never true, or looking for a choice that is not there.

Rule of the file: a question is called unreachable only where every answer that people can give has been tried.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass

from surveys.checking.form import Form, Spot, Written, columns_of
from surveys.checking.trial import Trial, Untried
from surveys.errors import ExpressionError
from surveys.expressions import Expression
from surveys.expressions.grammar import parse
from surveys.expressions.source import Source
from surveys.expressions.tree import Call, Chain, Current, Literal, Named, Syntax
from surveys.survey import Question

MOST_TRIED = 3_000
"""Combinations of answers for one expression; one with more is left alone."""
MOST_TRIED_IN_ALL = 100_000
"""For a whole form, so that checking a large one stays a matter of seconds."""
MOST_CALCULATIONS = 40
"""Behind one expression."""
OTHER = "other"


def check_expressions(form: Form) -> None:
    """Conditions that are never true, choices that do not exist, look-ups that find nothing."""
    left = MOST_TRIED_IN_ALL
    for written in form.written:
        if written.expression is None:
            continue
        _check_choices(form, written)
        if written.column not in {"relevant", "constraint"}:
            continue
        calculations: dict[str, Expression] = {}
        answers: dict[str, tuple[str, ...]] = {}
        if not _gather(form, written.expression, calculations, answers):
            continue
        number = math.prod(len(values) for values in answers.values())
        if number > min(MOST_TRIED, left):
            continue
        left -= number
        if _never_true(written.expression, calculations, answers):
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


def _never_true(
    expression: Expression, calculations: Mapping[str, Expression], answers: Mapping[str, tuple[str, ...]]
) -> bool:
    try:
        return not any(
            expression.truth(Trial(dict(zip(answers, values, strict=True)), calculations))
            for values in itertools.product(*answers.values())
        )
    except Untried:
        return False


def _gather(
    form: Form, expression: Expression, calculations: dict[str, Expression], answers: dict[str, tuple[str, ...]]
) -> bool:
    """Find every answer an expression may look at, through calculations; False if they cannot be listed."""
    if expression.volatile or expression.uses_current or len(calculations) > MOST_CALCULATIONS:
        return False
    for name in expression.names:
        if name in calculations or name in answers:
            continue
        spot = form.by_name[name]
        item = spot.item
        if not isinstance(item, Question) or any(section.repeat for section in spot.around):
            return False
        if item.type == "calculate":
            found = form.of(spot, "calculation")
            if found is None or found.expression is None or item.relevant:
                return False
            calculations[name] = found.expression
            if not _gather(form, found.expression, calculations, answers):
                return False
            continue
        values = _values(item)
        if not values:
            return False
        answers[name] = values
    return not _circular(calculations)


def _circular(calculations: Mapping[str, Expression]) -> bool:
    """Whether the calculations lead back to themselves: they are reported elsewhere and not tried."""
    left = dict(calculations)
    while left:
        ready = [name for name, expression in left.items() if not expression.names & left.keys()]
        if not ready:
            return True
        for name in ready:
            del left[name]
    return False


def _values(question: Question) -> tuple[str, ...]:
    """Every dumped value of a question with few answers, "" for none; () where there are too many."""
    names = [choice.name for choice in question.choices] + ([OTHER] if question.or_other else [])
    if question.type == "acknowledge":
        return ("", "OK")
    if question.type == "select_one":
        return ("", *names)
    if question.type == "select_multiple" and len(names) <= 6:
        return tuple(
            " ".join(chosen) for size in range(len(names) + 1) for chosen in itertools.combinations(names, size)
        )
    return ()


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
