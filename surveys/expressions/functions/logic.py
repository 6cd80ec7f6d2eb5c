"""Choosing between values: if, coalesce, once, and the counting of truths."""

from __future__ import annotations

from collections.abc import Mapping

from surveys.expressions.call import ANY_NUMBER, Call, Function, all_values
from surveys.expressions.code import Code, Kind, constant, of_any, of_number, of_text, of_truth
from surveys.expressions.coercion import Value, is_empty, number_of, truth_of
from surveys.expressions.scope import Scope


def _if(call: Call) -> Code:
    condition, then, otherwise = call.code(0).truth, call.code(1), call.code(2)
    kind: Kind = then.kind if then.kind == otherwise.kind else "any"
    then_moment, otherwise_moment = then.moment, otherwise.moment
    moment = None
    if then_moment is not None and otherwise_moment is not None:
        moment = lambda scope: then_moment(scope) if condition(scope) else otherwise_moment(scope)  # noqa: E731
    return Code(
        kind=kind,
        value=lambda scope: then.value(scope) if condition(scope) else otherwise.value(scope),
        number=lambda scope: then.number(scope) if condition(scope) else otherwise.number(scope),
        text=lambda scope: then.text(scope) if condition(scope) else otherwise.text(scope),
        truth=lambda scope: then.truth(scope) if condition(scope) else otherwise.truth(scope),
        moment=moment,
        scale=then.scale if then.scale == otherwise.scale else "",
    )


def _coalesce(call: Call) -> Code:
    return _first_filled(call.code(0), call.code(1))


def _once(call: Call) -> Code:
    return _first_filled(call.current(), call.code(0))


def _first_filled(one: Code, other: Code) -> Code:
    first, second = one.value, other.value

    def read(scope: Scope) -> Value:
        value = first(scope)
        return second(scope) if is_empty(value) else value

    if one.kind == other.kind == "text":
        text, alternative = one.text, other.text
        return of_text(lambda scope: text(scope) or alternative(scope))
    if one.kind in {"number", "answer"} and other.kind == "number":
        # An empty number question is NaN as number, so the two rules of emptiness meet.
        return of_number(lambda scope: number_of(read(scope), scope))
    return of_any(read)


def _not(call: Call) -> Code:
    read = call.code(0).truth
    return of_truth(lambda scope: not read(scope))


def _boolean(call: Call) -> Code:
    return of_truth(call.code(0).truth)


def _boolean_from_string(call: Call) -> Code:
    read = call.code(0).text
    return of_truth(lambda scope: _says_true(read(scope)))


def _says_true(text: str) -> bool:
    return text == "1" or text.lower() == "true"


def _checklist(call: Call) -> Code:
    least, most = call.code(0).number, call.code(1).number
    answers = all_values(call.codes(2))

    def read(scope: Scope) -> bool:
        count = sum(truth_of(value) for value in answers(scope))
        return _between(count, _truncated(least(scope)), _truncated(most(scope)))

    return of_truth(read)


def _truncated(number: float) -> float:
    """Java's intValue: NaN is 0."""
    if number != number:  # noqa: PLR0124 -- NaN
        return 0
    return int(number) if abs(number) < 1e18 else number


def _between(number: float, least: float, most: float) -> bool:
    """A negative limit is none."""
    return (least < 0 or number >= least) and (most < 0 or number <= most)


def _weighted_checklist(call: Call) -> Code:
    codes = call.codes()
    least, most = codes[0].number, codes[1].number
    if len(codes) == 4 and codes[2].many is not None and codes[3].many is not None:
        answers, weights = codes[2].many, codes[3].many
    else:
        answers, weights = all_values([*codes[2::2]]), all_values([*codes[3::2]])

    def read(scope: Scope) -> bool:
        pairs = zip(answers(scope), weights(scope), strict=False)
        total = sum(number_of(weight, scope) for answer, weight in pairs if truth_of(answer))
        return _between(total, least(scope), most(scope))

    return of_truth(read)


def _string(call: Call) -> Code:
    code = call.code(0)
    read = code.text
    return code if code.kind == "text" else of_text(read)


def _number(call: Call) -> Code:
    code = call.code(0)
    return of_number(code.number, code.scale)


FUNCTIONS: Mapping[str, Function] = {
    "if": Function(3, 3, _if),
    "coalesce": Function(2, 2, _coalesce),
    "once": Function(1, 1, _once, volatile=True),
    "not": Function(1, 1, _not),
    "true": Function(0, 0, lambda call: constant(value=True)),
    "false": Function(0, 0, lambda call: constant(value=False)),
    "boolean": Function(1, 1, _boolean),
    "boolean-from-string": Function(1, 1, _boolean_from_string),
    "string": Function(1, 1, _string),
    "number": Function(1, 1, _number),
    "checklist": Function(2, ANY_NUMBER, _checklist),
    "weighted-checklist": Function(4, ANY_NUMBER, _weighted_checklist, parity=0),
}
