"""``suara roster …``: the list of employees is looked through, saved, and employees get codes.

Rule of the file: it prints; what is found stands in ``outreach`` and ``handlers.rostering``. Nobody's name or number is
printed unless it was asked for.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli import REASON, at, run
from bot.wording import later

if TYPE_CHECKING:
    from bot.terminal import Terminal
    from handlers.rostering import Examined
    from outreach.roster_lists import Lists

app = typer.Typer(
    help=later("Import the list of employees, and give codes to prove who they are."), no_args_is_help=True
)

File = Annotated[Path, typer.Argument(help=later("The list: an Excel workbook (.xlsx) or a text file (.csv)."))]
Target = Annotated[Path, typer.Argument(help=later("The workbook to write."))]
Number = Annotated[str, typer.Argument(help=later("The employee number; without it, it is asked for and not shown."))]


@app.command("import", help=later("Look a list of employees through and tell what it changes; --apply saves it."))
def import_(
    context: typer.Context,
    file: File,
    apply: Annotated[bool, typer.Option("--apply", help=later("Save it."))] = False,
    part: Annotated[
        bool, typer.Option("--part", help=later("The list holds a part of the employees: nobody is gone."))
    ] = False,
    names: Annotated[bool, typer.Option("--names", help=later("Name who is new, changed or gone."))] = False,
    reason: Annotated[str, typer.Option("--reason", help=REASON)] = "",
) -> None:
    """Ends with 1 if a row is wrong; then nothing is saved."""
    terminal = at(context)
    _ = terminal.gettext
    try:
        content = file.read_bytes()
    except OSError as error:
        from handlers.errors import NotFound

        raise NotFound(_("{file} cannot be read: {why}.").format(file=file, why=error.strerror)) from None
    examined = run(_import(terminal, content, file.name, apply=apply, part=part, reason=reason if names else None))
    from bot.cli.survey import line_of

    for problem in examined.read.problems:
        terminal.say(line_of(problem, _))
    errors = examined.read.errors
    if errors:
        words = _("{file}: {errors} errors, {warnings} warnings. Nothing was saved; mend the errors first.")
        terminal.complain(words.format(file=file, errors=errors, warnings=len(examined.read.problems) - errors))
        raise typer.Exit(1)
    for line in told(examined, _, names=names):
        terminal.say(line)
    if apply:
        terminal.say(_("Saved: {count} employees are on the roster.").format(count=len(examined.read.entries)))
    elif examined.nothing:
        terminal.note(_("Nothing to save."))
    else:
        terminal.note(_("This was a look only. Save it with: suara roster import {file} --apply").format(file=file))


def told(examined: Examined, say: object, *, names: bool) -> list[str]:
    """What a list changes, in lines."""
    from outreach.roster import masked

    _ = say if callable(say) else str
    changes = examined.changes
    lines = [
        _("New: {count}").format(count=len(changes.new)),
        _("Changed: {count}").format(count=len(changes.changed)),
        _("Gone: {count}").format(count=len(changes.gone)),
        _("Back again: {count}").format(count=len(changes.back)),
        _("As before: {count}").format(count=changes.same),
    ]
    if examined.units:
        lines.append(_("Units: {names}").format(names=", ".join(unit.label for unit in examined.units)))
    if not names:
        return lines
    for mark, entries in (("+", changes.new), ("+", changes.back), ("-", changes.gone)):
        lines += [f"{mark} {entry.name}  {masked(entry.number)}  {entry.unit}" for entry in entries]
    lines += [
        f"~ {change.after.name}  {masked(change.after.number)}  {', '.join(change.fields)}"
        for change in changes.changed
    ]
    return lines


async def _import(
    terminal: Terminal, content: bytes, name: str, *, apply: bool, part: bool, reason: str | None
) -> Examined:
    from bot.app import clock, open_store
    from handlers import rostering
    from handlers.permissions import TERMINAL
    from outreach.roster_reading import read_roster

    _ = terminal.gettext
    now = clock()
    today = now.astimezone(terminal.config.timezone).date()
    database, vault, _before = await open_store(terminal.config)
    try:
        async with database.read() as transaction:
            lists = await rostering.lists_with_units(transaction, district_lists(terminal))
        read = read_roster(content, name, lists, today=today, say=_)
        if reason is not None:
            async with database.write() as transaction:
                await rostering.open_names(transaction, vault, TERMINAL, reason, now=now, say=_)
        examined = await rostering.examine(database, vault, TERMINAL, read, part=part)
        if apply and not read.errors:
            await rostering.save(database, vault, TERMINAL, examined, lists, now=now, today=today, say=_)
        return examined
    finally:
        await database.close()


def district_lists(terminal: Terminal) -> Lists:
    """The district's units, positions and grades. Raises Conflict where they are not there."""
    from bot.units import lists_of
    from handlers.errors import Conflict

    try:
        return lists_of(terminal.config.locale.catalog)
    except (FileNotFoundError, KeyError) as error:
        _ = terminal.gettext
        words = _("A list of the district is missing ({name}): put it into the catalog folder.")
        raise Conflict(words.format(name=str(error).strip("'"))) from None


@app.command("template", help=later("Write an empty list of employees to fill in."))
def template_(context: typer.Context, target: Target = Path("daftar-pegawai.xlsx")) -> None:
    """An existing workbook is not overwritten."""
    from handlers.errors import Conflict
    from outreach.roster_template import template

    terminal = at(context)
    _ = terminal.gettext
    content = template(district_lists(terminal).units, say=_)
    try:
        with target.open("xb") as file:
            file.write(content)
    except FileExistsError:
        raise Conflict(_("{file} is there already. Name another file.").format(file=target)) from None
    except OSError as error:
        raise Conflict(_("{file} cannot be written: {why}.").format(file=target, why=error.strerror)) from None
    terminal.say(_("Written: {file}").format(file=target))


@app.command("code", help=later("Give an employee a one-time code with which they prove who they are."))
def code_(context: typer.Context, number: Number = "") -> None:
    """The code serves once, within 7 days."""
    from handlers.errors import Conflict
    from surveys.text.employee_number import read_employee_number

    terminal = at(context)
    _ = terminal.gettext
    typed = number or typer.prompt(_("Employee number"), hide_input=True)
    from bot.app import clock

    found = read_employee_number(typed, today=clock().astimezone(terminal.config.timezone).date())
    if len(found.meaning.values) != 1:
        raise Conflict(_("That is no employee number: it has 18 digits."))
    terminal.say(run(_code(terminal, found.meaning.values[0])))
    terminal.note(_("Give it to this employee alone. It serves once, for 7 days; they type VERIFIKASI in the chat."))


async def _code(terminal: Terminal, number: str) -> str:
    import random

    from bot.app import clock, open_store
    from handlers.permissions import TERMINAL
    from handlers.rostering import give_code

    database, vault, _before = await open_store(terminal.config)
    try:
        async with database.write() as transaction:
            return await give_code(
                transaction,
                vault,
                TERMINAL,
                number,
                now=clock(),
                rng=random.SystemRandom(),
                say=terminal.gettext,
            )
    finally:
        await database.close()
