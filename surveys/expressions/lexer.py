"""Cuts an expression into its words: numbers, quoted texts, names, ${references} and signs.

Rule of the file: XPath's own rule decides whether ``and``, ``or``, ``div`` and ``mod`` are operators or names
(they are operators after an operand). What other languages write (==, &&, %) is refused with ODK's way.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from surveys.expressions.source import Source

TokenKind = Literal["number", "text", "name", "reference", "sign", "end"]


@dataclass(frozen=True, slots=True)
class Token:
    """``value``: the number's digits, the text without its quotes, the name, or the sign itself."""

    kind: TokenKind
    value: str
    at: int


_NAME = r"[^\W\d][\w.\-]*"
_TOKEN = re.compile(
    rf"""
      (?P<space>\s+)
    | (?P<number>[0-9]+(?:\.[0-9]*)?|\.[0-9]+)
    | (?P<text>"[^"]*"|'[^']*')
    | (?P<reference>\$\{{[^{{}}]*\}})
    | (?P<name>{_NAME}(?::{_NAME})?)
    | (?P<sign>!=|<=|>=|\.\.|//|::|[=<>+\-*/()\[\],.|@])
    """,
    re.VERBOSE,
)
_WORD_OPERATOR = re.compile(r"(?:and|or|div|mod)(?![^\W\d])")
_FOREIGN = re.compile(r"==|=<|=>|<>|&&|\|\||[%&!^;{}$≥≤≠≈×÷−–—“”„‟‘’‚‛«»‹›´`′″\\]")
_REMEDIES: tuple[tuple[str, str], ...] = (
    ("%", "mod"),
    ("&", "and"),
    ("&&", "and"),
    ("||", "or"),
    ("==", "="),
    ("=<", "<="),
    ("≤", "<="),
    ("=>", ">="),
    ("≥", ">="),
    ("<>", "!="),
    ("≠", "!="),
    ("!", "not(…)"),
    ("^", "pow(…, …)"),
    ("×", "*"),
    ("÷", "div"),
    ("−", "-"),
    ("–", "-"),
    ("—", "-"),
    (";", ","),
    ("$", "${name}"),
)


def tokens_of(source: Source) -> list[Token]:
    """The words of the expression, an ``end`` last. Raises ExpressionError."""
    text = source.text
    found: list[Token] = []
    at = 0
    while at < len(text):
        if after_operand(found) and (word := _WORD_OPERATOR.match(text, at)):
            found.append(Token("sign", word[0], at))
            at = word.end()
            continue
        token = _TOKEN.match(text, at)
        foreign = _FOREIGN.match(text, at)
        # "!=" and "|" are ODK's own and longer than or equal to what is foreign about them.
        if token is None or (foreign is not None and foreign.end() > token.end()):
            raise _refusal(source, at, foreign[0] if foreign else text[at])
        kind, value = token.lastgroup, token[0]
        if kind == "number":
            found.append(Token("number", value, at))
        elif kind == "text":
            found.append(Token("text", value[1:-1], at))
        elif kind == "reference":
            found.append(Token("reference", value[2:-1].strip(), at))
        elif kind == "name":
            found.append(Token("name", value, at))
        elif kind == "sign":
            found.append(Token("sign", value, at))
        at = token.end()
    found.append(Token("end", "", len(text)))
    return found


def after_operand(found: list[Token]) -> bool:
    """Whether an operator may come next."""
    if not found:
        return False
    last = found[-1]
    return last.kind != "sign" or last.value in {")", "]", ".", ".."}


def _refusal(source: Source, at: int, found: str) -> Exception:
    _: Callable[[str], str] = source.say
    if found in {'"', "'"}:
        return source.refuse(at, _("This quotation mark is not closed; put the same mark at the end of the text."))
    if found == "$" and source.text.startswith("${", at):
        return source.refuse(at, _("The name of a question is not closed; write it as ${name}."))
    if found in "“”„‟‘’‚‛«»‹›´`′″":
        return source.refuse(at, _("This is a curly quotation mark; use straight ones, ' or \"."))
    for foreign, own in _REMEDIES:
        if found == foreign:
            return source.refuse(at, _('ODK does not know "{found}"; write {own}.').format(found=foreign, own=own))
    return source.refuse(at, _("This character has no meaning in an expression; take it out or put it into quotes."))
