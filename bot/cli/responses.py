"""``suara responses …``: what people answered, as a file.

Rule of the file: it asks, shows how far it is and names what was written; what stands there is made in ``reports``.
"""

from __future__ import annotations

import filecmp
import itertools
import logging
import os
import shutil
from collections.abc import Callable, Generator, Iterable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli import REASON, at, run
from bot.wording import catalogue, languages, later

if TYPE_CHECKING:
    from bot.terminal import Terminal
    from reports.base import Writer
    from reports.responses import Export, Wish

log = logging.getLogger(__name__)
app = typer.Typer(help=later("Export what people answered."), no_args_is_help=True)


class Format(StrEnum):
    """What is written."""

    XLSX = "xlsx"
    CSV = "csv"


_FORMAT = later("A workbook (xlsx), or tables as text (csv).")
_OUTPUT = later(
    "The file to write; for csv the other tables lie beside it, and a name ending in .zip holds all of them."
)
_SINCE = later("Only what was sent on this day or later, such as 2026-11-24.")
_MEDIA = later("Copy the photos, recordings and documents into this folder.")
_DELIMITER = later("What parts the fields of a csv: a sign, or tab. With ; decimals have a comma.")


@app.command("export", help=later("Write every answer to a survey into a file: one row a response, with a codebook."))
def export(  # noqa: PLR0913, PLR0917 -- each is an option of the command
    context: typer.Context,
    name: Annotated[str, typer.Argument(help=later("The survey."))],
    kind: Annotated[Format, typer.Option("--format", help=_FORMAT)] = Format.XLSX,
    output: Annotated[Path | None, typer.Option("--output", help=_OUTPUT)] = None,
    labels: Annotated[bool, typer.Option("--labels", help=later("Labels instead of names."))] = False,
    language: Annotated[str, typer.Option("--language", help=later("The language of the labels."))] = "",
    since: Annotated[str, typer.Option("--since", help=_SINCE)] = "",
    unfinished: Annotated[bool, typer.Option("--all", help=later("Also what was not sent, with its state."))] = False,
    test: Annotated[bool, typer.Option("--test", help=later("Also what was answered in test mode."))] = False,
    raw: Annotated[bool, typer.Option("--raw", help=later("Also what was said, beside what was understood."))] = False,
    identities: Annotated[
        bool, typer.Option("--identities", help=later("Employee numbers, phones and names in full."))
    ] = False,
    reason: Annotated[str, typer.Option("--reason", help=REASON)] = "",
    media: Annotated[Path | None, typer.Option("--media", help=_MEDIA)] = None,
    delimiter: Annotated[str, typer.Option("--delimiter", help=_DELIMITER)] = ";",
) -> None:
    """Personal answers are masked unless asked for; test answers and unsent ones stay out unless asked for."""
    from reports.responses import Wish

    terminal = at(context)
    _ = terminal.gettext
    today = datetime.now(terminal.config.timezone).date()
    path = _place(terminal, output, kind, f"{name}-{today.isoformat()}")
    wish = Wish(
        survey=name,
        language=language,
        spoken=terminal.language,
        labels=labels,
        since=_day(since, terminal),
        unfinished=unfinished,
        test=test,
        raw=raw,
        identities=identities,
        media_folder="media" if media is None else Path(os.path.relpath(media, path.parent)).as_posix(),
        readable=media is not None,
    )
    if identities:
        terminal.note(
            _("This file will name people. Keep it where only those may read it who need to, and delete it afterwards.")
        )
    order = Order(wish=wish, path=path, kind=kind, delimiter=_sign(delimiter, terminal), media=media, reason=reason)
    done = run(_carry_out(terminal, order))
    log.info("export: survey=%s responses=%d identities=%s", name, done.responses, identities)
    if done.missing:
        terminal.note(_("Files that were not found in the media folder: {count}").format(count=done.missing))
    terminal.note(_("Responses: {count}. Written:").format(count=done.responses))
    for file in done.written:
        terminal.say(str(file))


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """One export, as it was asked for."""

    wish: Wish
    path: Path
    kind: Format
    delimiter: str
    media: Path | None
    reason: str
    """Why it names people."""


@dataclass(slots=True)
class Done:
    """What became of it."""

    responses: int = 0
    missing: int = 0
    written: list[Path] = field(default_factory=list)


async def _carry_out(terminal: Terminal, order: Order) -> Done:
    from bot.app import clock, open_store
    from handlers import administering
    from handlers.permissions import TERMINAL
    from reports.responses import export as exported

    wish = order.wish
    say = catalogue(wish.language).gettext if wish.language in languages() else terminal.gettext
    done = Done()
    database, vault, _before = await open_store(terminal.config)
    try:
        async with database.write() as transaction:
            await administering.export(
                transaction,
                vault,
                TERMINAL,
                wish.survey,
                reason=order.reason if wish.identities else None,
                now=clock(),
                say=terminal.gettext,
            )
        async with database.read() as transaction:
            found = await exported(transaction, vault, wish, zone=terminal.config.timezone, say=say)
            with _writer(order, found, done, say) as writer:
                for batch in found.explanation:
                    writer.write(batch)
                await _fill(terminal, order, found, writer, done)
    finally:
        await database.close()
    return done


def _writer(order: Order, found: Export, done: Done, say: Callable[[str], str]) -> AbstractContextManager[Writer]:
    if order.kind is Format.CSV:
        from reports.render.csv import writing as writing_csv

        return writing_csv(order.path, found.sheets, written=done.written, say=say, delimiter=order.delimiter)
    from reports.render.xlsx import writing as writing_xlsx

    return writing_xlsx(order.path, found.sheets, written=done.written, say=say)


async def _fill(terminal: Terminal, order: Order, found: Export, writer: Writer, done: Done) -> None:
    """Write the responses, copy their files, show how far it is."""
    _ = terminal.gettext
    passing = terminal.progress(range(found.total), label=_("Responses"))
    try:
        async for piece in found.pieces():
            for batch in piece.batches:
                writer.write(batch)
            if order.media is not None:
                done.missing += copied(piece.files, terminal.config.folder / "media", order.media, _)
            done.responses += piece.done
            for _one in itertools.islice(passing, piece.done):
                pass
        for _one in passing:  # lets it say that it is at its end
            pass
    finally:
        if isinstance(passing, Generator):  # takes the bar off the screen before anything else is said
            passing.close()


def copied(files: Iterable[tuple[str, str]], source: Path, target: Path, say: Callable[[str], str]) -> int:
    """Copy files (path in ``source``, name in ``target``) that are not there as they are; how many could not be found.
    Raises ReportError. Their times are those of the copying: when somebody sent a photo is nobody's business."""
    from reports.base import ReportError

    missing = 0
    for kept, name in files:
        place = target / name
        try:
            if place.exists() and filecmp.cmp(source / kept, place, shallow=False):
                continue
            place.parent.mkdir(parents=True, exist_ok=True)
            draft = place.with_name(f".{place.name}")
            shutil.copyfile(source / kept, draft)
            draft.replace(place)
        except FileNotFoundError:
            missing += 1
        except OSError as error:
            _ = say
            words = _("{file} cannot be written: {why}.")
            raise ReportError(words.format(file=place, why=error.strerror or type(error).__name__)) from error
    return missing


def _place(terminal: Terminal, output: Path | None, kind: Format, plain: str) -> Path:
    """Where it is written. Raises ReportError for a name that would mislead."""
    from reports.base import ReportError

    _ = terminal.gettext
    endings = {Format.XLSX: (".xlsx",), Format.CSV: (".csv", ".zip")}[kind]
    if output is None or output.is_dir():
        return (output or Path()) / f"{plain}{endings[0]}"
    if output.suffix.lower() not in endings:
        words = _("{file}: in the format {format} a file should end in: {endings}")
        raise ReportError(words.format(file=output, format=kind.value, endings=", ".join(endings)))
    return output


def _day(text: str, terminal: Terminal) -> date | None:
    from reports.base import ReportError

    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        _ = terminal.gettext
        raise ReportError(_("“{text}” is no date. Write it as 2026-11-24.").format(text=text)) from None


def _sign(text: str, terminal: Terminal) -> str:
    """What parts fields. Raises ReportError."""
    from reports.base import ReportError

    sign = "\t" if text.casefold() in {"tab", "\\t"} else text
    if len(sign) != 1 or sign.isalnum() or sign in "\"'\r\n.-+= ":
        _ = terminal.gettext
        raise ReportError(_("“{text}” cannot part fields. Take ; or , or tab.").format(text=text))
    return sign
