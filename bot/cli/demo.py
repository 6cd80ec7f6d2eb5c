"""``suara demo``: a filled, invented Alak to look at, in a data folder of its own, then served like any other."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli import at, run
from bot.cli._store import opened
from bot.cli.serve import until_stopped
from bot.wording import later

if TYPE_CHECKING:
    from bot.config import Config
    from bot.demo import Filled
    from bot.terminal import Terminal

HELP = later("Fill an invented Alak in the folder data-demo and serve it; your own data are not touched.")

FOLDER = "data-demo"
MARK = "INVENTED.txt"
PEOPLE = 300


def command(
    context: typer.Context,
    people: Annotated[int, typer.Option("--people", min=5, max=5000, help=later("How many people."))] = PEOPLE,
    seed: Annotated[int, typer.Option("--seed", help=later("Another number gives other people."))] = 2027,
    again: Annotated[bool, typer.Option("--again", help=later("Throw the old one away and fill it anew."))] = False,
    only_fill: Annotated[bool, typer.Option("--only-fill", help=later("Fill it and do not serve."))] = False,
) -> None:
    """No token is used and nothing is sent to anybody."""
    from bot.instance import InstanceLock

    terminal = at(context)
    _ = terminal.gettext
    config = _config(terminal)
    lock = InstanceLock(config.folder, _)
    lock.take()
    try:
        _prepare(terminal, config, again=again)
        found = run(_fill(terminal, config, people=people, seed=seed))
    finally:
        lock.release()
    if found is not None:
        terminal.note(
            _("{people} invented people: {responses} surveys answered, {tickets} aspirations with a number.").format(
                people=found.people, responses=found.responses, tickets=found.tickets
            )
        )
    terminal.note(_("Everything in {folder} is invented.").format(folder=config.folder))
    if not only_fill:
        run(until_stopped(terminal, config))


def _config(terminal: Terminal) -> Config:
    """The settings of this office but for its data, its bot and its backups."""
    from bot.config_file import load

    own = {
        "SUARA_DATA__FOLDER": str(Path.cwd() / FOLDER),
        "SUARA_DATABASE__URL": "",
        "SUARA_TELEGRAM__TOKEN": "",
        "SUARA_TELEGRAM__MODE": "polling",
        "SUARA_BACKUP__KEEP": "0",
        "SUARA_BACKUP__FOLDER": "",
        "SUARA_ADMIN__TELEGRAM_IDS": "",
    }
    _settings = terminal.config  # the log is on from here
    return load(terminal.config_file, {**terminal.environ, **own})


def _prepare(terminal: Terminal, config: Config, *, again: bool) -> None:
    """An empty folder, or one that was filled to the end. Raises Conflict where it holds something else."""
    from handlers.errors import Conflict

    _ = terminal.gettext
    folder, mark = config.folder, config.folder / MARK
    others = [path for path in folder.iterdir() if path.name != "suara.lock"]
    if others and not mark.exists():
        raise Conflict(_("{folder} holds other data; nothing was touched.").format(folder=folder))
    if others and (again or run(_half_filled(config))):
        _throw_away(others)
    mark.write_text(_("Everything in {folder} is invented.").format(folder=folder) + "\n", encoding="utf-8")


async def _half_filled(config: Config) -> bool:
    """Whether it was interrupted."""
    from bot import demo

    if not (config.folder / "suara.sqlite3").exists():
        return True
    async with opened(config) as database:
        return not await demo.filled(database)


def _throw_away(paths: Iterable[Path]) -> None:
    for path in paths:
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink()


async def _fill(terminal: Terminal, config: Config, *, people: int, seed: int) -> Filled | None:
    """None: it was filled before."""
    from bot import demo
    from bot.app import clock, open_store

    database, vault, _before = await open_store(config)
    try:
        if await demo.filled(database):
            return None
        with terminal.meter(terminal.gettext("People")) as watch:
            return await demo.fill(config, database, vault, people=people, seed=seed, now=clock(), watch=watch)
    finally:
        await database.close()
