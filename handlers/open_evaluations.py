"""What somebody may answer about trainings now.

Rule of the file: only what is open to them and not answered yet; a constant number of reads, whatever their trainings.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from handlers.desk import Desk
from handlers.visit import Visit
from outreach.evaluations import Evaluation, of_participant, of_supervisor, window
from storage import occasions, people, trainings
from storage.occasions import Part
from storage.trainings import Offered

MOST = 8
"""So many at once."""
_LONG_AGO = timedelta(days=400)


@dataclass(frozen=True, slots=True)
class Open:
    """Something to answer, and how it is called."""

    one: Evaluation
    title: str


async def open_to(visit: Visit, desk: Desk) -> list[Open]:
    """The earliest first. What was collected and not written yet is not looked at. Raises StorageError."""
    if visit.new:
        return []
    transaction, now = desk.unit.transaction, desk.moment.now
    since = (now - _LONG_AGO).date()
    mine = await occasions.parts(transaction, visit.respondent_id, since)
    staff = await occasions.staff(transaction, desk.unit.vault, visit.respondent_id, since)
    sessions = await trainings.sessions_by_key(transaction, sorted({*mine, *(one.session for one in staff)}))
    answered = set(await people.participations(transaction, visit.respondent_id))
    asked = [
        (one, offered, "")
        for key, offered in sessions.items()
        for one in of_participant(offered.training, offered.session)
        if key in mine and _for(one, mine[key])
    ]
    asked += [
        (one, sessions[each.session], each.name)
        for each in staff
        for one in of_supervisor(sessions[each.session].training, sessions[each.session].session, each.person)
    ]
    found = [
        Open(one, _title(one, offered, name, desk, visit))
        for one, offered, name in asked
        if not offered.session.cancelled
        and (one.survey(offered.training), one.occasion) not in answered
        and _is_open(one, offered, desk)
    ]
    return found[:MOST]


def _for(one: Evaluation, part: Part) -> bool:
    return part.attended or (one.kind == "test" and one.round == "pre")


def _is_open(one: Evaluation, offered: Offered, desk: Desk) -> bool:
    survey = desk.house.surveys.newest().get(one.survey(offered.training))
    when = window(one, offered.training, offered.session, desk.house.timezone)
    if survey is None or survey.closed or when is None:
        return False
    opens, closes = when
    return opens <= desk.moment.now and (closes is None or desk.moment.now < closes)


def _title(one: Evaluation, offered: Offered, name: str, desk: Desk, visit: Visit) -> str:
    _ = desk.say(visit)
    words = {
        "test": _("Test: {training}"),
        "feedback": _("Feedback: {training}"),
        "follow_up": _("After {days} days: {training}"),
        "supervisor": _("{name}, after {days} days: {training}"),
    }[one.kind]
    return words.format(training=offered.training.title, days=one.step, name=name)


async def mention(visit: Visit, desk: Desk, *, besides: str) -> str:
    """A sentence that says what else is open, but what is about ``besides`` (an occasion); "" if nothing. Raises
    StorageError."""
    _ = desk.say(visit)
    left = [found for found in await open_to(visit, desk) if found.one.occasion != besides]
    if not left:
        return ""
    words = (
        _("You may also answer: {titles}. Type TES.")
        if all(found.one.kind == "test" for found in left)
        else _("You may also answer: {titles}. Type EVALUASI.")
    )
    return words.format(titles="; ".join(found.title for found in left))
