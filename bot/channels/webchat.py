"""The web chat as a channel: what a visitor's page sends becomes Incoming, what is said to them becomes their line.

An update is what ``web.pages.chat`` hands in: ``visitor`` (the name in their cookie), ``update`` (comes once),
``message`` (number of the line, "" for a press), ``language``, ``sent_at`` (ISO 8601), and one of ``text``; ``press``
and ``under``; ``file``; ``location``. Rule of the file: sending is writing a line; whoever looks on is called.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from bot.channels.base import Capabilities, Receipt, SendError
from storage.errors import Missing, StorageError
from storage.webchat import Transcripts
from surveys.messages import Address, Incoming, Location, Media, Outgoing, Press, Reply, Text
from web import uploads
from web.listening import Listeners

CAPABILITIES = Capabilities(
    max_text=0,
    max_caption=0,
    max_label=0,
    row_width=36,  # characters beside each other on a screen 360 px wide
    max_per_row=6,  # of 46 px, the size of a finger
    max_buttons=60,
    max_inline_data=200,
    max_placeholder=60,
    edits=True,
    keyboards=True,
    inline=True,
    media=frozenset({"image", "audio", "video", "file"}),
    max_fetch=uploads.LARGEST,
    per_second=0,
)


class WebChat:
    """The channel. ``watch_seconds``: how often to ask what other processes said; 0 where there is no other."""

    name = "webchat"
    capabilities = CAPABILITIES

    def __init__(
        self,
        transcripts: Transcripts,
        listeners: Listeners,
        uploaded: Path,
        *,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        watch_seconds: float = 1.0,
    ) -> None:
        self._transcripts = transcripts
        self._listeners = listeners
        self._uploaded = uploaded
        self._clock = clock
        self._watch_seconds = watch_seconds
        self._watching: asyncio.Task[None] | None = None

    def parse(self, update: Mapping[str, object], now: datetime) -> Incoming | None:
        """What the update says. Raises ValueError, KeyError or TypeError for what is no update."""
        sent_at = update.get("sent_at")
        return Incoming(
            address=Address(self.name, _text(update["visitor"])),
            external_id=_text(update["update"]),
            reply=_reply(update),
            sent_at=datetime.fromisoformat(_text(sent_at)) if sent_at else now,
            message_id=_text(update.get("message", "")),
            language=_text(update.get("language", "")),
        )

    async def send(self, external_id: str, outgoing: Outgoing) -> Receipt:
        """Write the line. Raises SendError."""
        if not (outgoing.text or outgoing.rows or outgoing.media or outgoing.edits or outgoing.erases_since):
            return Receipt()  # a press is acknowledged by the page itself
        try:
            number = await self._transcripts.told(external_id, outgoing, now=self._clock())
        except Missing:
            raise SendError("The visitor cleared the conversation.", address_gone=True) from None
        except StorageError as error:
            raise SendError(str(error)) from error
        self._listeners.call(external_id)
        return Receipt(str(number) if number else outgoing.edits)

    async def open(self) -> None:
        """Streams may begin."""
        self._listeners.open()
        if self._watch_seconds and self._watching is None:
            self._watching = asyncio.create_task(
                self._listeners.watch(self._transcripts.revisions, every=self._watch_seconds)
            )

    async def close(self) -> None:
        """Streams end, so that the web server can."""
        self._listeners.close()
        if self._watching is not None:
            self._watching.cancel()
            with suppress(asyncio.CancelledError):
                await self._watching
            self._watching = None

    async def fetch(self, media: Media) -> AsyncIterator[bytes]:
        """The bytes of an upload. Raises SendError where it is gone."""
        try:
            async for piece in uploads.pieces(media.reference, self._uploaded):
                yield piece
        except FileNotFoundError:
            raise SendError("The uploaded file is no longer there.", permanent=True) from None

    async def release(self, media: Media) -> None:
        """The answer has the file: the upload goes, and with it when it came."""
        await uploads.drop(media.reference, self._uploaded)

    async def sweep(self, now: datetime) -> None:
        """Delete what rested too long: conversations, secrets that were shown, uploads. For the ticker, each minute."""
        await self._transcripts.purge(now=now)
        await asyncio.to_thread(uploads.sweep, self._uploaded, now=now)


def _reply(update: Mapping[str, object]) -> Reply:
    match update:
        case {"press": str(data), "under": str(under)}:
            return Press(data, message_id=under)
        case {"location": {"latitude": float(latitude), "longitude": float(longitude), "accuracy": float(accuracy)}}:
            return Location(latitude, longitude, accuracy)
        case {"file": {"kind": "image" | "audio" | "video" | "file" as kind, **rest}}:
            return Media(
                kind=kind,
                reference=_text(rest["reference"]),
                mime=_text(rest["mime"]),
                size=int(str(rest["size"])),
                file_name=_text(rest["name"]),
                caption=_text(rest["caption"]),
                album=_text(rest["album"]),
            )
        case {"text": str(text)}:
            return Text(text)
        case _:
            raise ValueError("an update of the web chat holds text, press, location or file")


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError("text expected in an update of the web chat")
    return value
