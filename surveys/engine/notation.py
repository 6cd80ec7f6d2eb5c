"""A session as bytes for storage, and back.

Rule of the file: an exact round trip, compact and quick, since it is done for every message. The form is a JSON
list; its
first member is the number of the form, so that older rows stay readable.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

import orjson

from surveys.errors import SessionError
from surveys.session import Answer, Place, Session

FORM = 1


def dump_session(session: Session) -> bytes:
    """The bytes of ``session``."""
    return orjson.dumps(
        [
            FORM,
            session.survey,
            session.version,
            session.language,
            session.started.isoformat(),
            session.touched.isoformat(),
            session.expires.isoformat(),
            session.seed,
            session.test,
            session.anonymous,
            session.doing,
            _place(session.at),
            [
                [place.name, place.position, a.value, a.raw, a.other, a.message_id, a.pages]
                for place, a in session.answers.items()
            ],
            [_place(place) for place in sorted(session.skipped)],
            [[place.name, place.position, number] for place, number in session.repeats.items()],
            [_place(place) for place in sorted(session.closed)],
            session.selection,
            session.candidates,
            session.page,
            session.tries,
            session.rejected_id,
            session.total,
            session.turn,
            session.album,
            _place(session.album_place),
            sorted(session.waiting),
            session.last_raw,
            session.facts,
            session.resume_doing,
            session.album_told,
        ]
    )


def load_session(data: bytes) -> Session:
    """The session written by ``dump_session``. Raises SessionError."""
    try:
        fields: list[Any] = orjson.loads(data)
        if fields[0] != FORM:
            msg = f"this session was written in form {fields[0]}, which this version does not read"
            raise SessionError(msg)
        return _session(fields)
    except (ValueError, IndexError, TypeError) as error:
        msg = "a stored session cannot be read"
        raise SessionError(msg) from error


def _session(f: list[Any]) -> Session:
    return Session(
        survey=f[1],
        version=f[2],
        language=f[3],
        started=datetime.fromisoformat(f[4]),
        touched=datetime.fromisoformat(f[5]),
        expires=datetime.fromisoformat(f[6]),
        seed=f[7],
        test=f[8],
        anonymous=f[9],
        doing=f[10],
        at=_read_place(f[11]),
        answers={Place(a[0], tuple(a[1])): Answer(a[2], a[3], a[4], a[5], tuple(a[6])) for a in f[12]},
        skipped=frozenset(Place(p[0], tuple(p[1])) for p in f[13]),
        repeats={Place(r[0], tuple(r[1])): r[2] for r in f[14]},
        closed=frozenset(Place(p[0], tuple(p[1])) for p in f[15]),
        selection=tuple(f[16]),
        candidates=tuple(f[17]),
        page=f[18],
        tries=f[19],
        rejected_id=f[20],
        total=f[21],
        turn=f[22],
        album=f[23],
        album_place=_read_place(f[24]),
        waiting=frozenset(f[25]),
        last_raw=f[26],
        facts=f[27],
        resume_doing=f[28],
        album_told=f[29] if len(f) > 29 else "",
    )


def _place(place: Place | None) -> list[Any] | None:
    return None if place is None else [place.name, place.position]


def _read_place(place: list[Any] | None) -> Place | None:
    return None if place is None else Place(place[0], tuple(place[1]))
