"""``suara backup FILE``: one file with everything the office would miss, made while the program serves."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli import at, run
from bot.cli._store import check_there, note, opened
from bot.wording import later

if TYPE_CHECKING:
    from bot.terminal import Terminal
    from storage.archive import Manifest

HELP = later("Copy the database and the files people sent into one file, also while the program serves.")


def command(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help=later("Where to, such as suara.zip."))],
    force: Annotated[bool, typer.Option("--force", help=later("Write over a file that is there."))] = False,
) -> None:
    """The key file is not in it, and it says so."""
    from handlers.errors import Conflict
    from handlers.permissions import TERMINAL, require

    require(TERMINAL, "data.back_up")
    terminal = at(context)
    _ = terminal.gettext
    if file.exists() and not force:
        raise Conflict(_("{file} is there already. Choose another name, or add --force.").format(file=file))
    check_there(terminal)
    terminal.note(_("The key file is not put into a backup. Keep it apart: suara keys export FILE"))
    try:
        manifest = run(_back_up(terminal, file))
    except OSError as error:
        raise Conflict(
            _("{file} cannot be written: {reason}.").format(file=file, reason=error.strerror or type(error).__name__)
        ) from None
    terminal.say(
        _("{file}: {rows} rows, {files} files, {size} MB.").format(
            file=file,
            rows=manifest.rows,
            files=len(manifest.files),
            size=f"{file.stat().st_size / 1e6:.1f}",
        )
    )
    run(note(terminal.config, "data.back_up"))
    terminal.say(
        _("Without the key file {key} this backup cannot be read. It is not in the backup.").format(
            key=terminal.config.key_file
        )
    )


async def _back_up(terminal: Terminal, file: Path) -> Manifest:
    from datetime import UTC, datetime

    from bot.backups import back_up

    config = terminal.config
    async with opened(config) as database:
        with terminal.meter(terminal.gettext("Backup")) as watch:
            return await back_up(database, data=config.folder, target=file, now=datetime.now(UTC), watch=watch)
