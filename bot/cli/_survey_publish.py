"""``suara survey publish``, ``list`` and ``close``: which surveys people can answer.

Rule of the file: it says what would change and whom it reaches before anything is done; what is done stands in
``handlers.publishing``.
"""

from __future__ import annotations

import logging
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli import at, run
from bot.wording import later

if TYPE_CHECKING:
    from bot.terminal import Terminal
    from handlers.publishing import Plan
    from reports.versions import PublishedVersion
    from storage.database import Database
    from storage.vault import Vault
    from surveys.survey import Survey

log = logging.getLogger(__name__)

PUBLISH_HELP = later("Publish a form: people can answer it from now on. Says first what changes.")
LIST_HELP = later("List the published surveys, their versions and how much they are answered.")
CLOSE_HELP = later("Close a survey: nobody can begin it any more. Publishing it again opens it.")

Yes = Annotated[bool, typer.Option("--yes", help=later("Do not ask, do it."))]


def publish_form(terminal: Terminal, survey: Survey, file: Path, *, yes: bool) -> None:
    """Publish ``survey``, which was read from ``file``."""
    run(_publish(terminal, survey, (file.read_bytes(), file.suffix.lower()), yes=yes))


async def _publish(terminal: Terminal, survey: Survey, source: tuple[bytes, str], *, yes: bool) -> None:
    from bot.app import clock
    from handlers import administering, publishing
    from handlers.errors import Conflict
    from handlers.permissions import TERMINAL
    from storage.errors import Duplicate

    _ = terminal.gettext
    async with _store(terminal) as (database, vault):
        async with database.read() as transaction:
            planned = await publishing.plan(transaction, survey)
        for line in told(planned, terminal):
            terminal.say(line)
        if planned.unchanged and not planned.closed:
            return
        _confirm(terminal, _("Publish it?"), yes=yes)
        try:
            async with database.write() as transaction:
                await administering.publish(transaction, vault, TERMINAL, planned, source=source, now=clock(), say=_)
        except Duplicate:
            words = _("Somebody else published this survey just now. Look at the changes and publish again.")
            raise Conflict(words) from None
    log.info("published: survey=%s version=%d", planned.survey.name, planned.survey.version)
    done = _("Published: {name}, version {version}.")
    terminal.say(done.format(name=planned.survey.name, version=planned.survey.version))


def told(planned: Plan, terminal: Terminal) -> list[str]:
    """What publishing would do, line by line."""
    from handlers import publishing

    return publishing.told(planned, say=terminal.gettext, language=terminal.language)


def list_(context: typer.Context) -> None:
    """One line a version."""
    terminal = at(context)
    found = run(_listed(terminal))
    _ = terminal.gettext
    if not found:
        terminal.say(_("No survey is published yet. Publish one with: suara survey publish FILE"))
        return
    heads = (_("survey"), _("version"), _("state"), _("published"), _("sent"), _("being answered"), _("title"))
    for line in _aligned([heads, *(_row(version, terminal) for version in _with_state(found))]):
        terminal.say(line)


async def _listed(terminal: Terminal, name: str = "") -> tuple[PublishedVersion, ...]:
    from reports.versions import published

    async with _store(terminal) as (database, _vault), database.read() as transaction:
        return await published(transaction, name)


def _with_state(found: tuple[PublishedVersion, ...]) -> list[tuple[PublishedVersion, bool]]:
    """Each version and whether it is its survey's newest."""
    newest = {version.survey.name: version for version in found}
    return [(version, newest[version.survey.name] is version) for version in found]


def _row(one: tuple[PublishedVersion, bool], terminal: Terminal) -> tuple[str, ...]:
    from surveys.survey import in_language

    version, newest = one
    _ = terminal.gettext
    state = _("closed") if version.closed else _("open") if newest else _("replaced")
    day = version.published_at.astimezone(terminal.config.timezone).date()
    title = " ".join(in_language(version.survey.title, terminal.language).split())
    numbers = (str(version.complete), str(version.answering))
    return version.survey.name, str(version.survey.version), state, day.isoformat(), *numbers, title


def _aligned(rows: list[tuple[str, ...]]) -> list[str]:
    widths = [max(len(cell) for cell in column) for column in zip(*rows, strict=True)]
    return ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]


def close(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help=later("The survey."))],
    yes: Yes = False,
) -> None:
    """Those who are in the middle may finish."""
    run(_close(at(context), name, yes=yes))


async def _close(terminal: Terminal, name: str, *, yes: bool) -> None:
    from bot.app import clock
    from handlers import administering
    from handlers.errors import NotFound
    from handlers.permissions import TERMINAL
    from reports.versions import published

    _ = terminal.gettext
    async with _store(terminal) as (database, vault):
        async with database.read() as transaction:
            found = await published(transaction, name)
        if not found:
            raise NotFound(_("There is no published survey “{name}”. See: suara survey list").format(name=name))
        if all(version.closed for version in found):
            terminal.say(_("“{name}” is closed already.").format(name=name))
            return
        answering = sum(version.answering for version in found)
        terminal.say(
            _("People in the middle of “{name}”: {count}. They may finish.").format(name=name, count=answering)
        )
        _confirm(terminal, _("Close it?"), yes=yes)
        async with database.write() as transaction:
            await administering.close(transaction, vault, TERMINAL, name, now=clock())
    log.info("closed: survey=%s", name)
    terminal.say(_("Closed: {name}.").format(name=name))


def published_form(terminal: Terminal, name: str) -> Survey | None:
    """The newest published version of a survey; None where there is none, or no database yet."""
    url = terminal.config.database_url
    if url.startswith("sqlite") and not Path(url.partition(":///")[2]).is_file():
        return None
    found = run(_listed(terminal, name))
    return found[-1].survey if found else None


@asynccontextmanager
async def _store(terminal: Terminal) -> AsyncIterator[tuple[Database, Vault]]:
    from bot.app import open_store

    database, vault, _before = await open_store(terminal.config)
    try:
        yield database, vault
    finally:
        await database.close()


def _confirm(terminal: Terminal, question: str, *, yes: bool) -> None:
    """Ask on a terminal; elsewhere nobody is there to answer, and the command was the decision."""
    if yes or not sys.stdin.isatty():
        return
    if not typer.confirm(question):
        terminal.note(terminal.gettext("Nothing was changed."))
        raise typer.Exit(1)
