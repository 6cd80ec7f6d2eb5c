"""What is known before anybody answers: pulldata('facts', 'unit') gives the person's unit as the office has it.

ODK reads a file beside the form; a chat has one table, "facts", whose row is the person or the place in question.
"""

from __future__ import annotations

from collections.abc import Mapping

from surveys.expressions.call import Call, Function
from surveys.expressions.code import Code, of_text

TABLE = "facts"


def _pulldata(call: Call) -> Code:
    """The third and fourth argument, ODK's key, are read for their mistakes and then left out."""
    _ = call.say
    if call.literal(0) != TABLE:
        problem = _("pulldata() knows one table in a chat; write pulldata('{table}', 'column').")
        raise call.refuse(problem.format(table=TABLE), 0)
    column = call.codes(1)[0].text
    return of_text(lambda scope: scope.fact(column(scope)))


FUNCTIONS: Mapping[str, Function] = {"pulldata": Function(2, 4, _pulldata)}
