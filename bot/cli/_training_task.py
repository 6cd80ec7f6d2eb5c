"""``suara training task …``: a task after a training is set, given to those who attended, and looked at.

Rule of the file: it prints; what is done stands in ``handlers.tasks``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from bot.cli import at, run
from bot.wording import later

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from datetime import date

    from bot.terminal import Terminal
    from handlers.tasks import Listed, Wanted
    from insights.figures import Figure
    from outreach.calendar import Calendar
    from outreach.tasks import Criterion
    from storage.unit_of_work import UnitOfWork

Result = TypeVar("Result")

app = typer.Typer(help=later("Tasks after a training."), no_args_is_help=True)

Session = Annotated[str, typer.Argument(help=later("The session of a training (its key); or a task, to change it."))]
Key = Annotated[str, typer.Argument(help=later("The task (its key)."))]


@app.command("put", help=later("Set a task after a session, or change one."))
def put(  # noqa: PLR0913 -- each is an option
    context: typer.Context,
    session: Session,
    *,
    title: Annotated[str | None, typer.Option("--title", help=later("Its title."))] = None,
    instruction: Annotated[
        str | None, typer.Option("--instruction", help=later("What is to be done, at most 600 characters."))
    ] = None,
    competence: Annotated[
        str | None, typer.Option("--competence", help=later("A competence that the training serves."))
    ] = None,
    evidence: Annotated[
        str | None, typer.Option("--evidence", help=later("What may be handed in: text, photo, doc, split by commas."))
    ] = None,
    due: Annotated[
        str | None,
        typer.Option("--due", help=later("The last day (2026-12-16); else 14 days after the session.")),
    ] = None,
    assessor: Annotated[
        str | None, typer.Option("--assessor", help=later("Who assesses: supervisor, instructor, peer or office."))
    ] = None,
    criterion: Annotated[
        list[str] | None,
        typer.Option(
            "--criterion",
            help=later(
                "A line of its own rubric, again for each: name|weight, or name|weight|four levels, split by |."
            ),
        ),
    ] = None,
    double: Annotated[
        int | None, typer.Option("--double", help=later("How many percent two people mark (20)."))
    ] = None,
    escalate: Annotated[
        str | None,
        typer.Option("--escalate", help=later("Who hears of what is overdue: supervisor, office or nobody.")),
    ] = None,
) -> None:
    """Prints the key of the task."""
    from handlers.tasks import Wanted
    from handlers.tasks import put as put_

    terminal = at(context)
    _ = terminal.gettext
    wanted = Wanted(
        title=title,
        instruction=instruction,
        competence=competence,
        evidence=None if evidence is None else frozenset(one.strip() for one in evidence.split(",") if one.strip()),
        due=None if due is None else _day(due, _),
        assessor=assessor,
        rubric=_rubric(criterion, _) if criterion else None,
        double=double,
        escalates_to=escalate,
    )

    async def work(unit: UnitOfWork) -> str:
        from handlers.permissions import TERMINAL

        one = await put_(unit, TERMINAL, await _meant(unit, wanted, session), calendar=_calendar(terminal), say=_)
        return one.key

    key = run(_written(terminal, work))
    terminal.say(key)
    terminal.note(_("Give it to those who attended with: suara training task assign {key}").format(key=key))


@app.command("list", help=later("The tasks of a session, or all that are due from a month ago on."))
def list_(
    context: typer.Context,
    session: Annotated[str, typer.Argument(help=later("The session of a training (its key)."))] = "",
) -> None:
    """One line each."""
    terminal = at(context)
    found = run(_listed(terminal, session))
    if not found:
        terminal.note(terminal.gettext("There are no tasks."))
    for one in found:
        terminal.say(line_of(one, terminal))


@app.command("assign", help=later("Give a task to all who attended; who is marked by two is drawn."))
def assign(context: typer.Context, key: Key) -> None:
    """They are told in the chat, within the office's hours."""
    import random

    from handlers.permissions import TERMINAL
    from handlers.tasks import Given
    from handlers.tasks import assign as assign_

    terminal = at(context)
    _ = terminal.gettext

    async def work(unit: UnitOfWork) -> Given:
        rng = random.SystemRandom()
        return await assign_(unit, TERMINAL, key, rng=rng, calendar=_calendar(terminal), say=_)

    given = run(_written(terminal, work))
    words = _("Given to {new} people, {twice} of them marked by two; {before} had it already.")
    terminal.say(words.format(new=given.new, twice=given.twice, before=given.before))


@app.command("results", help=later("How the work on a task was assessed."))
def results(context: typer.Context, key: Key) -> None:
    """Counts below five are not shown."""
    from reports._evidence_words import line

    terminal = at(context)
    for one in run(_results(terminal, key)):
        terminal.say(line(one, terminal.gettext))


def line_of(one: Listed, terminal: Terminal) -> str:
    """A task in one line, columns apart by a tab."""
    from outreach.tasks import state_names

    names = state_names(terminal.gettext)
    counts = ", ".join(f"{names[state]}: {number}" for state, number in one.counts.items())
    day = one.task.due.astimezone(terminal.config.timezone).date().isoformat()
    return "\t".join((one.task.key, day, one.task.title, counts or terminal.gettext("not given to anybody yet")))


def _day(typed: str, say: Callable[[str], str]) -> date:
    from datetime import date

    from handlers.errors import Conflict

    _ = say
    try:
        return date.fromisoformat(typed)
    except ValueError:
        raise Conflict(_("“{typed}” is no date: write it like 2026-12-16.").format(typed=typed)) from None


def _rubric(lines: list[str], say: Callable[[str], str]) -> tuple[Criterion, ...]:
    from handlers.errors import Conflict
    from outreach.rubric_lines import NoCriterion, read_rubric

    try:
        return read_rubric(lines, say)
    except NoCriterion as wrong:
        raise Conflict(str(wrong)) from None


def _calendar(terminal: Terminal) -> Calendar:
    from bot.calendar import calendar

    return calendar(terminal.config, terminal.gettext, terminal.note)


async def _meant(unit: UnitOfWork, wanted: Wanted, named: str) -> Wanted:
    """Whether ``named`` is a task or a session."""
    from dataclasses import replace

    from storage import tasks

    known = await tasks.one(unit.transaction, named)
    return replace(wanted, session=named) if known is None else replace(wanted, key=named)


async def _written(terminal: Terminal, work: Callable[[UnitOfWork], Awaitable[Result]]) -> Result:
    from bot.app import clock, open_store
    from storage.unit_of_work import UnitOfWork

    database, vault, _before = await open_store(terminal.config)
    try:
        async with database.write() as transaction:
            return await work(UnitOfWork(transaction, vault, now=clock()))
    finally:
        await database.close()


async def _listed(terminal: Terminal, session: str) -> list[Listed]:
    from datetime import timedelta

    from bot.app import clock, open_store
    from handlers.permissions import TERMINAL
    from handlers.tasks import listed

    database, _vault, _before = await open_store(terminal.config)
    try:
        async with database.read() as transaction:
            return await listed(transaction, TERMINAL, session=session, since=clock() - timedelta(days=31))
    finally:
        await database.close()


async def _results(terminal: Terminal, key: str) -> tuple[Figure, ...]:
    from bot.app import open_store
    from handlers.permissions import TERMINAL
    from handlers.tasks import results as results_

    database, vault, _before = await open_store(terminal.config)
    try:
        async with database.read() as transaction:
            return await results_(transaction, vault, TERMINAL, key, say=terminal.gettext)
    finally:
        await database.close()
