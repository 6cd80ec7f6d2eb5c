"""What the engine says happened. One step gives a new session and a few of these, in order.

Rule of the file: an event is a fact about the conversation, without any wording; ``surveys.speaking`` words it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from surveys.messages import Media
from surveys.session import Answer, Place, Session

TRIES_BEFORE_WAY_OUT = 3
"""Replies in a row that could not be read before the ways out are named."""


@dataclass(frozen=True, slots=True)
class Asked:
    """The question at ``place`` stands now. ``changes``: the same prompt, redrawn (toggled, paged)."""

    place: Place
    changes: bool = False


@dataclass(frozen=True, slots=True)
class Noted:
    """A note was shown on the way to the next question."""

    place: Place


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer stands (a new one or a changed one)."""

    place: Place
    answer: Answer


@dataclass(frozen=True, slots=True)
class Dropped:
    """An answer no longer stands: its question became irrelevant, or it depended on one that changed."""

    place: Place


@dataclass(frozen=True, slots=True)
class Skipped:
    """The person passed over a question that may be skipped."""

    place: Place


@dataclass(frozen=True, slots=True)
class Rejected:
    """The reply is no answer. ``reason`` is a sentence in the person's language that says what is expected;
    ``tries`` counts the replies in a row that could not be read (3 and more: offer a way out)."""

    reason: str
    tries: int


@dataclass(frozen=True, slots=True)
class Doubted:
    """The reply may mean one of these (value, label)."""

    place: Place
    candidates: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Specified:
    """The choice "other" was taken: the person is asked for its words."""

    place: Place


@dataclass(frozen=True, slots=True)
class Repeating:
    """ "Another one?" stands for this repeat; ``number`` repetitions are complete."""

    place: Place
    number: int


@dataclass(frozen=True, slots=True)
class Reviewed:
    """All answers stand for sending. ``choosing``: the person is asked which one to change."""

    choosing: bool = False


@dataclass(frozen=True, slots=True)
class Wanted:
    """These bytes are to be fetched and kept as ``media_id``, answer of ``place``."""

    media_id: str
    place: Place
    media: Media


@dataclass(frozen=True, slots=True)
class Lost:
    """A file could not be fetched: its question is asked again."""

    place: Place


@dataclass(frozen=True, slots=True)
class Joined:
    """A file that came while the next question stood was put to the answer at ``place``."""

    place: Place


@dataclass(frozen=True, slots=True)
class Full:
    """The file is one too many: its answer holds ``most`` and keeps those."""

    most: int


@dataclass(frozen=True, slots=True)
class Probed:
    """The answer at ``place`` stands and is short: the person is asked, this once, whether there is more to tell."""

    place: Place


@dataclass(frozen=True, slots=True)
class Redacted:
    """Numbers that identify a person were taken out of a free text: kinds "nik", "nip", "phone"."""

    kinds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Stale:
    """The reply belongs to a prompt that no longer stands. ``silent``: a double tap, nothing is said."""

    silent: bool = False


@dataclass(frozen=True, slots=True)
class Corrected:
    """An edited message changed its answer (``kept`` False) or could not be read and the old answer stays. ``reason``:
    why what was read may not stand, "" where it could not be read."""

    place: Place
    kept: bool = False
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Helped:
    """The person asked for help at this place."""


@dataclass(frozen=True, slots=True)
class Paused:
    """Put aside: "nanti" (later) or "berhenti" (stop)."""

    how: Literal["later", "stop"]


@dataclass(frozen=True, slots=True)
class Resumed:
    """Taken up again after a pause."""


@dataclass(frozen=True, slots=True)
class Restarting:
    """ "Begin again?" stands."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """Everything is said; files are still being fetched."""


@dataclass(frozen=True, slots=True)
class Completed:
    """Sent. The session is done."""


@dataclass(frozen=True, slots=True)
class Ended:
    """Over without being sent: "stopped" by the person, or "expired"."""

    how: Literal["stopped", "expired"]


Event = (
    Asked
    | Noted
    | Answered
    | Dropped
    | Skipped
    | Rejected
    | Doubted
    | Specified
    | Repeating
    | Reviewed
    | Wanted
    | Lost
    | Joined
    | Full
    | Probed
    | Redacted
    | Stale
    | Corrected
    | Helped
    | Paused
    | Resumed
    | Restarting
    | Waiting
    | Completed
    | Ended
)


@dataclass(frozen=True, slots=True)
class Step:
    """What one call of the engine gives back."""

    session: Session
    events: tuple[Event, ...]
