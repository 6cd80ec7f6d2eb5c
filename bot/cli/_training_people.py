"""``suara training show|enrol|nominate|withdraw``: who takes part in a session.

Rule of the file: numbers that are typed are not shown again; names are shown where they are asked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli import REASON, at, run
from bot.cli._store import working
from bot.wording import later

if TYPE_CHECKING:
    from bot.terminal import Terminal

app = typer.Typer()

Session = Annotated[str, typer.Argument(help=later("The session's key, such as pelayanan_prima-2026-12-01."))]
Numbers = Annotated[
    list[str] | None, typer.Argument(help=later("Employee numbers; without them, they are asked for one by one."))
]


@app.command("show", help=later("One session; --names adds who takes part."))
def show_(
    context: typer.Context,
    session: Session,
    names: Annotated[bool, typer.Option("--names", help=later("Name them, with what they said."))] = False,
    reason: Annotated[str, typer.Option("--reason", help=REASON)] = "",
) -> None:
    """Naming people is written down in the audit."""
    terminal = at(context)
    _ = terminal.gettext

    async def work() -> list[str]:
        from handlers import training_lists
        from handlers.permissions import TERMINAL
        from outreach.enrolment import state_names
        from outreach.training_words import held

        async with working(terminal.config) as unit:
            seen = await training_lists.seen(unit, TERMINAL, session, names=names, reason=reason, say=_)
        states = state_names(_)
        training, held_at = seen.offered.training, seen.offered.session
        lines = [training.title, held(held_at, terminal.config.timezone, _, inside=True)]
        lines += [_("This session does not take place.")] if held_at.cancelled else []
        lines += [f"{states[state]}\t{number}" for state, number in seen.counts.items()]
        for one in seen.people:
            name = one.name or _("(not confirmed)")
            lines.append("\t".join((name, one.unit, states[one.enrolment.state], one.enrolment.reason)))
        return lines

    for line in run(work()):
        terminal.say(line)
    if names:
        terminal.note(_("This names people. Show it to those alone who need it."))


@app.command("enrol", help=later("Give employees a place in a session."))
def enrol_(context: typer.Context, session: Session, numbers: Numbers = None) -> None:
    """All of them, or none."""
    _name_them(at(context), session, numbers, enrol=True)


@app.command("nominate", help=later("Invite employees to a session; each of them is asked."))
def nominate_(context: typer.Context, session: Session, numbers: Numbers = None) -> None:
    """All of them, or none."""
    _name_them(at(context), session, numbers, enrol=False)


def _name_them(terminal: Terminal, session: str, numbers: list[str] | None, *, enrol: bool) -> None:
    from outreach.enrolment import state_names

    _ = terminal.gettext
    typed = [_employee(terminal, one) for one in numbers or _asked(terminal)]

    async def work() -> list[str]:
        from handlers import training_office
        from handlers.permissions import TERMINAL

        async with working(terminal.config) as unit:
            zone = terminal.config.timezone
            places = await training_office.name_them(unit, TERMINAL, session, typed, enrol=enrol, timezone=zone, say=_)
        return [state_names(_)[one.enrolment.state] for one in places]

    for row, state in enumerate(run(work()), start=1):
        terminal.say(f"{row}\t{state}")


def _asked(terminal: Terminal) -> list[str]:
    """Numbers typed one by one, which are not shown; an empty line ends them."""
    _ = terminal.gettext
    found: list[str] = []
    while typed := typer.prompt(_("Employee number"), hide_input=True, default="", show_default=False):
        found.append(typed)
    return found


def _employee(terminal: Terminal, typed: str) -> str:
    from bot.app import clock
    from handlers.errors import Conflict
    from surveys.text.employee_number import read_employee_number

    _ = terminal.gettext
    found = read_employee_number(typed, today=clock().astimezone(terminal.config.timezone).date())
    if len(found.meaning.values) != 1:
        raise Conflict(_("That is no employee number: it has 18 digits."))
    return found.meaning.values[0]


@app.command("withdraw", help=later("Take an employee's place in a session back; they are told."))
def withdraw_(
    context: typer.Context,
    session: Session,
    number: Annotated[str, typer.Argument(help=later("The employee number."))] = "",
    reason: Annotated[str, typer.Option("--reason", help=later("Why; kept in the audit."))] = "",
) -> None:
    """Whoever waits longest gets the place."""
    terminal = at(context)
    _ = terminal.gettext
    typed = _employee(terminal, number or typer.prompt(_("Employee number"), hide_input=True))

    async def work() -> int:
        from handlers import training_office
        from handlers.permissions import TERMINAL

        async with working(terminal.config) as unit:
            zone = terminal.config.timezone
            place = await training_office.withdraw(unit, TERMINAL, session, typed, reason, timezone=zone, say=_)
        return place.moved_up

    moved_up = run(work())
    terminal.say(_("Taken back. Moved up from the waiting list: {number}").format(number=moved_up))
