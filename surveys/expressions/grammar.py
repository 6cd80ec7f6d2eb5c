"""Reads the words of an expression into a tree, by XPath's order of operators.

Rule of the file: top-down operator precedence (Pratt 1973), one chain for each level, so that a sum of a thousand
terms is flat. How deep brackets and operators may nest is bounded, so that no form can exhaust the stack.
"""

from __future__ import annotations

from surveys.expressions.lexer import Token, tokens_of
from surveys.expressions.source import Source
from surveys.expressions.tree import Bare, Call, Chain, Current, Literal, Named, Negative, Parent, Syntax

MOST_CHARACTERS = 10_000
MOST_BRACKETS = 60
"""One inside the other."""
_MOST_LEVELS = 4 * MOST_BRACKETS  # brackets and operators, one inside the other


_POWER = {
    "or": 1,
    "and": 2,
    "=": 3,
    "!=": 3,
    "<": 4,
    "<=": 4,
    ">": 4,
    ">=": 4,
    "+": 5,
    "-": 5,
    "*": 6,
    "div": 6,
    "mod": 6,
    "|": 8,
}
_MINUS = 7


def parse(source: Source) -> Syntax:
    """The tree of the expression. Raises ExpressionError."""
    _ = source.say
    if len(source.text) > MOST_CHARACTERS:
        problem = _("The expression has {found} characters, {most} are allowed; divide it into calculations.")
        raise source.refuse(0, problem.format(found=len(source.text), most=MOST_CHARACTERS))
    return _Parser(source).whole()


class _Parser:
    def __init__(self, source: Source) -> None:
        self._source = source
        self._tokens = tokens_of(source)
        self._next = 0
        self._brackets = 0
        self._levels = 0

    @property
    def _token(self) -> Token:
        return self._tokens[self._next]

    def _take(self) -> Token:
        token = self._tokens[self._next]
        self._next += 1
        return token

    def _sees(self, sign: str) -> bool:
        token = self._tokens[self._next]
        return token.kind == "sign" and token.value == sign

    def whole(self) -> Syntax:
        _ = self._source.say
        if len(self._tokens) == 1:
            raise self._source.refuse(0, _("There is no expression; write one or leave the cell empty."))
        tree = self._expression(0)
        rest = self._take()
        if rest.kind != "end":
            raise self._leftover(rest)
        return tree

    def _expression(self, power: int) -> Syntax:
        self._levels += 1
        if self._levels > _MOST_LEVELS:
            raise self._too_deep(self._token.at)
        left = self._operand()
        while True:
            level = self._level()
            if level <= power:
                self._levels -= 1
                return left
            rest: list[tuple[str, Syntax]] = []
            while self._level() == level:
                operator = self._take()
                rest.append((operator.value, self._expression(level)))
            left = Chain(left, tuple(rest), left.at)

    def _level(self) -> int:
        token = self._tokens[self._next]
        return _POWER.get(token.value, 0) if token.kind == "sign" else 0

    def _operand(self) -> Syntax:
        _ = self._source.say
        token = self._take()
        if token.kind == "number":
            return Literal(float(token.value), token.at)
        if token.kind == "text":
            return Literal(token.value, token.at)
        if token.kind == "reference":
            return self._ended(self._reference(token))
        if token.kind == "name":
            return self._call(token) if self._sees("(") else self._name(token)
        if token.kind == "end":
            raise self._source.refuse(token.at, _("Something is missing after the last operator; add it."))
        return self._sign(token)

    def _sign(self, token: Token) -> Syntax:
        _ = self._source.say
        match token.value:
            case "-":
                odd = True
                while self._sees("-"):
                    self._take()
                    odd = not odd
                operand = self._expression(_MINUS)
                # Twice negated is still made a number.
                return Negative(operand, token.at) if odd else Negative(Negative(operand, token.at), token.at)
            case "(":
                self._deeper(token.at)
                inner = self._expression(0)
                self._close(token)
                return self._ended(inner)
            case "." | "..":
                return self._steps(token, levels=int(token.value == ".."))
            case "/":
                return self._absolute(token)
            case "//" | "*" | "@":
                problem = _('"{found}" cannot be used in a chat; name the question as ${{name}}.')
                raise self._source.refuse(token.at, problem.format(found=token.value))
            case ")":
                raise self._source.refuse(
                    token.at, _("Something is missing before ')'; add it, or remove the bracket.")
                )
            case _:
                raise self._source.refuse(token.at, _("Something is missing before this sign; add it or remove it."))

    def _reference(self, token: Token) -> Named:
        _ = self._source.say
        if not token.value:
            problem = _("${} has no name; write the name of a question between the brackets.")
            raise self._source.refuse(token.at, problem)
        return Named(token.value, token.at)

    def _name(self, token: Token) -> Bare:
        if self._sees("/"):
            raise self._by_name(self._token)
        bare = Bare(token.value, token.at)
        self._ended(bare)
        return bare

    def _steps(self, start: Token, levels: int) -> Syntax:
        """Further steps after ``.``, ``..`` or ``current()``: ``/..`` and then ``/name``."""
        names: list[str] = []
        while self._sees("/"):
            slash = self._take()
            step = self._take()
            if step.kind == "sign" and step.value == ".." and not names:
                levels += 1
            elif step.kind == "name" and (levels or names):
                names.append(step.value)
            elif step.kind == "reference":
                names.append(self._reference(step).name)
            else:
                raise self._by_name(slash)
        if names:
            return self._ended(Named(names[-1], start.at))
        return self._ended(Parent(levels, start.at) if levels else Current(start.at))

    def _absolute(self, start: Token) -> Syntax:
        names: list[str] = []
        step = self._take()
        while step.kind == "name":
            names.append(step.value)
            if not self._sees("/"):
                break
            self._take()
            step = self._take()
        if step.kind != "name" or len(names) < 2:
            raise self._by_name(start)
        return self._ended(Named(names[-1], start.at))

    def _call(self, name: Token) -> Syntax:
        _ = self._source.say
        bracket = self._take()
        self._deeper(bracket.at)
        arguments: list[Syntax] = []
        if not self._sees(")"):
            arguments.append(self._expression(0))
            while self._sees(","):
                self._take()
                arguments.append(self._expression(0))
        self._close(bracket)
        if name.value == "instance":
            problem = _(
                "instance() needs a file beside the form, which a chat does not have; use pulldata('facts', …)."
            )
            raise self._source.refuse(name.at, problem)
        if name.value == "current" and not arguments:
            return self._steps(name, levels=0)
        return self._ended(Call(name.value, tuple(arguments), name.at))

    def _deeper(self, at: int) -> None:
        self._brackets += 1
        if self._brackets > MOST_BRACKETS:
            raise self._too_deep(at)

    def _close(self, opened: Token) -> None:
        _ = self._source.say
        if self._token.kind == "end":
            raise self._source.refuse(opened.at, _("This bracket is not closed; add ')'."))
        if not self._sees(")"):
            raise self._leftover(self._token)
        self._take()
        self._brackets -= 1

    def _ended(self, operand: Syntax) -> Syntax:
        _ = self._source.say
        if self._sees("["):
            problem = _("A condition in [ ] cannot be used; use indexed-repeat(), or a calculation in the repeat.")
            raise self._source.refuse(self._token.at, problem)
        if self._sees("/") or self._sees("//") or self._sees("::"):
            raise self._by_name(self._token)
        return operand

    def _by_name(self, token: Token) -> Exception:
        _ = self._source.say
        return self._source.refuse(token.at, _("This path cannot be followed in a chat; name the question as ${name}."))

    def _too_deep(self, at: int) -> Exception:
        _ = self._source.say
        return self._source.refuse(at, _("The expression is nested too deeply; divide it into calculations."))

    def _leftover(self, token: Token) -> Exception:
        _ = self._source.say
        if token.kind == "sign" and token.value == ")":
            return self._source.refuse(token.at, _("There is one closing bracket too many; remove it."))
        if token.kind == "sign" and token.value == ",":
            problem = _("A comma only separates what stands inside a function; write decimals with a point.")
            return self._source.refuse(token.at, problem)
        if token.kind == "name" and token.value.lower() in _POWER:
            problem = _('Operators are written in small letters; write "{own}".')
            return self._source.refuse(token.at, problem.format(own=token.value.lower()))
        problem = _("An operator is missing before this; write for example and, or, =, + between the two.")
        return self._source.refuse(token.at, problem)
