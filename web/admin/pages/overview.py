"""How things stand at a glance: what waits, what is answered, what went wrong.

Rule of the file: counts below five are not shown to those who may not see the names anyway, and counts of the whole
office to nobody who is bound to units.
"""

from __future__ import annotations

from collections import Counter

from starlette.responses import Response

from reports.versions import published
from storage import deliveries, incidents, overview
from surveys.survey import in_language
from web.admin.call import Call, View, later
from web.admin.counting import shown

TITLE = later("Overview")
PLACE = 10
SETTLED = frozenset({"SELESAI", "DIGABUNG", "DIALIHKAN_LAPOR", "DIARSIPKAN"})
"""States of a ticket on which nobody works any more."""


async def show(call: Call) -> Response:
    """Numbers alone."""
    async with call.house.database.read() as transaction:
        people = await overview.people(transaction) if call.may("respondents.count") else None
        versions = await published(transaction)
        tickets = await overview.tickets(transaction) if call.may("aspirations.see") and not call.actor.units else None
        waiting = await deliveries.waiting(transaction) if call.may("responses.count") else None
        unseen = await incidents.unseen(transaction) if call.may("incidents.see") else 0
    done: Counter[str] = Counter()
    now: Counter[str] = Counter()
    for one in versions:
        done[one.survey.name] += one.complete
        now[one.survey.name] += one.answering
    newest = {one.survey.name: one for one in versions}
    return call.page(
        "overview.html",
        people=None if people is None else shown(sum(people.values()), call),
        surveys=[
            (
                in_language(one.survey.title, call.language) or name,
                shown(done[name], call),
                shown(now[name], call),
                one.closed,
            )
            for name, one in newest.items()
        ],
        new_tickets=None if tickets is None else tickets.get("new", 0),
        open_tickets=None if tickets is None else sum(n for state, n in tickets.items() if state not in SETTLED),
        waiting=None if waiting is None else waiting.queued + waiting.leased,
        unseen=unseen,
    )


VIEWS = (View("", "overview.see", show),)
ACTIONS = ()
