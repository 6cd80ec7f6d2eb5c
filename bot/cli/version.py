"""``suara version``: which version this is, for a report of a fault."""

from __future__ import annotations

import platform
from importlib.metadata import version

import typer

from bot.cli import at
from bot.wording import later

HELP = later("Say which version this is.")


def command(context: typer.Context) -> None:
    """The program's version and the Python it runs on."""
    at(context).say(f"suara {version('suara-alak')} (Python {platform.python_version()}, {platform.system()})")
