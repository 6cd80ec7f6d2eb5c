"""Tasks after trainings: what waits for whoever is here, the tasks, and one task set, changed and given out.

Rule of the file: what is done stands in ``handlers.tasks``, as for the terminal; judging stands in ``_assessing``.
"""

from __future__ import annotations

import random
from datetime import datetime, timedelta

from starlette.responses import Response

from handlers import desk_assessing, task_words
from handlers import tasks as office
from handlers.errors import HandlerError
from handlers.tasks import Somebody
from outreach.rubric_lines import NoCriterion
from outreach.tasks import (
    ASSESSORS,
    ESCALATIONS,
    Task,
    assessor_names,
    criterion_words,
    evidence_names,
    state_names,
)
from outreach.typed import NoNumber
from outreach.wording import days_in_words
from reports import _evidence_words as words
from storage import trainings
from storage.competences import competence_names
from storage.trainings import Offered
from storage.unit_of_work import UnitOfWork
from web.admin.call import Action, Call, View, later, refusing
from web.admin.pages import _assessing, _task_form
from web.admin.pages._projector import known
from web.admin.pages._task_form import NoDay
from web.problems import SaidWhy

TITLE = later("Tasks")
PLACE = 28
NEW = "_new"
SAID = {
    "assessed": later("Saved. The participant is told once it is decided."),
    "saved": later("Saved. Now give it to those who attended."),
    "given": later("Given. They are told in the chat, within the office's hours."),
    "nobody": later("Everybody who was chosen has it already."),
}
_BEFORE = timedelta(days=180)
"""Tasks due, and sessions that ended, so long ago are on the pages yet."""
_FIELDS = 2000


async def show(call: Call) -> Response:
    """What waits for whoever is here, and the tasks."""
    _, house, now = call.say, call.house, call.site.clock()
    with refusing(call):
        async with house.database.read() as transaction:
            unit = UnitOfWork(transaction, house.vault, now=now)
            waiting = await desk_assessing.queue(unit, call.admin, call.actor)
            listed = await office.listed(transaction, call.actor, since=now - _BEFORE)
            named = {one.task.session for one in listed} | {one.waiting.pending.task.session for one in waiting}
            held = await trainings.sessions_by_key(transaction, sorted(named))
    said, states = SAID.get(call.asked("said"), ""), state_names(_)
    return call.page(
        "tasks.html",
        notice=_(said) if said else "",
        waiting=[
            (one, _session(held.get(one.waiting.pending.task.session), call), _day(call, one.waiting.pending.at))
            for one in waiting
        ],
        rows=[
            (
                one.task,
                _session(held.get(one.task.session), call),
                _day(call, one.task.due),
                ", ".join(f"{states[state]}: {number}" for state, number in one.counts.items()),
            )
            for one in listed
        ],
    )


async def one(call: Call) -> Response:
    """A task: what is asked, who has it, and how it was judged."""
    return await _shown(call, str(call.request.path_params["task"]))


async def _shown(call: Call, key: str, *, bad: str = "", status: int = 200) -> Response:
    _, house = call.say, call.house
    task = await _task(call, key)
    with refusing(call):
        async with house.database.read() as transaction:
            people = await office.people(transaction, house.vault, call.actor, task, say=_)
            figures = await office.results(transaction, house.vault, call.actor, key, say=_)
            held = await trainings.session_of(transaction, task.session)
            competences = await competence_names(transaction, call.language)
    said, states = SAID.get(call.asked("said"), ""), state_names(_)
    return call.page(
        "task.html",
        status=status,
        bad=bad,
        notice=_(said) if said else "",
        task=task,
        session=_session(held, call),
        due=_day(call, task.due),
        evidence=", ".join(name for kind, name in evidence_names(_).items() if kind in task.evidence),
        assessor=assessor_names(_)[task.assessor],
        escalates_to=task_words.escalation_names(_)[task.escalates_to],
        competence=competences.get(task.competence, task.competence),
        rubric=[(criterion_words(line, _)[0], line.weight) for line in task.rubric],
        without=[one for one in people if one.state is None],
        has=[(name, mine) for state, name in states.items() if (mine := _of_state(people, state))],
        figures=[
            (words.name(one.key, _, competences), words.shown(one, _), one.n, words.formula(one, _), words.why(one, _))
            for one in figures
        ],
        open=task.due > call.site.clock(),
    )


def _of_state(people: list[Somebody], state: str) -> list[Somebody]:
    return [one for one in people if one.state == state]


async def edit(call: Call) -> Response:
    """The form, filled; for a new task empty."""
    if "task" not in call.request.path_params:
        return await _form(call, None, _task_form.empty(call.say), session=call.asked("session"))
    task = await _task(call, str(call.request.path_params["task"]))
    return await _form(call, task, _task_form.filled(task, call.site.timezone, call.say), session=task.session)


async def put(call: Call) -> Response:
    """What the form says is saved."""
    _, house = call.say, call.house
    before = await _task(call, call.text("task")) if call.text("task") else None
    session = before.session if before is not None else known(call, call.text("session"))
    try:
        key = "" if before is None else before.key
        wanted = _task_form.wanted(call.fields, key=key, session=session, before=before, say=_)
        async with house.database.write() as transaction:
            unit = UnitOfWork(transaction, house.vault, now=call.site.clock())
            made = await office.put(unit, call.actor, wanted, calendar=house.calendar(), say=_)
            await unit.flush()
    except (HandlerError, NoNumber, NoCriterion, NoDay) as wrong:
        bad = _(str(wrong) or (type(wrong).__doc__ or "").strip())
        return await _form(call, before, _task_form.typed_again(call.fields), session=session, bad=bad)
    return call.to(f"tasks/{made.key}?said=saved")


async def give(call: Call) -> Response:
    """Those who were chosen have the task from now on."""
    task, house = await _task(call, call.text("task")), call.house
    chosen = {int(one) for one in call.texts("who") if one.isascii() and one.isdecimal() and len(one) <= 19}
    with refusing(call):
        async with house.database.write() as transaction:
            unit = UnitOfWork(transaction, house.vault, now=call.site.clock())
            given = await office.assign(
                unit,
                call.actor,
                task.key,
                only=chosen,
                rng=random.SystemRandom(),
                calendar=house.calendar(),
                say=call.say,
            )
            await unit.flush()
    return call.to(f"tasks/{task.key}?said={'given' if given.new else 'nobody'}")


async def _form(call: Call, task: Task | None, values: dict[str, object], *, session: str, bad: str = "") -> Response:
    _, house, now = call.say, call.house, call.site.clock()
    async with house.database.read() as transaction:
        today = now.astimezone(call.site.timezone).date()
        held = await trainings.sessions(transaction, since=today - _BEFORE)
        competences = await competence_names(transaction, call.language)
    mine = [one for one in held if not one.session.cancelled and office.theirs(call.actor, one.training)]
    of = next((one for one in held if one.session.key == session), None)
    serves = of.training.competences if of is not None and of.training.competences else tuple(competences)
    return call.page(
        "task_form.html",
        status=422 if bad else 200,
        bad=bad,
        task=task,
        values=values,
        session=session,
        title=_session(of, call),
        sessions=[(one.session.key, _session(one, call)) for one in reversed(mine)],
        competences=[(key, competences.get(key, key)) for key in serves],
        evidence=list(evidence_names(_).items()),
        assessors=[(one, assessor_names(_)[one]) for one in ASSESSORS],
        escalations=[(one, task_words.escalation_names(_)[one]) for one in ESCALATIONS],
    )


async def _task(call: Call, key: str) -> Task:
    if not key.isprintable():
        raise SaidWhy(404, call.say("There is no such thing."))
    async with call.house.database.read() as transaction:
        try:
            return await office.found(transaction, key, call.say)
        except HandlerError:
            raise SaidWhy(404, call.say("There is no such task.")) from None


def _session(held: Offered | None, call: Call) -> str:
    return "" if held is None else f"{held.training.title}, {days_in_words(held.session.days, call.say)}"


def _day(call: Call, moment: datetime) -> str:
    return task_words.until(moment, call.site.timezone, call.say)


VIEWS = (
    View("", "tasks.assess", show),
    View(f"/{NEW}", "tasks.assign", edit),
    View("/menilai/{number}", "tasks.assess", _assessing.show),
    View("/menilai/{number}/{name}", "tasks.assess", _assessing.sent),
    View("/{task}", "tasks.assign", one),
    View("/{task}/ubah", "tasks.assign", edit),
)
ACTIONS = (
    Action("/put", "tasks.assign", put),
    Action("/give", "tasks.assign", give, fields=_FIELDS),
    Action("/check", "tasks.assess", _assessing.check),
    Action("/assess", "tasks.assess", _assessing.save),
)
