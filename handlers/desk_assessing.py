"""What was handed in for a task is judged by an admin at a desk: the same marks as in the chat, all at once.

Rules of the file: what waits for somebody else is not there, and marks of others are seen by whoever has the last word
alone, so that two who mark it do so blind.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from handlers import assessing, judging
from handlers.errors import Conflict, NotFound
from handlers.judging import Waiting
from handlers.permissions import Actor, require
from handlers.task_words import Say
from insights.rubric import task_passed
from insights.task_marks import score
from outreach.calendar import Calendar
from outreach.task_marks import Mark
from outreach.tasks import HIGHEST, LOWEST, State
from storage import media, submissions, tasks
from storage.admins import Admin
from storage.media import Kept
from storage.submissions import Assessment, Submission
from storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class Queued:
    """Something that waits, and who handed it in; "" if they have not proven who they are."""

    waiting: Waiting
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """One of them, whole. ``files``: those that are here. ``given``: marks of others, for a last word alone."""

    queued: Queued
    submission: Submission
    files: tuple[Kept, ...]
    given: tuple[Assessment, ...]


async def queue(unit: UnitOfWork, admin: Admin, actor: Actor) -> list[Queued]:
    """What waits for them, the oldest first. Raises NotAllowed, StorageError."""
    require(actor, "tasks.assess")
    found = await judging.of_admin(unit, admin)
    people = {one.pending.assignment.respondent_id for one in found}
    known = await tasks.participants(unit.transaction, unit.vault, people)
    names = {one.respondent_id: one.name for one in known}
    return [Queued(waiting=one, name=names.get(one.pending.assignment.respondent_id, "")) for one in found]


async def opened(unit: UnitOfWork, admin: Admin, actor: Actor, number: int, *, say: Say = str) -> Opened:
    """That submission, if it waits for them. Raises NotAllowed, NotFound, StorageError."""
    _ = say
    found = next((one for one in await queue(unit, admin, actor) if one.waiting.pending.submission_id == number), None)
    whole = await submissions.submission_of(unit.transaction, unit.vault, number) if found is not None else None
    if found is None or whole is None:
        raise NotFound(_("This does not wait for your assessment, or somebody else has assessed it meanwhile."))
    files = await media.kept(unit.transaction, whole.files)
    given: Sequence[Assessment] = ()
    if found.waiting.how == "last":
        given = await submissions.assessments(unit.transaction, unit.vault, [number])
    here = tuple(files[name] for name in whole.files if name in files)
    return Opened(queued=found, submission=whole, files=here, given=tuple(given))


def outcome(one: Waiting, levels: Sequence[int], *, say: Say = str) -> tuple[Mark, Fraction, bool]:
    """The mark these levels make, its score, and whether it passes. Raises Conflict where a level is missing."""
    _ = say
    task = one.pending.task
    if len(levels) != len(task.rubric) or not all(LOWEST <= level <= HIGHEST for level in levels):
        raise Conflict(_("Please choose a level for each criterion."))
    mark = assessing.mark_of(one, tuple(levels))
    points = score(task, mark)
    return mark, points, task_passed(points)


def checked_remark(remark: str, *, say: Say = str) -> str:
    """As it is kept. Raises Conflict where it is too long."""
    _ = say
    clean = assessing.cleaned(remark)
    if len(clean) > assessing.LONGEST_REMARK:
        words = _("The remark has {length} characters; at most {most}.")
        raise Conflict(words.format(length=len(clean), most=assessing.LONGEST_REMARK))
    return clean


async def assess(  # noqa: PLR0913 -- each is part of what is found
    unit: UnitOfWork,
    admin: Admin,
    actor: Actor,
    number: int,
    *,
    levels: Sequence[int],
    remark: str,
    revise: bool,
    calendar: Calendar,
    say: Say = str,
) -> State:
    """Keep what they found; where the task stands now. Raises NotAllowed, NotFound, Conflict, StorageError."""
    before = await submissions.submission_of(unit.transaction, unit.vault, number)
    if before is not None:
        await tasks.assignment_of(unit.transaction, before.assignment_id, lock=True)
    one = (await opened(unit, admin, actor, number, say=say)).queued.waiting
    outcome(one, levels, say=say)
    mark = assessing.mark_of(one, tuple(levels), revise=revise)
    state = await assessing.keep(unit, one, mark, checked_remark(remark, say=say), calendar=calendar)
    await assessing.written_down(unit, actor, one, mark)
    return state
