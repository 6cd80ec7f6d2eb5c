"""``suara audit …``: what was done by those who look after the program, and whether the record is whole.

Rule of the file: it prints; the chain is followed in ``storage.audit``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli import at, run
from bot.cli._store import check_there
from bot.misunderstood import LARGEST
from bot.wording import later

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.terminal import Terminal
    from storage.audit import Row, Verdict

app = typer.Typer(help=later("What was done by those who look after the program."), no_args_is_help=True)


@app.command("verify", help=later("Find out whether a row of the audit was changed or is missing."))
def verify(
    context: typer.Context,
    noted: Annotated[
        list[str] | None,
        typer.Option("--noted", help=later("The end as it was noted down earlier; it must still be in the record.")),
    ] = None,
) -> None:
    """Ends with 1 if something is amiss."""
    from handlers.permissions import TERMINAL, require

    require(TERMINAL, "audit.see")
    terminal = at(context)
    _ = terminal.gettext
    check_there(terminal)
    verdict = run(_verified(terminal, noted or []))
    match verdict.fault:
        case "":
            terminal.say(_("The audit is whole: {number} rows.").format(number=verdict.rows))
            if verdict.tail:
                terminal.say(_("Its end, to be noted down in another place: {tail}").format(tail=verdict.tail))
            return
        case "changed":
            words = _("Row {row} of the audit was changed. Before it {number} rows are whole.")
        case "missing":
            words = _("Row {row} of the audit is missing. Before it {number} rows are whole.")
        case "noted":
            words = _("The end that was noted down at row {row} is not in the audit. {number} rows were looked at.")
    terminal.complain(words.format(row=verdict.at_row, number=verdict.rows))
    raise typer.Exit(1)


async def _verified(terminal: Terminal, noted: Sequence[str]) -> Verdict:
    from bot.app import open_store
    from storage import audit

    database, vault, _before = await open_store(terminal.config)
    try:
        async with database.snapshot() as transaction:
            return await audit.verify(transaction, vault, noted=noted)
    finally:
        await database.close()


@app.command("list", help=later("List what was done, the newest last."))
def list_(
    context: typer.Context,
    most: Annotated[int, typer.Option("--most", min=1, max=LARGEST, help=later("How many at most."))] = 50,
) -> None:
    """Numbers instead of names."""
    from handlers.permissions import TERMINAL, require

    require(TERMINAL, "audit.see")
    terminal = at(context)
    check_there(terminal)
    for row in reversed(run(_latest(terminal, most))):
        at_ = f"{row.at.astimezone(terminal.config.timezone):%Y-%m-%d %H:%M:%S}"
        parts = (str(row.id), at_, row.actor, row.act, row.whom, row.origin, row.reason)
        line = "  ".join(part for part in parts if part)
        terminal.say(line)


async def _latest(terminal: Terminal, most: int) -> Sequence[Row]:
    from bot.app import open_store
    from storage import audit

    database, _vault, _before = await open_store(terminal.config)
    try:
        async with database.read() as transaction:
            return await audit.latest(transaction, most=most)
    finally:
        await database.close()
