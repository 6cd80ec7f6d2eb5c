"""Command words outside surveys, one file each.

A file has ``WORDS`` (of ``surveys.text.commands.Command``) and ``run``.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Protocol

from handlers.desk import Desk
from handlers.visit import Visit
from surveys.registry import Registry


class CommandWord(Protocol):
    """What a file in this folder is."""

    WORDS: tuple[str, ...]

    async def run(self, visit: Visit, argument: str, desk: Desk) -> None:
        """Carry the command out for the visitor; ``argument`` is what stood after the word."""


registry = Registry(__name__)


@cache
def by_word() -> Mapping[str, CommandWord]:
    """Command word to the file that serves it."""
    return {word: module for module in registry.values() for word in module.WORDS}
