"""Finds the files of one kind: every module of a package, by name, imported once.

A question type, a channel, a reminder rule, a command word, a report: each is one file in its folder, and
putting the file there is all it takes.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator, Mapping
from types import ModuleType


class Registry(Mapping[str, ModuleType]):
    """The sibling modules of ``package`` by name, those beginning with ``_`` and those in ``but`` left out."""

    def __init__(self, package: str, *, but: frozenset[str] = frozenset()) -> None:
        self._package = package
        self._but = but
        self._modules: dict[str, ModuleType] | None = None

    def _loaded(self) -> dict[str, ModuleType]:
        if self._modules is None:
            package = importlib.import_module(self._package)
            self._modules = {
                found.name: importlib.import_module(f"{self._package}.{found.name}")
                for found in sorted(pkgutil.iter_modules(package.__path__), key=lambda found: found.name)
                if not found.name.startswith("_") and found.name not in self._but
            }
        return self._modules

    def __getitem__(self, name: str) -> ModuleType:
        return self._loaded()[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._loaded())

    def __len__(self) -> int:
        return len(self._loaded())
