"""How the program is set, and what went wrong.

Rule of the file: settings are read here and changed in config.toml; no secret is shown.
"""

from __future__ import annotations

from starlette.responses import Response

from handlers import administering
from web.admin.call import Action, Call, View, later, refusing

TITLE = later("Settings")
PLACE = 80


async def show(call: Call) -> Response:
    """Settings and incidents; what is shown counts as seen."""
    with refusing(call):
        async with call.house.database.write() as transaction:
            found = await administering.look_at_incidents(transaction, call.actor, most=50)
    return call.page("settings.html", facts=call.house.facts(), incidents=found)


async def clear(call: Call) -> Response:
    """The list of what went wrong is emptied."""
    house = call.house
    with refusing(call):
        async with house.database.write() as transaction:
            await administering.clear_incidents(transaction, house.vault, call.actor, now=call.site.clock())
    return call.to("settings")


VIEWS = (View("", "settings.see", show),)
ACTIONS = (Action("/clear", "incidents.clear", clear),)
