"""Texts: joining, cutting, searching, and regular expressions."""

from __future__ import annotations

import math
from collections.abc import Mapping
from itertools import chain

from surveys.expressions import patterns
from surveys.expressions.call import (
    ANY_NUMBER,
    Call,
    Function,
    all_values,
    text_from_texts,
    truth_from_texts,
)
from surveys.expressions.code import Code, of_number, of_text, of_truth
from surveys.expressions.coercion import text_of
from surveys.expressions.scope import Scope

MOST_CHARACTERS = 100_000
"""A joined text is cut here, twenty-five of Telegram's longest messages: calculations that double each other end."""


def _concat(call: Call) -> Code:
    codes = call.codes()
    if all(code.many is None for code in codes):
        readers = [code.text for code in codes]
        return of_text(lambda scope: "".join([read(scope) for read in readers])[:MOST_CHARACTERS])
    values = all_values(codes)
    return of_text(lambda scope: "".join(map(text_of, values(scope)))[:MOST_CHARACTERS])


def _join(call: Call) -> Code:
    separator = call.code(0).text
    values = all_values(call.codes(1))
    return of_text(lambda scope: separator(scope).join(map(text_of, values(scope)))[:MOST_CHARACTERS])


def _substr(call: Call) -> Code:
    """From the character ``start``, counted from 0, to before ``end``; negative ones count from the end."""
    text, start = call.code(0).text, call.code(1).number
    end = call.code(2).number if call.count == 3 else None

    def read(scope: Scope) -> str:
        whole = text(scope)
        first = _index(start(scope), len(whole))
        last = len(whole) if end is None else _index(end(scope), len(whole))
        return whole[first:last]

    return of_text(read)


def _index(number: float, length: int) -> int:
    if math.isnan(number):
        return 0
    if math.isinf(number):
        return length if number > 0 else 0
    index = int(number)
    return min(max(index + length if index < 0 else index, 0), length)


def _substring(call: Call) -> Code:
    """XPath 1.0 §4.2: counted from 1, the third argument is a length, and both are rounded."""
    text, start = call.code(0).text, call.code(1).number
    length = call.code(2).number if call.count == 3 else None

    def read(scope: Scope) -> str:
        whole = text(scope)
        first = _half_up(start(scope))
        last = math.inf if length is None else first + _half_up(length(scope))
        if math.isnan(first) or math.isnan(last):
            return ""
        return whole[int(min(max(first - 1, 0), len(whole))) : int(min(max(last - 1, 0), len(whole)))]

    return of_text(read)


def _half_up(number: float) -> float:
    return math.floor(number + 0.5) if math.isfinite(number) else number


def _before(text: str, target: str) -> str:
    before, found, _after = text.partition(target) if target else ("", "", "")
    return before if found else ""


def _after(text: str, target: str) -> str:
    return text.partition(target)[2] if target else text


def _translate(call: Call) -> Code:
    text, before, after = call.code(0).text, call.code(1).text, call.code(2).text

    def read(scope: Scope) -> str:
        table: dict[int, str | None] = {}
        for character, other in zip(before(scope), chain(after(scope), _nothing()), strict=False):
            table.setdefault(ord(character), other)
        return text(scope).translate(table)

    return of_text(read)


def _nothing() -> chain[None]:
    return chain.from_iterable(iter(lambda: (None,), ()))


def _text_or_current(call: Call) -> Code:
    return call.code(0) if call.count else call.current()


def _string_length(call: Call) -> Code:
    read = _text_or_current(call).text
    return of_number(lambda scope: float(len(read(scope))))


def _normalize_space(call: Call) -> Code:
    read = _text_or_current(call).text
    return of_text(lambda scope: " ".join(read(scope).split()))


def _regex(call: Call) -> Code:
    text, pattern = call.code(0).text, call.literal(1)
    if pattern is None:
        read = call.code(1).text
        return of_truth(lambda scope: patterns.matches(text(scope), read(scope)))
    try:
        matches = patterns.matcher(pattern)
    except patterns.PatternError as error:
        raise call.refuse(_remedy(call, error.trouble), 1) from error
    return of_truth(lambda scope: matches(text(scope)))


def _remedy(call: Call, trouble: patterns.Trouble) -> str:
    _ = call.say
    match trouble:
        case "look-around":
            return _("Look-around, (?=…) or (?!…), cannot be used; write two regex() joined by and.")
        case "back reference":
            return _(r"Back references, \1, cannot be used; compare the parts with substr().")
        case "possessive":
            return _("Possessive repetition, ++ or (?>…), cannot be used; a single + does the same here.")
        case "class":
            return _("A class inside a class, [a-z&&[^b]], cannot be used; list the characters in one [ ].")
        case "repetition":
            return _("The pattern repeats too much, at most 1000 times in all; check lengths with string-length().")
        case "broken":
            return _("The regular expression is broken; check its brackets and backslashes.")


FUNCTIONS: Mapping[str, Function] = {
    "concat": Function(1, ANY_NUMBER, _concat),
    "join": Function(2, ANY_NUMBER, _join),
    "substr": Function(2, 3, _substr),
    "substring": Function(2, 3, _substring),
    "substring-before": text_from_texts(_before),
    "substring-after": text_from_texts(_after),
    "translate": Function(3, 3, _translate),
    "contains": truth_from_texts(lambda text, part: part in text),
    "starts-with": truth_from_texts(str.startswith),
    "ends-with": truth_from_texts(str.endswith),
    "string-length": Function(0, 1, _string_length),
    "normalize-space": Function(0, 1, _normalize_space),
    "regex": Function(2, 2, _regex),
}
