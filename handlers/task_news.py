"""People hear of tasks: that one is theirs, how it was judged, what waits for their judgement, and what is overdue.

Rules of the file: everything is a due row, told within the office's hours, and the row goes in the transaction in which
it is told, so that nobody hears it twice. It goes with the reminders of that day; what waits to be judged and what is
overdue comes on the next one where they had theirs (``firing``). A row names an assignment or a task; what is said is
read when it is told.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import datetime, timedelta

from handlers import firing, judging, sharing, task_words
from handlers.desk import Desk
from handlers.firing import News
from handlers.receiving import Reception
from handlers.visit import Moment, Visit
from handlers.visits import visit_of
from insights.task_marks import passes, score
from outreach.calendar import Calendar
from outreach.task_marks import deciding
from storage import admins, dues, people, submissions, tasks, trainings
from storage.deliveries import REMINDER
from storage.dues import Due
from storage.unit_of_work import UnitOfWork
from surveys.messages import Incoming, Other, Outgoing

NEWS, WAITING, OVERDUE = "task_news", "task_waiting", "task_overdue"
"""Kinds of due rows: somebody's task changed, something waits to be judged, a task was due."""
OFFICE = "office"
"""Who is told where a row names no respondent."""
_ABOUT = {NEWS: "assignment", WAITING: "judge", OVERDUE: "task"}
"""What a row names."""
ROLES = ("owner", "admin", "evaluator")

Word = Callable[[Visit, Desk], Outgoing | None]


# ---- planning ---------------------------------------------------------------------------------------


async def plan(unit: UnitOfWork, assignments: Collection[int], *, calendar: Calendar) -> None:
    """These people hear where their task stands. Raises StorageError."""
    at = calendar.next_allowed(unit.now, "asn")
    await _write(unit, {f"{NEWS}:{number}": (NEWS, at, str(number)) for number in assignments})


async def plan_waiting(unit: UnitOfWork, judges: Collection[str], *, calendar: Calendar) -> None:
    """These (respondents' numbers, ``OFFICE``) hear on the next working morning how much waits for them; once a day.
    Raises StorageError."""
    at = calendar.next_day_allowed(unit.now, "asn")
    await _write(unit, {f"{WAITING}:{judge}": (WAITING, at, judge) for judge in judges})


async def plan_overdue(unit: UnitOfWork, key: str, due: datetime, *, calendar: Calendar) -> None:
    """What is not handed in by then is told to whom the task names. Raises StorageError."""
    at = calendar.next_allowed(due + timedelta(minutes=1), "asn")
    await _write(unit, {f"{OVERDUE}:{key}:{due:%Y%m%d}": (OVERDUE, at, f"{key} {due.isoformat()}")})


async def _write(unit: UnitOfWork, rows: dict[str, tuple[str, datetime, str]]) -> None:
    await dues.write(
        unit.transaction,
        {
            key: {"key": key, "kind": kind, "due_at": at, "payload": payload, "state": "planned"}
            for key, (kind, at, payload) in rows.items()
        },
    )


# ---- telling ----------------------------------------------------------------------------------------


async def tell(unit: UnitOfWork, reception: Reception, due: Due) -> int:
    """Carry out one of these rows; how many were told. Raises StorageError."""
    match due.kind:
        case "task_news":
            return await _news(unit, reception, due)
        case "task_waiting":
            return await _waiting(unit, reception, due)
        case _:
            return await _overdue(unit, reception, due)


async def _news(unit: UnitOfWork, reception: Reception, due: Due) -> int:
    found = await tasks.assignment_of(unit.transaction, int(due.payload))
    if found is None:
        await dues.done(unit.transaction, due.id, unit.process)
        return 0
    given, task = found
    visits = await _seated(unit, [given.respondent_id])
    if not await dues.done(unit.transaction, due.id, unit.process):
        return 0
    offered = await trainings.session_of(unit.transaction, task.session)
    handed_in = await submissions.submissions(unit.transaction, unit.vault, [given.id])
    judged = await submissions.assessments(unit.transaction, unit.vault, [one.id for one in handed_in[-1:]])
    marks = [one.mark(task) for one in judged]
    mark = deciding(marks, double=given.double, passes=passes(task, marks))

    def word(visit: Visit, desk: Desk) -> Outgoing | None:
        _ = desk.say(visit)
        if offered is None or offered.session.cancelled:
            return None
        title = offered.training.title
        if given.state == "assigned":
            return task_words.assigned(task, given, title, desk.house.timezone, _)
        if given.state not in {"revision", "passed", "not_yet"} or mark is None:
            return None
        remarks = [one.remark for one in judged if one.remark and (not mark.last or one.assessor == mark.assessor)]
        return task_words.judged(task, given, score(task, mark), remarks, desk.house.timezone, _)

    return await _say(unit, reception, due, visits, dict.fromkeys(visits, word))


async def _waiting(unit: UnitOfWork, reception: Reception, due: Due) -> int:
    if due.payload == OFFICE:
        return await _tell_office(unit, reception, due)
    respondent_id = int(due.payload)
    visits = await _seated(unit, [respondent_id])
    if not await _now(unit, reception, due, respondent_id):
        return 0
    number = len(await judging.of_respondent(unit, respondent_id))

    def word(visit: Visit, desk: Desk) -> Outgoing | None:
        return Outgoing(text=task_words.waiting(number, desk.say(visit)), keyboard="keep") if number else None

    return await _say(unit, reception, due, visits, dict.fromkeys(visits, word))


async def _tell_office(unit: UnitOfWork, reception: Reception, due: Due) -> int:
    if not await dues.done(unit.transaction, due.id, unit.process):
        return 0
    told = 0
    _ = reception.house.say(reception.house.languages[0])
    for admin, address_id in await admins.with_address(unit.transaction, unit.vault, ROLES):
        number = len(await judging.of_admin(unit, admin))
        if number:
            unit.send(address_id, Outgoing(text=task_words.waiting(number, _), keyboard="keep"), priority=REMINDER)
            told += 1
    await unit.flush()
    return told


async def _overdue(unit: UnitOfWork, reception: Reception, due: Due) -> int:
    key, moment, *rest = due.payload.split()
    task = await tasks.one(unit.transaction, key)
    late = [] if task is None else await tasks.overdue(unit.transaction, key, datetime.fromisoformat(moment))
    if task is None or not late or task.escalates_to == "nobody":
        await dues.done(unit.transaction, due.id, unit.process)
        return 0
    above = await tasks.participants(unit.transaction, unit.vault, [one.respondent_id for one in late])
    names: dict[int, list[str]] = {}
    if task.escalates_to == "supervisor":
        for one in above:
            if one.superior_id is not None:
                names.setdefault(one.superior_id, []).append(one.name)
    visits = await _seated(unit, sorted(names))
    if not await dues.done(unit.transaction, due.id, unit.process):
        return 0
    had_theirs = await firing.reminded_today(unit, reception.house, sorted(names))
    asked = {int(person) for person in rest} or names.keys()
    words = {person: _late_word(task.title, sorted(names[person])) for person in names.keys() & asked - had_theirs}
    told = await _say(unit, reception, due, visits, words)
    row, tomorrow = ":".join(due.key.split(":")[:3]), _tomorrow(unit, reception)
    waiting = sorted(asked & had_theirs)
    await _write(unit, {f"{row}:{one}": (OVERDUE, tomorrow, f"{key} {moment} {one}") for one in waiting})
    left = 0 if rest else len(late) - sum(map(len, names.values()))
    if left:
        say = reception.house.say(reception.house.languages[0])
        for address_id in await admins.reached(unit.transaction, ("owner", "admin")):
            text = task_words.overdue_for_the_office(task, left, say)
            unit.send(address_id, Outgoing(text=text, keyboard="keep"), priority=REMINDER)
            told += 1
        await unit.flush()
    return told


def _late_word(title: str, names: Sequence[str]) -> Word:
    return lambda visit, desk: Outgoing(text=task_words.overdue(title, names, desk.say(visit)), keyboard="keep")


async def _seated(unit: UnitOfWork, respondents: Sequence[int]) -> dict[int, Visit]:
    """One address of each, locked first, as the door does it."""
    found = await people.of_respondents(unit.transaction, sorted(respondents), unit.vault)
    visits = {known.respondent_id: visit_of(known, address, unit) for known, address in found}
    await sharing.seat(visits, respondents, unit)
    return {person: visit for person, visit in visits.items() if person is not None}


async def _now(unit: UnitOfWork, reception: Reception, due: Due, person: int) -> bool:
    """The row is done by telling them now. False where it is no longer ours, or they had their message today: then it
    is due on the next day."""
    if await firing.reminded_today(unit, reception.house, [person]):
        await dues.again(unit.transaction, due.id, unit.process, _tomorrow(unit, reception))
        return False
    return await dues.done(unit.transaction, due.id, unit.process)


def _tomorrow(unit: UnitOfWork, reception: Reception) -> datetime:
    return reception.house.calendar.next_day_allowed(unit.now, "asn")


async def _say(
    unit: UnitOfWork, reception: Reception, due: Due, visits: dict[int, Visit], words: dict[int, Word]
) -> int:
    moment = Moment(unit.now.astimezone(reception.house.timezone), reception.rng)
    said: dict[int, Outgoing] = {}
    for person, word in sorted(words.items()):
        visit = visits.get(person)
        if visit is None or visit.gone:
            continue
        incoming = Incoming(address=visit.address, external_id="", reply=Other("tick"), sent_at=unit.now)
        message = word(visit, Desk(unit, reception.house, moment, incoming))
        if message is not None:
            said[person] = message
    about = f"{_ABOUT[due.kind]}:{due.payload.split()[0]}"
    await firing.fire(unit, reception.house, sorted(said), News(kind=due.kind, subject=about, said=said))
    return len(said)
