"""``suara training pairs …``: mentors and mentees, and what was told of their meetings.

Rule of the file: it prints; what is done stands in ``handlers.pairing``.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli import at, run
from bot.wording import later

if TYPE_CHECKING:
    from bot.terminal import Terminal
    from storage.mentoring import Known, Told
    from storage.unit_of_work import UnitOfWork

app = typer.Typer(help=later("Pairs of mentoring: who accompanies whom, and their meetings."), no_args_is_help=True)

Key = Annotated[str, typer.Argument(help=later("The pair, as the list names it."))]


@app.command("put", help=later("Name a mentor and a mentee, and when they meet."))
def put_(
    context: typer.Context,
    training: Annotated[str, typer.Argument(help=later("The training, of the form mentoring."))],
    mentor: Annotated[str, typer.Option("--mentor", help=later("Employee number of the mentor."))],
    mentee: Annotated[str, typer.Option("--mentee", help=later("Employee number of the mentee."))],
    starts: Annotated[
        datetime, typer.Option("--from", formats=["%Y-%m-%d"], help=later("The first day, such as 2027-01-12."))
    ],
    every: Annotated[int, typer.Option("--every", max=366, help=later("Days from one meeting to the next."))] = 14,
    times: Annotated[int, typer.Option("--times", help=later("How many meetings."))] = 6,
) -> None:
    """Both are reminded of each meeting."""
    terminal = at(context)
    _ = terminal.gettext

    async def put() -> Known:
        from bot.calendar import calendar
        from handlers.pairing import put
        from handlers.permissions import TERMINAL

        async with _unit(terminal) as unit:
            return await put(
                unit,
                TERMINAL,
                training=training,
                mentor=_digits(mentor),
                mentee=_digits(mentee),
                starts=starts.date(),
                every_days=every,
                times=times,
                calendar=calendar(terminal.config, _, terminal.note),
                say=_,
            )

    for line in _told_in_lines(run(put()), [], terminal):
        terminal.say(line)


@app.command("list", help=later("Every pair, and of how many meetings was told."))
def list_(
    context: typer.Context,
    training: Annotated[str, typer.Option("--training", help=later("Of this training alone."))] = "",
) -> None:
    """Without what was talked about."""
    terminal = at(context)

    async def listed() -> list[tuple[Known, list[Told]]]:
        from handlers.pairing import listed
        from handlers.permissions import TERMINAL

        async with _unit(terminal) as unit:
            return await listed(unit, TERMINAL, training)

    found = run(listed())
    for known, told in found:
        for line in _told_in_lines(known, told, terminal):
            terminal.say(line)
    if not found:
        terminal.note(terminal.gettext("There are no pairs yet."))


@app.command("show", help=later("What the two told of each meeting."))
def show_(context: typer.Context, key: Key) -> None:
    """The look is written down in the audit."""
    terminal = at(context)
    _ = terminal.gettext

    async def shown() -> tuple[Known, list[Told]]:
        from handlers.pairing import shown
        from handlers.permissions import TERMINAL

        async with _unit(terminal) as unit:
            return await shown(unit, TERMINAL, key, say=_)

    known, told = run(shown())
    for line in _told_in_lines(known, told, terminal):
        terminal.say(line)
    for one in told:
        who = _("mentor") if str(one.respondent_id) == known.pair.mentor else _("mentee")
        words = one.words or _("met")
        terminal.say(f"  {one.day}  {who}  {words}")


@app.command("end", help=later("A mentor and a mentee meet no more."))
def end_(context: typer.Context, key: Key) -> None:
    """What was told stays."""
    terminal = at(context)
    _ = terminal.gettext

    async def end() -> None:
        from handlers.pairing import end
        from handlers.permissions import TERMINAL

        async with _unit(terminal) as unit:
            await end(unit, TERMINAL, key, say=_)

    run(end())
    terminal.say(_("{key} has ended.").format(key=key))


def _told_in_lines(known: Known, told: list[Told], terminal: Terminal) -> list[str]:
    _ = terminal.gettext
    pair = known.pair
    meetings = _("{told} of {all} meetings told").format(told=len({one.day for one in told}), all=len(pair.check_ins))
    first = f"{pair.key}  {known.names[pair.mentor]} → {known.names[pair.mentee]}  {meetings}"
    if pair.ended:
        return ["  ".join([first, _("ended")])]
    return [first, "  " + ", ".join(str(day) for day in pair.check_ins)]


def _digits(number: str) -> str:
    return "".join(sign for sign in number if sign.isdecimal())


@asynccontextmanager
async def _unit(terminal: Terminal) -> AsyncIterator[UnitOfWork]:
    from bot.app import clock, open_store
    from bot.cli._store import check_there
    from storage.unit_of_work import UnitOfWork

    check_there(terminal)
    database, vault, _before = await open_store(terminal.config)
    try:
        async with database.write() as transaction:
            yield UnitOfWork(transaction, vault, now=clock())
    finally:
        await database.close()
