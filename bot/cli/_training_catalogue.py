"""``suara training put|archive|list|announce|change|cancel``: what is offered, and when.

Rule of the file: it prints; what is done stands in ``handlers.training_office``.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import wraps
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.cli import at, run
from bot.cli._store import working
from bot.wording import later

if TYPE_CHECKING:
    from decimal import Decimal

    from bot.terminal import Terminal
    from storage.unit_of_work import UnitOfWork

app = typer.Typer()

Key = Annotated[str, typer.Argument(help=later("The training's key, such as pelayanan_prima."))]
Session = Annotated[str, typer.Argument(help=later("The session's key, such as pelayanan_prima-2026-12-01."))]
Days = Annotated[
    list[str] | None,
    typer.Option("--day", help=later("Days and hours, again for each: “1-2 Desember 2026, 08.00-15.30 (8 JP)”.")),
]
Where = Annotated[str | None, typer.Option("--place", help=later("Where it is held."))]
Online = Annotated[str | None, typer.Option("--link", help=later("The address (https://) for those far away."))]
Capacity = Annotated[
    int | None, typer.Option("--capacity", max=100_000, help=later("How many places there are; 0: no limit."))
]
Instructor = Annotated[str | None, typer.Option("--instructor", help=later("Who teaches."))]
Cost = Annotated[str | None, typer.Option("--cost", help=later("Rupiah for one participant."))]


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What a command says of a session: its fields are the options, and None was not named."""

    day: Days = None
    place: Where = None
    link: Online = None
    capacity: Capacity = None
    instructor: Instructor = None
    cost: Cost = None


def _of_a_session(command: Callable[..., None]) -> Callable[..., None]:
    """The command with the options of ``Said`` in place of its last argument."""
    *own, _said = inspect.signature(command, eval_str=True).parameters.values()
    options = inspect.signature(Said, eval_str=True).parameters.values()

    @wraps(command)
    def with_options(**given: Any) -> None:
        positional = [given.pop(one.name) for one in own]
        command(*positional, Said(**given))

    parameters = [one.replace(kind=inspect.Parameter.KEYWORD_ONLY) for one in (*own, *options)]
    with_options.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]  # as typer reads it
    with_options.__annotations__ = {one.name: one.annotation for one in parameters}
    return with_options


# ---- the catalogue ----------------------------------------------------------------------------------


@app.command("put", help=later("Put a training into the catalogue, or change it; what is not named stays."))
def put_(  # noqa: PLR0913, PLR0917 -- each is an option
    context: typer.Context,
    key: Key,
    title: Annotated[str | None, typer.Option("--title", help=later("What it is called."))] = None,
    form: Annotated[str | None, typer.Option("--form", help=later("Its form: bimtek, lokakarya, mentoring …"))] = None,
    jp: Annotated[str | None, typer.Option("--jp", help=later("Learning hours (JP) of the whole training."))] = None,
    provider: Annotated[str | None, typer.Option("--provider", help=later("Who holds it."))] = None,
    description: Annotated[str | None, typer.Option("--description", help=later("What it is about."))] = None,
    competence: Annotated[
        list[str] | None, typer.Option("--competence", help=later("A competence it serves, again for each."))
    ] = None,
    skill: Annotated[
        list[str] | None,
        typer.Option("--skill", help=later("A skill asked about 30 and 90 days later; at most three.")),
    ] = None,
    attachment: Annotated[
        list[str] | None,
        typer.Option("--attachment", help=later("A file in the data folder's survey_media, again for each.")),
    ] = None,
    unit: Annotated[
        list[str] | None, typer.Option("--unit", help=later("A unit it is meant for, again for each; else everybody."))
    ] = None,
    position: Annotated[
        list[str] | None, typer.Option("--position", help=later("A position it is meant for, again for each."))
    ] = None,
) -> None:
    """A new one needs a title, a form and its learning hours."""
    from outreach import typed

    terminal = at(context)
    given: dict[str, Any] = {
        "title": title,
        "form": form,
        "jp": None if jp is None else _read(terminal, jp, typed.number),
        "provider": provider,
        "description": description,
        "competences": None if competence is None else tuple(competence),
        "attachments": None if attachment is None else _there(terminal, attachment),
        "skills": None if skill is None else tuple(skill),
        "units": None if unit is None else frozenset(unit),
        "positions": None if position is None else frozenset(position),
    }
    named = {name: value for name, value in given.items() if value is not None}
    words = run(_put(terminal, key, named))
    terminal.say(words)


async def _put(terminal: Terminal, key: str, named: Mapping[str, Any]) -> str:
    from dataclasses import replace
    from decimal import Decimal

    from handlers import training_office
    from handlers.errors import Conflict
    from handlers.permissions import TERMINAL
    from outreach.training import Training
    from storage import trainings

    _ = terminal.gettext
    async with working(terminal.config) as unit:
        before = await trainings.one(unit.transaction, key)
        if before is None and not {"title", "form", "jp"} <= set(named):
            raise Conflict(_("A new training needs --title, --form and --jp."))
        training = replace(before or Training(key=key, title="", form="", jp=Decimal(0)), **named)
        units, positions = await _lists(terminal, unit)
        await training_office.put(unit, TERMINAL, training, units=units, positions=positions, say=_)
    return _("Saved: {title} ({key})").format(title=training.title, key=key)


def _there(terminal: Terminal, files: list[str]) -> tuple[str, ...]:
    """Raises NotFound where one is missing."""
    from handlers.errors import NotFound

    _ = terminal.gettext
    folder = (terminal.config.folder / "survey_media").resolve()
    for file in files:
        path = (folder / file).resolve()
        if not path.is_relative_to(folder) or not path.is_file():
            raise NotFound(
                _("The file {file} is missing: put it into {folder} first.").format(file=file, folder=folder)
            )
    return tuple(files)


async def _lists(terminal: Terminal, unit: UnitOfWork) -> tuple[set[str], set[str]]:
    """Units and positions of the district."""
    from bot.cli.roster import district_lists
    from handlers.rostering import lists_with_units

    lists = await lists_with_units(unit.transaction, district_lists(terminal))
    return {one.key for one in lists.units}, set(lists.positions.keys.values())


def _read(terminal: Terminal, text: str, read: Callable[[str, Callable[[str], str]], Decimal]) -> Decimal:
    from handlers.errors import Conflict
    from outreach.typed import NoNumber

    try:
        return read(text, terminal.gettext)
    except NoNumber as wrong:
        raise Conflict(str(wrong)) from None


@app.command("archive", help=later("Offer a training no more; what was held stays."))
def archive_(context: typer.Context, key: Key) -> None:
    """Sessions that are announced stay announced."""
    terminal = at(context)

    async def work() -> None:
        from handlers import training_office
        from handlers.permissions import TERMINAL

        async with working(terminal.config) as unit:
            await training_office.archive(unit, TERMINAL, key, say=terminal.gettext)

    run(work())
    _ = terminal.gettext
    terminal.say(_("No longer offered: {key}").format(key=key))


# ---- sessions ---------------------------------------------------------------------------------------


@app.command("announce", help=later("Announce a session of a training: from now on people can enrol."))
@_of_a_session
def announce_(
    context: typer.Context,
    key: Key,
    said: Said,
) -> None:
    """Prints the session's key and the link people follow to it."""
    terminal = at(context)
    _ = terminal.gettext
    given = _given(terminal, said)

    async def work() -> str:
        from handlers import training_office
        from handlers.permissions import TERMINAL
        from outreach.training import TrainingSession

        session = TrainingSession(**{"key": "", "training": key, "days": (), **given})
        async with working(terminal.config) as unit:
            offered = await training_office.announce(unit, TERMINAL, session, timezone=terminal.config.timezone, say=_)
        return offered.session.key

    made = run(work())
    terminal.say(made)
    terminal.note(_("Announced. People find it with PELATIHAN, or by a link that carries: t-{key}").format(key=made))


@app.command("change", help=later("Change a session; those who take part are told what is different."))
@_of_a_session
def change_(
    context: typer.Context,
    session: Session,
    said: Said,
) -> None:
    """What is not named stays as it is."""
    terminal = at(context)
    _ = terminal.gettext
    given = _given(terminal, said)

    async def work() -> None:
        from dataclasses import replace

        from handlers import taking_part, training_office
        from handlers.permissions import TERMINAL, require

        require(TERMINAL, "trainings.change")
        async with working(terminal.config) as unit:
            offered, _all = await taking_part.locked(unit, session, say=_)
            wanted = replace(offered.session, **given)
            await training_office.change(unit, TERMINAL, wanted, timezone=terminal.config.timezone, say=_)

    run(work())
    terminal.say(_("Changed: {key}. Those who take part are told.").format(key=session))


def _given(terminal: Terminal, said: Said) -> dict[str, Any]:
    """What was named of a session."""
    from bot.app import clock
    from handlers.errors import Conflict
    from outreach import typed
    from outreach.training_days import NoDays, read_days

    today = clock().astimezone(terminal.config.timezone).date()
    try:
        days = read_days("\n".join(said.day), today=today, say=terminal.gettext) if said.day else None
    except NoDays as wrong:
        raise Conflict(str(wrong)) from None
    found = {
        "days": days,
        "place": said.place,
        "link": said.link,
        "capacity": said.capacity,
        "instructor": said.instructor,
        "cost": None if said.cost is None else _read(terminal, said.cost, typed.rupiah),
    }
    return {name: value for name, value in found.items() if value is not None}


@app.command("cancel", help=later("Call a session off; everybody who takes part is told."))
def cancel_(
    context: typer.Context,
    session: Session,
    reason: Annotated[str, typer.Option("--reason", help=later("Why; kept in the audit."))] = "",
) -> None:
    """It cannot be taken back: announce a new session then."""
    terminal = at(context)
    _ = terminal.gettext

    async def work() -> None:
        from handlers import training_office
        from handlers.permissions import TERMINAL

        async with working(terminal.config) as unit:
            zone = terminal.config.timezone
            await training_office.cancel(unit, TERMINAL, session, timezone=zone, reason=reason, say=_)

    run(work())
    terminal.say(_("Called off: {key}. Those who take part are told.").format(key=session))


@app.command("list", help=later("Trainings and their sessions to come; --past adds those that are over."))
def list_(
    context: typer.Context,
    past: Annotated[bool, typer.Option("--past", help=later("Those of the last year too."))] = False,
) -> None:
    """Columns apart by a tab: key, days, places taken, waiting, title."""
    terminal = at(context)
    _ = terminal.gettext

    async def work() -> list[str]:
        from datetime import timedelta

        from handlers import training_lists
        from handlers.permissions import TERMINAL
        from outreach.wording import days_in_words

        async with working(terminal.config) as unit:
            today = unit.now.astimezone(terminal.config.timezone).date()
            since = today - timedelta(days=365) if past else today
            listed = await training_lists.listed(unit, TERMINAL, since=since)
        lines = [f"{one.key}\t\t\t\t{one.title}" for one in listed.without]
        for one in listed.sessions:
            session, taken = one.offered.session, str(one.taken)
            places = f"{taken}/{session.capacity}" if session.capacity else taken
            title = one.offered.training.title + (f" ({_('called off')})" if session.cancelled else "")
            days = days_in_words(session.days, _)
            lines.append("\t".join((session.key, days, places, str(one.waiting), title)))
        return lines

    lines = run(work())
    if not lines:
        terminal.note(_("No training yet. Put the first one in: suara training put --help"))
        return
    headings = "\t".join((_("Key"), _("Days"), _("Places taken"), _("Waiting"), _("Title")))
    for line in (headings, *lines):
        terminal.say(line)
