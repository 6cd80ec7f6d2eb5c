"""The tests before and after a training: which form somebody is put, until when, and what they hear of their score.

Rules of the file: a form is drawn by who it is and which session, and the other one is put afterwards; the score is
told after the test after the training alone, the right answers never.
"""

from __future__ import annotations

from handlers.desk import Desk
from handlers.knowing import occasion_of
from handlers.visit import Conversation, PublishedSurvey, Visit
from insights.exact import rounded
from insights.knowledge import paper_score
from outreach.evaluations import Evaluation, drawn_form, window
from storage.enrolments import person_of
from storage.trainings import Offered
from surveys.papers import form_of, paper_of
from surveys.session import UNTIL

_BEFORE, _AFTER = "/pre", "/post"


async def facts(visit: Visit, survey: PublishedSurvey, one: Evaluation, offered: Offered, desk: Desk) -> dict[str, str]:
    """What a test is told: its form, and when it is over. Raises StorageError."""
    found: dict[str, str] = {"tes": one.round}
    when = window(one, offered.training, offered.session, desk.house.timezone)
    if when is not None and when[1] is not None:
        found[UNTIL] = when[1].isoformat()
    forms = survey.playbook.survey.forms
    if forms:
        drawn = drawn_form(forms, person_of(visit.respondent_id), one.session)
        if one.round == "post":
            before = await desk.unit.finished(
                visit.respondent_id, survey.playbook.survey.name, f"{one.session}{_BEFORE}"
            )
            put = before and form_of(survey.playbook.survey, (place.name for place in before.answers))
            drawn = forms[(forms.index(put or drawn) + 1) % len(forms)]
        found["form"] = drawn
    return found


async def thanks(visit: Visit, conversation: Conversation, desk: Desk) -> str:
    """What is said once a test was sent, "" where it is none. Raises StorageError."""
    _ = desk.say(visit)
    survey, session = conversation.survey.playbook.survey, conversation.session
    occasion = occasion_of(session)
    if not survey.keyed or session.test:
        return ""
    if not occasion.endswith(_AFTER):
        return _("✅ Thank you. You will hear your score after the test at the end of the training.")
    paper = paper_of(survey, {place.name: given.value for place, given in session.answers.items()})
    words = _("✅ Thank you. Your score after the training: {score} of 100 ({right} of {all} right).").format(
        score=rounded(paper_score(paper.answers, paper.key), 0), right=paper.right, all=len(paper.key)
    )
    sat = await desk.unit.finished(visit.respondent_id, survey.name, occasion.removesuffix(_AFTER) + _BEFORE)
    if sat is None:
        return words
    await desk.house.surveys.ensure(desk.unit.transaction, {sat.survey_id})
    put = desk.house.surveys.by_id(sat.survey_id).playbook.survey
    before = paper_of(put, {place.name: given.value for place, given in sat.answers.items()})
    score = rounded(paper_score(before.answers, before.key), 0)
    return "\n".join([words, _("Your score before the training: {score} of 100.").format(score=score)])
