"""``suara report …``: figures for the office, on the screen.

Rule of the file: it prints; what stands there is made in ``reports``, and what may not be shown is left out there.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli import REASON, _report_evidence, at, run
from bot.wording import later

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from bot.terminal import Terminal
    from insights.response_rate import UnitRate
    from reports.base import Rendering, Row, Sheet
    from reports.learning_hours import LearningHours
    from reports.response_rate import ResponseRate

app = typer.Typer(help=later("Figures for the office."), no_args_is_help=True)
app.command("evidence", help=_report_evidence.HELP)(_report_evidence.evidence)


@app.command("response-rate", help=later("How many of each unit on the roster took part in a survey."))
def rate(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help=later("The survey."))],
    unit: Annotated[str, typer.Option("--unit", help=later("This unit alone (its key)."))] = "",
    who: Annotated[
        bool, typer.Option("--who", help=later("Every count, and the names of those who have not taken part."))
    ] = False,
    reason: Annotated[str, typer.Option("--reason", help=REASON)] = "",
) -> None:
    """Counts below five are not shown without --who."""
    terminal = at(context)
    _ = terminal.gettext
    found = run(_read(terminal, name, unit, reason if who else None))
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


@app.command("learning-hours", help=later("Learning hours (JP) of a year by unit, against the targets."))
def hours(
    context: typer.Context,
    year: Annotated[
        int, typer.Option("--year", min=0, max=9999, help=later("Of which year; without it, this one."))
    ] = 0,
    unit: Annotated[str, typer.Option("--unit", help=later("This unit alone (its key)."))] = "",
    who: Annotated[bool, typer.Option("--who", help=later("Every figure, and everybody by name."))] = False,
    reason: Annotated[str, typer.Option("--reason", help=REASON)] = "",
    output: Annotated[
        Path | None, typer.Option("--output", help=later("Into this file (.xlsx or .csv) instead of on the screen."))
    ] = None,
) -> None:
    """Figures of fewer than five people are not shown without --who."""
    from bot.app import clock
    from reports.learning_hours import sheets

    terminal = at(context)
    _ = terminal.gettext
    year = year or clock().astimezone(terminal.config.timezone).year
    found = run(_hours(terminal, year, unit, reason if who else None))
    tables = sheets(found, say=_)
    if output is not None:
        for file in _written(output, tables, _):
            terminal.say(str(file))
    else:
        for sheet, rows in tables:
            lines = [[column.heading for column in sheet.columns], *rows]
            for line in ("\t".join("" if cell is None else str(cell) for cell in row) for row in lines):
                terminal.say(line)
    if who:
        terminal.note(_("This names people. Show it to those alone who need it."))


def _written(output: Path, tables: Sequence[tuple[Sheet, list[Row]]], say: Callable[[str], str]) -> list[Path]:
    """Write the tables. Raises ReportError."""
    from reports.base import Batch, ReportError
    from reports.render import csv, xlsx

    _ = say
    kinds: Mapping[str, Rendering] = {".xlsx": xlsx.writing, ".csv": csv.writing}
    writing = kinds.get(output.suffix.lower())
    if writing is None:
        raise ReportError(_("{file}: a file of this report ends in .xlsx or .csv.").format(file=output))
    written: list[Path] = []
    with writing(output, [sheet for sheet, _rows in tables], written=written) as writer:
        for number, (_sheet, rows) in enumerate(tables):
            writer.write(Batch(number, rows))
    return written


async def _hours(terminal: Terminal, year: int, unit: str, reason: str | None) -> LearningHours:
    from bot.app import clock, open_store
    from handlers.hours import by_unit
    from handlers.permissions import TERMINAL

    database, vault, _before = await open_store(terminal.config)
    try:
        async with database.read() if reason is None else database.write() as transaction:
            return await by_unit(
                transaction,
                vault,
                TERMINAL,
                year,
                targets=terminal.config.training.jp_targets,
                now=clock(),
                unit=unit,
                reason=reason,
                say=terminal.gettext,
            )
    finally:
        await database.close()


async def _read(terminal: Terminal, name: str, unit: str, reason: str | None) -> ResponseRate:
    from bot.app import clock, open_store
    from handlers.permissions import TERMINAL
    from handlers.rates import rates

    database, vault, _before = await open_store(terminal.config)
    try:
        async with database.read() if reason is None else database.write() as transaction:
            return await rates(
                transaction, vault, TERMINAL, name, now=clock(), unit=unit, reason=reason, say=terminal.gettext
            )
    finally:
        await database.close()
