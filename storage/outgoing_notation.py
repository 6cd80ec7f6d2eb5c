"""A message to be sent, as it is kept until it is sent: a short JSON list.

Rule of the file: ``load(dump(x)) == x``; what an older version wrote stays readable (fields are only added at the end).
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

import orjson

from surveys.messages import Button, Outgoing


def dump(outgoing: Outgoing) -> bytes:
    """JSON bytes of at most a few kilobytes."""
    return orjson.dumps(
        [
            outgoing.text,
            [[_button(button) for button in row] for row in outgoing.rows],
            outgoing.keyboard,
            outgoing.placeholder,
            outgoing.media,
            outgoing.edits,
            outgoing.acknowledges,
            outgoing.secret,
            outgoing.tag,
            outgoing.erases_since,
        ],
    )


def load(body: bytes) -> Outgoing:
    """What ``dump`` wrote. Raises ValueError for anything else."""
    text, rows, keyboard, placeholder, media, edits, acknowledges, secret, tag, *more = orjson.loads(body)
    return Outgoing(
        text=text,
        rows=tuple(tuple(_read_button(button) for button in row) for row in rows),
        keyboard=keyboard,
        placeholder=placeholder,
        media=tuple((kind, name) for kind, name in media),
        edits=edits,
        acknowledges=acknowledges,
        secret=secret,
        tag=tag,
        erases_since=datetime.fromisoformat(more[0]) if more and more[0] else None,
    )


def _button(button: Button) -> str | tuple[str, str, str, str]:
    if button.data or button.url or button.ask:
        return (button.label, button.data, button.url, button.ask)
    return button.label


def _read_button(button: Any) -> Button:
    return Button(button) if isinstance(button, str) else Button(*button)
