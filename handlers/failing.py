"""A message that could not be handled: noted for the admin without its words, and its sender is told.

Rule of the file: nothing of what somebody wrote, and nothing of who they are, goes into the note.
"""

from __future__ import annotations

import traceback
from pathlib import Path
from typing import TYPE_CHECKING

from storage import inbound, people
from storage.deliveries import Draft
from storage.unit_of_work import UnitOfWork
from surveys.messages import Incoming, Outgoing

if TYPE_CHECKING:
    from handlers.receiving import Reception


def where(error: Exception) -> str:
    """The kind of fault and the lines of code it went through, innermost last; never its message."""
    frames = traceback.extract_tb(error.__traceback__)[-4:]
    lines = " > ".join(f"{Path(frame.filename).name}:{frame.lineno}" for frame in frames)
    return f"{type(error).__name__} at {lines}" if lines else type(error).__name__


async def set_aside(
    incoming: Incoming, unit: UnitOfWork, reception: Reception, *, code: str, detail: str
) -> list[Draft]:
    """Note the fault and apologise; the update counts as taken. Raises StorageError."""
    channel, number = incoming.address.channel, incoming.external_id
    fresh = await inbound.take(unit.transaction, [(channel, number)], unit.now)
    await inbound.end_trial(unit.transaction, [(channel, number)])
    if not fresh:
        return []
    unit.record_incident(code, channel, number, detail)
    lookup = people.lookup_of(incoming.address, unit.vault)
    found = (await people.known(unit.transaction, {lookup: incoming.address}, unit.vault))[lookup]
    drafts = []
    if not incoming.group:
        draft = Draft(address_id=found.address_id, outgoing=apology(incoming, found.language, reception))
        unit.post(draft)
        drafts.append(draft)
    await unit.flush()
    return drafts


def apology(incoming: Incoming, chosen: str, reception: Reception) -> Outgoing:
    """In the language they chose, else their device's, else the office's."""
    speaks = reception.house.languages
    language = next((one for one in (chosen, incoming.language) if one in speaks), speaks[0])
    _ = reception.house.say(language)
    return Outgoing(
        text=_(
            "Sorry, this message could not be handled; the office has been told. "
            "What you answered before is safe. Please send it in other words, or type HELP."
        ),
        keyboard="keep",
    )
