"""One person at the desk: what is known of them while their message is handled, and what changes.

Rule of the file: state only. A Visit is filled by ``inbox`` (one read for the whole batch), handed to
``attending.attend`` for each of the person's messages in order, and written back by ``inbox`` (one write for the
batch).
"""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from decimal import Decimal
from typing import TYPE_CHECKING, Literal, Protocol

from handlers.notices import Notices
from handlers.referrals import Referral
from outreach.calendar import Calendar, calendar_of
from outreach.learning_hours import TARGETS
from surveys.engine import Playbook
from surveys.messages import Address, Outgoing
from surveys.session import Session

if TYPE_CHECKING:
    from storage.database import Transaction

_COUNTED = frozenset({"guesses", "guessed_on"})
RespondentKind = Literal["", "asn", "warga", "stakeholder"]


@dataclass(frozen=True, slots=True)
class PublishedSurvey:
    """One published version and where it is stored. ``closed``: no new session starts with it."""

    id: int
    playbook: Playbook
    """The survey, compiled for the engine."""
    closed: bool = False


class Surveys(Protocol):
    """The published surveys, cached: a version never changes, and which is newest is looked up every few seconds."""

    def by_id(self, survey_id: int) -> PublishedSurvey:
        """Raises KeyError."""

    async def ensure(self, transaction: Transaction, survey_ids: Collection[int]) -> None:
        """Read the versions that are not in the cache. Raises StorageError, SurveyError."""

    def newest(self) -> Mapping[str, PublishedSurvey]:
        """The newest version of each survey by name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """What every use-case may rely on; built once by ``bot.app``."""

    surveys: Surveys
    say: Callable[[str], Callable[[str], str]]
    """Language to gettext."""
    languages: tuple[str, ...]
    timezone: tzinfo
    office: str
    """Name of the office as people read it: "Kecamatan Alak"."""
    seal: Callable[[str, str], bytes]
    """(purpose, text) to keyed hash: ticket PINs."""
    public_url: str = ""
    contact: str = ""
    """Who answers questions about personal data; "": the office."""
    ways: Callable[[str], Sequence[tuple[str, str]]] = lambda payload: ()
    """What a link shall say when it is opened to (channel, link): one for each channel that has links."""
    referrals: tuple[Referral, ...] = ()
    """Where a message belongs that is no wish about service."""
    notices: Notices = field(default_factory=Notices)
    """What people are told before anything is kept."""
    older_seals: Callable[[str, str], Sequence[bytes]] = lambda purpose, text: ()
    """As ``seal``, with peppers that are on their way out."""
    jp_targets: Mapping[str, Decimal] = field(default_factory=lambda: TARGETS)
    """Learning hours a year, by employment kind; those that are missing have no target."""
    certificate_number: str = ""
    """How certificates are numbered (``certifying.numbered``); "": none are issued here."""
    calendar: Calendar = field(default_factory=lambda: calendar_of(()))
    """Days and hours at which people may be written to."""
    testers: frozenset[Address] = frozenset()
    """Addresses of those who look after the program: they may try surveys."""


@dataclass(slots=True)
class Conversation:
    """One open survey session of the visitor. ``changed`` tells inbox to write it; ``over`` to delete it."""

    id: int
    survey: PublishedSurvey
    session: Session
    response_id: int | None
    """The record its answers go to as they are given; None while anonymous."""
    changed: bool = False
    over: bool = False
    new: bool = False
    keeps: tuple[str, ...] = ()
    """Once it is over: those of its files that the record names; all others go."""


def _family(dialog: Mapping[str, str]) -> str:
    return dialog["doing"].partition("_")[0]


@dataclass(slots=True)
class Visit:
    """One address and its active respondent, for the time of one batch."""

    address_id: int
    address: Address
    respondent_id: int
    kind: RespondentKind
    language: str
    """"" until chosen."""
    opted_out: bool
    dialog: dict[str, str]
    """Where they are outside surveys: {"doing": "choosing_kind"} …; stored encrypted with the address."""
    conversations: list[Conversation]
    """Open ones, the one touched last at the end. The current one is the last that is not paused."""
    prompt_message_id: str = ""
    """The platform's id of the last message we sent them, "" if not known (yet)."""
    missed: bool = False
    """What was put to them last perhaps never reached them."""
    new: bool = False
    gone: bool = False
    """They blocked the bot."""
    shared: bool = True
    """Several people may share the address; False where it is known that nobody does."""
    group: bool = False
    """It is a group's: nobody in particular, of whom nothing is written."""
    changed: bool = False
    """Anything of address or respondent above is to be written."""
    aside: bool = False
    """Somebody else who shares the address is writing there now: nothing of the address is changed."""
    outgoing: list[Outgoing] = field(default_factory=list)
    """To be sent after the commit, in order; inbox takes them after each message."""
    moved: bool = False
    """A prompt was put to them within this batch, so later messages of this batch were typed before they saw it."""

    def ask(self, doing: str, **more: str) -> None:
        """A question outside surveys stands now."""
        self.dialog = {**self._counted(), "doing": doing, **more}
        self.changed = True

    def ask_between(self, doing: str, **more: str) -> None:
        """A question in between: what stood before stands again once it is closed. What a dialog is called begins with
        its family, and of each family one stands at a time: "privacy", "privacy_delete"."""
        below = [one for one in self._standing() if _family(one) != _family({"doing": doing})]
        before: dict[str, str] = {}
        for one in reversed(below):
            before = {**one, "before": json.dumps(before)} if before else one
        self.ask(doing, **more, **({"before": json.dumps(before)} if before else {}))

    def close(self) -> bool:
        """The question is closed; whether one that stood before it stands again."""
        before = self.dialog.get("before")
        self.settle()
        if before:
            self.ask(**json.loads(before))
        return bool(before)

    def _standing(self) -> list[dict[str, str]]:
        """The questions that stand, the one asked last first."""
        found, dialog = [], {name: value for name, value in self.dialog.items() if name not in _COUNTED}
        while dialog.get("doing"):
            before = dialog.pop("before", "{}")
            found.append(dialog)
            dialog = json.loads(before)
        return found

    def settle(self) -> None:
        """No question outside surveys stands any more."""
        if self.dialog.get("doing"):
            self.dialog = self._counted()
            self.changed = True

    def _counted(self) -> dict[str, str]:
        """What is counted over the day (guesses of a PIN) outlives the question that stood."""
        return {name: value for name, value in self.dialog.items() if name in _COUNTED}

    def say(self, *messages: Outgoing) -> None:
        """Send these after the commit."""
        self.outgoing.extend(messages)


@dataclass(frozen=True, slots=True)
class Moment:
    """The time and the dice of one message."""

    now: datetime
    """Aware, in the office's time zone."""
    rng: random.Random
