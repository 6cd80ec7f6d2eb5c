"""``suara doctor``: is everything well, and if not, what is to be done?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from bot.cli import FAILED, at, run
from bot.wording import later

if TYPE_CHECKING:
    from bot.terminal import Terminal

HELP = later("Look over the whole installation, also while it serves, and say what to do about what is not well.")

MARKS = {"well": "✓", "mind": "!", "wrong": "✗"}


def command(context: typer.Context) -> None:
    """Ends with 1 if something is wrong."""
    from bot.config import ConfigError

    terminal = at(context)
    try:
        _config = terminal.config
    except ConfigError as error:
        terminal.say(f"{MARKS['wrong']} {error}")
        raise typer.Exit(FAILED) from None
    if run(_examine(terminal)):
        raise typer.Exit(FAILED)


async def _examine(terminal: Terminal) -> int:
    """Say every finding as it comes; how many are wrong."""
    from datetime import UTC, datetime

    from bot.doctor import examine

    _ = terminal.gettext
    counts = dict.fromkeys(MARKS, 0)
    async for finding in examine(terminal.config, now=datetime.now(UTC), say=_):
        counts[finding.level] += 1
        terminal.say(f"{MARKS[finding.level]} {finding.said}")
        if finding.remedy:
            terminal.say(f"  → {finding.remedy}")
    if counts["mind"] or counts["wrong"]:
        words = _("To be minded: {mind}. Wrong: {wrong}.")
        terminal.say(words.format(mind=counts["mind"], wrong=counts["wrong"]))
    else:
        terminal.say(_("All is well."))
    return counts["wrong"]
