"""A session is over: whoever came attended, whoever did not was absent, and the learning hours (JP) are earned.

Rules of the file: it is worked out from the list of those who were there, under the session's lock, so that doing it
again changes nothing, and a corrected list corrects all that follows from it. A certificate that is no longer true
counts no more.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta, tzinfo
from decimal import Decimal

from handlers import reminding
from outreach.attendance import Rules
from outreach.enrolment import Enrolment, after_the_end
from outreach.learning_hours import earned_by_year
from outreach.training import TrainingSession
from storage import attendance, certificates, enrolments, learning_hours, trainings
from storage.database import Transaction
from storage.unit_of_work import UnitOfWork

_NOTHING = Decimal(0)


async def due(transaction: Transaction, now: datetime, *, timezone: tzinfo, most: int) -> list[str]:
    """Sessions that are over, the time for late check-ins included, and not settled yet. Raises StorageError."""
    tomorrow = now.astimezone(timezone).date() + timedelta(days=1)
    found = await trainings.unsettled(transaction, tomorrow, most)
    return [one.session.key for one in found if over(one.session, now, timezone)]


def over(session: TrainingSession, now: datetime, timezone: tzinfo) -> bool:
    """Whether nobody can check in any more."""
    return now > session.last.finishes(timezone) + Rules().closes_after


async def credit(unit: UnitOfWork, session: str) -> None:
    """Settle it, for the first time or once more. Raises StorageError."""
    transaction, now = unit.transaction, unit.now
    offered = await trainings.session_of(transaction, session, lock=True)
    if offered is None:
        return
    there: dict[str, set[date]] = {}
    if not offered.session.cancelled:
        for one in await attendance.checked_in(transaction, session):
            there.setdefault(one.person, set()).add(one.day)
        await _enrolments(unit, session, there)
    earned = {person: earned_by_year(offered.training, offered.session, days) for person, days in there.items()}
    await learning_hours.earn(transaction, session, earned)
    for given in await certificates.of_session(transaction, unit.vault, session):
        still = earned.get(enrolments.person_of(given.respondent_id), {})
        if given.jp != sum(still.values(), _NOTHING):
            await certificates.revoke(transaction, given.number, now.date())
    await trainings.settle(transaction, session)
    await reminding.plan_session(unit, session)


async def _enrolments(unit: UnitOfWork, session: str, there: dict[str, set[date]]) -> None:
    before = await enrolments.of_session(unit.transaction, unit.vault, session)
    after = [after_the_end(one, there.get(one.person, ()), now=unit.now) for one in before]
    known = {one.person for one in before}
    came = [
        Enrolment(person=person, session=session, state="attended", since=unit.now)
        for person in sorted(there)
        if person not in known
    ]
    changed = [one for one, old in zip(after, before, strict=True) if one != old]
    await enrolments.keep(unit.transaction, unit.vault, [*changed, *came])
