"""What every page of the site may rely on: the words, the keys, and where messages are handed in.

Rule of the file: state and contracts only; built once by the process and passed down.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, tzinfo
from pathlib import Path
from typing import Protocol
from zoneinfo import ZoneInfo

from outreach.calendar import Calendar
from outreach.roster_lists import Lists
from storage.database import Database
from storage.documents import Documents
from storage.vault import Vault
from storage.webchat import Transcripts
from surveys.errors import Problem
from surveys.survey import Survey
from web.listening import Listeners
from web.rates import Rates


class TooBusy(Exception):
    """Too much is waiting; the same message may be sent again in a moment."""

    def __init__(self, retry_after: int = 5) -> None:
        super().__init__(type(self).__doc__)
        self.retry_after = retry_after
        """Seconds."""


class Desk(Protocol):
    """Where what a visitor sends is handed in."""

    async def hand_in(self, update: Mapping[str, object]) -> None:
        """Take one update of the web chat (``bot.channels.webchat.parse`` reads it) and return once its effects are
        committed; the same ``update`` id has effects once. Raises TooBusy."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChatRates:
    """How much one visitor, and one network, may ask of the chat. (burst, per second)."""

    messages: Rates = field(default_factory=lambda: Rates(burst=30, per_second=1.0))
    """By visitor. Somebody toggling twenty choices quickly is no flood."""
    visitors: Rates = field(default_factory=lambda: Rates(burst=400, per_second=1.0))
    """First messages of new visitors, by network address: a workshop of some hundred people shares one."""
    streams: int = 4
    """Open event streams of one visitor: browser tabs."""
    streams_of_network: int = 500
    """Open event streams of one network address."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chat:
    """What the web chat needs beside the site."""

    desk: Desk
    transcripts: Transcripts
    listeners: Listeners
    uploads: Path
    """Folder where files wait until they are fetched as answers."""
    media: Path | None = None
    """Folder of the pictures and sounds that belong to surveys; None where there is none."""
    documents: Documents | None = None
    """Files made for one visitor, such as the copy of their data."""
    surveys: Callable[[], Mapping[str, Mapping[str, str]]] = dict
    """Open surveys: name to title by language, for ``/chat?survey=NAME``."""
    rates: ChatRates = field(default_factory=ChatRates)
    reply_seconds: float = 1.5
    """How long a page without a live line waits for what is said in return."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Administration:
    """What the dashboard needs beside the site."""

    database: Database
    vault: Vault
    uploads: Path
    """Folder where a form waits between being looked at and being published."""
    forms: Callable[[bytes, str, str, Callable[[str], str]], tuple[Survey | None, Sequence[Problem]]]
    """(content, kind such as ".xlsx", name, gettext) to the survey and everything that is wrong with it."""
    units: Callable[[], Mapping[str, Mapping[str, str]]] = dict
    """Unit to its name by language."""
    lists: Callable[[], Lists]
    """The district's units, positions and grades, as a list of employees names them. Raises KeyError, OSError."""
    calendar: Callable[[], Calendar]
    """The office's working days and hours."""
    positions: Callable[[], Mapping[str, Mapping[str, str]]] = dict
    """Position to its name by language."""
    media: Path | None = None
    """Folder of the files that people sent; None: they are not shown."""
    serves: Callable[[], Mapping[str, str]] = dict
    """Unit to the kelurahan it serves, for those that serve one."""
    facts: Callable[[], Sequence[tuple[str, str]]] = tuple
    """Settings by key, as an admin may read them: no secret."""
    knocks: Rates = field(default_factory=lambda: Rates(burst=10, per_second=1 / 30))
    """Tries to sign in, by network address."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """The site as a whole."""

    say: Callable[[str], Callable[[str], str]]
    """Language to gettext."""
    languages: tuple[str, ...]
    """The first is the default."""
    office: str
    """Name of the office as people read it: "Kecamatan Alak"."""
    key: bytes
    """Signs cookies and forms; at least 32 bytes, from the key file."""
    public_url: str = ""
    """Where people reach the site, "" if only here."""
    timezone: tzinfo = field(default_factory=lambda: ZoneInfo("Asia/Makassar"))
    telegram_name: Callable[[], str] = str
    """The bot's @name without the sign, "" while not known or not configured."""
    clock: Callable[[], datetime] = lambda: datetime.now(UTC)
    chat: Chat | None = None
    """None: there is no web chat."""
    administration: Administration | None = None
    """None: there is no dashboard."""

    @property
    def secure(self) -> bool:
        """Whether people come by https, so that cookies must not travel otherwise."""
        return self.public_url.startswith("https://")
