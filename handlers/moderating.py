"""An aspiration is read, moved on, and whoever sent it is told, where they can be and wish it.

Rule of the file: who is bound to units sees and moves those of the kelurahan that these units serve, no other. The note
passes redaction; the audit keeps hashes of the states alone.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from handlers.auditing import record
from handlers.errors import Conflict, NotAllowed, NotFound
from handlers.permissions import Actor, require
from handlers.ticket_status import say_state
from storage import aspirations, media, people, tickets
from storage.aspirations import Aspiration, Whole
from storage.media import Kept
from storage.unit_of_work import UnitOfWork
from surveys.messages import Outgoing
from surveys.text.redaction import redact

STATES: Final = (
    "DIVERIFIKASI",
    "DITERUSKAN",
    "DITINDAKLANJUTI",
    "SELESAI",
    "PERLU_INFO",
    "DIGABUNG",
    "DIALIHKAN_LAPOR",
    "DIARSIPKAN",
)
"""After "new", in the order of the work."""
REASONED: Final = frozenset({"PERLU_INFO", "DIGABUNG", "DIALIHKAN_LAPOR", "DIARSIPKAN"})
"""States that mean nothing to the sender without a note."""
LONGEST_NOTE: Final = 300
NEWS_PRIORITY: Final = 5

Say = Callable[[str], str]


def places_of(actor: Actor, serves: Mapping[str, str]) -> frozenset[str] | None:
    """The kelurahan whose aspirations the actor sees; None: all. ``serves``: unit to the kelurahan it serves."""
    if not actor.units:
        return None
    return frozenset(serves[unit] for unit in actor.units if unit in serves)


async def listed(
    unit: UnitOfWork, actor: Actor, serves: Mapping[str, str], *, state: str = "", most: int = 50, skip: int = 0
) -> tuple[Aspiration, ...]:
    """Those the actor may see, the newest first. Raises NotAllowed."""
    require(actor, "aspirations.see")
    places = places_of(actor, serves)
    return await aspirations.listed(unit.transaction, state=state, kelurahan=places, most=most, skip=skip)


async def shown(unit: UnitOfWork, actor: Actor, serves: Mapping[str, str], number: str) -> Whole:
    """One of them. Raises NotAllowed, NotFound."""
    require(actor, "aspirations.see")
    found = await aspirations.whole(unit.transaction, number)
    if found is None:
        raise NotFound
    places = places_of(actor, serves)
    if places is not None and found.aspiration.kelurahan not in places:
        raise NotAllowed
    return found


async def file_of(unit: UnitOfWork, actor: Actor, serves: Mapping[str, str], number: str, file_id: str) -> Kept:
    """A file that was sent with it. Raises NotAllowed, NotFound."""
    whole = await shown(unit, actor, serves, number)
    known = {one for said in whole.said if not said.sealed for one in said.files}
    found = await media.kept(unit.transaction, [file_id]) if file_id in known else {}
    if file_id not in found:
        raise NotFound
    return found[file_id]


async def change(
    unit: UnitOfWork,
    actor: Actor,
    serves: Mapping[str, str],
    number: str,
    *,
    state: str,
    note: str,
    say: Say = str,
    speaks: Callable[[str], Say] = lambda _language: str,
) -> bool:
    """Move it on; True where the sender is told. ``speaks``: a person's language to gettext.

    Raises NotAllowed, NotFound, and Conflict with what is amiss.
    """
    _ = say
    require(actor, "aspirations.change")
    found = await shown(unit, actor, serves, number)
    if state not in STATES:
        raise Conflict(_("Please choose where the aspiration stands now."))
    kept = redact(" ".join(note.split()))[0]
    if state in REASONED and not kept:
        raise Conflict(_("Please write a note: the person reads it and wants to know why."))
    if len(kept) > LONGEST_NOTE:
        raise Conflict(_("The note is too long: {number} characters at most.").format(number=LONGEST_NOTE))
    await tickets.change(unit.transaction, number, state, kept, unit.now)
    told = await _tell(unit, number, state, kept, speaks)
    await unit.flush()
    await record(
        unit.transaction,
        unit.vault,
        actor,
        "aspirations.change",
        now=unit.now,
        whom=f"ticket:{number}",
        before=found.aspiration.state,
        after=state,
    )
    return told


async def _tell(unit: UnitOfWork, number: str, state: str, note: str, speaks: Callable[[str], Say]) -> bool:
    owner = await aspirations.owner(unit.transaction, number)
    if owner is None:
        return False
    for known, _address in await people.of_respondents(unit.transaction, [owner], unit.vault):
        if known.gone or known.opted_out:
            continue
        _ = speaks(known.language)
        text = _("News about {number}: {status}.").format(number=number, status=say_state(state, _))
        unit.send(
            known.address_id,
            Outgoing(text=f"{text} {note}".strip(), keyboard="keep"),
            priority=NEWS_PRIORITY,
            respondent_id=owner,
        )
        return True
    return False
