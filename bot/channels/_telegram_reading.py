"""What a Telegram update says: the pure half of the channel that listens.

Rule of the file: plain JSON in, ``Incoming`` out; no clock, no network. None for what says nothing to a survey
(channel posts, other bots, pins, members coming and going); ValueError for what is no update at all.
Shapes: https://core.telegram.org/bots/api#update
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from surveys.messages import Address, Blocked, Edit, Incoming, Location, Media, MediaKind, Other, Press, Reply, Text

NAME = "telegram"
ALLOWED_UPDATES = ("message", "edited_message", "callback_query", "my_chat_member")
"""The kinds that are read; Telegram sends no others."""

Json = Mapping[str, Any]

_OTHERS = ("sticker", "contact", "poll", "dice", "game", "story", "checklist", "paid_media", "invoice", "gift")
_SERVICE = frozenset({
    "boost_added", "channel_chat_created", "chat_background_set", "chat_shared", "checklist_tasks_added",
    "checklist_tasks_done", "connected_website", "delete_chat_photo", "forum_topic_closed", "forum_topic_created",
    "forum_topic_edited", "forum_topic_reopened", "general_forum_topic_hidden", "general_forum_topic_unhidden",
    "giveaway", "giveaway_completed", "giveaway_created", "giveaway_winners", "group_chat_created",
    "left_chat_member", "message_auto_delete_timer_changed", "migrate_from_chat_id", "migrate_to_chat_id",
    "new_chat_members", "new_chat_photo", "new_chat_title", "passport_data", "pinned_message",
    "proximity_alert_triggered", "refunded_payment", "successful_payment", "supergroup_chat_created", "unique_gift",
    "users_shared", "video_chat_ended", "video_chat_participants_invited", "video_chat_scheduled",
    "video_chat_started", "web_app_data", "write_access_allowed",
})  # fmt: skip
"""Notes of the platform about a chat: nobody said them."""
_PICTURES = frozenset({
    "image/jpeg", "image/png", "image/webp", "image/heic", "image/heif", "image/gif", "image/bmp", "image/tiff",
})  # fmt: skip


def parse(update: Json, now: datetime, *, username: str = "") -> Incoming | None:
    """What the update says. ``now`` (UTC) dates a press, which carries no time; ``username`` is the bot's own, so
    that "/start@ItsName" in a group is understood."""
    try:
        number = str(int(update["update_id"]))
        if "message" in update:
            return _message(update["message"], number, username)
        if "edited_message" in update:
            return _edited(update["edited_message"], number)
        if "callback_query" in update:
            return _press(update["callback_query"], number, now)
        if "my_chat_member" in update:
            return _member(update["my_chat_member"], number)
    except (KeyError, TypeError, AttributeError, OverflowError, OSError, ValueError, IndexError) as error:
        raise ValueError(f"No Telegram update: {type(error).__name__}") from None
    return None


def _message(message: Json, number: str, username: str) -> Incoming | None:
    sender = message.get("from")
    if sender is None or sender.get("is_bot"):
        return None
    reply = _said(message, username)
    if reply is None or (message["chat"]["type"] != "private" and not _calls_us(reply)):
        return None
    return _incoming(message, sender, number, reply, _moment(message["date"]))


def _calls_us(reply: Reply) -> bool:
    """In a group only /start is meant for the bot; of what else people say there nothing is taken in."""
    return isinstance(reply, Text) and reply.text.partition(" ")[0] == "/start"


def _incoming(message: Json, sender: Json, number: str, reply: Reply, sent_at: datetime) -> Incoming:
    chat = message["chat"]
    return Incoming(
        address=Address(NAME, str(int(chat["id"]))),
        external_id=number,
        reply=reply,
        sent_at=sent_at,
        message_id=str(int(message["message_id"])),
        language=str(sender.get("language_code", "")),
        group=chat["type"] != "private",
        sender_name=_name(sender),
    )


def _name(sender: Json) -> str:
    return " ".join(str(sender[part]) for part in ("first_name", "last_name") if sender.get(part))


def _moment(seconds: Any) -> datetime:
    return datetime.fromtimestamp(int(seconds), UTC)


def _said(message: Json, username: str) -> Reply | None:
    media = _media(message)
    if media is not None:
        return media
    if "text" in message:
        if "forward_origin" in message or "forward_date" in message:
            return Other("forward")
        return Text(_own_command(str(message["text"]), username))
    if "location" in message:
        place = message["location"]
        return Location(
            float(place["latitude"]), float(place["longitude"]), float(place.get("horizontal_accuracy", 0.0))
        )
    for what in _OTHERS:
        if what in message:
            return Other(what)
    return None if _SERVICE & message.keys() else Other("message")


def _own_command(text: str, username: str) -> str:
    """A command without the bot's name; one for another bot stays as it is, and is no command of ours."""
    if not text.startswith("/"):
        return text
    word, space, rest = text.partition(" ")
    command, at, name = word.partition("@")
    return f"{command}{space}{rest}" if at and username and name.lower() == username.lower() else text


def _media(message: Json) -> Media | None:
    """The file of a message. A photo comes in several sizes: the largest that can be fetched."""
    caption, album = str(message.get("caption", "")), str(message.get("media_group_id", ""))
    if message.get("photo"):
        size = max(message["photo"], key=lambda one: int(one["width"]) * int(one["height"]))
        return Media(
            kind="image", reference=str(size["file_id"]), mime="image/jpeg", size=int(size.get("file_size", 0)),
            caption=caption, album=album,
        )  # fmt: skip
    kinds: tuple[tuple[str, MediaKind, str], ...] = (
        ("voice", "audio", "audio/ogg"),
        ("audio", "audio", ""),
        ("video", "video", ""),
        ("video_note", "video", "video/mp4"),
        ("animation", "video", "video/mp4"),
        ("document", "file", ""),
    )
    for field, kind, usual in kinds:
        if message.get(field):
            part = message[field]
            mime = str(part.get("mime_type", usual)).lower()
            return Media(
                kind=_kind_of(mime) if field == "document" else kind,
                reference=str(part["file_id"]),
                mime=mime,
                size=int(part.get("file_size", 0)),
                seconds=int(part.get("duration", 0)),
                file_name=str(part.get("file_name", "")),
                caption=caption,
                album=album,
                voice=field == "voice",
            )
    return None


def _kind_of(mime: str) -> MediaKind:
    """What a document is: people send pictures and sounds as files too."""
    if mime in _PICTURES:
        return "image"
    if mime.startswith("audio/"):
        return "audio"
    return "video" if mime.startswith("video/") else "file"


def _edited(message: Json, number: str) -> Incoming | None:
    sender = message.get("from")
    if sender is None or sender.get("is_bot") or message["chat"]["type"] != "private":
        return None
    reply = _media(message) or (Text(str(message["text"])) if "text" in message else None)
    if reply is None:
        return None  # a live location that moved, a poll that was closed
    edit = Edit(str(int(message["message_id"])), reply)
    return _incoming(message, sender, number, edit, _moment(message.get("edit_date", message["date"])))


def _press(query: Json, number: str, now: datetime) -> Incoming | None:
    sender = query["from"]
    if "data" not in query:
        return None  # a game
    message: Json = query.get("message") or {}
    chat: Json = message.get("chat") or {"id": sender["id"], "type": "private"}
    message_id = str(int(message["message_id"])) if "message_id" in message else ""
    return Incoming(
        address=Address(NAME, str(int(chat["id"]))),
        external_id=number,
        reply=Press(str(query["data"]), message_id, str(query["id"])),
        sent_at=now,
        message_id="",
        language=str(sender.get("language_code", "")),
        group=chat["type"] != "private",
        sender_name=_name(sender),
    )


def _member(change: Json, number: str) -> Incoming | None:
    chat, sender = change["chat"], change["from"]
    if chat["type"] != "private":
        return None
    blocked = change["new_chat_member"]["status"] in {"kicked", "left"}
    return Incoming(
        address=Address(NAME, str(int(chat["id"]))),
        external_id=number,
        reply=Blocked(blocked),
        sent_at=_moment(change["date"]),
        language=str(sender.get("language_code", "")),
        sender_name=_name(sender),
    )
