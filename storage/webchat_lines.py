"""The lines of a web conversation and how each is written inside its encrypted body.

Rule of the file: pure; ``from_plain`` gives back what ``as_plain`` wrote: what a screen needs and nothing else.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, assert_never

from surveys.messages import Button, Location, Media, Outgoing, Text


@dataclass(frozen=True, slots=True)
class Gone:
    """Stands where something was erased: the anonymous session that ended here, or a secret that was seen."""

    why: Literal["anonymous", "secret"]


Said = Outgoing | Text | Media | Location | Gone
"""Outgoing was said to the visitor; Text, Media and Location by them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of a conversation. ``number`` orders lines and never changes; ``revision`` grows with each change."""

    number: int
    revision: int
    said: Said
    at: datetime
    client_id: str = ""
    """What the visitor's page called it while it was being sent."""
    secret: bool = False
    """To be erased once it was seen."""
    shown: bool = False
    """Of a secret: it was put on a screen."""

    @property
    def theirs(self) -> bool:
        """Whether the visitor said it."""
        return isinstance(self.said, Text | Media | Location)


def as_plain(said: Said) -> dict[str, Any]:
    """What is written of a line: JSON values alone."""
    match said:
        case Text():
            return {"text": said.text}
        case Media():
            return {"media": [said.kind, said.mime, said.size, said.file_name], "text": said.caption}
        case Location():
            return {"location": [said.latitude, said.longitude, said.accuracy]}
        case Gone():
            return {"gone": said.why}
        case Outgoing():
            return {
                "told": said.text,
                "rows": [[[button.label, button.data, button.url, button.ask] for button in row] for row in said.rows],
                "keyboard": said.keyboard,
                "placeholder": said.placeholder,
                "shows": [list(shown) for shown in said.media],
                "tag": said.tag,
            }
        case _:
            assert_never(said)


def from_plain(plain: Mapping[str, Any]) -> Said:
    """The line again. A file's reference is not kept: it is no longer there once the answer has it."""
    if "told" in plain:
        return Outgoing(
            text=plain["told"],
            rows=tuple(
                tuple(Button(label, data=data, url=url, ask=ask) for label, data, url, ask in row)
                for row in plain["rows"]
            ),
            keyboard=plain["keyboard"],
            placeholder=plain["placeholder"],
            media=tuple((kind, name) for kind, name in plain["shows"]),
            tag=plain["tag"],
        )
    if "gone" in plain:
        return Gone(plain["gone"])
    if "location" in plain:
        return Location(*plain["location"])
    if "media" in plain:
        kind, mime, size, file_name = plain["media"]
        return Media(kind=kind, reference="", mime=mime, size=size, file_name=file_name, caption=plain["text"])
    return Text(plain["text"])
