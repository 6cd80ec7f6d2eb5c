"""Labels with answers in them: "Terima kasih, ${nama}."

Rule of the file: a label without ``${}`` costs nothing; one with it is cut once, when the survey is loaded.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from surveys.expressions.code import Reader
from surveys.expressions.compiler import Compiler
from surveys.expressions.scope import Node, Scope
from surveys.expressions.source import Source
from surveys.expressions.tree import Named

_REFERENCE = re.compile(r"\$\{([^{}]*)(\}?)")


@dataclass(frozen=True, slots=True)
class Template:
    """A text with places for answers. ``text`` takes a Scope and never raises."""

    source: str
    names: frozenset[str]
    """Every survey name in it; empty for a plain text."""
    text: Callable[[Scope], str] = field(compare=False, repr=False)


def compile_template(
    text: str, *, nodes: Mapping[str, Node], here: Node | None = None, say: Callable[[str], str] = str
) -> Template:
    """Compile a label. Answers stand in it as in string(): choice names, ISO dates, numbers without needless zeros.

    Raises ExpressionError for a name that is not in ``nodes`` or has no answer, and for ``${`` without ``}``.
    """
    if "${" not in text:
        return Template(text, frozenset(), lambda scope: text)
    source = Source(text, say)
    compiler = Compiler(source, nodes, here)
    parts: list[Reader[str]] = []
    done = 0
    for found in _REFERENCE.finditer(text):
        parts.append(_plain(text[done : found.start()]))
        parts.append(_answer(compiler, found))
        done = found.end()
    parts.append(_plain(text[done:]))
    return Template(text, frozenset(compiler.names), lambda scope: "".join([read(scope) for read in parts]))


def _plain(text: str) -> Reader[str]:
    return lambda scope: text


def _answer(compiler: Compiler, found: re.Match[str]) -> Reader[str]:
    _ = compiler.source.say
    name = found[1].strip()
    if not found[2]:
        raise compiler.source.refuse(found.start(), _("The name of a question is not closed; write it as ${name}."))
    if not name:
        problem = _("${} has no name; write the name of a question between the brackets.")
        raise compiler.source.refuse(found.start(), problem)
    return compiler.reference(Named(name, found.start())).text
