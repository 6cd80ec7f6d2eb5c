"""What a function of the expression language sees of its call, while the survey is loaded.

Rule of the file: contracts. A function is a ``Function``: how many arguments it takes and how it becomes ``Code``.
Arguments are compiled when they are asked for, because some (count, position) want the name and not its value.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from surveys.errors import ExpressionError
from surveys.expressions.code import Code, Reader, of_number, of_text, of_truth
from surveys.expressions.coercion import Value
from surveys.expressions.scope import Node, Scope
from surveys.expressions.source import Source
from surveys.expressions.tree import Call as CallSyntax
from surveys.expressions.tree import Literal, Named, Parent, Syntax

ANY_NUMBER = 10_000
"""As many arguments as an expression has room for."""


@dataclass(frozen=True, slots=True)
class Call:
    """One call, being compiled."""

    syntax: CallSyntax
    source: Source
    here: Node | None
    compile: Callable[[Syntax], Code]
    node_at: Callable[[Syntax], Node | None]
    """The question or section that ``${name}`` or a path stands for, None for anything else. Raises ExpressionError."""
    current: Callable[[], Code]
    """The value of ".". Raises where there is none."""

    @property
    def count(self) -> int:
        return len(self.syntax.arguments)

    def say(self, text: str) -> str:
        return self.source.say(text)

    def code(self, index: int) -> Code:
        """The argument as a value."""
        return self.compile(self.syntax.arguments[index])

    def codes(self, first: int = 0) -> list[Code]:
        """The arguments from ``first`` on."""
        return [self.compile(argument) for argument in self.syntax.arguments[first:]]

    def node(self, index: int) -> Node | None:
        """The question or section that the argument names, None if it is no name."""
        argument = self.syntax.arguments[index]
        return self.node_at(argument) if isinstance(argument, Named) else None

    def named(self, name: str, index: int) -> Node | None:
        """The node ``name``, as if the argument had been ``${name}``."""
        return self.node_at(Named(name, self.syntax.arguments[index].at))

    def levels_up(self, index: int) -> int:
        """1 for ``..``, 2 for ``../..``, 0 if the argument is neither."""
        argument = self.syntax.arguments[index]
        return argument.levels if isinstance(argument, Parent) else 0

    def literal(self, index: int) -> str | None:
        """The quoted text that the argument is, None if it is something else."""
        argument = self.syntax.arguments[index]
        return argument.value if isinstance(argument, Literal) and isinstance(argument.value, str) else None

    def refuse(self, problem: str, index: int | None = None) -> ExpressionError:
        """The error for a translated sentence about the call, or about one argument."""
        return self.source.refuse(self.syntax.at if index is None else self.syntax.arguments[index].at, problem)


@dataclass(frozen=True, slots=True)
class Function:
    """A function of the expression language. ``even`` and ``odd`` bind the number of arguments further."""

    least: int
    most: int
    build: Callable[[Call], Code] = field(compare=False)
    volatile: bool = False
    """Gives another value each time it is evaluated, or at another time."""
    parity: int | None = None
    """0: an even number of arguments, 1: an odd one."""


def number_from_number(calculate: Callable[[float], float]) -> Function:
    """f(number) → number."""

    def build(call: Call) -> Code:
        read = call.code(0).number
        return of_number(lambda scope: calculate(read(scope)))

    return Function(1, 1, build)


def number_from_numbers(calculate: Callable[[float, float], float]) -> Function:
    """f(number, number) → number."""

    def build(call: Call) -> Code:
        left, right = call.code(0).number, call.code(1).number
        return of_number(lambda scope: calculate(left(scope), right(scope)))

    return Function(2, 2, build)


def truth_from_texts(decide: Callable[[str, str], bool]) -> Function:
    """f(text, text) → true or false."""

    def build(call: Call) -> Code:
        left, right = call.code(0).text, call.code(1).text
        return of_truth(lambda scope: decide(left(scope), right(scope)))

    return Function(2, 2, build)


def text_from_texts(write: Callable[[str, str], str]) -> Function:
    """f(text, text) → text."""

    def build(call: Call) -> Code:
        left, right = call.code(0).text, call.code(1).text
        return of_text(lambda scope: write(left(scope), right(scope)))

    return Function(2, 2, build)


def all_values(codes: list[Code]) -> Reader[list[Value]]:
    """The values of all arguments, node-sets laid out."""
    if len(codes) == 1 and codes[0].many is not None:
        return codes[0].many
    if all(code.many is None for code in codes):
        readers = [code.value for code in codes]
        return lambda scope: [read(scope) for read in readers]

    def read(scope: Scope) -> list[Value]:
        values: list[Value] = []
        for code in codes:
            if code.many is not None:
                values.extend(code.many(scope))
            else:
                values.append(code.value(scope))
        return values

    return read
