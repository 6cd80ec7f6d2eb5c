"""Chats as people see them: the messages on the screen, the keyboard below them, who blocked whom.

Rule of the file: one sequence of message ids a chat, for both sides; a message is replaced, never changed.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Generator, Mapping
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from tests.fake_telegram.entities import Entity
from tests.fake_telegram.limits import NO_MARKUP, Markup


class Message(NamedTuple):
    """One message as it stands on the screen."""

    message_id: int
    chat_id: int
    by_bot: bool
    text: str
    """The text or the caption, marks parsed away."""
    markup: Markup = NO_MARKUP
    entities: tuple[Entity, ...] = ()
    kind: str = "text"
    """ "text", "photo", "voice" …"""
    date: int = 0
    edited: int = 0
    """Unix time of the last edit, 0 if there was none."""
    extra: Mapping[str, object] = {}
    """The fields of its kind, as the Bot API writes them."""
    album: str = ""

    @property
    def labels(self) -> tuple[tuple[str, ...], ...]:
        """The labels of its buttons, row by row."""
        return tuple(tuple(str(button["text"]) for button in row) for row in self.markup.rows)

    @property
    def buttons(self) -> tuple[str, ...]:
        """The labels of its buttons, one after the other."""
        return tuple(label for row in self.labels for label in row)


class MessageId(int):
    """The id of a message somebody sent. It is sent already; it may be awaited, so that a test reads the same
    whether the fake runs beside it or in a process of its own."""

    def __await__(self) -> Generator[None, None, MessageId]:
        yield from ()
        return self


@dataclass(slots=True)
class Chat:
    """A private chat or a group."""

    chat_id: int
    kind: Literal["private", "group"]
    title: str
    language_code: str = "id"
    started: bool = False
    """The bot may write here: the person wrote first, the group let it in."""
    blocked: bool = False
    deactivated: bool = False
    messages: OrderedDict[int, Message] = field(default_factory=OrderedDict)
    keyboard: Markup = NO_MARKUP
    """The reply keyboard that stands now."""
    last_id: int = 0
    last_sent: int = 0
    toasts: list[str] = field(default_factory=list)
    """What answered presses showed at the top of the screen."""

    def json(self) -> dict[str, object]:
        if self.kind == "private":
            return {"id": self.chat_id, "type": "private", "first_name": self.title}
        return {"id": self.chat_id, "type": "group", "title": self.title}

    def user(self) -> dict[str, object]:
        return {
            "id": self.chat_id, "is_bot": False, "first_name": self.title, "language_code": self.language_code,
        }  # fmt: skip

    def next_id(self) -> int:
        self.last_id += 1
        return self.last_id

    def put(self, message: Message, keep: int) -> None:
        self.messages[message.message_id] = message
        if message.by_bot and message.markup.kind in {"reply", "remove"}:
            self.keyboard = message.markup if message.markup.kind == "reply" else NO_MARKUP
        while len(self.messages) > keep:
            self.messages.popitem(last=False)


def entities_json(entities: tuple[Entity, ...]) -> list[dict[str, object]]:
    return [
        {"type": entity.type, "offset": entity.offset, "length": entity.length}
        | ({"url": entity.url} if entity.url else {})
        for entity in entities
    ]
