"""What somebody reads who checks in to a day of a training."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from handlers.desk import Desk
from handlers.visit import Visit
from outreach.attendance import COUNTED, CheckIn, Rules
from outreach.wording import short
from storage import roster
from storage.trainings import Offered
from surveys.speaking import day as day_in_words


@dataclass(frozen=True, slots=True)
class Judged:
    """What a code is worth, and at which session; None where none is meant."""

    check: CheckIn
    offered: Offered | None = None


async def words_of(visit: Visit, respondent_id: int, judged: Judged, desk: Desk) -> str:
    """What became of it. Raises StorageError."""
    _ = desk.say(visit)
    check, offered = judged.check, judged.offered
    if offered is None:
        if check.verdict == "wrong":
            return _wrong(visit, desk)
        return _("There is no training now at which one checks in. If you are at one, please tell the instructor.")
    title = short(offered.training.title, 80)
    day = day_in_words(check.day or offered.session.first.date, _)
    match check.verdict:
        case "enrolled":
            words = _("✅ You are noted as present: {title}, {day}. Thank you for coming.")
        case "late":
            words = _("✅ You are noted as present: {title}, {day}, and that you came after it had begun.")
        case "walk_in":
            words = _("✅ You are noted as present: {title}, {day}, as an additional participant (not enrolled).")
        case "already":
            words = _("You are noted as present already: {title}, {day}. There is nothing more to do.")
        case "cancelled":
            words = _("{title} was called off, so nobody is noted as present.")
        case "wrong":
            return _wrong(visit, desk)
        case "out_of_hours":
            return _out_of_hours(visit, offered, title, desk)
    said = words.format(title=title, day=day)
    if check.verdict in COUNTED and not await _proven(respondent_id, desk):
        said += "\n" + _("Type /verify with your NIP, so that the learning hours (JP) count for you.")
    return said


def _wrong(visit: Visit, desk: Desk) -> str:
    _ = desk.say(visit)
    return _("This code does not serve (any more): it changes every minute. Please send the one that is shown now.")


def _out_of_hours(visit: Visit, offered: Offered, title: str, desk: Desk) -> str:
    _ = desk.say(visit)
    now, zone = desk.moment.now, desk.house.timezone
    ahead = next((day for day in offered.session.in_order if day.begins(zone) > now), None)
    if ahead is None:
        return _("{title}: the time to check in is over. If you were there, please tell the instructor.").format(
            title=title
        )
    opens = (ahead.begins(zone) - Rules().opens_before).astimezone(zone)
    return _("{title}: you can check in on {day} from {time} on.").format(
        title=title, day=day_in_words(ahead.date, _), time=f"{opens:%H.%M %Z}"
    )


async def _proven(respondent_id: int, desk: Desk) -> bool:
    """Whether there is nothing to prove, or they did."""
    transaction = desk.unit.transaction
    there = await desk.unit.once("roster", partial(roster.anybody, transaction))
    return not there or await roster.facts(transaction, respondent_id) is not None
