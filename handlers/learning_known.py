"""What is known of somebody who looks for a training: where they take part, what they need, which sessions suit them.

Rule of the file: read afresh for one answer; what somebody needs comes from their own answers alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from handlers.desk import Desk, language_of
from handlers.visit import Visit
from outreach.enrolment import Enrolment
from outreach.training_words import gaps, weight
from storage import enrolments, roster, trainings
from storage.competences import COMPETENCES, NEEDS
from storage.trainings import Offered
from surveys.messages import Outgoing
from surveys.survey import in_language


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """``mine``: their enrolments by session; ``gaps``: competence to levels, the largest first; ``units``: theirs and
    those above it."""

    mine: Mapping[str, Enrolment]
    gaps: Mapping[str, int]
    units: tuple[str, ...]
    position: str
    proved: bool


async def known(visit: Visit, desk: Desk) -> Known:
    """What is known of the visitor. Raises StorageError."""
    unit = desk.unit
    if visit.new:
        return Known(mine={}, gaps={}, units=("",), position="", proved=False)
    mine = await enrolments.of_person(unit.transaction, unit.vault, visit.respondent_id)
    facts = await roster.facts(unit.transaction, visit.respondent_id)
    sent = await unit.finished(visit.respondent_id, NEEDS)
    said = {} if sent is None else {place.name: answer.value for place, answer in sent.answers.items()}
    above = {one.key: one.parent for one in await roster.units(unit.transaction)} if facts else {}
    units = [facts.unit if facts else ""]
    while (parent := above.get(units[-1], "")) and parent not in units:
        units.append(parent)
    return Known(
        mine={one.session: one for one in mine},
        gaps=gaps(said),
        units=tuple(units),
        position=facts.position if facts else "",
        proved=facts is not None,
    )


async def suiting(who: Known, desk: Desk) -> list[Offered]:
    """Sessions to come that suit them: those that serve their largest gaps first, then by date. Raises StorageError."""
    timezone, now = desk.house.timezone, desk.moment.now
    found = [
        one
        for one in await trainings.sessions(desk.unit.transaction, since=now.date())
        if not one.session.cancelled
        and one.session.first.begins(timezone) > now
        and any(one.training.suits(unit, who.position) for unit in who.units)
    ]
    return sorted(found, key=lambda one: (-weight(one.training, who.gaps), one.session.first.date))


def competence_names(visit: Visit, desk: Desk) -> Mapping[str, str]:
    """What the competences are called, as the survey of needs calls them."""
    survey = desk.house.surveys.newest().get(NEEDS)
    if survey is None or COMPETENCES not in survey.playbook.at:
        return {}
    language = language_of(visit, desk)
    choices = survey.playbook.item(COMPETENCES).question.choices
    return {one.name: in_language(one.label, language) for one in choices}


def refused(visit: Visit, desk: Desk) -> bool:
    """Whether trainings are not for them; then they are told so."""
    if visit.kind == "asn":
        return False
    _ = desk.say(visit)
    words = _("Trainings are for civil servants. If you are one, type ASN first, then PELATIHAN.")
    visit.say(Outgoing(text=words, keyboard="keep"))
    return True
