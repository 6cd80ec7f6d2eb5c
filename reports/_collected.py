"""What was answered about one training, as the numbers its evidence sheet is made of.

Rules of the file: a constant number of statements whatever the number of people; what was tried or withdrawn does not
count; a row of what is given says nothing of who it was.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import date, timedelta
from fractions import Fraction

import orjson
from sqlalchemy import ColumnElement, func, or_, select

from insights.collected import ClassScores, FollowUp, ServiceRounds
from insights.knowledge import Sitting, paper_score
from insights.scales import Reaction
from insights.service import ELEMENTS, ServiceAnswers
from outreach.evaluations import FEEDBACK, FOLLOW_UP, SUPERVISOR, TEST
from outreach.training_checks import MOST_SKILLS
from storage import surveys
from storage.database import Transaction
from storage.enrolments import person_of
from storage.tables import answer, response, survey
from storage.tables_training import attendance, enrolment
from surveys import notation
from surveys.papers import paper_of

SERVICE = "skm_alak"
SERVICE_DAYS, SETTLES_IN = 90, 30
UNIT = "unit"
"""The question of the satisfaction survey that tells which office served."""
SAME_WORK, STAYS = "masih_bertugas", "ya"
"""The question whether somebody still does the same work, and its choice for those who do."""
APPLIED = tuple(f"terapan_{number}" for number in range(1, MOST_SKILLS + 1))
"""The questions how often each skill is applied, of participants and supervisors alike."""
ALWAYS = 4
"""The most of it; what is beyond says that it cannot be judged."""


@dataclass(slots=True)
class _Paper:
    """One complete response. ``person`` None: nobody is known of it."""

    survey_id: int
    survey: str
    person: int | None
    occasion: str
    day: date
    given: dict[str, str] = field(default_factory=dict)

    def applied(self, name: str) -> int | None:
        """How often a skill is applied, 0–4; None for "cannot judge"."""
        value = self.number(name)
        return value if value is not None and value <= ALWAYS else None

    def number(self, name: str) -> int | None:
        """What was answered to a question as a number, None where it is none."""
        value = self.given.get(name, "")
        return int(value) if value.isascii() and value.isdecimal() else None


async def l1(transaction: Transaction, session_key: str) -> tuple[Reaction, ...] | None:
    """The feedback on a session; None where nobody gave any. One statement. Raises StorageError."""
    papers = await _papers(transaction, survey.c.name == FEEDBACK, response.c.occasion == session_key)
    return tuple(Reaction(**{one.name: paper.number(one.name) for one in fields(Reaction)}) for paper in papers) or None


async def l2(transaction: Transaction, session_key: str) -> ClassScores | None:
    """The scores of the tests before and after, by person; None where nobody sat one. Two statements. Raises
    StorageError, SurveyError."""
    before, after = f"{session_key}/pre", f"{session_key}/post"
    tests = survey.c.name.startswith(TEST, autoescape=True)
    papers = await _papers(transaction, tests, response.c.occasion.in_([before, after]))
    if not papers:
        return None
    stored = await surveys.notations(transaction, sorted({paper.survey_id for paper in papers}))
    banks = {number: notation.load(orjson.loads(data)) for number, data in stored.items()}
    scores: dict[object, dict[str, Fraction]] = defaultdict(dict)
    for number, paper in enumerate(papers):
        marked = paper_of(banks[paper.survey_id], paper.given)
        if marked.key:
            who: object = ("nobody", number) if paper.person is None else paper.person
            scores[who][paper.occasion] = paper_score(marked.answers, marked.key)
    return ClassScores(
        sittings=tuple(Sitting(pre=one.get(before), post=one.get(after)) for one in scores.values() if one)
    )


async def l3(transaction: Transaction, session_key: str) -> tuple[FollowUp, ...]:
    """Each round of asking after a session that somebody answered, the earliest first. Two statements. Raises
    StorageError."""
    papers = await _papers(
        transaction,
        survey.c.name.in_([FOLLOW_UP, SUPERVISOR]),
        response.c.occasion.startswith(f"{session_key}/", autoescape=True),
    )
    asked = await _attended(transaction, session_key)
    own: dict[int, list[_Paper]] = defaultdict(list)
    seen: dict[tuple[int, str], _Paper] = {}
    for paper in papers:
        _session, step, *about = paper.occasion.split("/")
        if paper.survey == FOLLOW_UP:
            own[int(step)].append(paper)
        elif about:
            seen[int(step), about[0]] = paper
    steps = sorted({*own, *(step for step, _who in seen)})
    return tuple(_round(step, own.get(step, []), seen, asked) for step in steps)


def _round(step: int, own: Sequence[_Paper], seen: Mapping[tuple[int, str], _Paper], asked: int) -> FollowUp:
    stayed = [paper for paper in own if paper.given.get(SAME_WORK, STAYS) == STAYS]
    supervised = [
        (paper.applied(name), theirs.applied(name))
        for paper in stayed
        if paper.person is not None and (theirs := seen.get((step, person_of(paper.person)))) is not None
        for name in APPLIED
        if name in paper.given and name in theirs.given
    ]
    return FollowUp(
        days=step,
        asked=max(asked, len(own)),
        answers=tuple(tuple(paper.applied(name) for name in APPLIED) for paper in stayed),
        moved=len(own) - len(stayed),
        supervised=tuple(supervised),
    )


async def l4(
    transaction: Transaction, units: Collection[str], before: tuple[date, date], after: tuple[date, date]
) -> ServiceRounds | None:
    """The satisfaction survey of these units (of all where none is named) in two spans of days, the last day included;
    None where nobody answered it in either. One statement. Raises StorageError."""
    spans = or_(*(response.c.completed_on.between(*span) for span in (before, after)))
    papers = await _papers(transaction, survey.c.name == SERVICE, spans)
    wanted = [paper for paper in papers if not units or paper.given.get(UNIT) in units]
    if not wanted:
        return None
    earlier, later = (
        tuple(
            ServiceAnswers(**{key: paper.number(key) for key in ELEMENTS})
            for paper in wanted
            if first <= paper.day <= last
        )
        for first, last in (before, after)
    )
    return ServiceRounds(before=earlier, after=later)


def spans(first: date, last: date) -> tuple[tuple[date, date], tuple[date, date]]:
    """When the service is looked at for a session from ``first`` to ``last``: so many days before it, and so many from
    a month after it on, when what was learned may show."""
    return (
        (first - timedelta(days=SERVICE_DAYS), first - timedelta(days=1)),
        (last + timedelta(days=SETTLES_IN), last + timedelta(days=SETTLES_IN + SERVICE_DAYS - 1)),
    )


async def _papers(transaction: Transaction, *which: ColumnElement[bool]) -> list[_Paper]:
    """Complete responses and what was answered in them, by id."""
    statement = (
        select(
            response.c.id,
            response.c.survey_id,
            survey.c.name,
            response.c.respondent_id,
            response.c.occasion,
            response.c.completed_on,
            answer.c.place,
            answer.c.value,
        )
        .join(survey, survey.c.id == response.c.survey_id)
        .outerjoin(answer, answer.c.response_id == response.c.id)
        .where(response.c.state == "complete", response.c.test.is_(False), *which)
        .order_by(response.c.id)
    )
    found: dict[int, _Paper] = {}
    for row in await transaction.all(statement):
        paper = found.setdefault(
            row.id, _Paper(row.survey_id, row.name, row.respondent_id, row.occasion, row.completed_on)
        )
        if row.place is not None:
            paper.given[row.place] = row.value
    return list(found.values())


async def _attended(transaction: Transaction, session_key: str) -> int:
    """How many were there on any day."""
    there = select(attendance.c.respondent_id.label("who")).where(attendance.c.session == session_key)
    settled = select(func.coalesce(enrolment.c.respondent_id, -enrolment.c.employee_id).label("who")).where(
        enrolment.c.session == session_key, enrolment.c.state == "attended"
    )
    row = await transaction.first(select(func.count()).select_from(there.union(settled).subquery()))
    return 0 if row is None else int(row[0])
