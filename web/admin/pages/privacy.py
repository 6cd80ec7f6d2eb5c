"""Consent and requests: what people asked for about their data, until when it is due, and how many agreed to what.

Rule of the file: people are numbers here. Somebody's words are opened by a form alone, since that is written down.
"""

from __future__ import annotations

from collections.abc import Callable

from starlette.responses import Response

from handlers import settling
from handlers.own_data import action_named, purpose_named
from web.admin.call import Action, Call, View, later, refusing
from web.admin.counting import shown
from web.forms import number_of

TITLE = later("Consent and requests")
PLACE = 24
SAID = {"done": later("The request is noted as done. What the person wrote is deleted.")}


def kind_named(kind: str, say: Callable[[str], str]) -> str:
    """What is asked for, as people read it."""
    _ = say
    names = {"copy": _("Send a copy"), "correct": _("Correct"), "delete": _("Delete everything")}
    return names.get(kind, kind)


async def show(call: Call) -> Response:
    """Open requests, the most urgent first, and counts of consents."""
    house, _ = call.house, call.say
    with refusing(call):
        async with house.database.read() as transaction:
            found = await settling.open_requests(transaction, house.vault, call.actor)
            consents = await settling.consents(transaction, call.actor)
    said, now = SAID.get(call.asked("said"), ""), call.site.clock()
    return call.page(
        "privacy.html",
        notice=_(said) if said else "",
        requests=[(one, kind_named(one.kind, _), one.due_at < now) for one in found],
        overdue=sum(one.due_at < now for one in found),
        consents=[
            (purpose_named(one.purpose, _), one.version, action_named(one.action, _), shown(one.people, call))
            for one in consents
        ],
    )


async def open_(call: Call) -> Response:
    """One request with the person's words; that it was opened is written down."""
    house, now = call.house, call.site.clock()
    with refusing(call):
        async with house.database.write() as transaction:
            found = await settling.opened(
                transaction, house.vault, call.actor, number_of(call.text("number")), now=now, say=call.say
            )
    return call.page(
        "privacy_request.html", one=found, kind=kind_named(found.kind, call.say), overdue=found.due_at < now
    )


async def settle(call: Call) -> Response:
    """It was carried out."""
    house = call.house
    with refusing(call):
        async with house.database.write() as transaction:
            await settling.settle(
                transaction,
                house.vault,
                call.actor,
                number_of(call.text("number")),
                now=call.site.clock(),
                say=call.say,
            )
    return call.to("privacy?said=done")


VIEWS = (View("", "requests.see", show),)
ACTIONS = (Action("/open", "requests.see", open_), Action("/settle", "requests.settle", settle))
