"""How many people take part, by kind and channel; and who they are, for a reason that is written down.

Rule of the file: names of nobody without a reason, and never of those who answered anonymously.
"""

from __future__ import annotations

from starlette.responses import Response

from handlers import administering
from storage import overview
from web.admin.call import Action, Call, View, later, refusing
from web.admin.counting import shown

TITLE = later("Respondents")
PLACE = 20


def kinds(call: Call) -> dict[str, str]:
    """Kind to its name."""
    _ = call.say
    return {
        "asn": _("Civil servant"),
        "warga": _("Citizen"),
        "stakeholder": _("Organisation"),
        "": _("not said yet"),
    }


async def show(call: Call) -> Response:
    """Counts."""
    async with call.house.database.read() as transaction:
        people = await overview.people(transaction)
        channels = await overview.channels(transaction)
        opted_out = await overview.opted_out(transaction)
    return call.page(
        "respondents.html",
        people=[(label, shown(people.get(kind, 0), call)) for kind, label in kinds(call).items()],
        channels=[(name, shown(count, call)) for name, count in sorted(channels.items())],
        opted_out=shown(opted_out, call),
        kinds=list(kinds(call).items()),
        found=None,
        reason="",
    )


async def open_(call: Call) -> Response:
    """Their addresses, once the reason is written down."""
    kind, reason = call.text("kind"), call.text("reason")
    house = call.house
    with refusing(call):
        async with house.database.write() as transaction:
            found = await administering.open_identities(
                transaction, house.vault, call.actor, kind=kind, reason=reason, now=call.site.clock(), say=call.say
            )
    return call.page(
        "respondents.html",
        people=(),
        channels=(),
        opted_out="",
        kinds=list(kinds(call).items()),
        found=found,
        reason=reason,
    )


VIEWS = (View("", "respondents.count", show),)
ACTIONS = (Action("/open", "identities.open", open_),)
