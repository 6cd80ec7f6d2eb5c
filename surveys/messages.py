"""The one message vocabulary: what comes in from a person and what goes out. Channels translate to and from it.

Rule of the file: no channel's name and no channel's limit stands here.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

MediaKind = Literal["image", "audio", "video", "file"]


@dataclass(frozen=True, slots=True)
class Address:
    """One way to reach people: (channel, external id)."""

    channel: str
    external_id: str


# ---- in ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Text:
    """Something typed, or a reply-keyboard button (its label arrives as text). Commands too: "/start x"."""

    text: str


@dataclass(frozen=True, slots=True)
class Press:
    """An inline button: the ``data`` its Button carried, and the message it stood under ("" if unknown)."""

    data: str
    message_id: str = ""
    callback_id: str = ""
    """What the channel needs to acknowledge the press; "" where there is nothing to acknowledge."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Media:
    """A photo, voice note, video or document, judged by what the update says of it; the bytes come later."""

    kind: MediaKind
    reference: str
    """What the channel needs to fetch the bytes (Telegram: file_id; web chat: the stored upload's name)."""
    mime: str = ""
    size: int = 0
    """Bytes, 0 if unknown."""
    seconds: int = 0
    """Length of audio and video, 0 if unknown."""
    file_name: str = ""
    caption: str = ""
    album: str = ""
    """Telegram's media_group_id: several photos sent as one."""
    voice: bool = False


@dataclass(frozen=True, slots=True)
class Location:
    """A point on the map, WGS 84 degrees; accuracy in metres, 0 if unknown."""

    latitude: float
    longitude: float
    accuracy: float = 0.0


@dataclass(frozen=True, slots=True)
class Other:
    """Something that answers no question: "sticker", "contact", "poll", "forward", "game" …"""

    what: str


@dataclass(frozen=True, slots=True)
class Edit:
    """An earlier message of theirs, changed: which one, and what it says now."""

    message_id: str
    reply: Text | Media


@dataclass(frozen=True, slots=True)
class Blocked:
    """The person blocked (True) or unblocked (False) the bot."""

    blocked: bool


Reply = Text | Press | Media | Location | Other | Edit | Blocked


@dataclass(frozen=True, slots=True, kw_only=True)
class Incoming:
    """One thing one address sent. ``external_id`` is the platform's own number of the update: it comes once."""

    address: Address
    external_id: str
    reply: Reply
    sent_at: datetime
    """UTC, by the platform's clock."""
    message_id: str = ""
    """The platform's id of the message, "" where it has none; numeric ids grow within one conversation."""
    language: str = ""
    """The language of the person's device, "" if unknown; only a first guess."""
    group: bool = False
    """It came from a group, where nobody is answered."""
    sender_name: str = ""
    """Never stored in clear; only for greeting."""


# ---- out --------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Button:
    """A button. With ``data`` it stands under its message and presses silently (inline);
    without, pressing it sends its label as a message (reply keyboard). ``url`` opens a page."""

    label: str
    data: str = ""
    url: str = ""
    ask: Literal["", "location", "contact"] = ""
    """A reply-keyboard button that shares the place or the phone number instead of its label."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outgoing:
    """One message to one address.

    ``text`` is plain: channels escape it. ``rows`` are all inline or all reply-keyboard buttons.
    With no rows, ``keyboard`` says what becomes of the reply keyboard shown before.
    """

    text: str
    rows: tuple[tuple[Button, ...], ...] = ()
    keyboard: Literal["keep", "remove"] = "remove"
    placeholder: str = ""
    """Shown in the empty input field where the channel can; e.g. "1–5"."""
    media: tuple[tuple[MediaKind, str], ...] = ()
    """Pictures and sounds of a label: kind and file under the survey's media folder."""
    edits: str = ""
    """The platform's message id that this replaces, "" for a new message."""
    acknowledges: str = ""
    """The callback id of the press that this answers; then ``text`` may be "" (nothing but the acknowledgement)."""
    secret: bool = False
    """Holds something shown once (a PIN): its body is erased once sent, and it is never put in a webhook's response."""
    tag: str = ""
    """What later messages refer to it by: the prompt of a question; "" if nothing does."""
    erases_since: datetime | None = None
    """Where a channel of ours keeps the conversation to be read again: what was said since then is erased before this
    is shown. The end of an anonymous session carries when that session began."""

    @property
    def inline(self) -> bool:
        """Whether its buttons stand under the message."""
        return any(button.data or button.url for row in self.rows for button in row)


def rows_of(labels: tuple[str, ...], per_row: int = 1) -> tuple[tuple[Button, ...], ...]:
    """Reply-keyboard rows for ``labels``."""
    return tuple(
        tuple(Button(label) for label in labels[start : start + per_row]) for start in range(0, len(labels), per_row)
    )
