"""A rubric as officers type it: a line for each criterion, "name | weight", or with its four levels after them.

Rule of the file: what cannot be read is one sentence; whether the rubric is all right is judged by ``outreach.tasks``.
"""

from __future__ import annotations

from collections.abc import Sequence

from outreach.tasks import Criterion, criterion_words, key_of
from outreach.training import Say


class NoCriterion(ValueError):
    """The line is no criterion: a sentence for the officer."""


def read_rubric(lines: Sequence[str], say: Say) -> tuple[Criterion, ...]:
    """Those of the lines that are not empty. Raises NoCriterion."""
    return tuple(_criterion(line, say) for line in lines if line.strip())


def _criterion(line: str, say: Say) -> Criterion:
    _ = say
    name, *rest = (" ".join(part.split()) for part in line.split("|"))
    if not name or not rest or not rest[0].isdecimal() or len(rest[0]) > 3:
        words = _("“{line}” is no criterion: write its name, a stroke (|), and its weight in percent.")
        raise NoCriterion(words.format(line=" ".join(line.split())[:60]))
    return Criterion(key=key_of(name), weight=int(rest[0]), label=name, anchors=tuple(rest[1:]))


def in_lines(rubric: Sequence[Criterion], say: Say) -> str:
    """As ``read_rubric`` reads it, the levels included."""
    lines = []
    for one in rubric:
        label, anchors = criterion_words(one, say)
        lines.append(" | ".join((label, str(one.weight), *anchors)))
    return "\n".join(lines)
