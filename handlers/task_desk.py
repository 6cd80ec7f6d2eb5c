"""TUGAS: somebody's tasks after trainings, one of them with its rubric, and the way to hand in and to assess.

Rule of the file: it shows and leads on; handing in stands in ``handing_in``, assessing in ``assessing``.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from handlers import assessing, handing_in, judging, task_words
from handlers.desk import Desk, Heard
from handlers.visit import Visit
from insights.task_marks import passes, score
from outreach.task_marks import deciding
from outreach.tasks import OPEN, Task
from storage import submissions, tasks, trainings
from storage.submissions import Assessment, Submission
from storage.tasks import Assignment
from surveys.messages import Button, Outgoing, rows_of
from surveys.text.normal import normal

DIALOGS = frozenset({"task"})
MOST = 9

Mine = list[tuple[Assignment, Task]]


async def show(visit: Visit, desk: Desk) -> None:
    """The tasks of whoever writes, and how much waits for their assessment. Raises StorageError."""
    _ = desk.say(visit)
    mine = await _mine(visit, desk)
    waiting = len(await judging.of_visit(desk.unit, visit))
    if not mine and not waiting:
        visit.say(Outgoing(text=_("There is no task for you at present."), keyboard="keep"))
        return
    if len(mine) == 1 and not waiting:
        await _page(visit, desk, *mine[0])
        return
    lines = [
        f"{number}. {task_words.line(task, given, desk.house.timezone, _)}"
        for number, (given, task) in enumerate(mine, start=1)
    ]
    if mine:
        lines.insert(0, _("Your tasks after trainings:"))
    if waiting:
        lines.append(_("Waiting for your assessment: {number}").format(number=waiting))
    labels = [str(number) for number in range(1, len(mine) + 1)]
    rows = rows_of(tuple(labels), per_row=3)
    if waiting:
        rows += ((Button(_("Assess tasks")),),)
    visit.say(Outgoing(text="\n".join(lines), rows=(*rows, (Button(_("Close")),))))
    visit.ask_between("task", at="")


async def show_one(visit: Visit, desk: Desk, key: str) -> None:
    """The page of a task of theirs; all of them where it is none. Raises StorageError."""
    for given, task in await tasks.of_person(desk.unit.transaction, visit.respondent_id):
        if task.key == key:
            await _page(visit, desk, given, task)
            return
    await show(visit, desk)


async def linked(visit: Visit, key: str, desk: Desk) -> None:
    """A link to a task was opened. Raises StorageError."""
    await show_one(visit, desk, key)


async def show_rubric(visit: Visit, desk: Desk, key: str) -> None:
    """How a task of theirs will be judged; nothing where it is none. Raises StorageError."""
    for given, task in await tasks.of_person(desk.unit.transaction, visit.respondent_id):
        if task.key == key:
            visit.say(Outgoing(text=task_words.rubric(task, desk.say(visit)), keyboard="keep"))
            await _page(visit, desk, given, task)


async def hand_in(visit: Visit, desk: Desk, key: str) -> None:
    """Begin to hand a task of theirs in, where it is to be done. Raises StorageError."""
    for given, task in await tasks.of_person(desk.unit.transaction, visit.respondent_id):
        if task.key == key and given.state in OPEN:
            handing_in.begin(visit, desk, given, task)
            return
    await show_one(visit, desk, key)


async def ask_again(visit: Visit, desk: Desk) -> None:
    """Say the standing question once more. Raises StorageError."""
    at = visit.dialog.get("at", "")
    found = await tasks.assignment_of(desk.unit.transaction, int(at)) if at else None
    if found is not None and found[0].respondent_id == visit.respondent_id:
        await _page(visit, desk, *found)
    else:
        await show(visit, desk)


async def answered(visit: Visit, text: str, desk: Desk) -> Heard:
    """The answer: which task, or what to do with the one that is shown. Raises StorageError."""
    _ = desk.say(visit)
    typed = normal(text)
    mine = await _mine(visit, desk)
    if typed in {normal(_("Close")), "tutup"}:
        visit.say(Outgoing(text=_("All right.")))
        return "closed"
    if typed in {normal(_("Assess tasks")), "nilai"}:
        await assessing.begin(visit, desk)
        return "yes"
    at = visit.dialog.get("at", "")
    if not at:
        if typed.isdecimal() and 1 <= int(typed[:3]) <= len(mine):
            await _page(visit, desk, *mine[int(typed) - 1])
            return "yes"
        return "no"
    chosen = next(((given, task) for given, task in mine if str(given.id) == at), None)
    if chosen is None:
        return "no"
    given, task = chosen
    if typed == normal(_("Hand in the task")) and given.state in OPEN:
        handing_in.begin(visit, desk, given, task)
    elif typed in {normal(_("See the rubric")), "rubrik"}:
        visit.say(Outgoing(text=task_words.rubric(task, _), rows=_rows(given, desk, visit)))
    else:
        return "no"
    return "yes"


async def _mine(visit: Visit, desk: Desk) -> Mine:
    """Open ones first, the soonest due first; as many as fit."""
    found = await tasks.of_person(desk.unit.transaction, visit.respondent_id)
    open_ = [one for one in found if one[0].state in OPEN]
    others = [one for one in reversed(found) if one[0].state not in OPEN]
    return [*open_, *others][:MOST]


async def _page(visit: Visit, desk: Desk, given: Assignment, task: Task) -> None:
    transaction = desk.unit.transaction
    offered = await trainings.session_of(transaction, task.session)
    handed_in = await submissions.submissions(transaction, desk.unit.vault, [given.id])
    outcome = await _outcome(desk, given, task, handed_in)
    title = task.session if offered is None else offered.training.title
    text = task_words.page(task, given, title, handed_in, outcome, desk.house.timezone, desk.say(visit))
    visit.say(Outgoing(text=text, rows=_rows(given, desk, visit)))
    visit.ask_between("task", at=str(given.id))


async def _outcome(
    desk: Desk, given: Assignment, task: Task, handed_in: Sequence[Submission]
) -> tuple[Fraction, list[Assessment]] | None:
    """The score that counts and what they are told; None while it is not judged."""
    if not handed_in or given.state not in {"revision", "passed", "not_yet"}:
        return None
    judged = await submissions.assessments(desk.unit.transaction, desk.unit.vault, [handed_in[-1].id])
    marks = [one.mark(task) for one in judged]
    mark = deciding(marks, double=given.double, passes=passes(task, marks))
    return None if mark is None else (score(task, mark), assessing.told(judged, mark))


def _rows(given: Assignment, desk: Desk, visit: Visit) -> tuple[tuple[Button, ...], ...]:
    _ = desk.say(visit)
    first = (Button(_("Hand in the task")),) if given.state in OPEN else ()
    return ((*first, Button(_("See the rubric"))), (Button(_("Close")),))
