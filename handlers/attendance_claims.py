"""Whether somebody will come to a session, as they say under a reminder.

Rule of the file: under the session's lock; what follows is decided by ``outreach.enrolment``.
"""

from __future__ import annotations

from dataclasses import replace

from handlers.desk import Desk
from handlers.reminding import plan_session
from handlers.visit import Visit
from outreach.enrolment import Enrolment, NotPossible, cancelled, next_in_line
from outreach.wording import days_in_words, hour_in_words
from storage import enrolments, trainings
from storage.trainings import Offered
from surveys.messages import Outgoing


async def come(visit: Visit, session: str, respondent_id: int, desk: Desk) -> None:
    """They will come. Raises StorageError."""
    _ = desk.say(visit)
    offered, _everybody, mine = await _locked(session, respondent_id, desk)
    if offered is None or mine is None or mine.state != "enrolled":
        _no_longer(visit, desk)
        return
    await enrolments.keep(desk.unit.transaction, desk.unit.vault, [replace(mine, confirmed=True)])
    await plan_session(desk.unit, session)
    days = offered.session.in_order
    words = _("Thank you. We look forward to seeing you: {days}, {hour}.")
    hour = hour_in_words(days[0], desk.house.timezone, _)
    visit.say(Outgoing(text=words.format(days=days_in_words(days, _), hour=hour), keyboard="keep"))


async def stay_away(visit: Visit, session: str, respondent_id: int, desk: Desk) -> None:
    """They cannot come: their place is free for who waits longest. Raises StorageError."""
    _ = desk.say(visit)
    unit = desk.unit
    offered, everybody, mine = await _locked(session, respondent_id, desk)
    try:
        gone = None if mine is None or mine.state == "cancelled" else cancelled(mine, "", now=unit.now)
    except NotPossible:
        gone = None
    if offered is None or gone is None:
        _no_longer(visit, desk)
        return
    rest = [gone if one.person == gone.person else one for one in everybody]
    up = next_in_line(offered.session, rest, now=unit.now)
    await enrolments.keep(unit.transaction, unit.vault, [gone, *up])
    await plan_session(unit, session)
    words = _("Thank you for telling us. Your place in the training {title} is free for somebody else.")
    visit.say(Outgoing(text=words.format(title=offered.training.title), keyboard="keep"))


async def _locked(
    session: str, respondent_id: int, desk: Desk
) -> tuple[Offered | None, list[Enrolment], Enrolment | None]:
    transaction = desk.unit.transaction
    offered = await trainings.session_of(transaction, session, lock=True)
    if offered is None or offered.session.cancelled:
        return None, [], None
    everybody = await enrolments.of_session(transaction, desk.unit.vault, session)
    person = enrolments.person_of(respondent_id)
    return offered, everybody, next((one for one in everybody if one.person == person), None)


def _no_longer(visit: Visit, desk: Desk) -> None:
    _ = desk.say(visit)
    visit.say(Outgoing(text=_("This enrolment is no longer in force."), keyboard="keep"))
