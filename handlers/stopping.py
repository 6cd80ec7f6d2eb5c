"""BERHENTI and MULAI: whether we may write to somebody of our own accord.

Rule of the file: stopping bites at once and on every address; starting gives back what was agreed to and nothing else.
"""

from __future__ import annotations

from handlers import consenting, seating
from handlers.consenting import BROADCAST, REMINDER
from handlers.data_requests import log
from handlers.desk import Desk
from handlers.visit import Visit
from storage import deliveries, privacy
from storage.reminders import unask
from surveys.messages import Outgoing


async def stop(visit: Visit, desk: Desk, *, reminders: bool) -> None:
    """No announcement reaches any address of theirs from now on; with ``reminders`` no reminder either."""
    unit = desk.unit
    least = deliveries.REMINDER if reminders else deliveries.BROADCAST
    await privacy.silence(
        unit.transaction, visit.respondent_id, address_id=visit.address_id, least=least, now=desk.moment.now
    )
    if not visit.new:
        await unask(unit.transaction, visit.respondent_id)
    consenting.record(visit, desk, BROADCAST, "withdrawn")
    if reminders:
        consenting.record(visit, desk, REMINDER, "withdrawn")
    await log(visit, desk, "stop")


async def start(visit: Visit, desk: Desk) -> None:
    """Whoever stopped us wants to hear from us again. Announcements come to those alone who had agreed to them."""
    if not visit.opted_out:
        return
    _ = desk.say(visit)
    await seating.rise(visit, desk)  # what was said in the same breath counts
    said = await privacy.before_stopping(desk.unit.transaction, visit.respondent_id)
    visit.opted_out, visit.changed = False, True
    if said.get(REMINDER, ("", ""))[0] == "withdrawn":
        consenting.record(visit, desk, REMINDER, "given")
    last, before = said.get(BROADCAST, ("", ""))
    if before == "given":
        if last == "withdrawn":  # else somebody who shares the address had stopped us
            consenting.record(visit, desk, BROADCAST, "given")
        words = _("Announcements will reach you again. Type STOP at any time to end them.")
    else:
        words = _("We may write to you again. Announcements come only if you want them: type ANNOUNCEMENTS.")
    await log(visit, desk, "start")
    visit.say(Outgoing(text=words, keyboard="keep"))
