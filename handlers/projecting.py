"""What the screen in the room shows: the code that one checks in with now, and how many are in.

Rule of the file: nothing is kept; the code follows from the session's secret and the time.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, tzinfo

from handlers.errors import NotFound
from handlers.permissions import Actor, require
from outreach.attendance import Rules, code, open_day, seconds_left
from outreach.enrolment import HOLDS_A_PLACE
from storage import attendance, enrolments, trainings
from storage.database import Transaction
from storage.vault import Vault
from surveys.speaking import day as day_in_words


@dataclass(frozen=True, slots=True, kw_only=True)
class Screen:
    """``code`` "": nobody checks in now, and ``words`` says why not. ``left``: seconds until the next one."""

    title: str
    day: date | None = None
    code: str = ""
    left: int = 0
    there: int = 0
    enrolled: int = 0
    words: str = ""


async def screen(
    transaction: Transaction,
    vault: Vault,
    actor: Actor,
    session: str,
    *,
    now: datetime,
    timezone: tzinfo,
    say: Callable[[str], str],
) -> Screen:
    """As it is now. Raises NotAllowed, NotFound, StorageError."""
    _ = say
    require(actor, "attendance.show")
    offered = await trainings.session_of(transaction, session)
    if offered is None:
        raise NotFound(_("There is no session “{key}”.").format(key=session))
    title, held = offered.training.title, offered.session
    if held.cancelled:
        return Screen(title=title, words=_("This session was called off: nobody is noted as present."))
    day = open_day(held, now, timezone)
    if day is None:
        ahead = next((one for one in held.in_order if one.begins(timezone) > now), None)
        if ahead is None:
            return Screen(title=title, words=_("This session is over."))
        opens = (ahead.begins(timezone) - Rules().opens_before).astimezone(timezone)
        words = _("One can check in on {day} from {time} on.")
        return Screen(title=title, words=words.format(day=day_in_words(ahead.date, say), time=f"{opens:%H.%M %Z}"))
    secret = await trainings.secret_of(transaction, vault, session)
    states = (await enrolments.counts(transaction, [session])).get(session, {})
    return Screen(
        title=title,
        day=day.date,
        code=code(secret or b"", session, day.date, now),
        left=seconds_left(now),
        there=await attendance.count(transaction, session, day.date),
        enrolled=sum(number for state, number in states.items() if state in HOLDS_A_PLACE),
    )
