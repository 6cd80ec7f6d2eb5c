"""A message as the Bot API wants it: the pure half of the channel that speaks.

Rule of the file: one fitted ``Outgoing`` in, the calls that carry it out; no clock, no network. Everything a person
or an author wrote is escaped. Limits are held by ``fitting``, not here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import PurePosixPath
from typing import NamedTuple

from surveys.messages import Button, MediaKind, Outgoing

Payload = dict[str, object]

_SENDERS: Mapping[MediaKind, tuple[str, str]] = {
    "image": ("sendPhoto", "photo"),
    "audio": ("sendAudio", "audio"),
    "video": ("sendVideo", "video"),
    "file": ("sendDocument", "document"),
}


class Call(NamedTuple):
    """One call of the Bot API. ``file``: the field that carries a picture or a sound, and where it lies in the
    media folder."""

    method: str
    payload: Payload
    file: tuple[str, PurePosixPath] | None = None


def render(external_id: str, outgoing: Outgoing) -> tuple[Call, ...]:
    """The calls that carry the message, the acknowledgement of a press first.

    An edit without a text keeps what the message says and changes its buttons alone; without rows they go.
    """
    calls: list[Call] = []
    if outgoing.acknowledges:
        calls.append(Call("answerCallbackQuery", {"callback_query_id": outgoing.acknowledges}))
    if outgoing.text or outgoing.rows or outgoing.media or outgoing.edits:
        calls.append(_main(external_id, outgoing))
    return tuple(calls)


def as_new(outgoing: Outgoing) -> Outgoing | None:
    """What to send where the message to be changed is gone; None where nothing needs to be said again: buttons
    that were to be taken away are gone with it."""
    return replace(outgoing, edits="", acknowledges="") if outgoing.rows and outgoing.text else None


def escaped(text: str) -> str:
    """Text for parse_mode HTML. Half of a surrogate pair cannot travel: it becomes "?"."""
    if not text.isascii():
        text = text.encode("utf-8", "replace").decode()
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _main(external_id: str, outgoing: Outgoing) -> Call:
    payload: Payload = {"chat_id": int(external_id)}
    if outgoing.edits:
        payload["message_id"] = int(outgoing.edits)
        if outgoing.text:
            payload |= _text(outgoing.text)
        if outgoing.rows:
            payload["reply_markup"] = {"inline_keyboard": _inline(outgoing)}
        return Call("editMessageText" if outgoing.text else "editMessageReplyMarkup", payload)
    markup = _markup(outgoing)
    if outgoing.media:
        (kind, name), *_ = outgoing.media
        method, field = _SENDERS[kind]
        if outgoing.text:
            payload |= {"caption": escaped(outgoing.text), "parse_mode": "HTML"}
        if markup:
            payload["reply_markup"] = markup
        return Call(method, payload, (field, PurePosixPath(name)))
    payload |= _text(outgoing.text)
    if markup:
        payload["reply_markup"] = markup
    return Call("sendMessage", payload)


def _text(text: str) -> Payload:
    return {"text": escaped(text), "parse_mode": "HTML", "link_preview_options": {"is_disabled": True}}


def _markup(outgoing: Outgoing) -> Payload | None:
    if not outgoing.rows:
        return {"remove_keyboard": True} if outgoing.keyboard == "remove" else None
    if outgoing.inline:
        return {"inline_keyboard": _inline(outgoing)}
    markup: Payload = {
        "keyboard": [[_key(button) for button in row] for row in outgoing.rows],
        "resize_keyboard": True,
        "is_persistent": True,
        "one_time_keyboard": True,
    }
    if outgoing.placeholder:
        markup["input_field_placeholder"] = _plain(outgoing.placeholder)
    return markup


def _inline(outgoing: Outgoing) -> list[list[Payload]]:
    return [
        [
            {"text": _plain(button.label), "url": button.url}
            if button.url
            else {"text": _plain(button.label), "callback_data": button.data}
            for button in row
        ]
        for row in outgoing.rows
    ]


def _key(button: Button) -> Payload:
    match button.ask:
        case "location":
            return {"text": _plain(button.label), "request_location": True}
        case "contact":
            return {"text": _plain(button.label), "request_contact": True}
        case _:
            return {"text": _plain(button.label)}


def _plain(label: str) -> str:
    return label if label.isascii() else label.encode("utf-8", "replace").decode()
