"""Turns an expression into closures that are evaluated against a conversation.

Rule of the file: everything that can be refused is refused here, before a survey is published; what comes out
cannot fail. No text is looked at again and no tree is walked while people answer.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import cast

from surveys.expressions import operators
from surveys.expressions.call import Call, Function
from surveys.expressions.code import Code, constant, of_text
from surveys.expressions.coercion import Moment, Value
from surveys.expressions.functions import elsewhere, functions
from surveys.expressions.grammar import parse
from surveys.expressions.references import SECTIONS, code_of, code_of_text
from surveys.expressions.scope import ChoiceScope, Node, Scope
from surveys.expressions.source import Source
from surveys.expressions.tree import Bare, Chain, Current, Literal, Named, Negative, Parent, Syntax
from surveys.expressions.tree import Call as CallSyntax


@dataclass(frozen=True, slots=True)
class Expression:
    """A compiled expression. ``value``, ``truth``, ``number`` and ``text`` take a Scope and never raise."""

    source: str
    names: frozenset[str]
    """Every survey name it refers to."""
    uses_current: bool
    """Whether it refers to "."."""
    volatile: bool
    """Whether it depends on the time, on chance or on its own last value."""
    value: Callable[[Scope], str | float | bool] = field(compare=False, repr=False)
    truth: Callable[[Scope], bool] = field(compare=False, repr=False)
    number: Callable[[Scope], float] = field(compare=False, repr=False)
    text: Callable[[Scope], str] = field(compare=False, repr=False)


def compile_expression(
    source: str,
    *,
    nodes: Mapping[str, Node],
    here: Node | None = None,
    columns: Collection[str] = (),
    say: Callable[[str], str] = str,
) -> Expression:
    """Compile ``source`` for the question ``here``.

    ``nodes``: every question, group and repeat of the survey by name. ``here``: what "." is and the repetitions the
    expression stands in; None for an expression of the whole form. ``columns``: of the choices sheet, for a
    choice_filter; they are written without ``${}`` and read from a ChoiceScope. ``say`` translates the error.
    Raises ExpressionError with one sentence that quotes the place and says what to write instead.
    """
    compiler = Compiler(Source(source, say), nodes, here, columns)
    code = compiler.code(parse(compiler.source))
    return Expression(
        source=source,
        names=frozenset(compiler.names),
        uses_current=compiler.uses_current,
        volatile=compiler.volatile,
        value=_value_reader(code),
        truth=code.truth,
        number=code.number,
        text=code.text,
    )


def _value_reader(code: Code) -> Callable[[Scope], Value]:
    """The value without its mark of being a date."""
    if code.kind in {"day", "instant", "clock"}:
        return code.text
    if code.kind == "any":
        read = code.value

        def value(scope: Scope) -> Value:
            found = read(scope)
            return str(found) if isinstance(found, Moment) else found

        return value
    return code.value


class Compiler:
    """One expression on its way; remembers what the expression refers to."""

    def __init__(
        self, source: Source, nodes: Mapping[str, Node], here: Node | None, columns: Collection[str] = ()
    ) -> None:
        self.source = source
        self.names: set[str] = set()
        self.uses_current = False
        self.volatile = False
        self._nodes = nodes
        self._here = here
        self._columns = columns

    def code(self, syntax: Syntax) -> Code:
        """The closures for ``syntax``. Raises ExpressionError."""
        match syntax:
            case Literal(value=value, at=at):
                return self._literal(value, at)
            case Named():
                return self.reference(syntax)
            case Current(at=at):
                return self._current(at)
            case Parent(at=at):
                _ = self._say
                problem = _(".. is a section and has no answer; write position(..), or name a question as ${name}.")
                raise self._refuse(at, problem)
            case Bare(name=name, at=at):
                return self._bare(name, at)
            case Negative(operand=operand):
                if isinstance(operand, Literal) and isinstance(operand.value, float):
                    return constant(-operand.value)
                return operators.negative(self.code(operand))
            case CallSyntax():
                # Built here and not in a method: each frame counts where expressions nest.
                function = self._function(syntax)
                return function.build(self._seen_by(syntax))
            case Chain(first=first, rest=rest):
                if rest[0][0] == "|":
                    return self._union(syntax)
                codes = [self.code(first)]
                for _sign, part in rest:
                    codes.append(self.code(part))
                return operators.chain([sign for sign, _part in rest], codes)

    def node(self, syntax: Syntax) -> Node | None:
        """The question or section that ``${name}`` stands for. Raises ExpressionError for an unknown name."""
        _ = self._say
        if not isinstance(syntax, Named):
            return None
        node = self._nodes.get(syntax.name)
        if node is None:
            raise self._refuse(syntax.at, self._unknown_question(syntax.name))
        self.names.add(node.name)
        return node

    def reference(self, syntax: Named) -> Code:
        """The answer that ``${name}`` stands for. Raises ExpressionError."""
        _ = self._say
        node = self.node(syntax)
        if node is None or node.kind in SECTIONS:
            problem = _('"{name}" is a section and has no answer; name a question in it, or use count() or position().')
            raise self._refuse(syntax.at, problem.format(name=syntax.name))
        return code_of(node, self._here)

    def _literal(self, value: str | float, at: int) -> Code:
        _ = self._say
        if isinstance(value, str) and "${" in value:
            problem = _("${name} in quotes is not replaced by the answer; join the parts with concat('…', ${name}).")
            raise self._refuse(at, problem)
        return constant(value)

    def _current(self, at: int) -> Code:
        _ = self._say
        if self._here is None or self._here.kind in SECTIONS:
            raise self._refuse(at, _('"." has no answer here; name a question as ${name}.'))
        self.uses_current = True
        return code_of_text(self._here.kind, lambda scope: scope.current)

    def _bare(self, name: str, at: int) -> Code:
        _ = self._say
        if name in self._columns:
            return of_text(lambda scope: cast("ChoiceScope", scope).column(name))
        if name in self._nodes:
            raise self._refuse(at, _("A question is named with brackets; write ${{{name}}}.").format(name=name))
        if name in functions():
            raise self._refuse(at, _('"{name}" is a function; write {name}(…) with brackets.').format(name=name))
        problem = _("\"{name}\" is not known; put a text into quotes, '{name}', and name a question as ${{name}}.")
        raise self._refuse(at, problem.format(name=name))

    def _seen_by(self, syntax: CallSyntax) -> Call:
        return Call(
            syntax=syntax,
            source=self.source,
            here=self._here,
            compile=self.code,
            node_at=self.node,
            current=lambda: self._current(syntax.at),
        )

    def _function(self, syntax: CallSyntax) -> Function:
        _ = self._say
        name, count = syntax.name, len(syntax.arguments)
        function = functions().get(name)
        if function is None:
            raise self._refuse(syntax.at, self._unknown_function(name))
        wrong_parity = function.parity is not None and count % 2 != function.parity
        if function.least <= count <= function.most and not wrong_parity:
            self.volatile = self.volatile or function.volatile
            return function
        if function.least == function.most:
            problem = _("{name}() takes {least} argument(s) and has {count}; write as many as it takes.")
        elif function.parity is not None:
            problem = _("{name}() takes its last arguments in pairs and has {count} in all; complete the pairs.")
        elif count < function.least:
            problem = _("{name}() takes at least {least} argument(s) and has {count}; add what is missing.")
        else:
            problem = _("{name}() takes at most {most} argument(s) and has {count}; remove what is too much.")
        problem = problem.format(name=name, least=function.least, most=function.most, count=count)
        raise self._refuse(syntax.at, problem)

    def _union(self, syntax: Chain) -> Code:
        _ = self._say
        parts = [syntax.first, *(part for _sign, part in syntax.rest)]
        for part in parts:
            if not isinstance(part, Named | Current):
                raise self._refuse(part.at, _("| joins questions only; write ${one} | ${two}."))
        return operators.union([self.code(part) for part in parts])

    def _unknown_function(self, name: str) -> str:
        _ = self._say
        if remedy := elsewhere(name.lower(), _):
            return remedy
        near = name.lower() if name.lower() in functions() else ""
        near = near or next(iter(difflib.get_close_matches(name.lower(), functions(), n=1, cutoff=0.75)), "")
        if near:
            return _('ODK has no function "{name}"; did you mean {near}()?').format(name=name, near=near)
        return _('ODK has no function "{name}"; use one from its list of functions.').format(name=name)

    def _unknown_question(self, name: str) -> str:
        _ = self._say
        near = next(iter(difflib.get_close_matches(name, self._nodes, n=1, cutoff=0.75)), "")
        if name.startswith("last-saved#"):
            return _("The last saved answers are not kept in a chat; use pulldata('facts', …) or ask again.")
        if near:
            return _('There is no question "{name}"; did you mean ${{{near}}}?').format(name=name, near=near)
        return _('There is no question "{name}"; use a name from the survey sheet.').format(name=name)

    def _say(self, text: str) -> str:
        return self.source.say(text)

    def _refuse(self, at: int, problem: str) -> Exception:
        return self.source.refuse(at, problem)
