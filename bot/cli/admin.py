"""``suara admin …``: those who look after the program are invited, listed, and their rights taken back.

Rule of the file: a code is printed once and is nowhere else; what is done stands in ``handlers.administering``.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli import at, run
from bot.misunderstood import LARGEST
from bot.wording import later

if TYPE_CHECKING:
    from bot.terminal import Terminal
    from handlers.administering import Invitation
    from storage.admins import Admin
    from storage.database import Database
    from storage.vault import Vault

app = typer.Typer(help=later("Those who look after the program: invite, list, revoke."), no_args_is_help=True)

_ROLE = later("What they may do: owner, admin, moderator, evaluator or viewer.")
_UNIT = later("A unit they are bound to, such as kel_alak; may be given several times.")


@app.command("invite", help=later("Invite somebody: prints a link and a code that are good once, for three days."))
def invite(
    context: typer.Context,
    role: Annotated[str, typer.Option("--role", help=_ROLE)],
    unit: Annotated[list[str] | None, typer.Option("--unit", help=_UNIT)] = None,
    name: Annotated[str, typer.Option("--name", help=later("What they are called, and sign in with."))] = "",
) -> None:
    """Pass the code on to that person alone."""
    terminal = at(context)
    _ = terminal.gettext
    invitation = run(_invite(terminal, role, unit or [], name))
    until = f"{invitation.expires_at.astimezone(terminal.config.timezone):%Y-%m-%d %H:%M}"
    terminal.say(_("{name} is invited as {role}, until {until}.").format(name=invitation.name, role=role, until=until))
    address = f"{terminal.config.public_url}/admin/enter/{invitation.code}"
    terminal.say(_("In a browser: {address}").format(address=address))
    terminal.say(_("Or in the chat: /admin {code}").format(code=invitation.code))


async def _invite(terminal: Terminal, role: str, units: list[str], name: str) -> Invitation:
    from bot.app import clock
    from bot.units import units_of
    from handlers import administering
    from handlers.permissions import TERMINAL

    config = terminal.config
    async with _store(terminal) as (database, vault), database.write() as transaction:
        return await administering.invite(
            transaction,
            vault,
            TERMINAL,
            name=name,
            role=role,
            units=units,
            known_units=units_of(config.locale.catalog),
            now=clock(),
            say=terminal.gettext,
        )


@app.command("list", help=later("List those who look after the program: number, role, units, since when."))
def list_(context: typer.Context) -> None:
    """Those whose rights were taken back stand at the end."""
    terminal = at(context)
    _ = terminal.gettext
    found = run(_listed(terminal))
    if not found:
        terminal.say(_("Nobody was invited yet. See: suara admin invite --role owner"))
    for one in sorted(found, key=lambda one: one.revoked_at is not None):
        day = one.accepted_at or one.invited_at
        parts = (
            str(one.id),
            one.role,
            ",".join(sorted(one.units)) or "*",
            _("revoked") if one.revoked_at else _("here") if one.accepted_at else _("invited"),
            f"{day.astimezone(terminal.config.timezone):%Y-%m-%d}",
            one.name,
        )
        line = "  ".join(parts)
        terminal.say(line)


async def _listed(terminal: Terminal) -> list[Admin]:
    from handlers import administering
    from handlers.permissions import TERMINAL

    async with _store(terminal) as (database, vault), database.read() as transaction:
        return list(await administering.listed(transaction, vault, TERMINAL))


@app.command("revoke", help=later("Take somebody's rights back: they are signed out everywhere, at once."))
def revoke(
    context: typer.Context,
    number: Annotated[int, typer.Argument(min=1, max=LARGEST, help=later("The number in: suara admin list"))],
) -> None:
    """What they did stays in the audit."""
    terminal = at(context)
    _ = terminal.gettext
    found = run(_revoke(terminal, number))
    terminal.say(_("{name} ({role}) has no rights any more.").format(name=found.name, role=found.role))


async def _revoke(terminal: Terminal, number: int) -> Admin:
    from bot.app import clock
    from handlers import administering
    from handlers.permissions import TERMINAL

    async with _store(terminal) as (database, vault), database.write() as transaction:
        return await administering.revoke(transaction, vault, TERMINAL, number, now=clock(), say=terminal.gettext)


@asynccontextmanager
async def _store(terminal: Terminal) -> AsyncIterator[tuple[Database, Vault]]:
    from bot.app import open_store

    database, vault, _before = await open_store(terminal.config)
    try:
        yield database, vault
    finally:
        await database.close()
