"""The roster: a list of employees is looked through and then saved, and employees get a code to prove who they are.

Rules of the file: nothing is saved that was not shown before; between the two the list waits sealed. Who is new,
changed or gone is named for a reason alone, since that is written down; a code is shown once.
"""

from __future__ import annotations

import hmac
import random
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import PurePath

import anyio
from starlette.responses import Response

from handlers import rostering
from handlers.rostering import Examined
from outreach.roster import Changes, Entry, masked
from outreach.roster_columns import TITLES
from outreach.roster_lists import Lists
from outreach.roster_reading import Read, read_roster
from outreach.roster_template import template
from storage.errors import Sealed
from surveys.text.employee_number import read_employee_number
from web import uploads
from web.admin.call import Action, Call, View, later, refusing
from web.admin.counting import shown
from web.admin.faults import told
from web.problems import SaidWhy

TITLE = later("Roster")
PLACE = 22

KINDS = (".xlsx", ".csv")
MOST_NAMES = 500
"""Rows of one page."""
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SAID = {"saved": later("The list is saved.")}


@dataclass(frozen=True, slots=True)
class Kept:
    """A list that waits to be saved. ``seen``: the print of what it would change."""

    reference: str
    kind: str
    part: bool
    seen: str


async def show(call: Call) -> Response:
    """Units and how many employees they have."""
    said = SAID.get(call.asked("said"), "")
    return await _shown(call, notice=call.say(said) if said else "")


async def _shown(call: Call, *, notice: str = "", bad: str = "", code: str = "", status: int = 200) -> Response:
    house = call.house
    with refusing(call):
        async with house.database.read() as transaction:
            units = await rostering.counted(transaction, call.actor)
    return call.page(
        "roster.html",
        status=status,
        notice=notice,
        bad=bad,
        code=code,
        units=units,
        employees=sum(one.employees for one in units),
        proven=shown(sum(one.proven for one in units), call),
    )


async def download(call: Call) -> Response:
    """An empty list to fill in."""
    content = template((await _lists(call)).units, say=call.say)
    headers = {"Content-Disposition": 'attachment; filename="daftar-pegawai.xlsx"', "Cache-Control": "no-store"}
    return Response(content, media_type=WORKBOOK, headers=headers)


async def check(call: Call) -> Response:
    """Look a list through: what is wrong with it, or what saving it would change."""
    _ = call.say
    file = call.file("list")
    kind = PurePath(file.filename or "").suffix.lower() if file is not None else ""
    if file is None or kind not in KINDS:
        return await _shown(call, bad=_("Please choose a list: a file whose name ends in .xlsx or .csv."), status=422)
    content, part, reason = await file.read(), bool(call.text("part")), call.text("reason")
    read = await _read(call, content, kind)
    vault, named = call.house.vault, bool(reason) and not read.errors
    with refusing(call):
        examined = await rostering.examine(call.house.database, vault, call.actor, read, part=part)
        if named:
            async with call.house.database.write() as transaction:
                await rostering.open_names(transaction, vault, call.actor, reason, now=call.site.clock(), say=_)
    people = _people(examined.changes, call) if named else []
    kept = None
    if not read.errors and not examined.nothing:
        sealed = call.house.vault.seal(_place(call), content)
        reference = await uploads.put(sealed, call.house.uploads)
        kept = Kept(reference, kind, part, await _print(examined, call))
    return call.page(
        "roster_list.html",
        status=422 if read.errors else 200,
        file=file.filename,
        problems=told(read.problems, call),
        errors=read.errors,
        counts=_counts(examined.changes, call),
        units=examined.units,
        named=named,
        people=people[:MOST_NAMES],
        more=max(len(people) - MOST_NAMES, 0),
        part=part,
        kept=kept,
    )


async def save(call: Call) -> Response:
    """What was looked through is saved."""
    _ = call.say
    house, kind, now = call.house, call.text("kind"), call.site.clock()
    too_long_ago = SaidWhy(409, _("The list was looked through too long ago. Please choose the file again."))
    try:
        sealed = b"".join([piece async for piece in uploads.pieces(call.text("reference"), house.uploads)])
        content = house.vault.unseal(_place(call), sealed)
    except (FileNotFoundError, Sealed):
        raise too_long_ago from None
    if kind not in KINDS:
        raise too_long_ago
    read, lists = await _read(call, content, kind), await _lists(call)
    with refusing(call):
        examined = await rostering.examine(house.database, house.vault, call.actor, read, part=bool(call.text("part")))
        if not hmac.compare_digest(await _print(examined, call), call.text("seen")):
            raise SaidWhy(409, _(rostering.CHANGED))
        await rostering.save(
            house.database, house.vault, call.actor, examined, lists, now=now, today=_today(call), say=_
        )
    await uploads.drop(call.text("reference"), house.uploads)
    return call.to("roster?said=saved")


async def code(call: Call) -> Response:
    """A one-time code for an employee, shown once."""
    _ = call.say
    number = read_employee_number(call.text("number")[:200], today=_today(call)).meaning.values
    if len(number) != 1:
        return await _shown(call, bad=_("That is no employee number: it has 18 digits."), status=422)
    house = call.house
    with refusing(call):
        async with house.database.write() as transaction:
            given = await rostering.give_code(
                transaction,
                house.vault,
                call.actor,
                number[0],
                now=call.site.clock(),
                rng=random.SystemRandom(),
                say=_,
            )
    return await _shown(call, code=given)


async def _read(call: Call, content: bytes, kind: str) -> Read:
    """Understood beside everything else: ten thousand rows take seconds."""
    work = partial(read_roster, content, f"list{kind}", await _lists(call), today=_today(call), say=call.say)
    return await anyio.to_thread.run_sync(work)


async def _lists(call: Call) -> Lists:
    """The district's lists, with the units that earlier lists added."""
    try:
        lists = call.house.lists()
    except (FileNotFoundError, KeyError) as error:
        words = call.say("A list of the district is missing ({name}): put it into the catalog folder.")
        raise SaidWhy(409, words.format(name=str(error).strip("'"))) from None
    async with call.house.database.read() as transaction:
        return await rostering.lists_with_units(transaction, lists)


def _counts(changes: Changes, call: Call) -> list[tuple[str, int]]:
    _ = call.say
    return [
        (_("New"), len(changes.new)),
        (_("Changed"), len(changes.changed)),
        (_("Gone"), len(changes.gone)),
        (_("Back again"), len(changes.back)),
        (_("As before"), changes.same),
    ]


def _people(changes: Changes, call: Call) -> list[tuple[str, Entry, str, str]]:
    """Who is new, changed, gone or back: what, the entry, its masked number, and what changed."""
    _ = call.say
    groups = ((_("New"), changes.new), (_("Gone"), changes.gone), (_("Back again"), changes.back))
    people = [(what, entry, masked(entry.number), "") for what, entries in groups for entry in entries]
    return people + [
        (_("Changed"), one.after, masked(one.after.number), ", ".join(TITLES[name] for name in one.fields))
        for one in changes.changed
    ]


async def _print(examined: Examined, call: Call) -> str:
    """Tells whether two lists of changes are the same, and nothing else about them."""
    seen = examined.changes, examined.units
    return await anyio.to_thread.run_sync(lambda: call.house.vault.lookup("roster-changes", repr(seen)).hex())


def _today(call: Call) -> date:
    return call.site.clock().astimezone(call.site.timezone).date()


def _place(call: Call) -> bytes:
    return b"admin/roster-list/%d" % call.admin.id


VIEWS = (View("", "roster.see", show), View("/daftar-pegawai.xlsx", "roster.see", download))
ACTIONS = (
    Action("/check", "roster.import", check),
    Action("/save", "roster.import", save),
    Action("/code", "roster.code", code),
)
