"""``suara training code``, ``hours …`` and ``certificates …``: what belongs to having been at a training.

Rule of the file: it prints; what is done stands in ``handlers``. ``into`` adds these commands to their area.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli import at, run
from bot.wording import later

if TYPE_CHECKING:
    from bot.terminal import Terminal
    from handlers.projecting import Screen
    from storage.certificates import Certificate
    from storage.unit_of_work import UnitOfWork

Session = Annotated[str, typer.Argument(help=later("The session's key, such as pelayanan_prima-2026-12-01."))]
Number = Annotated[str, typer.Argument(help=later("The number of the certificate as it is printed."))]
Jp = Annotated[str, typer.Argument(help=later("Learning hours (JP), such as 8 or 10,5; -- -8 takes 8 back."))]
Evidence = Annotated[str, typer.Option("--evidence", help=later("What shows it: the number of a certificate."))]
Year = Annotated[int, typer.Option("--year", min=0, max=9999, help=later("Of which year; without it, this one."))]
Employee = Annotated[
    str, typer.Option("--employee", help=later("The employee number; without it, it is asked for and not shown."))
]

hours = typer.Typer(help=later("Learning hours (JP) that the office notes."), no_args_is_help=True)
certificates = typer.Typer(help=later("Certificates that were issued."), no_args_is_help=True)


def into(app: typer.Typer) -> None:
    """Add them."""
    app.command("code", help=later("The code with which one checks in now, where there is no projector."))(code_)
    app.add_typer(hours, name="hours")
    app.add_typer(certificates, name="certificates")


@asynccontextmanager
async def _unit(terminal: Terminal) -> AsyncIterator[UnitOfWork]:
    """What is done in the block is done whole or not at all."""
    from bot.app import clock, open_store
    from storage.unit_of_work import UnitOfWork

    database, vault, _before = await open_store(terminal.config)
    try:
        async with database.write() as transaction:
            unit = UnitOfWork(transaction, vault, now=clock())
            yield unit
            await unit.flush()
    finally:
        await database.close()


def code_(context: typer.Context, session: Session) -> None:
    """It serves for two minutes at most; give the command again for the next one."""
    terminal = at(context)
    _ = terminal.gettext
    found = run(_screen(terminal, session))
    if not found.code:
        terminal.say(f"{found.title}: {found.words}")
        return
    terminal.say(f"HADIR {found.code[:3]} {found.code[3:]}")
    terminal.note(_("{title}. A new code in {seconds} seconds. Present: {number}").format(
        title=found.title, seconds=found.left, number=found.there))  # fmt: skip


async def _screen(terminal: Terminal, session: str) -> Screen:
    from handlers.permissions import TERMINAL
    from handlers.projecting import screen

    async with _unit(terminal) as unit:
        return await screen(
            unit.transaction,
            unit.vault,
            TERMINAL,
            session,
            now=unit.now,
            timezone=terminal.config.timezone,
            say=terminal.gettext,
        )


@hours.command("note", help=later("Note learning hours that were earned elsewhere."))
def note_(context: typer.Context, jp: Jp, evidence: Evidence = "", year: Year = 0, employee: Employee = "") -> None:
    """They count at once."""
    from bot.app import clock
    from handlers.errors import Conflict
    from outreach.learning_hours import shown_jp
    from surveys.text.employee_number import read_employee_number

    terminal = at(context)
    _ = terminal.gettext
    today = clock().astimezone(terminal.config.timezone).date()
    typed = employee or typer.prompt(_("Employee number"), hide_input=True)
    found = read_employee_number(typed, today=today)
    if len(found.meaning.values) != 1:
        raise Conflict(_("That is no employee number: it has 18 digits."))
    year = year or today.year

    async def noted() -> str:
        from handlers.hours import note
        from handlers.permissions import TERMINAL

        async with _unit(terminal) as unit:
            now = await note(unit, TERMINAL, found.meaning.values[0], year, jp, evidence, say=_)
            return shown_jp(now.earned, _)

    terminal.say(_("Noted. In {year} they have {jp} JP.").format(year=year, jp=run(noted())))


@certificates.command("list", help=later("Certificates of a session, without names."))
def list_(context: typer.Context, session: Session) -> None:
    """Number, day of issue, and whether it counts."""
    terminal = at(context)
    _ = terminal.gettext
    for one in run(_issued(terminal, session)):
        state = _("valid") if one.revoked_on is None else _("withdrawn on {day}").format(day=one.revoked_on.isoformat())
        terminal.say(f"{one.number}\t{one.issued_on.isoformat()}\t{state}")


async def _issued(terminal: Terminal, session: str) -> list[Certificate]:
    from handlers.permissions import TERMINAL, require
    from storage.certificates import of_session

    require(TERMINAL, "trainings.see")
    async with _unit(terminal) as unit:
        return await of_session(unit.transaction, unit.vault, session)


@certificates.command("revoke", help=later("Withdraw a certificate: the page that its QR code leads to says so."))
def revoke_(
    context: typer.Context,
    number: Number,
    reason: Annotated[str, typer.Option("--reason", help=later("Why; written into the audit."))] = "",
) -> None:
    """It cannot be given back."""
    terminal = at(context)
    _ = terminal.gettext

    async def revoked() -> None:
        from handlers.certifying import revoke
        from handlers.permissions import TERMINAL

        async with _unit(terminal) as unit:
            today = unit.now.astimezone(terminal.config.timezone).date()
            await revoke(unit, TERMINAL, number, today=today, reason=reason, say=_)

    run(revoked())
    terminal.say(_("Withdrawn: {number}").format(number=number))
