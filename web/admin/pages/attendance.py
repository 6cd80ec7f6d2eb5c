"""Attendance: the sessions, the list that the instructor corrects, and the same as a workbook.

Rule of the file: what is noted by hand is what changed on the page since it was opened, so that nobody who checked in
meanwhile is taken off the list.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import partial
from pathlib import PurePath

import anyio
from starlette.responses import Response

from handlers import attendance_list
from handlers.attendance_list import Mark, Sheet, said_of
from handlers.auditing import record
from handlers.permissions import require
from outreach.attendance_sheet import Line, read_list, written
from outreach.wording import days_in_words, hours_in_words, where
from storage import trainings
from storage.trainings import Offered
from storage.unit_of_work import UnitOfWork
from surveys.speaking import day as day_in_words
from surveys.text.employee_number import read_employee_number
from web.admin.call import Action, Call, View, later, refusing
from web.admin.faults import told
from web.admin.pages import _projector
from web.admin.pages._projector import key_of, known
from web.problems import SaidWhy

TITLE = later("Attendance")
PLACE = 26
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SAID = {"kept": later("Noted."), "same": later("Nothing has changed.")}
_BEFORE = timedelta(days=60)
"""Sessions that ended so long ago are on the list yet."""
_MOST_FIELDS = 5000
_PERSON = re.compile(r"(?:employee:)?([1-9]\d{0,18})")
_MARK = "there"
"""How a box is called; its value is "4711 2026-12-01". Beside them "was" says "4711 2026-12-01 2026-12-02"."""


async def choose(call: Call) -> Response:
    """The sessions, those of today and to come first."""
    house, today = call.house, _today(call)
    with refusing(call):
        require(call.actor, "attendance.show")
    async with house.database.read() as transaction:
        found = await trainings.sessions(transaction, since=today - _BEFORE)
    held = [one for one in found if not one.session.cancelled]

    def rows(some: list[Offered]) -> list[tuple[str, str, str, str]]:
        return [(one.session.key, one.training.title, _when(call, one), where(one.session, call.say)) for one in some]

    over = [one for one in held if one.session.last.date < today]
    return call.page("attendance.html", to_come=rows([one for one in held if one not in over]), over=rows(over[::-1]))


def _when(call: Call, offered: Offered) -> str:
    """Days and hours."""
    days = offered.session.in_order
    return f"{days_in_words(days, call.say)}, {hours_in_words(days, call.site.timezone, call.say)}"


# ---- the list ---------------------------------------------------------------------------------------


async def show(call: Call) -> Response:
    """The list with a box for each person and day."""
    said = SAID.get(call.asked("said"), "")
    return await _shown(call, key_of(call), notice=call.say(said) if said else "")


async def _shown(
    call: Call,
    session: str,
    *,
    notice: str = "",
    bad: str = "",
    problems: list[tuple[str, str, str, str, str]] | None = None,
    status: int = 200,
) -> Response:
    found = await _sheet(call, session)
    return call.page(
        "attendance_list.html",
        status=status,
        notice=notice,
        bad=bad,
        problems=problems or [],
        session=session,
        title=found.offered.training.title,
        when=_when(call, found.offered),
        place=where(found.offered.session, call.say),
        cancelled=found.offered.session.cancelled,
        days=[(one, day_in_words(one, call.say)) for one in found.days],
        today=_today(call),
        people=found.people,
        said={one.person: said_of(found, one, say=call.say) for one in found.people},
        mark=_MARK,
    )


async def _sheet(call: Call, session: str) -> Sheet:
    house = call.house
    with refusing(call):
        async with house.database.read() as transaction:
            return await attendance_list.shown(transaction, house.vault, call.actor, session, say=call.say)


async def keep(call: Call) -> Response:
    """What changed on the page is noted."""
    session = known(call, call.text("session"))
    ticked: dict[str, set[str]] = {}
    for box in call.texts(_MARK):
        person, _space, day = box.partition(" ")
        ticked.setdefault(person, set()).add(day)
    marks = []
    for line in call.texts("was"):
        person, *before = line.split(" ")
        found = _PERSON.fullmatch(person)
        if found is None or int(found[1]) >= 2**63:
            raise SaidWhy(400, call.say("This page is too old. Please open it again."))
        now = ticked.get(person, set())
        marks += [Mark(person, _date(day), there=day in now) for day in sorted(now ^ set(before))]
    return await _corrected(call, session, marks)


async def add(call: Call) -> Response:
    """Somebody who is not on the list was there."""
    _, session = call.say, known(call, call.text("session"))
    number = read_employee_number(call.text("number")[:200], today=_today(call)).meaning.values
    if len(number) != 1:
        return await _shown(call, session, bad=_("That is no employee number: it has 18 digits."), status=422)
    with refusing(call):
        async with call.house.database.write() as transaction:
            unit = UnitOfWork(transaction, call.house.vault, now=call.site.clock())
            await attendance_list.add(
                unit, call.actor, session, number[0], _date(call.text("day")), timezone=call.site.timezone, say=_
            )
            await unit.flush()
    return call.to(f"attendance/{session}?said=kept")


async def _corrected(call: Call, session: str, marks: list[Mark]) -> Response:
    with refusing(call):
        async with call.house.database.write() as transaction:
            unit = UnitOfWork(transaction, call.house.vault, now=call.site.clock())
            changed = await attendance_list.correct(
                unit, call.actor, session, marks, timezone=call.site.timezone, say=call.say
            )
            await unit.flush()
    return call.to(f"attendance/{session}?said={'kept' if changed else 'same'}")


# ---- the workbook -----------------------------------------------------------------------------------


async def download(call: Call) -> Response:
    """The list as a workbook; it names people, so that it was taken is written down."""
    house, session = call.house, key_of(call)
    found = await _sheet(call, session)
    lines = [
        Line(one.name, one.number, one.unit_label, frozenset(one.days), said_of(found, one, say=call.say))
        for one in found.people
        if one.number
    ]
    title = f"{found.offered.training.title} · {days_in_words(found.offered.session.days, call.say)}"
    content = await anyio.to_thread.run_sync(partial(written, title, found.days, lines, say=call.say))
    async with house.database.write() as transaction:
        await record(
            transaction, house.vault, call.actor, "attendance.list", now=call.site.clock(), whom=f"session:{session}"
        )
    headers = {"Content-Disposition": f'attachment; filename="kehadiran-{session}.xlsx"', "Cache-Control": "no-store"}
    return Response(content, media_type=WORKBOOK, headers=headers)


async def upload(call: Call) -> Response:
    """A filled list is taken in, whole or not at all."""
    _, session = call.say, known(call, call.text("session"))
    file = call.file("list")
    kind = PurePath(file.filename or "").suffix.lower() if file is not None else ""
    if file is None or kind not in {".xlsx", ".csv"}:
        bad = _("Please choose a list: a file whose name ends in .xlsx or .csv.")
        return await _shown(call, session, bad=bad, status=422)
    days = (await _sheet(call, session)).days
    content = await file.read()
    read = await anyio.to_thread.run_sync(partial(read_list, content, f"list{kind}", days, say=_))
    with refusing(call):
        async with call.house.database.write() as transaction:
            unit = UnitOfWork(transaction, call.house.vault, now=call.site.clock())
            changed, problems = await attendance_list.take_in(
                unit, call.actor, session, read, timezone=call.site.timezone, say=_
            )
            await unit.flush()
    if problems:
        bad = _("Nothing was noted: mend these rows, then upload the list again.")
        return await _shown(call, session, bad=bad, problems=told(problems, call), status=422)
    return call.to(f"attendance/{session}?said={'kept' if changed else 'same'}")


def _today(call: Call) -> date:
    return call.site.clock().astimezone(call.site.timezone).date()


def _date(words: str) -> date:
    """What a form of ours says; the first of all days for anything else, on which no session is."""
    try:
        return date.fromisoformat(words)
    except ValueError:
        return date.min


VIEWS = (
    View("", "attendance.show", choose),
    View("/{session}", "attendance.keep", show),
    View("/{session}/layar", "attendance.show", _projector.project),
    View("/{session}/sekarang", "attendance.show", _projector.now),
    View("/{session}/kode.svg", "attendance.show", _projector.picture),
    View("/{session}/kehadiran.xlsx", "attendance.keep", download),
)
ACTIONS = (
    Action("/keep", "attendance.keep", keep, fields=_MOST_FIELDS),
    Action("/add", "attendance.keep", add),
    Action("/import", "attendance.keep", upload),
)
