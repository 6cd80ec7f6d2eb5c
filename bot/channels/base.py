"""What a channel is: it turns what a platform sends into ``Incoming`` and carries an ``Outgoing`` to one address.

Rule of the file: no platform's name decides anything here; limits are data, read by ``fitting`` (what a message
may be) and ``delivery`` (how many a second).

SendError
    permanent      sending it again will never help: the row is finished as failed
    address_gone   … because nothing reaches this address any more (blocked, deactivated, unknown)
    stopped        … because the person blocked the bot: they may come back
    retry_after    the platform asks for a pause of so many seconds; nothing was sent
    ambiguous      it may have arrived: the connection ended after the request was handed over
None of the first five set: a passing fault before anything was accepted; try again.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, runtime_checkable

from bot.wording import later
from surveys.messages import Incoming, Media, MediaKind, Outgoing


@dataclass(frozen=True, slots=True, kw_only=True)
class Capabilities:
    """What a channel can show. Lengths are characters (Unicode code points).
    0 means "no limit"; for ``max_placeholder`` "none is shown"."""

    max_text: int
    """One message, after markup is parsed away."""
    max_caption: int
    """The text that travels under a picture or a sound; longer text is sent after it."""
    max_label: int
    """One button label, in a row of its own."""
    row_width: int
    """Label characters that stand side by side in one row of a small phone; wider rows are broken up."""
    max_per_row: int
    """Buttons in one row."""
    max_buttons: int
    """Buttons under one message, or on one reply keyboard; what does not fit moves to a further message
    (inline), or is listed in the text to be typed (reply keyboard)."""
    max_inline_data: int
    """UTF-8 bytes an inline button may carry."""
    max_placeholder: int
    """The grey text in the empty input field; a longer one is left out."""
    edits: bool
    """A message that was sent can be replaced (``Outgoing.edits``)."""
    keyboards: bool
    """Buttons without ``data`` are shown; otherwise they are listed in the text."""
    inline: bool
    """Buttons with ``data`` or ``url`` are shown under their message."""
    media: frozenset[MediaKind]
    """What it can show; other media of a label are left out."""
    max_fetch: int
    """Bytes of one file that can be fetched from the platform."""
    per_second: float
    """Proactive messages a second, all processes together; replies are not held back."""
    max_keyboard_bytes: int = 0
    """All buttons of one message together, as UTF-8 JSON."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """It was accepted. ``message_id`` is the platform's own, "" where there is none (an acknowledged press)."""

    message_id: str = ""


_UNKNOWN = later("The message did not arrive, or nobody knows whether it did.")


class SendError(Exception):
    """The message did not arrive, or nobody knows whether it did."""

    # Its words never hold a token, an address or a text: they go to the log. What an admin may read of them is marked
    # for translation (``bot.wording.later``); the platform's own words stand apart, since nobody translates those.

    def __init__(
        self,
        message: str = "",
        *,
        said: str = "",
        permanent: bool = False,
        address_gone: bool = False,
        stopped: bool = False,
        retry_after: float | None = None,
        ambiguous: bool = False,
    ) -> None:
        self.words = message or _UNKNOWN
        self.said = said
        """What the platform said, as it said it."""
        super().__init__(f"{self.words}: {said}" if said else self.words)
        self.permanent = permanent or address_gone or stopped
        self.address_gone = address_gone or stopped
        self.stopped = stopped
        self.retry_after = retry_after
        """Seconds, None if the platform said nothing."""
        self.ambiguous = ambiguous

    def told(self, say: Callable[[str], str]) -> str:
        """For people, in the language of ``say``."""
        return f"{say(self.words)}: {self.said}" if self.said else say(self.words)


@runtime_checkable
class Channel(Protocol):
    """What a file in this folder gives the process."""

    @property
    def name(self) -> str:
        """The channel's word in ``Address.channel``: "telegram", "webchat", "console"."""

    @property
    def capabilities(self) -> Capabilities:
        """What ``fitting`` fits to."""

    def parse(self, update: Mapping[str, object], now: datetime) -> Incoming | None:
        """What the update says, None if it says nothing to a survey. Pure; ``now`` (UTC) is when it came, for
        the kinds of update that carry no time. Raises ValueError for what is no update."""

    async def send(self, external_id: str, outgoing: Outgoing) -> Receipt:
        """Carry one message that was already fitted. Raises SendError."""

    async def open(self) -> None:
        """Get ready to send. Raises SendError."""

    async def close(self) -> None:
        """Let go of connections; ``open`` may follow."""

    def fetch(self, media: Media) -> AsyncIterator[bytes]:
        """The bytes of a file somebody sent, in pieces of at most 64 KiB. Raises SendError while it is read
        (``permanent``: gone, or larger than ``max_fetch``)."""


@runtime_checkable
class Hooked(Protocol):
    """A channel whose platform calls us: ``/hooks/<name>`` hands the request over."""

    def trusts(self, headers: Mapping[str, str]) -> bool:
        """Whether the request carries the agreed secret. ``headers`` in lower case. Constant time."""

    def as_response(self, external_id: str, outgoing: Outgoing) -> bytes | None:
        """The JSON body with which the webhook's own answer carries this fitted message, None where it may not:
        secrets, files, inline buttons of a new message (it is edited later), and what takes two calls. To give the
        acknowledgement of a press this way and send the rest, hand over ``Outgoing(text="", acknowledges=…)``."""
