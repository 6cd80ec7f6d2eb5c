"""An expression as its author wrote it, and how the author is told what is wrong with it and where.

Rule of the file: every refusal names the place by quoting the author's own words.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from surveys.errors import ExpressionError

_SHOWN = 24


@dataclass(frozen=True, slots=True)
class Source:
    """``say`` translates the sentences for the author."""

    text: str
    say: Callable[[str], str]

    def refuse(self, at: int, problem: str) -> ExpressionError:
        """The error for ``problem`` (a translated sentence) at the character ``at``."""
        _ = self.say
        excerpt = self.text[at : at + _SHOWN].split("\n")[0].strip()
        if len(self.text) > at + _SHOWN:
            excerpt += "…"
        if not excerpt:
            return ExpressionError(_("At the end: {problem}").format(problem=problem))
        # A lone surrogate could not be printed anywhere.
        shown = excerpt.encode("utf-8", "replace").decode()
        return ExpressionError(_("Near “{excerpt}”: {problem}").format(excerpt=shown, problem=problem))
