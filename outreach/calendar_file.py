"""The calendar file (.ics) of a session, which phones and office calendars open: one event for each day.

Rule of the file: an event keeps its UID for good, and a changed session counts up SEQUENCE, so that opening a newer
file moves what stands in the calendar already. Times are in UTC, which every calendar shows in its own zone.

Sources: RFC 5545 (sections 3.1 folding, 3.3.11 escaping, 3.6.1 VEVENT, 3.8.7.4 SEQUENCE), RFC 5546 (PUBLISH).
"""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo

from outreach.training import Day, Training, TrainingSession

MIME = "text/calendar; charset=utf-8; method=PUBLISH"
PATH = "/kalender/"
"""Where its page stands; a token and the session's key come after it."""
_LONGEST = 75
"""Octets of a line, its end not counted."""
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u0085\u2028\u2029\ud800-\udfff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Publisher:
    """Whose file it is. ``host``: the office's name on the net, for the UIDs; ``timezone``: of the days' hours."""

    office: str
    host: str
    timezone: tzinfo


def calendar_file(
    training: Training, session: TrainingSession, publisher: Publisher, *, now: datetime, dropped: tuple[Day, ...] = ()
) -> bytes:
    """The file of one session.

    A session that was cancelled gives events that are CANCELLED; so do the days that were ``dropped`` from its end
    since it was announced.
    """
    return b"".join(_folded(line) for line in _lines(training, session, publisher, now, dropped))


def link_token(secret: bytes, session: str) -> str:
    """What a link to the file carries, 128 bits. ``secret``: the session's own."""
    return hmac.new(secret, b"calendar/" + session.encode(), hashlib.sha256).hexdigest()[:32]


def event_uid(session: TrainingSession, number: int, host: str) -> str:
    """The UID of a session's day, the first being 1. It stays the same when the session is moved."""
    plain = re.sub(r"[^A-Za-z0-9-]+", "-", session.key)
    return f"{plain}-{number}@{re.sub(r'[^A-Za-z0-9.-]+', '-', host) or 'suara-alak'}"


def _lines(
    training: Training, session: TrainingSession, publisher: Publisher, now: datetime, dropped: tuple[Day, ...]
) -> Iterator[str]:
    yield "BEGIN:VCALENDAR"
    yield "VERSION:2.0"
    yield "PRODID:-//Suara Alak//Pelatihan//ID"
    yield "CALSCALE:GREGORIAN"
    yield "METHOD:PUBLISH"
    held = len(session.days)
    for number, day in enumerate((*session.in_order, *dropped), start=1):
        numbered = f" ({number}/{held})" if 1 < held >= number else ""
        about = "\n".join(part for part in (training.description, session.instructor, publisher.office) if part)
        yield "BEGIN:VEVENT"
        yield f"UID:{event_uid(session, number, publisher.host)}"
        yield f"SEQUENCE:{session.revision}"
        yield f"DTSTAMP:{_utc(now)}"
        yield f"LAST-MODIFIED:{_utc(now)}"
        yield f"DTSTART:{_utc(day.begins(publisher.timezone))}"
        yield f"DTEND:{_utc(day.finishes(publisher.timezone))}"
        yield f"SUMMARY:{_escaped(training.title + numbered)}"
        if session.place or session.link:
            yield f"LOCATION:{_escaped(session.place or session.link)}"
        if about:
            yield f"DESCRIPTION:{_escaped(about)}"
        if re.fullmatch(r"https?://[!-~]+", session.link):
            yield f"URL:{session.link}"
        yield f"STATUS:{'CANCELLED' if session.cancelled or number > held else 'CONFIRMED'}"
        yield "TRANSP:OPAQUE"
        yield "END:VEVENT"
    yield "END:VCALENDAR"


def _utc(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _escaped(text: str) -> str:
    plain = _CONTROL.sub(" ", text.replace("\r\n", "\n").replace("\r", "\n"))
    return plain.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def _folded(line: str) -> bytes:
    """With its end, broken where it is too long, never inside a character."""
    parts: list[bytes] = []
    part = b""
    room = _LONGEST
    for character in line:
        octets = character.encode()
        if len(part) + len(octets) > room:
            parts.append(part)
            part, room = b"", _LONGEST - 1  # the blank that begins what follows counts
        part += octets
    return b"\r\n ".join([*parts, part]) + b"\r\n"
