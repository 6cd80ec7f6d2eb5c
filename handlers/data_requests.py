"""What people asked for about their data, written down with the time until which it is due; a copy is one of them.

Rule of the file: each is logged in the transaction that carries it out, or with its due time where that comes later.
"""

from __future__ import annotations

from datetime import date

from handlers.desk import Desk, language_of
from handlers.visit import Visit
from storage import privacy
from surveys.messages import Outgoing
from surveys.speaking import day

COPY = "privacy_copy"
"""Kind of due row: a copy is to be made and sent."""


async def log(visit: Visit, desk: Desk, kind: privacy.Kind, *, done: bool = True, note: str = "") -> int:
    """Write it down; its number."""
    return await privacy.ask(
        desk.unit.transaction,
        desk.unit.vault,
        subject=visit.respondent_id,
        kind=kind,
        channel=visit.address.channel,
        now=desk.moment.now,
        done=done,
        note=note,
    )


def until(visit: Visit, desk: Desk) -> str:
    """The day by which what is asked now is done, in words."""
    due: date = (desk.moment.now + privacy.TIME).date()
    return day(due, desk.say(visit))


async def copy(visit: Visit, desk: Desk) -> None:
    """A copy is made in a moment and sent here."""
    _ = desk.say(visit)
    number = await log(visit, desk, "copy", done=False)
    desk.unit.plan(f"{COPY}:{number}", COPY, desk.moment.now, f"{number} {visit.address_id} {language_of(visit, desk)}")
    visit.say(
        Outgoing(
            text=_("We are putting your copy together (JSON and Excel). It comes here in a moment."), keyboard="keep"
        )
    )
