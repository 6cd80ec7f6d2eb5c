"""``suara training reminders``: what is planned, and what was sent or skipped, and why.

Rule of the file: it prints; people are counted, none is named.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli import at, run
from bot.wording import later

if TYPE_CHECKING:
    from bot.terminal import Terminal
    from handlers.reminder_overview import Overview
    from storage.reminders import Counted

HELP = later("Say which reminders are planned, and what became of those that were due.")


def command(
    context: typer.Context,
    session: Annotated[str, typer.Option("--session", help=later("Of this session alone."))] = "",
    days: Annotated[int, typer.Option("--days", min=1, max=3660, help=later("How far to look back, in days."))] = 30,
) -> None:
    """Planned ones first."""
    terminal = at(context)
    _ = terminal.gettext
    nothing = "  ".join(["", _("nothing")])
    found = run(_overview(terminal, session, days))
    terminal.say(_("Planned:"))
    for one in found.planned:
        terminal.say(_line(one, terminal))
    if not found.planned:
        terminal.say(nothing)
    terminal.say(_("In the last {days} days:").format(days=days))
    for one in found.past:
        terminal.say(_line(one, terminal))
    if not found.past:
        terminal.say(nothing)


def _line(one: Counted, terminal: Terminal) -> str:
    from outreach.reminder_words import button_names, rule_names, subject_named
    from outreach.reminding import reason_names
    from surveys.speaking import day as day_in_words

    _ = terminal.gettext
    at_ = one.due_at.astimezone(terminal.config.timezone)
    when = _("{day}, at {hour}").format(day=day_in_words(at_.date(), _), hour=f"{at_:%H.%M %Z}")
    outcomes = {**reason_names(_), "sent": _("sent"), "put_off": _("put off to a later time")}
    what = rule_names(_).get(one.rule, one.rule)
    parts = [when, what, subject_named(one.subject, _), _("{number} people").format(number=one.people)]
    parts += [outcomes.get(one.outcome, one.outcome)] if one.outcome else []
    parts += [_("pressed: {button}").format(button=button_names(_).get(one.answer, one.answer))] if one.answer else []
    return "  " + "  ".join(parts)


async def _overview(terminal: Terminal, session: str, days: int) -> Overview:
    from bot.app import clock
    from bot.cli._store import check_there, opened
    from handlers.permissions import TERMINAL
    from handlers.reminder_overview import overview

    check_there(terminal)
    async with opened(terminal.config) as database, database.read() as transaction:
        since = clock() - timedelta(days=days)
        return await overview(transaction, TERMINAL, session, since=since, say=terminal.gettext)
