"""What is wrong with a file from Excel, as a table shows it: how bad, where, what, and what helps.

Rule of the file: the words stand in the problem already; nothing of the file itself is repeated here.
"""

from __future__ import annotations

from collections.abc import Sequence

from surveys.errors import Problem
from web.admin.call import Call


def told(problems: Sequence[Problem], call: Call) -> list[tuple[str, str, str, str, str]]:
    """(level, sheet, row, what, remedy)"""
    _ = call.say
    return [
        (
            _("ERROR") if one.level == "error" else _("Warning"),
            one.sheet or _("file"),
            str(one.row) if one.row else "",
            one.what,
            one.remedy,
        )
        for one in problems
    ]
