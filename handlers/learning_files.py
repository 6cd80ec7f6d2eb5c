"""Files of a training that are handed out: the calendar file of a session, in the chat and by a link.

Rule of the file: a file in the chat is made for one address, encrypted until it is handed over, and gone within a day;
a link is known to those who were shown it.
"""

from __future__ import annotations

import hmac
from datetime import tzinfo

from handlers.desk import Desk
from handlers.visit import Visit
from outreach.calendar_file import MIME, PATH, Publisher, calendar_file, link_token
from storage import documents, trainings
from storage.database import Transaction
from storage.documents import Document
from storage.trainings import Offered
from storage.vault import Vault
from surveys.messages import MediaKind, Outgoing


def publisher(office: str, public_url: str, timezone: tzinfo) -> Publisher:
    """Whose file it is."""
    host = public_url.partition("://")[2].partition("/")[0].partition(":")[0]
    return Publisher(office=office, host=host, timezone=timezone)


async def calendar(visit: Visit, offered: Offered, desk: Desk) -> None:
    """The session for the calendar of their phone, and where people reach our pages the link for that of their office.
    Raises StorageError."""
    _ = desk.say(visit)
    unit, house, key = desk.unit, desk.house, offered.session.key
    whose = publisher(house.office, house.public_url, house.timezone)
    made = Document(f"{key}.ics", MIME, calendar_file(offered.training, offered.session, whose, now=unit.now))
    reference = await documents.keep(unit.transaction, unit.vault, visit.address_id, made, now=unit.now)
    text = _("Open this file, and the training stands in your calendar.")
    if house.public_url.startswith("https://"):
        secret = await trainings.secret_of(unit.transaction, unit.vault, key) or b""
        link = f"{house.public_url.rstrip('/')}{PATH}{link_token(secret, key)}/{key}.ics"
        text += "\n" + _("A calendar on a computer takes this link and follows changes: {link}").format(link=link)
    visit.say(Outgoing(text=text, media=(("file", reference),), keyboard="keep"))


def attachments(visit: Visit, offered: Offered, desk: Desk) -> None:
    """The files of the training, a message for each."""
    _ = desk.say(visit)
    for file in offered.training.attachments:
        name = file.rpartition("/")[2]
        text = _("Attachment: {name}").format(name=name)
        kind: MediaKind = "file" if name.lower().endswith(".pdf") else "image"
        visit.say(Outgoing(text=text, media=((kind, file),), keyboard="keep"))


async def by_link(transaction: Transaction, vault: Vault, key: str, token: str) -> Offered | None:
    """The session that a link leads to; None where it leads nowhere. Raises StorageError."""
    secret = await trainings.secret_of(transaction, vault, key)
    if secret is None or not hmac.compare_digest(link_token(secret, key).encode(), token.encode()):
        return None
    return await trainings.session_of(transaction, key)
