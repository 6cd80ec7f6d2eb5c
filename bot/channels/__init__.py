"""Channels, one file each: put ``bot/channels/x.py`` there and ``x`` is a channel.

Rule of the folder: a file defines ``CAPABILITIES`` and a class that is a ``Channel`` (see ``base``); files whose
name begins with ``_`` belong to the channel they name. Channels do not know each other.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import ModuleType

from surveys.registry import Registry

channels: Mapping[str, ModuleType] = Registry(__name__, but=frozenset({"base", "fitting"}))
