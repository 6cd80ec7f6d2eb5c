"""What a visitor's form says: one or several messages for the desk, or a sentence on why it cannot be taken.

Rule of the file: it reads and checks; nothing is handed in here. Identity numbers are masked before anything is
written. A message is ``update`` (what the channel parses) and ``said`` (what the transcript keeps; None for a pressed
button).
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from starlette.datastructures import FormData, UploadFile

from surveys.messages import Location, Media, Text
from surveys.text.redaction import redact
from surveys.text.ticket_numbers import hidden
from web import uploads
from web.forms import text_of

LONGEST_TEXT = 4000
"""Characters of one message."""
LONGEST_DATA = 200
MOST_FILES = 5
_CLIENT_ID = re.compile(r"[A-Za-z0-9-]{8,64}")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


class Refused(Exception):
    """The form cannot be taken; the message is a sentence for the visitor."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One message of the visitor. ``content`` tells one message of a form from another."""

    content: str
    update: dict[str, object]
    said: Text | Media | Location | None = None


async def messages_of(form: FormData, nonce: str, *, folder: Path, say: Callable[[str], str]) -> Sequence[Message]:
    """What the form of this name says; files are stored already. Raises Refused."""
    _ = say
    text = _clean(text_of(form, "text"))
    if len(text) > LONGEST_TEXT:
        raise Refused(_("That message is too long. Please send it in parts of at most 4,000 characters."))
    press = text_of(form, "press")
    if press:
        if len(press) > LONGEST_DATA:
            raise Refused(_("This button is no longer in use. Please load the page again."))
        under = text_of(form, "under")
        return (Message(content=f"press {under} {press}", update={"press": press, "under": under}),)
    if text_of(form, "latitude"):
        return (_location(form, say),)
    files = [part for part in form.getlist("file") if isinstance(part, UploadFile) and part.filename]
    if files:
        album = text_of(form, "album")  # where the page's script sends the files one by one
        if not _CLIENT_ID.fullmatch(album):
            album = nonce if len(files) > 1 else ""
        return await _files(files, text, album, folder=folder, say=say)
    if not text.strip():
        raise Refused(_("Please write a message or choose a file first."))
    return (Message(content=f"text {text}", update={"text": text}, said=Text(_kept(text))),)


def _kept(text: str) -> str:
    """What the transcript keeps of a text: identity numbers masked, and the number of an anonymous aspiration with its
    PIN, which would tell whose it is."""
    return hidden(redact(text)[0])


def client_id(form: FormData) -> str:
    """What the visitor's page calls this message, "" where it has no name of its own for it."""
    given = text_of(form, "client")
    return given if _CLIENT_ID.fullmatch(given) else ""


def _location(form: FormData, say: Callable[[str], str]) -> Message:
    try:
        latitude, longitude, accuracy = (
            float(text_of(form, name) or 0) for name in ("latitude", "longitude", "accuracy")
        )
    except ValueError:
        latitude = longitude = accuracy = math.nan
    if not (abs(latitude) <= 90 and abs(longitude) <= 180 and 0 <= accuracy < 1e7):
        raise Refused(say("Your location could not be read. Please type the place instead."))
    return Message(
        content=f"location {latitude} {longitude}",
        update={"location": {"latitude": latitude, "longitude": longitude, "accuracy": accuracy}},
        said=Location(latitude, longitude, accuracy),
    )


async def _files(
    files: Sequence[UploadFile], text: str, album: str, *, folder: Path, say: Callable[[str], str]
) -> Sequence[Message]:
    _ = say
    if len(files) > MOST_FILES:
        raise Refused(_("Please send at most 5 files at once."))
    messages: list[Message] = []
    for index, upload in enumerate(files):
        caption = text if index == 0 else ""
        try:
            reference, size = await uploads.keep(upload, folder)
        except uploads.TooLarge:
            raise Refused(_("That is too large. A file may have 10 MB at most.")) from None
        if not size:
            await uploads.drop(reference, folder)
            raise Refused(_("The file is empty. Please choose another one."))
        mime = (upload.content_type or "").partition(";")[0].strip().lower()[:100]
        name = _clean(upload.filename or "").replace("/", "_").replace("\\", "_")[-100:]
        kind = uploads.kind_of(mime)
        messages.append(
            Message(
                content=f"file {index} {size} {mime} {name}",
                update={
                    "file": {
                        "kind": kind,
                        "reference": reference,
                        "mime": mime,
                        "size": size,
                        "name": name,
                        "caption": caption,
                        "album": album,
                    }
                },
                said=Media(
                    kind=kind,
                    reference="",
                    mime=mime,
                    size=size,
                    file_name=redact(name)[0],
                    caption=redact(caption)[0],
                ),
            )
        )
    return messages


def _clean(text: str) -> str:
    """Line ends as one sign, control characters and halves of characters out."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").encode("utf-8", "ignore").decode()
    return _CONTROL.sub("", text)
