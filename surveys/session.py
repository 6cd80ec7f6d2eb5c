"""One live conversation with one respondent: where they are and what they said so far.

Rule of the file: values and their plain-data form; nothing decides anything here.

A place in a survey is a ``Place``: the question's name and the 1-based numbers of the repetitions it stands
in, outermost first. It is written ``umur`` outside repeats and ``anak[2]/umur`` inside (only repeats are named).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, NamedTuple


class Place(NamedTuple):
    """A question and the repetition it stands in."""

    name: str
    position: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """What was understood and what was said. ``value`` is the dumped text ("" never stands for an answer:
    an unanswered question has no Answer), names separated by spaces for select_multiple and rank."""

    value: str
    raw: str = ""
    other: str = ""
    """The words behind "other", for or_other."""
    message_id: str = ""
    """The platform's id of the message that said it, so that an edit can correct it."""
    pages: tuple[str, ...] = ()
    """Further media ids of an album."""


Doing = Literal[
    "asking",
    "confirming",
    "specifying",
    "reviewing",
    "jumping",
    "repeating",
    "restarting",
    "fetching",
    "paused",
    "done",
    "stopped",
    "expired",
]
"""asking: a question stands. confirming: "maksud Bapak/Ibu …?" stands. specifying: which "other"?
reviewing: all answers stand for sending. jumping: which answer is to be changed? repeating: "another one?" stands.
restarting: "begin again?" stands. fetching: sent, waiting for media. paused: put aside by the person.
done, stopped, expired: over."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """One conversation. Frozen: the engine returns a new one.

    The clock is the caller's; all times are aware, in the office's time zone.
    """

    survey: str
    version: int
    language: str
    started: datetime
    touched: datetime
    expires: datetime
    seed: int
    """For ``randomize`` and ``random()``: the same order after a restart."""
    test: bool = False
    anonymous: bool = False
    """Nothing of it may be kept with the person. True as well while that is not decided yet."""
    doing: Doing = "asking"
    at: Place | None = None
    answers: Mapping[Place, Answer] = field(default_factory=dict)
    """Answers, calculated values and metadata, in no order."""
    skipped: frozenset[Place] = frozenset()
    repeats: Mapping[Place, int] = field(default_factory=dict)
    """How many repetitions a repeat has so far; the Place of a repeat names the repeat itself."""
    closed: frozenset[Place] = frozenset()
    """Repeats the person said are complete."""
    selection: tuple[str, ...] = ()
    """Toggled so far at ``at``, in the order of toggling."""
    candidates: tuple[str, ...] = ()
    """Values offered by "maksud …?"."""
    page: int = 0
    tries: int = 0
    """Replies in a row that could not be read."""
    rejected_id: str = ""
    """The message that could not be read last: an edit of it is a new try."""
    total: int = 0
    """How many questions there are for this person, as far as can be told now (progress)."""
    turn: int = 0
    """Grows with every prompt: what an inline button belongs to."""
    album: str = ""
    """media_group_id of the last photo answer, and where later photos of it belong."""
    album_place: Place | None = None
    album_told: str = ""
    """The album of which it was said that not all of it is kept."""
    waiting: frozenset[str] = frozenset()
    """Media ids not fetched yet."""
    last_raw: str = ""
    """The last text taken as an answer: an unseen repetition of it is a double tap."""
    facts: Mapping[str, str] = field(default_factory=dict)
    """What is known of the person and the place, for ``pulldata``-like look-ups and ``${…}`` of hidden questions."""
    resume_doing: Doing = "asking"
    """What to go back to after a pause."""

    @property
    def files(self) -> tuple[str, ...]:
        """Ids of the files that answers name."""
        return tuple(page for answer in self.answers.values() for page in answer.pages)
