"""``suara report evidence``: the evidence sheet of a training, as a workbook or for other programs.

Rule of the file: it writes; what stands there is made in ``reports``, and what may not be shown is left out there.
"""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli import at, run
from bot.wording import later

if TYPE_CHECKING:
    from datetime import datetime

    from bot.terminal import Terminal
    from reports.evidence import Sheet

HELP = later("The evidence sheet of a training: from the need for it to what it changed.")


class Format(StrEnum):
    """What is written."""

    XLSX = "xlsx"
    JSON = "json"


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
            found = await sheet(
                transaction,
                vault,
                TERMINAL,
                session,
                now=now,
                names=who,
                language=terminal.language,
                say=terminal.gettext,
            )
            return found, now
    finally:
        await database.close()
