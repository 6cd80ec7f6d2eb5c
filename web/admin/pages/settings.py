"""How the program is set, and what went wrong.

Rule of the file: settings are read here and changed in config.toml; no secret is shown.
"""

from __future__ import annotations

from starlette.responses import Response

from handlers.auditing import record
from storage import incidents
from web.admin.call import Action, Call, View, later

TITLE = later("Settings")
PLACE = 80


async def show(call: Call) -> Response:
    """Settings and incidents; what is shown counts as seen."""
    async with call.house.database.read() as transaction:
        found = await incidents.latest(transaction, 50)
        unseen = await incidents.unseen(transaction)
    if found and unseen:
        async with call.house.database.write() as transaction:
            await incidents.seen(transaction, found[0].id)
    return call.page("settings.html", facts=call.house.facts(), incidents=found)


async def clear(call: Call) -> Response:
    """The list of what went wrong is emptied."""
    house = call.house
    async with house.database.write() as transaction:
        number = await incidents.clear(transaction)
        await record(transaction, house.vault, call.actor, "incidents.clear", now=call.site.clock(), before=number)
    return call.to("settings")


VIEWS = (View("", "settings.see", show),)
ACTIONS = (Action("/clear", "incidents.clear", clear),)
