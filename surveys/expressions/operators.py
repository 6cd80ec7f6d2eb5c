"""Operators: arithmetic, comparison, and, or, and the union of node-sets.

Source: XPath 1.0 §§3.4–3.5. Rule of the file: what is known of the operands when the survey is loaded chooses the
shortest closure; ``coercion.equal`` is the rule they all obey.
"""

from __future__ import annotations

import math
import operator
from collections.abc import Callable

from surveys.expressions.code import Code, Reader, Scale, of_number, of_truth, of_values
from surveys.expressions.coercion import Value, equal, near, number_of
from surveys.expressions.scope import Scope

Numeric = Callable[[float, float], float]
Test = Callable[[float, float], bool]

_MAY_BE_EMPTY = frozenset({"answer", "day", "instant", "clock"})
_ORDER: dict[str, Test] = {"<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge}
_TRUTHS: dict[str, Test] = {**_ORDER, "=": operator.eq, "!=": operator.ne}


def divided(left: float, right: float) -> float:
    """IEEE division: 1 div 0 is Infinity, 0 div 0 is NaN."""
    if right != 0:
        return left / right
    if left == 0 or math.isnan(left):
        return math.nan
    return math.copysign(math.inf, left) * math.copysign(1.0, right)


def remainder(left: float, right: float) -> float:
    """The remainder with the sign of the dividend; NaN where there is none."""
    if right == 0 or math.isinf(left) or math.isnan(left) or math.isnan(right):
        return math.nan
    return math.fmod(left, right)


_ARITHMETIC: dict[str, Numeric] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "div": divided,
    "mod": remainder,
}


def chain(signs: list[str], codes: list[Code]) -> Code:
    """Operands of one level of precedence, one more than there are signs between them, from left to right."""
    sign = signs[0]
    if sign in {"and", "or"}:
        return logical(sign, codes)
    if sign in _ARITHMETIC:
        return arithmetic(codes[0], list(zip(signs, codes[1:], strict=True)))
    compare = equality if sign in {"=", "!="} else comparison
    first = compare(sign, codes[0], codes[1])
    return first if len(signs) == 1 else _compared_on(first, signs[1:], codes[2:])


def _compared_on(first: Code, signs: list[str], codes: list[Code]) -> Code:
    """``a < b < c``: the truth of the first comparison is compared with what follows."""
    start = first.truth
    steps = [(_TRUTHS[sign], _compared(sign, code)) for sign, code in zip(signs, codes, strict=True)]

    def read(scope: Scope) -> bool:
        truth = start(scope)
        for test, operand in steps:
            truth = test(float(truth), operand(scope))
        return truth

    return of_truth(read)


def _compared(sign: str, code: Code) -> Reader[float]:
    """What a truth is compared with: another truth for ``=`` and for a node-set, else a number."""
    if sign in {"=", "!="} or code.many is not None:
        read = code.truth
        return lambda scope: float(read(scope))
    return code.number


def arithmetic(first: Code, rest: list[tuple[str, Code]]) -> Code:
    """A sum or a product, from left to right."""
    scale = first.scale
    for sign, code in rest:
        scale = _scale(sign, scale, code.scale)
    if len(rest) == 1:
        return of_number(_two(rest[0][0], first, rest[0][1]), scale)
    start = first.number
    steps = [(_ARITHMETIC[sign], code.number) for sign, code in rest]

    def read(scope: Scope) -> float:
        result = start(scope)
        for calculate, operand in steps:
            result = calculate(result, operand(scope))
        return result

    return of_number(read, scale)


def _scale(sign: str, left: Scale, right: Scale) -> Scale:
    """A date plus or minus something is counted as the date is; a difference of dates counts nothing in particular."""
    if sign == "+" and not (left and right):
        return left or right
    return left if sign == "-" and not right else ""


def _two(sign: str, left: Code, right: Code) -> Reader[float]:
    one, two = left.number, right.number
    match sign:
        case "+":
            return lambda scope: one(scope) + two(scope)
        case "-":
            return lambda scope: one(scope) - two(scope)
        case "*":
            return lambda scope: one(scope) * two(scope)
        case _:
            calculate = _ARITHMETIC[sign]
            return lambda scope: calculate(one(scope), two(scope))


def negative(operand: Code) -> Code:
    """``-operand``."""
    read = operand.number
    return of_number(lambda scope: -read(scope))


def logical(sign: str, codes: list[Code]) -> Code:
    """``and`` or ``or``: what is decided is not evaluated further."""
    if len(codes) == 2:
        one, two = codes[0].truth, codes[1].truth
        if sign == "and":
            return of_truth(lambda scope: one(scope) and two(scope))
        return of_truth(lambda scope: one(scope) or two(scope))
    readers = tuple(code.truth for code in codes)
    decided = sign == "or"

    def read(scope: Scope) -> bool:
        for truth in readers:
            if truth(scope) is decided:
                return decided
        return not decided

    return of_truth(read)


def comparison(sign: str, left: Code, right: Code) -> Code:
    """``<``, ``<=``, ``>``, ``>=``: of numbers alone; text that is no number compares false."""
    if left.many is not None or right.many is not None:
        test = _ORDER[sign]
        return _exists(left, right, lambda a, b, scope: test(number_of(a, scope), number_of(b, scope)))
    one, two = left.number, right.number
    match sign:
        case "<":
            return of_truth(lambda scope: one(scope) < two(scope))
        case "<=":
            return of_truth(lambda scope: one(scope) <= two(scope))
        case ">":
            return of_truth(lambda scope: one(scope) > two(scope))
        case _:
            return of_truth(lambda scope: one(scope) >= two(scope))


def equality(sign: str, left: Code, right: Code) -> Code:
    """``=`` and ``!=``."""
    same = sign == "="
    if left.kind == "truth" or right.kind == "truth":
        a, b = left.truth, right.truth
        return of_truth(lambda scope: (a(scope) is b(scope)) is same)
    if left.many is not None or right.many is not None:
        return _exists(left, right, lambda a, b, scope: equal(a, b, scope) is same)
    if isinstance(left.constant, str):
        left, right = right, left
    if isinstance(right.constant, str) and (left.kind == "text" or (not right.constant and left.kind in _MAY_BE_EMPTY)):
        return _is_text(same, left.text, right.constant)
    if left.kind == "text" and right.kind == "text":
        one, two = left.text, right.text
        return of_truth(lambda scope: (one(scope) == two(scope)) is same)
    kinds = {left.kind, right.kind}
    if "number" in kinds and "any" not in kinds:
        x, y = left.number, right.number
        return of_truth(lambda scope: near(x(scope), y(scope)) is same)
    p, q = left.value, right.value
    return of_truth(lambda scope: equal(p(scope), q(scope), scope) is same)


def _is_text(same: bool, read: Reader[str], wanted: str) -> Code:  # noqa: FBT001 -- "=" or "!="
    if same:
        return of_truth(lambda scope: read(scope) == wanted)
    return of_truth(lambda scope: read(scope) != wanted)


def union(codes: list[Code]) -> Code:
    """``${a} | ${b}``: the values of all."""
    readers = [code.many or _alone(code) for code in codes]
    return of_values(lambda scope: [value for read in readers for value in read(scope)])


def _exists(left: Code, right: Code, test: Callable[[Value, Value, Scope], bool]) -> Code:
    """A comparison with a node-set is true if it is true of one of its values; an empty one is taken as ""."""
    one, two = left.many or _alone(left), right.many or _alone(right)

    def read(scope: Scope) -> bool:
        others = two(scope) or [""]
        return any(test(a, b, scope) for a in one(scope) or [""] for b in others)

    return of_truth(read)


def _alone(code: Code) -> Reader[list[Value]]:
    read = code.value
    return lambda scope: [read(scope)]
