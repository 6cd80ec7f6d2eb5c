"""What was handed in for a task is judged in the chat: shown with its files, a level for each criterion, a remark.

Rules of the file: passed or not follows from the score, a revision is asked for by choice. Whoever judges sees the next
one at once; who did the work is told by a due row. A colleague sees no name.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from handlers import administering, judging, reminding, task_news, task_words
from handlers.auditing import record
from handlers.desk import Desk, Heard, language_of
from handlers.judging import Waiting
from handlers.permissions import Actor
from handlers.visit import Visit
from insights.rubric import task_passed
from insights.task_marks import passes, score
from outreach import tasks as rules
from outreach.calendar import Calendar
from outreach.task_marks import Mark, deciding, wants_last_word
from outreach.tasks import HIGHEST, LOWEST, State, Task
from outreach.wording import short
from storage import admins, dues, submissions, tasks
from storage.submissions import LAST, Assessment
from storage.unit_of_work import UnitOfWork
from surveys.messages import Button, Outgoing
from surveys.text.commands import Command
from surveys.text.normal import normal
from surveys.text.redaction import redact

DIALOGS = frozenset({"task_assess"})
BUTTONS: frozenset[Command] = frozenset({"skip", "back", "cancel"})
"""Words that are buttons here and no commands."""
FILES = "task_files"
"""Kind of due row: the files of a submission are to be sent to whoever judges it."""
LONGEST_REMARK = 500


async def begin(visit: Visit, desk: Desk) -> None:
    """Show what waits longest. Raises StorageError."""
    _ = desk.say(visit)
    waiting = await judging.of_visit(desk.unit, visit)
    if not waiting:
        visit.close()
        visit.say(Outgoing(text=_("Nothing waits for your assessment at present."), keyboard="keep"))
        return
    one = waiting[0]
    await _show(visit, desk, one)
    visit.ask_between("task_assess", submission=str(one.pending.submission_id), levels="", remark="", said="")
    _ask(visit, desk, one)


async def ask_again(visit: Visit, desk: Desk) -> None:
    """Say the standing question once more. Raises StorageError."""
    one = await _standing(visit, desk)
    if one is None:
        await begin(visit, desk)
    else:
        _ask(visit, desk, one)


async def answered(visit: Visit, text: str, desk: Desk) -> Heard:
    """A level, the remark, or what is to become of it. Raises StorageError."""
    _ = desk.say(visit)
    typed = normal(text)
    if typed in {normal(_("Cancel")), "batal"}:
        visit.say(Outgoing(text=_("All right, this assessment was not saved. Type TUGAS to begin again.")))
        return "closed"
    if typed == normal(_("Close")):
        return "closed"
    one = await _standing(visit, desk)
    if one is None:
        visit.say(Outgoing(text=_("Somebody else has assessed this meanwhile."), keyboard="keep"))
        await begin(visit, desk)
        return "yes" if visit.dialog.get("doing") in DIALOGS else "closed"
    levels = visit.dialog["levels"].split()
    if typed in {normal(_("Back")), "kembali"}:
        _keep(visit, levels=" ".join(levels[:-1]), remark="", said="")
        _ask(visit, desk, one)
    elif len(levels) < len(one.pending.task.rubric):
        return _level(visit, typed, desk, one)
    elif not visit.dialog["said"]:
        _remark(visit, text, desk, one)
    else:
        return await _settle(visit, typed, desk, one)
    return "yes"


def _keep(visit: Visit, **more: str) -> None:
    visit.dialog = {**visit.dialog, **more}
    visit.changed = True


async def _standing(visit: Visit, desk: Desk) -> Waiting | None:
    """What is being judged, where it still waits for them. Raises StorageError."""
    wanted = int(visit.dialog["submission"])
    handed_in = await submissions.submission_of(desk.unit.transaction, desk.unit.vault, wanted)
    if handed_in is None:
        return None
    await tasks.assignment_of(desk.unit.transaction, handed_in.assignment_id, lock=True)
    waiting = await judging.of_visit(desk.unit, visit)
    return next((one for one in waiting if one.pending.submission_id == wanted), None)


# ---- what is shown and asked ------------------------------------------------------------------------


async def _show(visit: Visit, desk: Desk, one: Waiting) -> None:
    _ = desk.say(visit)
    unit, task = desk.unit, one.pending.task
    handed_in = await submissions.submission_of(unit.transaction, unit.vault, one.pending.submission_id)
    if handed_in is None:
        return
    lines = [
        _("Task “{title}”, by {name}, handed in on {day} (turn {turn}).").format(
            title=short(task.title, 80),
            name=await _name(desk, one, visit),
            day=task_words.until(handed_in.at, desk.house.timezone, _),
            turn=handed_in.turn,
        ),
        "",
        handed_in.words or _("(without words)"),
    ]
    if handed_in.files:
        lines += ["", _("📎 files: {number}. They follow in a moment.").format(number=len(handed_in.files))]
        await _send_files(visit, desk, handed_in.id)
    if one.how == "last":
        lines += ["", _("Two assessors do not agree. Please say the last word.")]
        given = await submissions.assessments(unit.transaction, unit.vault, [handed_in.id])
        lines += [judged_line(task, assessment, _) for assessment in given]
    visit.say(Outgoing(text="\n".join(lines), keyboard="keep"))


async def _name(desk: Desk, one: Waiting, visit: Visit) -> str:
    _ = desk.say(visit)
    if one.judge.role == "peer":
        return _("a colleague")
    known = await tasks.participants(desk.unit.transaction, desk.unit.vault, [one.pending.assignment.respondent_id])
    return known[0].name if known else _("somebody not on the list of employees")


def judged_line(task: Task, given: Assessment, say: task_words.Say) -> str:
    """A mark in one line: its levels, its score, its remark."""
    _ = say
    mark = given.mark(task)
    levels = " ".join(map(str, mark.levels))
    text = _("· levels {levels}: {score} of 100").format(levels=levels, score=task_words.points(score(task, mark), say))
    return f"{text}. {given.remark}" if given.remark else text


async def _send_files(visit: Visit, desk: Desk, submission: int) -> None:
    key = f"{FILES}:{submission}:{visit.address_id}"
    payload = f"{submission} {visit.address_id} {language_of(visit, desk)}"
    row = {"key": key, "kind": FILES, "due_at": desk.unit.now, "payload": payload, "state": "planned"}
    await dues.write(desk.unit.transaction, {key: row})


def _ask(visit: Visit, desk: Desk, one: Waiting) -> None:
    """The next thing that is not known yet."""
    _ = desk.say(visit)
    task = one.pending.task
    levels = visit.dialog["levels"].split()
    cancel = Button(_("Cancel"))
    back = (Button(_("Back")),) if levels else ()
    if len(levels) < len(task.rubric):
        text = task_words.criterion(task.rubric[len(levels)], len(levels) + 1, len(task.rubric), _)
        numbers = tuple(Button(str(level)) for level in range(LOWEST, HIGHEST + 1))
        visit.say(Outgoing(text=text, rows=(numbers, (*back, cancel)), placeholder="1–4"))
    elif not visit.dialog["said"]:
        text = _("Write a remark for the participant: what is good, what comes next. Or press Skip.")
        visit.say(Outgoing(text=text, rows=((Button(_("Skip")),), (*back, cancel))))
    else:
        mark = _mark(visit, one)
        passed = task_passed(score(task, mark))
        text = _("Score {score} of 100: {state}.").format(
            score=task_words.points(score(task, mark), _),
            state=rules.state_names(_)["passed" if passed else "not_yet"],
        )
        rows = ((Button(_("Save")), Button(_("Ask for a revision"))), (*back, cancel))
        visit.say(Outgoing(text=text, rows=rows))


def _level(visit: Visit, typed: str, desk: Desk, one: Waiting) -> Heard:
    if typed not in {str(level) for level in range(LOWEST, HIGHEST + 1)}:
        _ask(visit, desk, one)
        return "yes"
    _keep(visit, levels=f"{visit.dialog['levels']} {typed}".strip())
    _ask(visit, desk, one)
    return "yes"


def _remark(visit: Visit, text: str, desk: Desk, one: Waiting) -> None:
    _ = desk.say(visit)
    clean = cleaned(text)
    if normal(text) in {normal(_("Skip")), "lewati"}:
        clean = ""
    if len(clean) > LONGEST_REMARK:
        words = _("The remark has {length} characters; at most {most}.").format(length=len(clean), most=LONGEST_REMARK)
        visit.say(Outgoing(text=words, keyboard="keep"))
        return
    _keep(visit, remark=clean, said="1")
    _ask(visit, desk, one)


def cleaned(remark: str) -> str:
    """A remark as it is kept: without numbers that identify people."""
    return " ".join(redact(remark)[0].split())


def _mark(visit: Visit, one: Waiting, *, revise: bool = False) -> Mark:
    return mark_of(one, tuple(map(int, visit.dialog["levels"].split())), revise=revise)


def mark_of(one: Waiting, levels: tuple[int, ...], *, revise: bool = False) -> Mark:
    """What whoever judges found."""
    last = one.how == "last"
    name = LAST + one.judge.name if last else one.judge.name
    return Mark(assessor=name, levels=levels, revise=revise, last=last)


async def _settle(visit: Visit, typed: str, desk: Desk, one: Waiting) -> Heard:
    _ = desk.say(visit)
    revise = typed == normal(_("Ask for a revision"))
    if not revise and typed not in {normal(_("Save")), "simpan"}:
        _ask(visit, desk, one)
        return "yes"
    mark = _mark(visit, one, revise=revise)
    await keep(desk.unit, one, mark, visit.dialog["remark"], calendar=desk.house.calendar)
    admin = await admins.of_address(desk.unit.transaction, desk.unit.vault, visit.address_id)
    if admin is not None and one.judge.role == "office":
        actor = await administering.acting(desk.unit.transaction, admin, visit.address.channel)
        await written_down(desk.unit, actor, one, mark)
    left = len(await judging.of_visit(desk.unit, visit))
    visit.say(Outgoing(text=_("✅ Saved. Still waiting for you: {number}.").format(number=left)))
    if not left:
        return "closed"
    await begin(visit, desk)
    return "yes"


# ---- what follows -----------------------------------------------------------------------------------


async def keep(unit: UnitOfWork, one: Waiting, mark: Mark, remark: str, *, calendar: Calendar) -> State:
    """Write the mark down and let follow what follows from it; where the task stands now. The assignment is locked.
    Raises Duplicate, StorageError."""
    timezone = calendar.settings.timezone
    task, given = one.pending.task, one.pending.assignment
    levels = {line.key: level for line, level in zip(task.rubric, mark.levels, strict=True)}
    await submissions.assess(
        unit.transaction,
        unit.vault,
        Assessment(
            submission_id=one.pending.submission_id,
            assessor=mark.assessor,
            levels=levels,
            remark=remark,
            at=unit.now,
            revise=mark.revise,
        ),
    )
    marks = [*one.pending.marks, mark]
    known = passes(task, marks)
    state: State = "assessed" if given.state == "assessed" else rules.moved(given.state, "assessed")
    counts = deciding(marks, double=given.double, passes=known)
    if counts is None:
        await tasks.move(unit.transaction, given.id, state, unit.now)
        if wants_last_word(marks, double=given.double, passes=known):
            await task_news.plan_waiting(unit, [task_news.OFFICE], calendar=calendar)
        return state
    wanted: Literal["revision", "passed", "not_yet"] = "passed" if known[counts] else "not_yet"
    state = rules.moved(state, "revision" if counts.revise else wanted)
    due_at = rules.due_again(task, unit.now, timezone) if state == "revision" else None
    await tasks.move(unit.transaction, given.id, state, unit.now, due_at=due_at)
    await task_news.plan(unit, [given.id], calendar=calendar)
    if due_at is not None:
        await task_news.plan_overdue(unit, task.key, due_at, calendar=calendar)
    await reminding.plan_session(unit, task.session)
    return state


async def written_down(unit: UnitOfWork, actor: Actor, one: Waiting, mark: Mark) -> None:
    """That an admin marked it."""
    whom = f"submission:{one.pending.submission_id}"
    await record(unit.transaction, unit.vault, actor, "tasks.assess", now=unit.now, whom=whom, after=list(mark.levels))


def told(judged: Sequence[Assessment], mark: Mark) -> list[Assessment]:
    """What the participant is told: remarks of all who marked it, of the last word alone where there was one."""
    return [one for one in judged if one.remark and (not mark.last or one.assessor == mark.assessor)]
