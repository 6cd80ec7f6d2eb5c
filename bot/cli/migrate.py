"""``suara migrate``: bring the tables up to date without starting (``suara serve`` does it too)."""

from __future__ import annotations

import typer

from bot.cli import at, run
from bot.wording import later

HELP = later("Bring the tables of the database up to date (serve does it by itself).")


def command(context: typer.Context) -> None:
    """Says which revision the database has now."""
    terminal = at(context)
    before, after = run(_migrate(context))
    _ = terminal.gettext
    if before == after:
        terminal.say(_("The tables are up to date (revision {revision}).").format(revision=after))
    else:
        terminal.say(_("The tables were brought to revision {revision}.").format(revision=after))


async def _migrate(context: typer.Context) -> tuple[str, str]:
    from bot.app import open_store
    from storage.migrating import newest

    database, _vault, before = await open_store(at(context).config)
    await database.close()
    return before, newest()
