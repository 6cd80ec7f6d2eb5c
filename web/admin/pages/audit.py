"""What was done by those who look after the program, and whether the record of it is whole.

Rule of the file: looking changes nothing; names stand beside numbers only here, where those may read them who may.
"""

from __future__ import annotations

from functools import partial

from starlette.responses import Response

from handlers.act_names import act_names
from handlers.whom_names import whom_named
from storage import admins, audit
from web.admin.call import Call, View, later
from web.forms import number_of

TITLE = later("Audit")
PLACE = 70
AT_ONCE = 100


async def show(call: Call) -> Response:
    """The newest first."""
    house = call.house
    async with house.database.read() as transaction:
        rows = await audit.latest(transaction, most=AT_ONCE, before=number_of(call.asked("before")))
        names = {f"admin:{one.id}": one.name for one in await admins.listed(transaction, house.vault)}
    return call.page(
        "audit.html",
        rows=rows,
        names={**names, **_doers(call)},
        whom=partial(whom_named, say=call.say, known=names),
        acts=act_names(call.say),
        verdict=None,
        more=rows[-1].id if len(rows) == AT_ONCE else 0,
    )


async def verify(call: Call) -> Response:
    """Follow the chain."""
    async with call.house.database.snapshot() as transaction:
        verdict = await audit.verify(transaction, call.house.vault)
    return call.page("audit.html", rows=(), names={}, whom=str, acts={}, verdict=verdict, more=0)


def _doers(call: Call) -> dict[str, str]:
    _ = call.say
    return {"terminal": _("at the computer itself"), "system": _("the program itself")}


VIEWS = (View("", "audit.see", show), View("/verify", "audit.see", verify))
ACTIONS = ()
