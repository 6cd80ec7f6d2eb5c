"""A conversation as the expression tests tell it: answers by name, repetitions as lists."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import get_args
from zoneinfo import ZoneInfo

from surveys.expressions import Node, NodeKind

NOW = datetime(2026, 11, 24, 10, 5, tzinfo=ZoneInfo("Asia/Makassar"))

Told = Mapping[str, object]
"""``name`` or ``name:kind`` to the dumped text; a list of such mappings is a repeat; with @ begin other matters."""


@dataclass
class Conversation:
    """A Scope over told answers."""

    answers: Told
    position: tuple[int, ...] = ()
    current: str = ""
    language: str = "id"
    labels: Mapping[str, str] = field(default_factory=dict)
    facts: Mapping[str, str] = field(default_factory=dict)
    now: datetime = NOW
    rng: random.Random = field(default_factory=lambda: random.Random(1))

    def value(self, name: str, position: tuple[int, ...]) -> str:
        found = _find(self.answers, name, position)
        return found if isinstance(found, str) else ""

    def count(self, repeat: str, position: tuple[int, ...]) -> int:
        found = _find(self.answers, repeat, position)
        assert isinstance(found, Sequence)
        return len(found)

    def label(self, question: str, choice: str) -> str:
        return self.labels.get(f"{question}/{choice}", "")

    def fact(self, name: str) -> str:
        return self.facts.get(name, "")

    def lookup(self, table: str, column: str, key_column: str, key: str) -> str:
        return self.facts.get(f"{table}/{column}/{key_column}/{key}", "")

    def column(self, name: str) -> str:
        return self.facts.get(name, "")


def _find(told: Told, name: str, position: tuple[int, ...]) -> object:
    for key, value in told.items():
        if key.split(":")[0] == name:
            return value
    for value in told.values():
        if isinstance(value, list) and position and position[0] <= len(value):
            found = _find(value[position[0] - 1], name, position[1:])
            if found is not None:
                return found
    return None


def nodes_of(told: Told, repeats: tuple[str, ...] = ()) -> dict[str, Node]:
    """What a compiler would know of the survey behind these answers."""
    nodes: dict[str, Node] = {}
    for key, value in told.items():
        name, _, kind = key.partition(":")
        if name.startswith("@"):
            continue
        if isinstance(value, list):
            nodes[name] = Node(name, "repeat", repeats)
            for repetition in value:
                nodes.update(nodes_of(repetition, (*repeats, name)))
        else:
            nodes[name] = Node(name, kind_of(kind), repeats)
    return nodes


def kind_of(word: str) -> NodeKind:
    """ "text" unless told."""
    return next((kind for kind in get_args(NodeKind) if kind == word), "text")
