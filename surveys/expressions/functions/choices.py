"""Select questions: what was chosen, in which order, and what it is called in the person's language."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping

from surveys.expressions.call import Call, Function, truth_from_texts
from surveys.expressions.code import Code, of_number, of_text
from surveys.expressions.scope import Scope

_QUOTED_NAME = re.compile(r"\s*(?:\$\{\s*([^{}]+?)\s*\}|(?:/[^/\s]+)+/([^/\s]+))\s*")


def _selected(chosen: str, name: str) -> bool:
    """Whole names only: "air" is not in "air_hujan listrik"."""
    return f" {name.strip()} " in f" {chosen} "


def _count_selected(call: Call) -> Code:
    read = call.code(0).text
    return of_number(lambda scope: float(len(read(scope).split())))


def _selected_at(call: Call) -> Code:
    """Counted from 0; "" where there is none."""
    chosen, index = call.code(0).text, call.code(1).number

    def read(scope: Scope) -> str:
        names = chosen(scope).split()
        at = index(scope)
        at = 0 if math.isnan(at) else at
        return names[int(at)] if -1 < at < len(names) else ""

    return of_text(read)


def _choice_name(call: Call) -> Code:
    _ = call.say
    choice, quoted = call.code(0).text, call.literal(1)
    found = _QUOTED_NAME.fullmatch(quoted) if quoted is not None else None
    if found is None:
        problem = _("jr:choice-name() wants the question in quotes; write jr:choice-name(${name}, '${name}').")
        raise call.refuse(problem, 1)
    node = call.named(found[1] or found[2], 1)
    if node is None or node.kind != "select":
        raise call.refuse(_("jr:choice-name() wants a select question; name one in the quotes."), 1)
    name = node.name
    return of_text(lambda scope: scope.label(name, choice(scope)))


FUNCTIONS: Mapping[str, Function] = {
    "selected": truth_from_texts(_selected),
    "count-selected": Function(1, 1, _count_selected),
    "selected-at": Function(2, 2, _selected_at),
    "jr:choice-name": Function(2, 2, _choice_name),
}
