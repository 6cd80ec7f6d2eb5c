"""People hear what became of their place in a training without their doing: a place from the waiting list, an
invitation, a session that was moved or called off.

Rules of the file: each is told once, and nothing is asked; hours are the working calendar's, but where the session
would begin before anybody may be written to again. What somebody has not
heard of stands in their enrolment (``told_at``); the due row goes in the same transaction, so that a process that dies
tells nothing twice.
"""

from __future__ import annotations

from datetime import datetime, timedelta, tzinfo

from handlers import firing, sharing
from handlers.desk import Desk
from handlers.firing import News
from handlers.receiving import Reception
from handlers.visit import Moment, Visit
from handlers.visits import visit_of
from outreach.calendar import Calendar
from outreach.enrolment import HOLDS_A_PLACE, Enrolment
from outreach.training import Say, TrainingSession
from outreach.training_words import changes, held
from storage import dues, enrolments, people, trainings
from storage.dues import Due
from storage.trainings import Offered
from storage.unit_of_work import UnitOfWork
from surveys.messages import Incoming, Other, Outgoing

SOON = timedelta(hours=12)
"""People hear of a change so long before the session begins, be it in the evening or on a Sunday."""


async def tell(unit: UnitOfWork, reception: Reception, due: Due) -> int:
    """Tell whoever is to be told; how many. Raises StorageError."""
    key = due.key.partition(":")[2]
    named = [enrolments.respondent_of(one.person) for one in await _everybody(unit, key)]
    respondents = sorted(one for one in named if one is not None)
    # Addresses are locked first, as the door does it; what stands in the rows is read again after that.
    found = await people.of_respondents(unit.transaction, respondents, unit.vault)
    visits = {known.respondent_id: visit_of(known, address, unit) for known, address in found}
    await sharing.seat(visits, respondents, unit)
    offered = await trainings.session_of(unit.transaction, key)
    if offered is not None and (later := _at(offered.session, unit.now, reception.house.calendar)) > unit.now:
        await dues.again(unit.transaction, due.id, unit.process, later)
        return 0
    if not await dues.done(unit.transaction, due.id, unit.process) or offered is None:
        return 0
    untold = await enrolments.untold(unit.transaction, key)
    moment = Moment(unit.now.astimezone(reception.house.timezone), reception.rng)
    told: list[int] = []
    said: dict[int, Outgoing] = {}
    for one in await _everybody(unit, key):
        respondent_id = enrolments.respondent_of(one.person)
        visit = None if respondent_id is None else visits.get(respondent_id)
        if visit is None or respondent_id is None:
            continue
        incoming = Incoming(address=visit.address, external_id="", reply=Other("tick"), sent_at=unit.now)
        desk = Desk(unit, reception.house, moment, incoming)
        words = _words(one, offered, due.payload, visit, desk, fresh=one.person in untold)
        if not words:
            continue
        told.append(respondent_id)
        if not visit.gone:
            said[respondent_id] = Outgoing(text=words, keyboard="keep")
    await enrolments.told(unit.transaction, key, told, unit.now)
    await firing.fire(unit, reception.house, sorted(said), News(kind=due.kind, subject=f"session:{key}", said=said))
    return len(told)


def _at(session: TrainingSession, now: datetime, calendar: Calendar) -> datetime:
    """When people may be told: at once where the session begins soon after they could be."""
    at = calendar.next_allowed(now, "asn")
    return at if session.first.begins(calendar.settings.timezone) - at >= SOON else now


async def _everybody(unit: UnitOfWork, key: str) -> list[Enrolment]:
    return await enrolments.of_session(unit.transaction, unit.vault, key)


def _words(one: Enrolment, offered: Offered, before: str, visit: Visit, desk: Desk, *, fresh: bool) -> str:
    """What to say to them, "" for nothing. ``fresh``: they have not heard of the state they are in."""
    say = desk.say(visit)
    timezone = desk.house.timezone
    if offered.session.last.finishes(timezone) <= desk.moment.now:
        return ""
    if fresh and offered.session.cancelled is False:
        words = _of_state(one, offered, timezone, visit, say)
        if words or one.state not in HOLDS_A_PLACE | {"waiting", "invited"}:
            return words
    if not before or one.state not in HOLDS_A_PLACE | {"waiting", "invited"}:
        return ""
    return _of_change(one, offered, before, timezone, say)


def _of_state(one: Enrolment, offered: Offered, timezone: tzinfo, visit: Visit, say: Say) -> str:
    _ = say
    title, session = offered.training.title, offered.session
    when = held(session, timezone, say, inside=one.state in HOLDS_A_PLACE)
    match one.state:
        case "enrolled":
            return _(
                "✅ You have a place in the training {title}: {when}. Type PELATIHAN SAYA to see it or to call it off."
            ).format(title=title, when=when)
        case "invited" if visit.opted_out:
            return ""
        case "invited":
            who = _("Your superior") if one.by == "supervisor" else _("The office")
            return _(
                "📌 {who} proposes you for the training {title}: {when}. Type PELATIHAN SAYA to accept or decline."
            ).format(who=who, title=title, when=when)
        case "waiting":
            return _("You stand on the waiting list of the training {title}: {when}.").format(title=title, when=when)
        case "cancelled":
            return _(
                "Your place in the training {title} was taken back by the office: {when}. If this comes as a surprise, "
                "please ask the office."
            ).format(title=title, when=when)
        case _:
            return ""


def _of_change(one: Enrolment, offered: Offered, before: str, timezone: tzinfo, say: Say) -> str:
    _ = say
    earlier, session = trainings.read_session(before), offered.session
    title = offered.training.title
    if session.cancelled:
        if earlier.cancelled:
            return ""
        return _("The training {title} on {when} does not take place. We are sorry. Type PELATIHAN for others.").format(
            title=title, when=held(earlier, timezone, say, inside=False)
        )
    found = changes(earlier, session, timezone, say)
    if not found:
        return ""
    text = " ".join((_("🔔 The training {title} was changed.").format(title=title), *found))
    if one.state in HOLDS_A_PLACE:
        text += " " + _("Your place stays yours. Type PELATIHAN SAYA if you cannot come.")
    return text
