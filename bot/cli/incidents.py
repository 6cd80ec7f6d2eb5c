"""``suara incidents``: what went wrong, when and where in the program; never with whom, never what they wrote."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli import at, run
from bot.cli._store import check_there, opened
from bot.misunderstood import LARGEST
from bot.wording import later

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.config import Config
    from storage.incidents import Incident

HELP = later("List what went wrong, the newest last, without anything personal.")


def command(
    context: typer.Context,
    most: Annotated[int, typer.Option("--most", min=1, max=LARGEST, help=later("How many at most."))] = 50,
    clear: Annotated[bool, typer.Option("--clear", help=later("Delete the list."))] = False,
) -> None:
    """What was listed counts as seen (``suara doctor``)."""
    terminal = at(context)
    _ = terminal.gettext
    check_there(terminal)
    if clear:
        number = run(_clear(terminal.config))
        terminal.say(_("{number} incidents deleted.").format(number=number))
        return
    found = run(_look(terminal.config, most))
    if not found:
        terminal.say(_("Nothing went wrong."))
    for one in reversed(found):
        update = _("{channel} update {number}").format(channel=one.channel, number=one.external_id)
        parts = (
            f"{one.at.astimezone(terminal.config.timezone):%Y-%m-%d %H:%M:%S}",
            one.code,
            update if one.external_id else one.channel,
            one.detail,
        )
        line = "  ".join(part for part in parts if part)
        terminal.say(line)


async def _look(config: Config, most: int) -> Sequence[Incident]:
    from handlers import administering
    from handlers.permissions import TERMINAL

    async with opened(config) as database, database.write() as transaction:
        return await administering.look_at_incidents(transaction, TERMINAL, most=most)


async def _clear(config: Config) -> int:
    from bot.app import clock, open_store
    from handlers import administering
    from handlers.permissions import TERMINAL

    database, vault, _before = await open_store(config)
    try:
        async with database.write() as transaction:
            return await administering.clear_incidents(transaction, vault, TERMINAL, now=clock())
    finally:
        await database.close()
