"""``suara training import|export|template``: trainings and sessions as an Excel workbook.

Rule of the file: a look first; with --apply the whole workbook is carried out, or nothing of it.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli import at, run
from bot.cli._store import working
from bot.wording import later

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from bot.terminal import Terminal
    from handlers.training_importing import Change, Imported

app = typer.Typer()

File = Annotated[Path, typer.Argument(help=later("The workbook (.xlsx) with the sheets Pelatihan and Angkatan."))]
Target = Annotated[Path, typer.Argument(help=later("The workbook to write."))]


class _LookOnly(Exception):
    """Ends the transaction without keeping anything of it."""


@app.command("import", help=later("Look a workbook of trainings through and tell what it changes; --apply does it."))
def import_(
    context: typer.Context,
    file: File,
    apply: Annotated[bool, typer.Option("--apply", help=later("Save it."))] = False,
) -> None:
    """Ends with 1 if a row is wrong; then nothing is saved."""
    from bot.cli.survey import line_of
    from handlers.errors import NotFound

    terminal = at(context)
    _ = terminal.gettext
    try:
        content = file.read_bytes()
    except OSError as error:
        raise NotFound(_("{file} cannot be read: {why}.").format(file=file, why=error.strerror)) from None
    imported = run(_import(terminal, content, apply=apply))
    for problem in imported.problems:
        terminal.say(line_of(problem, _))
    if imported.problems:
        words = _("{file}: {errors} errors. Nothing was saved; mend them first.")
        terminal.complain(words.format(file=file, errors=len(imported.problems)))
        raise typer.Exit(1)
    for sheet, counts in ((_("Trainings"), imported.trainings), (_("Sessions"), imported.sessions)):
        told = [f"{word} {counts[change]}" for change, word in _changes(_).items() if counts[change]]
        terminal.say(f"{sheet}: {', '.join(told) or '-'}")
    if apply:
        terminal.note(_("Saved. Those who take part in what changed are told."))
    else:
        terminal.note(_("This was a look only. Save it with: suara training import {file} --apply").format(file=file))


def _changes(say: Callable[[str], str]) -> Mapping[Change, str]:
    _ = say
    return {"new": _("new"), "changed": _("changed"), "called_off": _("called off"), "same": _("as before")}


async def _import(terminal: Terminal, content: bytes, *, apply: bool) -> Imported:
    from bot.cli.roster import district_lists
    from handlers.permissions import TERMINAL
    from handlers.rostering import lists_with_units
    from handlers.training_importing import carry_out
    from outreach.training_sheet import read_book

    _ = terminal.gettext
    imported = None
    try:
        async with working(terminal.config) as unit:
            lists = await lists_with_units(unit.transaction, district_lists(terminal))
            book = read_book(content, lists, say=_)
            imported = await carry_out(
                unit,
                TERMINAL,
                book,
                units={one.key for one in lists.units},
                positions=set(lists.positions.keys.values()),
                timezone=terminal.config.timezone,
                say=_,
            )
            if imported.problems or not apply:
                raise _LookOnly
    except _LookOnly:
        pass
    assert imported is not None  # noqa: S101 -- it is set before the block is left
    return imported


@app.command("export", help=later("Write trainings and their sessions into a workbook that can be imported again."))
def export_(
    context: typer.Context,
    target: Target = Path("pelatihan.xlsx"),
    past: Annotated[bool, typer.Option("--past", help=later("Those of the last year too."))] = False,
) -> None:
    """An existing workbook is not overwritten."""
    terminal = at(context)

    async def work() -> bytes:
        from datetime import timedelta

        from handlers.permissions import TERMINAL
        from handlers.training_importing import exported
        from outreach.training_book import write_book

        async with working(terminal.config) as unit:
            today = unit.now.astimezone(terminal.config.timezone).date()
            since = today - timedelta(days=365) if past else today
            catalogue, sessions = await exported(unit, TERMINAL, since=since)
        return write_book(catalogue, sessions, say=terminal.gettext)

    _save(terminal, target, run(work()))


@app.command("template", help=later("Write an empty workbook of trainings to fill in."))
def template_(context: typer.Context, target: Target = Path("pelatihan.xlsx")) -> None:
    """An existing workbook is not overwritten."""
    from outreach.training_book import write_book

    terminal = at(context)
    _save(terminal, target, write_book([], [], say=terminal.gettext))


def _save(terminal: Terminal, target: Path, content: bytes) -> None:
    from handlers.errors import Conflict

    _ = terminal.gettext
    try:
        with target.open("xb") as file:
            file.write(content)
    except FileExistsError:
        raise Conflict(_("{file} is there already. Name another file.").format(file=target)) from None
    except OSError as error:
        raise Conflict(_("{file} cannot be written: {why}.").format(file=target, why=error.strerror)) from None
    terminal.say(_("Written: {file}").format(file=target))
