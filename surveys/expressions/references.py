"""Where a name stands, seen from the question an expression stands on, and how its values are read.

A name in the same or an enclosing repetition is one value. A name in a repeat that the expression is outside of is a
node-set: one value for each repetition. Rule of the file: places are counted here and nowhere else.
"""

from __future__ import annotations

from collections.abc import Callable

from surveys.expressions.code import (
    Code,
    Reader,
    of_answer,
    of_clock_text,
    of_day_text,
    of_instant_text,
    of_text,
    of_values,
)
from surveys.expressions.coercion import Clock, Day, Instant, Value, number_of_text
from surveys.expressions.scope import Node, NodeKind, Scope

SECTIONS: frozenset[NodeKind] = frozenset({"group", "repeat"})
Position = tuple[int, ...]


def shared(node: Node, here: Node | None) -> int:
    """How many of the repeats around ``node`` are around ``here`` too: their repetitions are known."""
    count = 0
    if here is not None:
        for one, other in zip(node.repeats, here.repeats, strict=False):
            if one != other:
                break
            count += 1
    return count


def code_of(node: Node, here: Node | None) -> Code:
    """The answer to a question, as one value or as a node-set."""
    depth = len(node.repeats)
    if shared(node, here) == depth:
        return code_of_text(node.kind, _reader(node.name, depth))
    return of_values(values_of(node, positions(node, here)))


def code_of_text(kind: NodeKind, read: Reader[str]) -> Code:
    """A question of this kind whose dumped text is read by ``read``."""
    match kind:
        case "number":
            return of_answer(read)
        case "date":
            return of_day_text(read)
        case "dateTime":
            return of_instant_text(read)
        case "time":
            return of_clock_text(read)
        case _:
            return of_text(read)


def values_of(node: Node, where: Reader[list[Position]]) -> Reader[list[Value]]:
    """The values of ``node`` at each of the positions."""
    name, typed = node.name, _typed(node.kind)
    return lambda scope: [typed(scope.value(name, position)) for position in where(scope)]


def positions(node: Node, here: Node | None) -> Reader[list[Position]]:
    """The positions of ``node`` in every repetition, those that ``here`` knows already taken from it."""
    known = shared(node, here)
    unknown = node.repeats[known:]

    def read(scope: Scope) -> list[Position]:
        found = [scope.position[:known]]
        for repeat in unknown:
            found = [(*place, n) for place in found for n in range(1, scope.count(repeat, place) + 1)]
        return found

    return read


def count_of(node: Node, here: Node | None) -> Reader[int]:
    """How many nodes ``${name}`` is: repetitions of a repeat, answers of a question (1 where it is one value)."""
    where = positions(node, here)
    if node.kind != "repeat":
        return lambda scope: len(where(scope))
    name = node.name
    return lambda scope: sum(scope.count(name, place) for place in where(scope))


def number_of_repetition(repeat: Node, here: Node | None) -> Reader[float]:
    """position(${repeat}): the repetition the expression stands in; from outside 1, or 0 if there is none."""
    depth = len(repeat.repeats)
    inside = here is not None and here.repeats[: depth + 1] == (*repeat.repeats, repeat.name)
    if inside:
        return lambda scope: float(scope.position[depth])
    count = count_of(repeat, here)
    return lambda scope: 1.0 if count(scope) else 0.0


def section_above(here: Node, levels: int) -> str:
    """The name of the section ``levels`` steps above ``here``, "" for the form itself or above it."""
    around = here.sections or here.repeats
    return around[-levels] if levels <= len(around) else ""


def _reader(name: str, depth: int) -> Reader[str]:
    if depth == 0:
        return lambda scope: scope.value(name, ())
    return lambda scope: scope.value(name, scope.position[:depth])


def _typed(kind: NodeKind) -> Callable[[str], Value]:
    match kind:
        case "number":
            return lambda text: number_of_text(text) if text else ""
        case "date":
            return Day
        case "dateTime":
            return Instant
        case "time":
            return Clock
        case _:
            return str
