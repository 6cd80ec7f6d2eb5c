"""The terminal as a channel: one person at the keyboard, for trying out and for teaching.

An update is ``person``, ``number`` (comes once; grows), and one of ``text``; ``press`` and ``under``; ``file`` (a
path); ``location`` (latitude, longitude); ``sticker``. Rule of the file: how a message is shown is not decided here.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Mapping
from datetime import datetime
from pathlib import Path

import anyio

from bot.channels.base import Capabilities, Receipt, SendError
from surveys.messages import Address, Incoming, Location, Media, MediaKind, Other, Outgoing, Press, Reply, Text

CAPABILITIES = Capabilities(
    max_text=0,
    max_caption=0,
    max_label=0,
    row_width=0,
    max_per_row=0,
    max_buttons=0,
    max_inline_data=0,
    max_placeholder=0,
    edits=True,
    keyboards=True,
    inline=True,
    media=frozenset(),
    max_fetch=20_000_000,
    per_second=0,
)

Show = Callable[[str, Outgoing], None]
"""(message id, message): a new message, or with ``edits`` one that replaces an earlier one."""

_PIECE = 64 * 1024
_KINDS: Mapping[str, MediaKind] = {"image": "image", "audio": "audio", "video": "video"}
_TYPES: Mapping[str, str] = {
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".png": "image/png",
    ".webp": "image/webp",
    ".ogg": "audio/ogg",
    ".oga": "audio/ogg",
    ".mp3": "audio/mpeg",
    ".m4a": "audio/mp4",
    ".wav": "audio/wav",
    ".mp4": "video/mp4",
    ".pdf": "application/pdf",
    ".txt": "text/plain",
}
"""The same on every system."""


class Console:
    """The channel."""

    name = "console"
    capabilities = CAPABILITIES

    def __init__(self, show: Show, *, after: int = 0) -> None:
        """``after``: the last number that was given out before, by an earlier conversation on the same database."""
        self._show = show
        self._last = after

    def parse(self, update: Mapping[str, object], now: datetime) -> Incoming | None:
        """What the update says. Raises ValueError, KeyError or TypeError for what is no update."""
        number = update["number"]
        if not isinstance(number, int):
            raise TypeError("the number of an update is a whole number")
        self._last = max(self._last, number)
        return Incoming(
            address=Address(self.name, str(update["person"])),
            external_id=str(number),
            reply=_reply(update),
            sent_at=now,
            message_id=str(number),
            language=str(update.get("language", "")),
        )

    def next_number(self) -> int:
        """For an update or a message: both count along one line, so that their order can be told."""
        self._last += 1
        return self._last

    async def send(self, external_id: str, outgoing: Outgoing) -> Receipt:  # noqa: ARG002 -- there is one person
        """Show the message."""
        if not (outgoing.text or outgoing.rows or outgoing.edits):
            return Receipt()
        message_id = outgoing.edits or str(self.next_number())
        self._show(message_id, outgoing)
        return Receipt(message_id)

    async def open(self) -> None:
        """Nothing to open."""

    async def close(self) -> None:
        """Nothing to close."""

    async def fetch(self, media: Media) -> AsyncIterator[bytes]:
        """The bytes of a file on this machine. Raises SendError where it is gone."""
        try:
            async with await anyio.open_file(media.reference, "rb") as file:
                while piece := await file.read(_PIECE):
                    yield piece
        except OSError:
            raise SendError("The file is no longer there.", permanent=True) from None


def kind_of(file_name: str) -> MediaKind:
    """What a file is to a survey, by its name."""
    return _KINDS.get(_TYPES.get(Path(file_name).suffix.lower(), "").partition("/")[0], "file")


def _reply(update: Mapping[str, object]) -> Reply:
    match update:
        case {"press": str(data), "under": str(under)}:
            return Press(data, message_id=under)
        case {"location": (float() | int() as latitude, float() | int() as longitude)}:
            return Location(float(latitude), float(longitude))
        case {"sticker": True}:
            return Other("sticker")
        case {"file": str(path)}:
            return _file(Path(path), str(update.get("caption", "")))
        case {"text": str(text)}:
            return Text(text)
        case _:
            raise ValueError("an update of the terminal holds text, press, file, location or sticker")


def _file(path: Path, caption: str) -> Media:
    """A file that is not there has no size, and is missed when it is fetched."""
    mime = _TYPES.get(path.suffix.lower(), "")
    return Media(
        kind=kind_of(path.name),
        reference=str(path),
        mime=mime,
        size=path.stat().st_size if path.is_file() else 0,
        file_name=path.name,
        caption=caption,
        voice=mime == "audio/ogg",
    )
