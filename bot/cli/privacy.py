"""``suara privacy …``: what people asked for about their data, what was kept long enough, and whom a leak touches.

Rule of the file: people are numbers here; who they are is shown with ``--identities`` and a reason alone, and that is
written down.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli import REASON, at, run
from bot.cli._store import check_there
from bot.wording import later

if TYPE_CHECKING:
    from bot.terminal import Terminal
    from storage.breach import Breach
    from storage.database import Database
    from storage.privacy import Request
    from storage.vault import Vault

app = typer.Typer(help=later("Requests of people about their data, retention, and leaks."), no_args_is_help=True)

_NUMBER = later("The number of the request, as listed.")


@app.command("due", help=later("List the requests that are open, and until when they are due."))
def due(context: typer.Context) -> None:
    """The most urgent first; ends with 1 if one is overdue."""
    terminal = at(context)
    _ = terminal.gettext
    check_there(terminal)
    found = run(_open_requests(terminal))
    if not found:
        terminal.say(_("No request is open."))
        return
    now = datetime.now(UTC)
    for one in found:
        terminal.say(_line(terminal, one, now))
    if any(one.due_at < now for one in found):
        raise typer.Exit(1)


def _line(terminal: Terminal, one: Request, now: datetime) -> str:
    _ = terminal.gettext
    kinds = {"copy": _("send a copy"), "correct": _("correct"), "delete": _("delete")}
    until = f"{one.due_at.astimezone(terminal.config.timezone):%Y-%m-%d %H:%M}"
    words = _("{number}  {kind}  due {until}  respondent {respondent}").format(
        number=one.id, kind=kinds.get(one.kind, one.kind), until=until, respondent=one.subject
    )
    late = _("OVERDUE")
    return f"{words}  {late}" if one.due_at < now else words


@app.command("show", help=later("Show what is to be corrected, in the person's words."))
def show(context: typer.Context, number: Annotated[int, typer.Argument(help=_NUMBER)]) -> None:
    """That it was opened is written down."""
    terminal = at(context)
    check_there(terminal)
    one = run(_opened(terminal, number))
    terminal.say(_line(terminal, one, datetime.now(UTC)))
    if one.note:
        terminal.say(one.note)


@app.command("done", help=later("Note that a request was carried out."))
def done(context: typer.Context, number: Annotated[int, typer.Argument(help=_NUMBER)]) -> None:
    """What the person wrote is deleted with it."""
    terminal = at(context)
    _ = terminal.gettext
    check_there(terminal)
    run(_finish(terminal, number))
    terminal.say(_("Request {number} is done.").format(number=number))


@app.command("retention", help=later("Let go what was kept long enough; --dry-run tells how much that is."))
def retention(
    context: typer.Context,
    dry_run: Annotated[bool, typer.Option("--dry-run", help=later("Change nothing."))] = False,
) -> None:
    """The program does it every night by itself."""
    terminal = at(context)
    _ = terminal.gettext
    check_there(terminal)
    for what, days, number in run(_retain(terminal, dry_run=dry_run)):
        names = {
            "incidents": _("incidents"),
            "deliveries": _("lists of what was sent"),
            "contacts": _("addresses nobody used"),
            "aspirations": _("aspirations that lose their owner"),
            "answers": _("responses that lose their owner"),
            "media": _("photos, recordings and documents"),
            "tasks": _("words and files of tasks"),
            "consents": _("proof of consent"),
            "excuses": _("reasons why people did not come to a training"),
            "reminders": _("reminders: what became of them"),
            "meetings": _("what was told of mentoring meetings"),
            "enrolments": _("places in trainings without a day there"),
            "attendance": _("days of attendance at trainings"),
            "learning_hours": _("learning hours (JP)"),
            "certificates": _("certificates"),
        }
        terminal.say(
            _("{what}, older than {days} days: {number}").format(what=names.get(what, what), days=days, number=number)
        )
    if dry_run:
        terminal.note(_("Nothing was changed."))


@app.command("breach", help=later("List whom a leak touches: everybody whose data were held since then."))
def breach(
    context: typer.Context,
    since: Annotated[str, typer.Option("--since", help=later("When the leak may have begun, such as 2026-11-20."))],
    identities: Annotated[
        bool, typer.Option("--identities", help=later("Also the addresses, to write to each of them."))
    ] = False,
    reason: Annotated[str, typer.Option("--reason", help=REASON)] = "",
) -> None:
    """A table on standard output, parted by semicolons; the sum on standard error."""
    from handlers.errors import Conflict

    terminal = at(context)
    _ = terminal.gettext
    check_there(terminal)
    try:
        moment = datetime.fromisoformat(since)
    except ValueError:
        raise Conflict(_("“{value}” is no date. Please write it like 2026-11-24.").format(value=since)) from None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=terminal.config.timezone)
    found, named = run(_touched(terminal, moment, reason if identities else None))
    _print(terminal, found, named)


def _print(terminal: Terminal, found: Breach, named: dict[int, tuple[str, str]]) -> None:
    _ = terminal.gettext
    heading = ["respondent", "kind", "since", "channels", "responses", "sealed_answers", "tickets", "open", "consents"]
    lines = [[*heading, "addresses"] if named else heading]
    for one in found.touched:
        numbers = (one.responses, one.sealed_answers, one.tickets, one.open_surveys, one.consents)
        cells = [str(one.respondent_id), one.kind, one.since.isoformat(), " ".join(one.channels), *map(str, numbers)]
        if named:
            cells.append(" ".join(":".join(named[number]) for number in one.addresses if number in named))
        lines.append(cells)
    lines += [[str(number), _("deleted since"), *[""] * (len(heading) - 2)] for number in found.gone]
    for cells in lines:
        line = ";".join(cells)
        terminal.say(line)
    channels = ", ".join(f"{channel} {many}" for channel, many in found.channels.items()) or _("none")
    terminal.note(
        _("Respondents: {people}; addresses: {channels}; deleted since: {gone}.").format(
            people=len(found.touched), channels=channels, gone=len(found.gone)
        )
    )
    terminal.note(
        _("Beside them: {employees} employees in the roster, {anonymous} anonymous responses, {files} files.").format(
            employees=found.employees, anonymous=found.anonymous_responses, files=found.files
        )
    )
    terminal.note(
        _("The notice to each of them and to the authority is owed within 3 x 24 hours (UU 27/2022, article 46).")
    )


# ---- the database -----------------------------------------------------------------------------------


@asynccontextmanager
async def _store(terminal: Terminal) -> AsyncIterator[tuple[Database, Vault]]:
    from bot.app import open_store

    database, vault, _before = await open_store(terminal.config)
    try:
        yield database, vault
    finally:
        await database.close()


async def _open_requests(terminal: Terminal) -> list[Request]:
    from handlers import settling
    from handlers.permissions import TERMINAL

    async with _store(terminal) as (database, vault), database.read() as transaction:
        return await settling.open_requests(transaction, vault, TERMINAL)


async def _opened(terminal: Terminal, number: int) -> Request:
    from handlers import settling
    from handlers.permissions import TERMINAL

    now, say = datetime.now(UTC), terminal.gettext
    async with _store(terminal) as (database, vault), database.write() as transaction:
        return await settling.opened(transaction, vault, TERMINAL, number, now=now, say=say)


async def _finish(terminal: Terminal, number: int) -> None:
    from handlers import settling
    from handlers.permissions import TERMINAL

    now, say = datetime.now(UTC), terminal.gettext
    async with _store(terminal) as (database, vault), database.write() as transaction:
        await settling.settle(transaction, vault, TERMINAL, number, now=now, say=say)


async def _retain(terminal: Terminal, *, dry_run: bool) -> Sequence[tuple[str, int, int]]:
    from bot.retaining import rules
    from handlers import settling
    from handlers.permissions import TERMINAL

    found, now = rules(terminal.config.locale.catalog), datetime.now(UTC)
    async with _store(terminal) as (database, vault):
        numbers = await settling.retain(database, vault, TERMINAL, found, now=now, look=dry_run)
    return [(rule.what, rule.days, numbers[rule.what]) for rule in found]


async def _touched(
    terminal: Terminal, since: datetime, reason: str | None
) -> tuple[Breach, dict[int, tuple[str, str]]]:
    from handlers import settling
    from handlers.permissions import TERMINAL

    now, say = datetime.now(UTC), terminal.gettext
    async with _store(terminal) as (database, vault), database.write() as transaction:
        return await settling.touched(transaction, vault, TERMINAL, since, reason=reason, now=now, say=say)
