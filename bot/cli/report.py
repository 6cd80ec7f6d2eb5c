"""``suara report …``: figures for the office, on the screen.

Rule of the file: it prints; what stands there is made in ``reports``, and what may not be shown is left out there.
"""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli import at, run
from bot.wording import later

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from bot.terminal import Terminal
    from insights.response_rate import UnitRate
    from reports.evidence import Sheet
    from reports.response_rate import ResponseRate

app = typer.Typer(help=later("Figures for the office."), no_args_is_help=True)


@app.callback()
def area() -> None:
    """Keeps the commands below apart while there is one alone."""


@app.command("response-rate", help=later("How many of each unit on the roster took part in a survey."))
def rate(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help=later("The survey."))],
    unit: Annotated[str, typer.Option("--unit", help=later("This unit alone (its key)."))] = "",
    who: Annotated[
        bool, typer.Option("--who", help=later("Every count, and the names of those who have not taken part."))
    ] = False,
) -> None:
    """Counts below five are not shown without --who."""
    terminal = at(context)
    _ = terminal.gettext
    found = run(_read(terminal, name, unit, who=who))
    for line in told(found, _):
        terminal.say(line)
    if who:
        terminal.note(_("This names people. Show it to those alone who need it."))


def told(found: ResponseRate, say: Callable[[str], str]) -> list[str]:
    """The report in lines, columns apart by a tab."""
    _ = say
    lines = ["\t".join((_("Unit"), _("Employees"), _("Took part"), _("Rate")))]
    lines += [_line(one, one.label, _) for one in found.units]
    lines.append(_line(found.whole, _("Total"), _))
    if found.unconfirmed is not None:
        lines.append(_("Civil servants not confirmed who took part: {count}").format(count=found.unconfirmed))
    if found.absent:
        lines += ["", _("Has not taken part:")]
        lines += [f"{one.unit}\t{one.name}\t••••{one.number}" for one in found.absent]
    return lines


def _line(one: UnitRate, label: str, say: Callable[[str], str]) -> str:
    _ = say
    hidden = _("not shown")
    share = hidden if one.share is None else f"{one.share:.0%}"
    return "\t".join((label, str(one.employees), hidden if one.took_part is None else str(one.took_part), share))


class Format(StrEnum):
    """What is written."""

    XLSX = "xlsx"
    JSON = "json"


@app.command("evidence", help=later("The evidence sheet of a training: from the need for it to what it changed."))
def evidence(
    context: typer.Context,
    session: Annotated[str, typer.Argument(help=later("The session of a training (its key)."))],
    *,
    kind: Annotated[
        Format, typer.Option("--format", help=later("A workbook (xlsx), or json for other programs."))
    ] = Format.XLSX,
    output: Annotated[
        Path | None, typer.Option("--output", help=later("The file to write; else bukti- and the session."))
    ] = None,
    who: Annotated[
        bool, typer.Option("--who", help=later("Every count: for those who may see the names anyway."))
    ] = False,
) -> None:
    """Figures of fewer than five people are not shown without --who. An existing file is not overwritten."""
    from reports._evidence_words import line, section_names

    terminal = at(context)
    _ = terminal.gettext
    path = output or Path(f"bukti-{session}.{kind}")
    sheet, now = run(_sheet(terminal, session, who=who))
    _write(terminal, sheet, path, kind, now)
    for section, title in section_names(_).items():
        figures = getattr(sheet.evidence, section)
        if section == "index" and figures:
            terminal.say(f"{title}: {line(figures[-1], _)}")
    terminal.note(_("Written:"))
    terminal.say(str(path))


def _write(terminal: Terminal, sheet: Sheet, path: Path, kind: Format, now: datetime) -> None:
    from bot.app import office_of
    from handlers.errors import Conflict
    from reports import _evidence_document as evidence_document
    from reports.base import Batch
    from reports.render import xlsx

    _ = terminal.gettext
    if path.exists():
        raise Conflict(_("{file} is there already. Name another file.").format(file=path))
    office, timezone = office_of(terminal.config), terminal.config.timezone
    try:
        if kind is Format.JSON:
            content = evidence_document.as_json(sheet, office=office, now=now, timezone=timezone)
            path.write_bytes(content)
            return
        made = evidence_document.tables(sheet, office=office, now=now, timezone=timezone, say=_)
        with xlsx.writing(path, [table for table, _rows in made], written=[], say=_) as book:
            for number, (_table, rows) in enumerate(made):
                book.write(Batch(number, rows))
    except OSError as error:
        raise Conflict(_("{file} cannot be written: {why}.").format(file=path, why=error.strerror)) from None


async def _sheet(terminal: Terminal, session: str, *, who: bool) -> tuple[Sheet, datetime]:
    from bot.app import clock, open_store
    from handlers.evidencing import sheet
    from handlers.permissions import TERMINAL

    now = clock()
    database, vault, _before = await open_store(terminal.config)
    try:
        async with database.write() if who else database.read() as transaction:
            found = await sheet(transaction, vault, TERMINAL, session, now=now, names=who, say=terminal.gettext)
            return found, now
    finally:
        await database.close()


async def _read(terminal: Terminal, name: str, unit: str, *, who: bool) -> ResponseRate:
    from bot.app import clock, open_store
    from handlers.permissions import TERMINAL
    from handlers.rates import rates

    database, vault, _before = await open_store(terminal.config)
    try:
        async with database.write() if who else database.read() as transaction:
            return await rates(
                transaction, vault, TERMINAL, name, now=clock(), unit=unit, names=who, say=terminal.gettext
            )
    finally:
        await database.close()
