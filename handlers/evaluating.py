"""What is asked about a training: the feedback, the tests before and after, and the work after 30 and 90 days.

Rule of the file: each is a survey with an occasion; what a survey is told of its occasion stands in its facts. Who may
not answer is told why in one sentence, and is back where they were.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from handlers import beginning, conversing, testing
from handlers.desk import Desk
from handlers.knowing import TRAINING
from handlers.visit import Visit
from outreach.evaluations import Evaluation, Kind, read_payload, round_at, skills_of, window
from outreach.training import Training, TrainingSession
from outreach.wording import days_in_words, where
from storage import occasions, trainings
from storage.enrolments import person_of
from storage.trainings import Offered
from surveys.messages import Outgoing
from surveys.speaking import day as day_in_words

_KINDS: dict[str, Kind] = {
    "feedback": "feedback",
    "follow_up": "follow_up",
    "supervisor": "supervisor",
    "test": "test",
}
"""Reminder rules, and what they lead to."""


async def start(visit: Visit, desk: Desk, *, rule: str, session: str, step: int = 0, about: str = "") -> None:
    """Begin the survey that the reminder ``rule`` (feedback, follow_up, supervisor; test) asks for.

    ``session``: key of the training session; ``step``: days after it; ``about``: the person a supervisor is asked about
    (as in ``outreach.reminding.Payload``). Raises KeyError for another rule, StorageError.
    """
    await begin(visit, Evaluation(kind=_KINDS[rule], session=session, step=step, about=about), desk)


async def opened(visit: Visit, payload: str, desk: Desk) -> bool:
    """Begin what a link names (``outreach.evaluations``); False where it names nothing. Raises StorageError."""
    one = read_payload(payload)
    if one is None:
        return False
    await begin(visit, one, desk)
    return True


async def begin(visit: Visit, one: Evaluation, desk: Desk) -> None:
    """Begin what ``one`` asks for, or tell why not; of a test the one that is meant now. Raises StorageError."""
    _ = desk.say(visit)
    offered = await trainings.session_of(desk.unit.transaction, one.session)
    if offered is None:
        await _refuse(visit, desk, _("That link is no longer valid."))
        return
    if one.kind == "test":
        one = replace(one, round=round_at(offered.session, desk.moment.now, desk.house.timezone))
    refusal = await _refusal(visit, one, offered, desk)
    name = ""
    if not refusal and one.kind == "supervisor":
        name = await _staff(visit, one, desk) or ""
        refusal = "" if name else _("Only the supervisor named on the roster is asked about a person.")
    survey = desk.house.surveys.newest().get(one.survey(offered.training))
    if not refusal and survey is None:
        refusal = _missing(one, _)
    if refusal or survey is None:
        await _refuse(visit, desk, refusal)
        return
    facts = _facts(one, offered, name, _)
    if one.kind == "test":
        facts |= await testing.facts(visit, survey, one, offered, desk)
    visit.settle()
    await beginning.begin(visit, survey, desk, occasion=one.occasion, facts=facts)


async def _refuse(visit: Visit, desk: Desk, words: str) -> None:
    visit.say(Outgoing(text=words, keyboard="keep"))
    await conversing.return_to_current(visit, desk)


async def _staff(visit: Visit, one: Evaluation, desk: Desk) -> str | None:
    return await occasions.supervised(desk.unit.transaction, desk.unit.vault, visit.respondent_id, one.about)


async def _refusal(visit: Visit, one: Evaluation, offered: Offered, desk: Desk) -> str:
    """Why it cannot be begun; "" where it can."""
    _ = desk.say(visit)
    training, session, title = offered.training, offered.session, offered.training.title
    if session.cancelled:
        return _("The training {title} was called off.").format(title=title)
    who = one.about or person_of(visit.respondent_id)
    part = await occasions.part_in(desk.unit.transaction, session.key, who)
    if one.kind == "test" and one.round == "pre" and not (part.placed or part.attended):
        return _("The test before the training {title} is for those who are enrolled.").format(title=title)
    if not part.attended and not (one.kind == "test" and one.round == "pre"):
        if one.about:
            return _("This person did not attend the training {title}.").format(title=title)
        return _(
            "Only those who attended the training {title} are asked. If you were there, please ask the organiser to "
            "correct the attendance list."
        ).format(title=title)
    return _too_early_or_late(one, training, session, desk, _)


def _too_early_or_late(
    one: Evaluation, training: Training, session: TrainingSession, desk: Desk, say: Callable[[str], str]
) -> str:
    _ = say
    when, now = window(one, training, session, desk.house.timezone), desk.moment.now
    if when is None:
        return _("That link is no longer valid.")
    opens, closes = when
    if now < opens:
        return _("This can be answered from {day}, {hour} on.").format(
            day=day_in_words(opens, _), hour=_hour(opens, desk)
        )
    if closes is not None and now >= closes:
        return _("This could be answered until {day}, {hour}. Thank you all the same.").format(
            day=day_in_words(closes, _), hour=_hour(closes, desk)
        )
    return ""


def _hour(moment: datetime, desk: Desk) -> str:
    return f"{moment.astimezone(desk.house.timezone):%H.%M %Z}"


def _missing(one: Evaluation, say: Callable[[str], str]) -> str:
    _ = say
    if one.kind == "test":
        return _("There is no test for this training.")
    return _("This survey is not published yet. Please tell the organiser.")


def _facts(one: Evaluation, offered: Offered, name: str, say: Callable[[str], str]) -> dict[str, str]:
    """What the survey may use in its texts: pulldata('facts', 'pelatihan', '', '') and so on."""
    _ = say
    training, session = offered.training, offered.session
    skills = skills_of(training) or (_("what was learned"),)
    found = {
        TRAINING: training.title,
        "tanggal_pelatihan": days_in_words(session.days, say),
        "tempat_pelatihan": where(session, say),
        "hari": str(one.step) if one.step else "",
        "nama": name,
        "kompetensi": training.competences[0] if training.competences else "",
        **{f"keterampilan_{number}": skill for number, skill in enumerate(skills, start=1)},
    }
    return {key: value for key, value in found.items() if value}
