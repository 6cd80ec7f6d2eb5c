"""What the expressions of a survey may refer to: every question, group and repeat by name.

Rule of the file: derived from the Survey alone; nothing is stored.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from surveys.expressions import Node, NodeKind
from surveys.survey import Question, Section, Survey

_KINDS: Mapping[str, NodeKind] = {
    "integer": "number",
    "decimal": "number",
    "range": "number",
    "date": "date",
    "today": "date",
    "dateTime": "dateTime",
    "start": "dateTime",
    "end": "dateTime",
    "time": "time",
    "select_one": "select",
    "select_multiple": "select",
    "rank": "select",
}


def nodes_of(survey: Survey) -> dict[str, Node]:
    """Name to Node for everything in ``survey``.

    Of two things with one name the later wins (``check`` refuses that).
    """
    return dict(_nodes(survey.items, (), ()))


def _nodes(
    items: tuple[Question | Section, ...], repeats: tuple[str, ...], sections: tuple[str, ...]
) -> Iterator[tuple[str, Node]]:
    for item in items:
        if isinstance(item, Question):
            yield item.name, Node(item.name, _KINDS.get(item.type, "text"), repeats, sections)
            continue
        yield item.name, Node(item.name, "repeat" if item.repeat else "group", repeats, sections)
        inside = (*repeats, item.name) if item.repeat else repeats
        yield from _nodes(item.items, inside, (*sections, item.name))
