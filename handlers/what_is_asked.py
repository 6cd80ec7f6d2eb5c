"""What somebody may answer about trainings now: begun where it is one thing, asked for where there are several.

Rule of the file: only what is open to the visitor and not answered yet; a constant number of reads.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from handlers import conversing, evaluating
from handlers.desk import Desk, Heard
from handlers.visit import Visit
from outreach.evaluations import Evaluation, of_participant, of_supervisor, window
from storage import occasions, people, trainings
from storage.occasions import Part
from storage.trainings import Offered
from surveys.messages import Button, Outgoing
from surveys.speaking import shorten
from surveys.text.normal import normal

WHICH = "evaluate"
"""The question which of several, as a dialog."""
DIALOGS = frozenset({WHICH})
MOST = 8
_LONG_AGO = timedelta(days=400)
_BUTTON = 20


@dataclass(frozen=True, slots=True)
class _Open:
    """Something to answer, and how it is called."""

    one: Evaluation
    title: str


async def show(visit: Visit, desk: Desk) -> None:
    """Begin what is open, or ask which. Raises StorageError."""
    _ = desk.say(visit)
    found = await _open(visit, desk)
    if not found:
        words = _("Nothing about a training is to be answered at the moment.")
        visit.say(Outgoing(text=words, keyboard="keep"))
        await conversing.return_to_current(visit, desk)
    elif len(found) == 1:
        await evaluating.begin(visit, found[0].one, desk)
    else:
        _ask(visit, desk, found)


def _ask(visit: Visit, desk: Desk, found: list[_Open]) -> None:
    _ = desk.say(visit)
    lines = [f"{number} {one.title}" for number, one in enumerate(found, start=1)]
    rows = tuple((Button(shorten(line, _BUTTON)),) for line in lines)
    visit.say(Outgoing(text="\n".join([_("Which one would you like to answer?"), *lines]), rows=rows))
    visit.ask_between(WHICH)


async def ask_again(visit: Visit, desk: Desk) -> None:
    """Say the standing question once more. Raises StorageError."""
    await show(visit, desk)


async def answered(visit: Visit, text: str, desk: Desk) -> Heard:
    """The answer to that. Raises StorageError."""
    found = await _open(visit, desk)
    typed = normal(text)
    chosen = next(
        (
            one
            for number, one in enumerate(found, start=1)
            if typed in {str(number), normal(one.title), normal(shorten(f"{number} {one.title}", _BUTTON))}
        ),
        None,
    )
    if chosen is None:
        return "no"
    await evaluating.begin(visit, chosen.one, desk)
    return "yes"


async def _open(visit: Visit, desk: Desk) -> list[_Open]:
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
        _Open(one, _title(one, offered, name, desk, visit))
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
