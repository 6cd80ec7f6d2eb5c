"""``suara restore FILE``: puts a backup in the place of the data, all of it or nothing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli import at, run
from bot.cli._store import note
from bot.wording import later

if TYPE_CHECKING:
    from bot.config import Config
    from bot.restoring import Restored
    from bot.terminal import Terminal
    from storage.archive import Archive

HELP = later("Put a backup in the place of the data; the program must not run.")


def command(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help=later("The backup."))],
    force: Annotated[
        bool,
        typer.Option("--force", help=later("Where there are data: set them aside and put the backup in their place.")),
    ] = False,
) -> None:
    """Checks first, touches last; says where the old data are and whether the key file fits."""
    from handlers.errors import Conflict, NotFound
    from handlers.permissions import TERMINAL, require
    from storage.archive import Archive

    require(TERMINAL, "data.restore")
    terminal = at(context)
    _ = terminal.gettext
    if not file.is_file():
        raise NotFound(_("There is no file {file}.").format(file=file))
    with Archive(file) as archive, _alone(terminal):
        try:
            restored = run(_restore(terminal, archive, force=force))
        except OSError as error:
            raise Conflict(
                _("The data are as they were; the backup could not be put in place: {reason}.").format(
                    reason=error.strerror or type(error).__name__
                )
            ) from None
    run(note(terminal.config, "data.restore"))
    made_at = restored.made_at.astimezone(terminal.config.timezone)
    terminal.say(
        _("Restored what was backed up on {moment}: {rows} rows, {files} files.").format(
            moment=f"{made_at:%Y-%m-%d %H:%M}", rows=restored.rows, files=restored.files
        )
    )
    if restored.aside:
        terminal.say(_("The data that were there are kept in {place}.").format(place=restored.aside))
    if not restored.keys:
        terminal.say(
            _(
                "The key file that belongs to these data is not here, and without it the program does not start. "
                "Bring it back: suara keys import FILE"
            )
        )


@contextmanager
def _alone(terminal: Terminal) -> Iterator[None]:
    """Nobody else works on the data folder meanwhile. Raises InUse."""
    from bot.instance import InstanceLock
    from storage.database import file_of

    if file_of(terminal.config.database_url) is None:
        yield
        return
    lock = InstanceLock(terminal.config.folder, terminal.gettext)
    lock.take()
    try:
        yield
    finally:
        lock.release()


async def _restore(terminal: Terminal, archive: Archive, *, force: bool) -> Restored:
    from datetime import UTC, datetime

    from bot.restoring import anything_there, restore, somebody_serves
    from handlers.errors import Conflict
    from storage.database import file_of

    _ = terminal.gettext
    config: Config = terminal.config
    if file_of(config.database_url) is None and await somebody_serves(config.database_url):
        raise Conflict(_("A process works on this database. Stop it first."))
    if not force and await anything_there(config.database_url):
        raise Conflict(_("There are data already. With --force they are set aside and the backup takes their place."))
    with terminal.meter(_("Restore")) as watch:
        return await restore(
            archive, data=config.folder, database_url=config.database_url, now=datetime.now(UTC), watch=watch
        )
