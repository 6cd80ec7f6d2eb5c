"""What is known without asking: pulldata('facts', 'unit') gives the person's unit as the office has it, and
pulldata('jabatan', 'standar', 'name', ${jabatan}) a cell of the choices list "jabatan" of the same survey.

ODK reads a file beside the form; here the tables are the survey's own lists of choices, frozen with it, and "facts",
whose one row is the person or the place in question.
"""

from __future__ import annotations

from collections.abc import Mapping

from surveys.expressions.call import Call, Function
from surveys.expressions.code import Code, of_text

FACTS = "facts"
_FULL = 4
"""Table, column, key column, key."""


def _pulldata(call: Call) -> Code:
    """The key of "facts" is read for its mistakes and then left out: it has one row."""
    _ = call.say
    table = call.literal(0)
    if table is None:
        raise call.refuse(_("The first argument of pulldata() is the name of a list in quotes, as 'jabatan'."), 0)
    rest = [code.text for code in call.codes(1)]
    column = rest[0]
    if table == FACTS:
        return of_text(lambda scope: scope.fact(column(scope)))
    if call.count != _FULL:
        problem = _("pulldata() takes a list, a column, a key column and a key, as pulldata('a', 'b', 'name', ${c}).")
        raise call.refuse(problem)
    key_column, key = rest[1], rest[2]
    return of_text(lambda scope: scope.lookup(table, column(scope), key_column(scope), key(scope)))


FUNCTIONS: Mapping[str, Function] = {"pulldata": Function(2, 4, _pulldata)}
