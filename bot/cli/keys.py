"""``suara keys``: the key file of the office, without which its data are unreadable, out of the house and back.

Rule of the file: keys leave under a pass-phrase alone, and nothing of them or of it is ever printed.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli import at, run
from bot.cli._store import note, opened
from bot.wording import later

if TYPE_CHECKING:
    from bot.config import Config
    from bot.terminal import Terminal
    from storage.database import Database

app = typer.Typer(help=later("The key file: without it the database cannot be read."), no_args_is_help=True)

VARIABLE = "SUARA_KEYS_PASSPHRASE_FILE"
SHORTEST = 12
"""Characters of a pass-phrase."""


@app.command("export", help=later("Write the keys to a file, protected by a pass-phrase."))
def export(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help=later("Where to; best on a stick that is kept in another place."))],
    force: Annotated[bool, typer.Option("--force", help=later("Write over a file that is there."))] = False,
) -> None:
    """Asks for the pass-phrase twice."""
    from handlers.errors import Conflict
    from handlers.permissions import TERMINAL, require
    from storage.vault import open_vault

    require(TERMINAL, "keys.export")
    terminal = at(context)
    _ = terminal.gettext
    if file.exists() and not force:
        raise Conflict(_("{file} is there already. Choose another name, or add --force.").format(file=file))
    vault = open_vault(terminal.config.key_file, create=False)
    exported = vault.exported(_pass_phrase(terminal, twice=True))
    run(note(terminal.config, "keys.export"))  # before: no key leaves unnoticed
    _write(file, exported)
    terminal.say(
        _(
            "The keys are in {file}. Keep it away from the database and the backups, and the pass-phrase apart "
            "from it: without the two nobody can bring the data back."
        ).format(file=file)
    )


@app.command("import", help=later("Put keys that were exported back into the data folder."))
def import_(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help=later("The file that was exported."))],
    force: Annotated[bool, typer.Option("--force", help=later("Set another key file that is there aside."))] = False,
) -> None:
    """Refuses keys that do not belong to the database."""
    from handlers.errors import Conflict, NotFound
    from handlers.permissions import TERMINAL, require
    from storage.errors import Sealed
    from storage.vault import Vault, fingerprint, fingerprints

    require(TERMINAL, "keys.import")
    terminal = at(context)
    _ = terminal.gettext
    config = terminal.config
    try:
        content = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        raise NotFound(_("{file} cannot be read as a key file.").format(file=file)) from None
    try:
        vault = Vault.imported(content, _pass_phrase(terminal, twice=False))
    except Sealed:
        raise Conflict(
            _("The pass-phrase is another one, or {file} is no exported key file.").format(file=file)
        ) from None
    wanted = run(_fingerprint(config))
    if wanted and wanted not in fingerprints(vault):
        raise Conflict(_("These keys belong to another database; nothing was changed."))
    target = config.key_file
    if target.exists():
        if _same(target, fingerprint(vault)):
            terminal.say(_("The key file is there already, and it is the same."))
            return
        if not force:
            raise Conflict(_("There is another key file: {file}. With --force it is set aside.").format(file=target))
        aside = target.with_name(f"{target.name}.{_same_free(target)}")
        target.replace(aside)
        terminal.note(_("The other key file is kept as {file}.").format(file=aside))
    vault.write(target)
    run(note(config, "keys.import"))
    terminal.say(_("The keys are in {file}.").format(file=target))
    if not wanted:
        terminal.say(_("There is no database yet; restore the backup that belongs to these keys: suara restore FILE"))


@app.command("rotate", help=later("Make new keys and seal everything anew with them, also while the program serves."))
def rotate(context: typer.Context) -> None:
    """Broken off, it goes on by being begun again."""
    from bot.cli._store import check_there
    from handlers.permissions import TERMINAL, require

    require(TERMINAL, "keys.rotate")
    terminal = at(context)
    _ = terminal.gettext
    check_there(terminal)
    run(_rotate(terminal))
    terminal.say(_("Everything is sealed with new keys."))
    terminal.say(
        _(
            "The copy of the keys that is kept in another place does not open it. Make a new one now: "
            "suara keys export FILE"
        )
    )


async def _rotate(terminal: Terminal) -> None:
    from bot.app import clock, open_store
    from bot.rekeying import rotate as rotated
    from handlers.auditing import record
    from handlers.permissions import TERMINAL

    config = terminal.config
    database, vault, _before = await open_store(config)
    rows = 0

    def note(_table: str, many: int) -> None:
        nonlocal rows
        rows += many
        watch(min(rows, total), total)

    try:
        total = await _rows(database)
        with terminal.meter(terminal.gettext("Keys")) as watch:
            vault = await rotated(database, vault, config.key_file, note=note)
        async with database.write() as transaction:
            await record(transaction, vault, TERMINAL, "keys.rotate", now=clock())
    finally:
        await database.close()


def _same(path: Path, wanted: str) -> bool:
    from storage.errors import Sealed
    from storage.vault import Vault, fingerprint

    try:
        return fingerprint(Vault.from_json(path.read_text(encoding="utf-8"))) == wanted
    except (Sealed, OSError, UnicodeDecodeError):
        return False


def _same_free(target: Path) -> str:
    """A suffix that no file has yet."""
    number = 1
    while target.with_name(f"{target.name}.old{number}").exists():
        number += 1
    return f"old{number}"


def _write(file: Path, content: str) -> None:
    """For its owner alone, never half."""
    draft = file.with_name(file.name + ".part")
    draft.unlink(missing_ok=True)
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as writing:
        writing.write(content + "\n")
        writing.flush()
        os.fsync(writing.fileno())
    draft.replace(file)


def _pass_phrase(terminal: Terminal, *, twice: bool) -> str:
    """From the file that the environment names, else asked for at a terminal. Raises Conflict."""
    from handlers.errors import Conflict

    _ = terminal.gettext
    named = terminal.environ.get(VARIABLE)
    if named:
        try:
            phrase = Path(named).read_text(encoding="utf-8").strip("\r\n")
        except (OSError, UnicodeDecodeError):
            raise Conflict(_("{variable} should be the path of a readable file.").format(variable=VARIABLE)) from None
    elif sys.stdin.isatty():
        phrase = typer.prompt(_("Pass-phrase"), hide_input=True, err=True)
        if twice and typer.prompt(_("The same once more"), hide_input=True, err=True) != phrase:
            raise Conflict(_("The two are not the same; nothing was written."))
    else:
        raise Conflict(
            _(
                "There is no terminal to ask for the pass-phrase. Put it into a file and name that in {variable}."
            ).format(variable=VARIABLE)
        )
    if twice and len(phrase) < SHORTEST:
        raise Conflict(
            _("The pass-phrase should have {number} characters or more: four or five words do well.").format(
                number=SHORTEST
            )
        )
    return phrase


async def _rows(database: Database) -> int:
    from storage import backing

    async with database.read() as transaction:
        return await backing.count(transaction)


async def _fingerprint(config: Config) -> str:
    """Of the keys that the database was written with, "" where there is none."""
    from storage import health
    from storage.database import file_of

    file = file_of(config.database_url)
    if file is not None and not file.exists():
        return ""
    async with opened(config) as database, database.read() as transaction:
        return (await health.examine(transaction)).keys
