"""``suara report …``: figures for the office, on the screen.

Rule of the file: it prints; what stands there is made in ``reports``, and what may not be shown is left out there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli import REASON, at, run
from bot.wording import later

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.terminal import Terminal
    from insights.response_rate import UnitRate
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
