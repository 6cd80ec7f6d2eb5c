"""The evidence sheet of one training: the need that justified it, whom it reached, and what it changed.

Rules of the file: it selects and hands plain numbers to ``insights.evidence``, which works out every figure and hides
what would tell of few people. A training's task is the first of its session; others have results of their own.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from sqlalchemy import select

from insights.collected import EvidenceInputs, Reach, Tasks
from insights.evaluation import IndexWeights
from insights.evidence import Evidence, evidence
from insights.needs import Competence, Rating
from insights.rubric import DoubleMark
from insights.task_marks import passes, rubric_of
from outreach.enrolment import HOLDS_A_PLACE
from outreach.task_marks import Mark, deciding
from outreach.tasks import OVER, Task
from outreach.training import Training, TrainingSession
from reports._collected import l1, l2, l3, l4
from reports.base import ReportError
from storage import submissions, tasks, trainings
from storage.competences import NEEDS, competence_names
from storage.database import Transaction
from storage.tables import answer, response, survey
from storage.tables_roster import employee
from storage.tables_training import attendance, enrolment
from storage.trainings import Offered
from storage.vault import Vault

DAY, SERVICE = timedelta(days=1), timedelta(days=90)
"""What citizens said of the service so long before and after is compared."""
_IMPORTANT, _NEEDED, _STANDARD = "_penting", "_butuh", "std"
"""How it calls the importance, the level that the work needs, and the standard of the position."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """The evidence of one session. ``task``: the one it speaks of; ``others``: tasks it does not speak of."""

    offered: Offered
    evidence: Evidence
    names: bool
    task: Task | None = None
    others: tuple[str, ...] = ()
    called: Mapping[str, str] = field(default_factory=dict)
    """Competence to its name in the reader's language."""


async def evidence_sheet(
    transaction: Transaction,
    vault: Vault,
    session: str,
    *,
    names: bool = False,
    weights: IndexWeights | None = None,
    language: str = "",
    say: Callable[[str], str] = str,
) -> Sheet:
    """Read it. ``names``: for a reader who may see the names, and so every count. ``language``: the reader's, ""
    where keys will do. Raises ReportError, StorageError."""
    _ = say
    offered = await trainings.session_of(transaction, session)
    if offered is None:
        raise ReportError(_("There is no session “{session}” of a training.").format(session=session))
    given = await tasks.of_session(transaction, session)
    before, after = service_spans(offered.session)
    inputs = EvidenceInputs(
        need=await need(transaction, offered.training, before=offered.session.first.date),
        reach=await reach(transaction, offered),
        l1=await l1(transaction, session),
        l2=await l2(transaction, session),
        task=await task_marks(transaction, vault, given[0]) if given else None,
        l3=await l3(transaction, session),
        l4=await l4(transaction, offered.training.units, before, after),
        weights=weights,
    )
    return Sheet(
        offered=offered,
        evidence=evidence(inputs, names=names),
        names=names,
        task=given[0] if given else None,
        others=tuple(one.key for one in given[1:]),
        called=await competence_names(transaction, language) if language else {},
    )


def service_spans(session: TrainingSession) -> tuple[tuple[date, date], tuple[date, date]]:
    """The days of the satisfaction survey before the session and after it, as many each, the last included."""
    first, last = session.first.date, session.last.date
    return (first - SERVICE, first - DAY), (last + DAY, last + SERVICE)


# ---- need -------------------------------------------------------------------------------------------


async def need(transaction: Transaction, training: Training, *, before: date) -> tuple[Competence, ...]:
    """What those whom the training suits said of its competences before it began; the last word of each. None of them
    where nobody was asked."""
    wanted = [name for key in training.competences for name in (key, key + _IMPORTANT, key + _NEEDED)]
    if not wanted:
        return ()
    statement = (
        select(response.c.id, response.c.respondent_id, answer.c.place, answer.c.value)
        .join(survey, survey.c.id == response.c.survey_id)
        .join(answer, answer.c.response_id == response.c.id)
        .where(
            survey.c.name == NEEDS,
            response.c.state == "complete",
            response.c.test.is_(False),
            response.c.completed_on < before,
            answer.c.place.in_([*wanted, _STANDARD, "unit", "jabatan"]),
        )
        .order_by(response.c.completed_on, response.c.id)
    )
    people: dict[tuple[str, int], dict[str, str]] = {}
    last: dict[int, int] = {}
    for row in await transaction.all(statement):
        who = ("person", row.respondent_id) if row.respondent_id is not None else ("response", row.id)
        if row.respondent_id is not None and last.get(row.respondent_id) != row.id:
            people.pop(who, None)
            last[row.respondent_id] = row.id
        people.setdefault(who, {})[row.place] = row.value
    meant = [said for said in people.values() if training.suits(said.get("unit", ""), said.get("jabatan", ""))]
    found = (Competence(key=key, ratings=_ratings(key, meant)) for key in training.competences)
    return tuple(one for one in found if one.ratings)


def _ratings(key: str, people: Sequence[Mapping[str, str]]) -> tuple[Rating, ...]:
    found = []
    for said in people:
        if not said.get(key):
            continue
        needed = _level(said.get(key + _NEEDED))
        found.append(
            Rating(
                current=_level(said[key]),
                importance=_level(said.get(key + _IMPORTANT)) if needed is None else needed,
                required=_level(said.get(_STANDARD)) if needed is None else needed,
            )
        )
    return tuple(found)


def _level(value: str | None) -> int | None:
    return int(value) if value in {"1", "2", "3", "4", "5"} else None


# ---- reach ------------------------------------------------------------------------------------------


async def reach(transaction: Transaction, offered: Offered) -> Reach:
    """Whom it was meant for by the roster, and whoever else took part; who had a place; who was there on any day."""
    rows = await transaction.all(select(employee).where(employee.c.left_on.is_(None)))
    meant = {_person(row.id, None) for row in rows if offered.training.suits(row.unit, row.position)}
    known = {
        row.respondent_id: row.id
        for row in await transaction.all(
            select(employee.c.id, employee.c.respondent_id).where(employee.c.respondent_id.is_not(None))
        )
    }
    placed, there = set(), set()
    session = offered.session.key
    for row in await transaction.all(select(enrolment).where(enrolment.c.session == session)):
        person = _person(row.employee_id or known.get(row.respondent_id), row.respondent_id)
        if row.state in HOLDS_A_PLACE:
            placed.add(person)
        if row.state == "attended":
            there.add(person)
    for row in await transaction.all(select(attendance).where(attendance.c.session == session)):
        there.add(_person(row.employee_id or known.get(row.respondent_id), row.respondent_id))
    placed |= there
    return Reach(target=len(meant | placed), enrolled=len(placed), attended=len(there))


def _person(employee_id: int | None, respondent_id: int | None) -> tuple[str, int | None]:
    """One name for one person, however they were written down."""
    return ("employee", employee_id) if employee_id is not None else ("respondent", respondent_id)


# ---- task -------------------------------------------------------------------------------------------


async def task_marks(transaction: Transaction, vault: Vault, task: Task) -> Tasks:
    """The task as it was judged: the marks that count, and those that were given twice."""
    given = await tasks.of_task(transaction, task.key)
    handed_in = await submissions.submissions(transaction, vault, [one.id for one in given])
    last = {one.assignment_id: one.id for one in handed_in}  # the latest turn, since they come in order
    judged: dict[int, list[Mark]] = {}
    for assessment in await submissions.assessments(transaction, vault, list(last.values())):
        judged.setdefault(assessment.submission_id, []).append(assessment.mark(task))
    levels, double = [], []
    for one in given:
        marks = judged.get(last.get(one.id, 0), [])
        first = [mark for mark in marks if not mark.last]
        if one.double and len(first) >= 2:
            double.append(DoubleMark(first=first[0].levels, second=first[1].levels))
        counts = deciding(marks, double=one.double, passes=passes(task, marks)) if one.state in OVER else None
        if counts is not None:
            levels.append(counts.levels)
    return Tasks(assigned=len(given), levels=tuple(levels), double=tuple(double), rubric=rubric_of(task))
