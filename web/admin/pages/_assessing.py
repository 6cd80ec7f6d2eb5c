"""One work that waits to be judged: opened with its files, levels chosen, looked at, saved.

Rule of the file: only what waits for whoever asks is opened; a score is shown before it is saved, as in the chat.
"""

from __future__ import annotations

import anyio
from starlette.exceptions import HTTPException
from starlette.responses import FileResponse, Response

from handlers import assessing, desk_assessing, task_words
from handlers.desk_assessing import Opened
from handlers.errors import Conflict
from outreach.tasks import HIGHEST, LOWEST, criterion_words, level_names, state_names
from storage import trainings
from storage.unit_of_work import UnitOfWork
from web.admin.call import Call, refusing
from web.forms import number_of
from web.problems import SaidWhy

SHOWN = frozenset({"image/jpeg", "image/png", "image/webp", "image/gif"})
"""What a browser shows without running anything."""


async def show(call: Call) -> Response:
    """The work, and the form to judge it."""
    return await _shown(call, await _opened(call, _in_address(call)))


async def sent(call: Call) -> Response:
    """A file of it: a picture on the page, anything else to be saved."""
    found = await _opened(call, _in_address(call))
    file = next((one for one in found.files if one.id == call.request.path_params["name"]), None)
    path = None if file is None or call.house.media is None else call.house.media / file.path
    if file is None or path is None or not await anyio.Path(path).is_file():
        raise HTTPException(404)
    return FileResponse(
        path,
        media_type=file.mime if file.mime in SHOWN else "application/octet-stream",
        filename=f"tugas-{found.files.index(file) + 1}{path.suffix}",
        content_disposition_type="inline" if file.mime in SHOWN else "attachment",
        headers={"Cache-Control": "private, no-store"},
    )


async def check(call: Call) -> Response:
    """The score that these levels make; nothing is saved yet."""
    _ = call.say
    found = await _opened(call, _in_form(call))
    if call.text("again"):
        return await _shown(call, found)
    try:
        _mark, points, passed = desk_assessing.outcome(found.queued.waiting, _levels(call, found), say=_)
        remark = desk_assessing.checked_remark(call.text("remark"), say=_)
    except Conflict as wrong:
        return await _shown(call, found, bad=str(wrong))
    return call.page(
        "assess_check.html",
        one=found,
        task=found.queued.waiting.pending.task,
        score=task_words.points(points, _),
        state=state_names(_)["passed" if passed else "not_yet"],
        remark=remark,
        levels=_chosen(call, found),
    )


async def save(call: Call) -> Response:
    """What was looked at is kept; the participant is told."""
    house, number = call.house, _in_form(call)
    found = await _opened(call, number)
    with refusing(call):
        async with house.database.write() as transaction:
            unit = UnitOfWork(transaction, house.vault, now=call.site.clock())
            await desk_assessing.assess(
                unit,
                call.admin,
                call.actor,
                number,
                levels=_levels(call, found),
                remark=call.text("remark"),
                revise=call.text("revise") == "yes",
                calendar=house.calendar(),
                say=call.say,
            )
            await unit.flush()
    return call.to("tasks?said=assessed")


async def _shown(call: Call, found: Opened, *, bad: str = "") -> Response:
    _, task = call.say, found.queued.waiting.pending.task
    async with call.house.database.read() as transaction:
        offered = await trainings.session_of(transaction, task.session)
    names = level_names(_)
    return call.page(
        "assess.html",
        status=422 if bad else 200,
        bad=bad,
        one=found,
        task=task,
        training="" if offered is None else offered.training.title,
        handed_in=task_words.until(found.submission.at, call.site.timezone, _),
        rubric=[(line, *_words(criterion_words(line, _), names)) for line in task.rubric],
        chosen=dict(_chosen(call, found)),
        remark=call.text("remark"),
        longest=assessing.LONGEST_REMARK,
        last=found.queued.waiting.how == "last",
        given=[assessing.judged_line(task, one, _).removeprefix("· ") for one in found.given],
        missing=len(found.submission.files) - len(found.files),
    )


def _words(of: tuple[str, tuple[str, ...]], names: tuple[str, ...]) -> tuple[str, list[tuple[int, str]]]:
    """(label, the levels with their words)."""
    label, anchors = of
    levels = range(LOWEST, HIGHEST + 1)
    return label, [(level, anchors[at] if at < len(anchors) else names[at]) for at, level in enumerate(levels)]


async def _opened(call: Call, number: int) -> Opened:
    house = call.house
    with refusing(call):
        async with house.database.read() as transaction:
            unit = UnitOfWork(transaction, house.vault, now=call.site.clock())
            return await desk_assessing.opened(unit, call.admin, call.actor, number, say=call.say)


def _levels(call: Call, found: Opened) -> list[int]:
    """In the rubric's order; 0 where none was chosen."""
    return [number_of(value) for _name, value in _chosen(call, found)]


def _chosen(call: Call, found: Opened) -> list[tuple[str, str]]:
    """Name of each field and what was chosen there."""
    names = [f"level.{place}" for place in range(len(found.queued.waiting.pending.task.rubric))]
    return [(name, call.text(name)) for name in names]


def _in_address(call: Call) -> int:
    return _number(call, str(call.request.path_params["number"]))


def _in_form(call: Call) -> int:
    return _number(call, call.text("submission"))


def _number(call: Call, text: str) -> int:
    if not (text.isascii() and text.isdecimal()) or len(text) > 19 or int(text) >= 2**63:
        raise SaidWhy(404, call.say("There is no such thing."))
    return int(text)
