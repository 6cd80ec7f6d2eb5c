"""Repeats: counting, adding up and comparing the answers of all repetitions, and reaching into one of them."""

from __future__ import annotations

import math
from collections.abc import Mapping

from surveys.expressions.call import ANY_NUMBER, Call, Function, all_values
from surveys.expressions.code import Code, Reader, of_number
from surveys.expressions.coercion import NAN, Value, number_of, text_of
from surveys.expressions.references import (
    SECTIONS,
    code_of_text,
    count_of,
    number_of_repetition,
    section_above,
    shared,
)
from surveys.expressions.scope import Node, Scope
from surveys.expressions.tree import Chain, Current


def _position(call: Call) -> Code:
    """position(..) is the number of the repetition around the question; of a group that is no repeat it is 1."""
    _ = call.say
    levels, here = call.levels_up(0), call.here
    repeat = call.node(0)
    if levels and here is not None:
        name = section_above(here, levels)
        if name not in here.repeats:
            return of_number(lambda scope: 1.0)
        depth = here.repeats.index(name)
        return of_number(lambda scope: float(scope.position[depth]))
    if levels or repeat is None or repeat.kind != "repeat":
        raise call.refuse(_("position() wants the repeat; write position(..) inside it, or position(${repeat})."), 0)
    return of_number(number_of_repetition(repeat, here))


def _set(call: Call) -> Reader[list[Value]]:
    """The values of a node-set argument. Raises for anything else: a number cannot be counted."""
    _ = call.say
    argument = call.syntax.arguments[0]
    node = call.node(0)
    if node is None and not isinstance(argument, Current | Chain):
        raise call.refuse(_("{name}() wants a question; write {name}(${{name}}).").format(name=call.syntax.name), 0)
    code = call.code(0)
    if isinstance(argument, Chain) and code.many is None:
        raise call.refuse(_("{name}() wants a question; write {name}(${{name}}).").format(name=call.syntax.name), 0)
    return all_values([code])


def _count(call: Call) -> Code:
    node = call.node(0)
    if node is not None:
        read = count_of(node, call.here)
        return of_number(lambda scope: float(read(scope)))
    values = _set(call)
    return of_number(lambda scope: float(len(values(scope))))


def _count_non_empty(call: Call) -> Code:
    node = call.node(0)
    if node is not None and node.kind in SECTIONS:
        return _count(call)
    values = _set(call)
    return of_number(lambda scope: float(sum(text_of(value) != "" for value in values(scope))))


def _sum(call: Call) -> Code:
    """Unanswered repetitions count nothing."""
    values = _set(call)
    return of_number(lambda scope: sum(_numbers(values, scope), 0.0))


def _max(call: Call) -> Code:
    values = all_values(call.codes())
    return of_number(lambda scope: max(_numbers(values, scope), default=NAN))


def _min(call: Call) -> Code:
    values = all_values(call.codes())
    return of_number(lambda scope: min(_numbers(values, scope), default=NAN))


def _numbers(values: Reader[list[Value]], scope: Scope) -> list[float]:
    numbers = [number_of(value, scope) for value in values(scope)]
    return [number for number in numbers if not math.isnan(number)]


def _indexed_repeat(call: Call) -> Code:
    """The answer in the repetition of this number; below 1 it is taken as 1 (JavaRosa), beyond the last it is ""."""
    _ = call.say
    node = call.node(0)
    if node is None or node.kind in SECTIONS or not node.repeats:
        raise call.refuse(_("indexed-repeat() wants a question in a repeat first; write ${name} of one."), 0)
    numbers: dict[str, Reader[float]] = {}
    for index in range(1, call.count, 2):
        repeat = call.node(index)
        if repeat is None or repeat.name not in node.repeats:
            problem = _("This is not a repeat around {name}; write ${{{repeat}}}.")
            raise call.refuse(problem.format(name=node.name, repeat=node.repeats[-1]), index)
        numbers[repeat.name] = call.code(index + 1).number
    known = shared(node, call.here)
    missing = [repeat for repeat in node.repeats[known:] if repeat not in numbers]
    if missing:
        problem = _("The number of the repetition of {repeat} is missing; add ${{{repeat}}}, number.")
        raise call.refuse(problem.format(repeat=missing[0]))
    return code_of_text(node.kind, _at(node, [numbers.get(repeat) for repeat in node.repeats]))


def _at(node: Node, numbers: list[Reader[float] | None]) -> Reader[str]:
    name, repeats = node.name, node.repeats

    def read(scope: Scope) -> str:
        position: tuple[int, ...] = ()
        for depth, number in enumerate(numbers):
            at = scope.position[depth] if number is None else _repetition(number(scope))
            if at > scope.count(repeats[depth], position):
                return ""
            position = (*position, at)
        return scope.value(name, position)

    return read


def _repetition(number: float) -> int:
    return max(int(number), 1) if abs(number) < 1e9 else 1 if not number > 0 else 10**9


FUNCTIONS: Mapping[str, Function] = {
    "position": Function(1, 1, _position),
    "count": Function(1, 1, _count),
    "count-non-empty": Function(1, 1, _count_non_empty),
    "sum": Function(1, 1, _sum),
    "max": Function(1, ANY_NUMBER, _max),
    "min": Function(1, ANY_NUMBER, _min),
    "indexed-repeat": Function(3, 11, _indexed_repeat, parity=1),
}
