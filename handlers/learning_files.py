"""Files of a training that are sent in the chat: the calendar file of a session.

Rule of the file: a file is made for one address, encrypted until it is handed over, and gone within a day.
"""

from __future__ import annotations

from handlers.desk import Desk
from handlers.visit import Visit
from outreach.calendar_file import MIME, Publisher, calendar_file
from storage import documents
from storage.documents import Document
from storage.trainings import Offered
from surveys.messages import Outgoing


def publisher(desk: Desk) -> Publisher:
    """Whose file it is."""
    house = desk.house
    host = house.public_url.partition("://")[2].partition("/")[0].partition(":")[0]
    return Publisher(office=house.office, host=host, timezone=house.timezone)


async def calendar(visit: Visit, offered: Offered, desk: Desk) -> None:
    """The session for the calendar of their phone. Raises StorageError."""
    _ = desk.say(visit)
    unit = desk.unit
    content = calendar_file(offered.training, offered.session, publisher(desk), now=unit.now)
    made = Document(f"{offered.session.key}.ics", MIME, content)
    reference = await documents.keep(unit.transaction, unit.vault, visit.address_id, made, now=unit.now)
    text = _("Open this file, and the training stands in your calendar.")
    visit.say(Outgoing(text=text, media=(("file", reference),), keyboard="keep"))
