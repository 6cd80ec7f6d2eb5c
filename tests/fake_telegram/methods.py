"""The methods of the Bot API, as far as a survey bot calls them.

Rule of the file: what is accepted changes a chat and is recorded; what is not is refused with the platform's words.
Prose: https://core.telegram.org/bots/api#available-methods
"""

from __future__ import annotations

import re
import time
from collections import deque
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, NamedTuple

from tests.fake_telegram import limits
from tests.fake_telegram.bodies import Fields, Upload, parts, said, whole
from tests.fake_telegram.limits import NO_MARKUP, Markup
from tests.fake_telegram.refusals import (
    BLOCKED,
    DEACTIVATED,
    NOT_MODIFIED,
    OLD_QUERY,
    Refusal,
    bad_request,
)
from tests.fake_telegram.updates import PRESS
from tests.fake_telegram.world import Chat, Message, entities_json

if TYPE_CHECKING:
    from tests.fake_telegram.fake import FakeTelegram

Files = Mapping[str, Upload]
_KINDS = {
    "sendphoto": "photo",
    "sendaudio": "audio",
    "senddocument": "document",
    "sendvideo": "video",
    "sendvoice": "voice",
}
_ACTIONS = frozenset({
    "typing", "upload_photo", "record_video", "upload_video", "record_voice", "upload_voice", "upload_document",
    "choose_sticker", "find_location", "record_video_note", "upload_video_note",
})  # fmt: skip


class Call(NamedTuple):
    """One call of the bot that was answered: accepted, or refused with words."""

    method: str
    chat_id: int
    payload: Mapping[str, object]
    at: float
    """time.monotonic()"""
    message_id: int = 0
    refused: str = ""


class Pressed(NamedTuple):
    """A press that waits for answerCallbackQuery."""

    chat_id: int
    message_id: int
    at: float


class Methods:
    """Carries calls out on the fake's chats."""

    def __init__(self, fake: FakeTelegram, *, keep: int) -> None:
        self._fake = fake
        self._keep = keep
        self.calls: deque[Call] = deque(maxlen=keep)
        self.presses: dict[str, Pressed] = {}
        self.commands: dict[tuple[str, str], object] = {}
        """(scope as JSON, language code) to the list of commands."""
        self.texts: dict[tuple[str, str], str] = {}
        """("name" | "description" | "short_description", language code) to the text."""
        self._table: dict[str, Callable[[Fields, Files], object]] = {
            "getme": lambda fields, files: fake.me,
            "sendmessage": self._send_message,
            "editmessagetext": self._edit_text,
            "editmessagereplymarkup": self._edit_markup,
            "deletemessage": self._delete,
            "answercallbackquery": self._answer_press,
            "sendmediagroup": self._send_group,
            "getfile": self._get_file,
            "getchat": self._get_chat,
            "sendchataction": self._action,
            "setmycommands": self._set_commands,
            "getmycommands": lambda fields, files: self.commands.get(_scope(fields), []),
            "deletemycommands": lambda fields, files: self.commands.pop(_scope(fields), None) is not None or True,
            "setmyname": lambda fields, files: self._set_text(fields, "name", 64),
            "setmydescription": lambda fields, files: self._set_text(fields, "description", 512),
            "setmyshortdescription": lambda fields, files: self._set_text(fields, "short_description", 120),
            "getmyname": lambda fields, files: self._text(fields, "name"),
            "getmydescription": lambda fields, files: self._text(fields, "description"),
            "getmyshortdescription": lambda fields, files: self._text(fields, "short_description"),
            "getwebhookinfo": lambda fields, files: fake.webhook_info(),
            **{name: self._media_sender(name) for name in _KINDS},
        }

    def known(self, method: str) -> bool:
        return method in self._table

    def carry_out(self, method: str, fields: Fields, files: Files) -> object:
        """The result. ``method`` in lower case. Raises Refusal; both are recorded."""
        chat_id = whole(fields, "chat_id")
        try:
            result = self._table[method](fields, files)
        except Refusal as refusal:
            self.calls.append(Call(method, chat_id, fields, time.monotonic(), 0, refusal.description))
            raise
        message_id = result.get("message_id", 0) if isinstance(result, dict) else 0
        self.calls.append(Call(method, chat_id, fields, time.monotonic(), message_id))
        return result

    # ---- chats ---------------------------------------------------------------------------------------

    def _chat(self, fields: Fields) -> Chat:
        if not said(fields, "chat_id"):
            raise bad_request("chat_id is empty")
        chat = self._fake.chats.get(whole(fields, "chat_id"))
        if chat is None or not chat.started:
            raise bad_request("chat not found")
        if chat.blocked:
            raise Refusal(403, BLOCKED)
        if chat.deactivated:
            raise Refusal(403, DEACTIVATED)
        return chat

    def _own(self, chat: Chat, fields: Fields, what: str) -> Message:
        message = chat.messages.get(whole(fields, "message_id"))
        if message is None:
            raise bad_request(f"message to {what} not found")
        return message

    def _send_message(self, fields: Fields, _files: Files) -> dict[str, object]:
        chat = self._chat(fields)
        shown = limits.body(said(fields, "text"), said(fields, "parse_mode"))
        markup = limits.markup(fields.get("reply_markup"))
        return self._shown(chat, shown, markup, "text", {})

    def _shown(
        self,
        chat: Chat,
        shown: limits.Formatted,
        markup: Markup,
        kind: str,
        extra: Mapping[str, object],
        album: str = "",
    ) -> dict[str, object]:
        message = Message(
            chat.next_id(), chat.chat_id, by_bot=True, text=shown.text, markup=markup, entities=shown.entities,
            kind=kind, date=int(self._fake.clock.now()), extra=extra, album=album,
        )  # fmt: skip
        chat.put(message, self._keep)
        self._fake.appeared(chat, message)
        return self.as_json(chat, message)

    def as_json(self, chat: Chat, message: Message) -> dict[str, object]:
        """The message as the Bot API writes it."""
        written: dict[str, object] = {
            "message_id": message.message_id,
            "from": self._fake.me if message.by_bot else chat.user(),
            "chat": chat.json(),
            "date": message.date,
        }
        if message.edited:
            written["edit_date"] = message.edited
        if message.kind == "text":
            written["text"] = message.text
            if message.entities:
                written["entities"] = entities_json(message.entities)
        else:
            written |= message.extra
            if message.text:
                written["caption"] = message.text
                if message.entities:
                    written["caption_entities"] = entities_json(message.entities)
            if message.album:
                written["media_group_id"] = message.album
        if message.markup.kind == "inline":
            written["reply_markup"] = {"inline_keyboard": message.markup.rows}
        return written

    def _edit_text(self, fields: Fields, _files: Files) -> dict[str, object]:
        chat = self._chat(fields)
        shown = limits.body(said(fields, "text"), said(fields, "parse_mode"))
        return self._edited(chat, fields, shown, text_too=True)

    def _edit_markup(self, fields: Fields, _files: Files) -> dict[str, object]:
        return self._edited(self._chat(fields), fields, limits.Formatted("", ()), text_too=False)

    def _edited(self, chat: Chat, fields: Fields, shown: limits.Formatted, *, text_too: bool) -> dict[str, object]:
        markup = limits.markup(fields.get("reply_markup"))
        message = self._own(chat, fields, "edit")
        if not message.by_bot or message.markup.kind in {"reply", "remove", "force"}:
            raise bad_request("message can't be edited")
        if markup.kind not in {"inline", "none"}:
            raise bad_request("inline keyboard expected")
        if text_too and message.kind != "text":
            raise bad_request("there is no text in the message to edit")
        text, entities = shown if text_too else (message.text, message.entities)
        if (text, entities, markup) == (message.text, message.entities, message.markup):
            raise bad_request(NOT_MODIFIED)
        message = message._replace(text=text, entities=entities, markup=markup, edited=int(self._fake.clock.now()))
        chat.messages[message.message_id] = message
        self._fake.appeared(chat, message)
        return self.as_json(chat, message)

    def _delete(self, fields: Fields, _files: Files) -> bool:
        chat = self._chat(fields)
        message = self._own(chat, fields, "delete")
        if self._fake.clock.now() - message.date > 48 * 3600:
            raise bad_request("message can't be deleted for everyone")
        del chat.messages[message.message_id]
        return True

    def _answer_press(self, fields: Fields, _files: Files) -> bool:
        text = said(fields, "text")
        pressed = self.presses.pop(said(fields, "callback_query_id"), None)
        if pressed is None or self._fake.clock.now() - pressed.at > PRESS:
            raise bad_request(OLD_QUERY)
        if len(text) > limits.TOAST:
            raise bad_request("MESSAGE_TOO_LONG")
        if text:
            self._fake.chats[pressed.chat_id].toasts.append(text)
        return True

    # ---- files ---------------------------------------------------------------------------------------

    def _media_sender(self, method: str) -> Callable[[Fields, Files], dict[str, object]]:
        kind = _KINDS[method]

        def send(fields: Fields, files: Files) -> dict[str, object]:
            chat = self._chat(fields)
            shown = limits.caption(said(fields, "caption"), said(fields, "parse_mode"))
            markup = limits.markup(fields.get("reply_markup"))
            extra = self._file(kind, said(fields, kind), files, files.get(kind))
            return self._shown(chat, shown, markup, kind, extra)

        return send

    def _file(self, kind: str, named: str, files: Files, upload: Upload | None) -> Mapping[str, object]:
        if upload is None and named.startswith("attach://"):
            upload = files.get(named.removeprefix("attach://"))
        if upload is not None:
            if not upload.data:
                raise bad_request("file must be non-empty")
            if len(upload.data) > (limits.PHOTO_UPLOAD if kind == "photo" else limits.UPLOAD):
                raise Refusal(413, "Request Entity Too Large")
            return self._fake.files.put(kind, upload.data, name=upload.name, mime=upload.mime)
        if not named:
            raise bad_request(f"there is no {kind} in the request")
        if re.match(r"https?://", named):
            raise bad_request("failed to get HTTP URL content")
        found = self._fake.files.described(named)
        if found is None:
            raise bad_request("wrong file identifier/HTTP URL specified")
        if kind not in found:
            raise bad_request(f"can't use file of type {next(iter(found)).title()} as {kind.title()}")
        return found

    def _send_group(self, fields: Fields, files: Files) -> list[dict[str, object]]:
        chat = self._chat(fields)
        media = parts(fields, "media")
        if not isinstance(media, list) or not all(isinstance(item, dict) for item in media):
            raise bad_request("expected an Array of InputMedia")
        if not 2 <= len(media) <= 10:
            raise bad_request("group send failed: media album must contain from 2 to 10 items")
        album = str(self._fake.next_album())
        ready = [
            (
                limits.caption(str(item.get("caption", "")), str(item.get("parse_mode", ""))),
                str(item.get("type")),
                self._file(str(item.get("type")), str(item.get("media", "")), files, None),
            )
            for item in media
        ]
        return [self._shown(chat, shown, NO_MARKUP, kind, extra, album) for shown, kind, extra in ready]

    def _get_file(self, fields: Fields, _files: Files) -> Mapping[str, object]:
        found = self._fake.files.link(said(fields, "file_id"), self._fake.clock.now())
        if found is None:
            raise bad_request("invalid file_id")
        if int(str(found["file_size"])) > limits.DOWNLOAD:
            raise bad_request("file is too big")
        return found

    # ---- the bot's own face --------------------------------------------------------------------------

    def _get_chat(self, fields: Fields, _files: Files) -> dict[str, object]:
        return self._chat(fields).json()

    def _action(self, fields: Fields, _files: Files) -> bool:
        self._chat(fields)
        if said(fields, "action") not in _ACTIONS:
            raise bad_request("wrong parameter action in request")
        return True

    def _set_commands(self, fields: Fields, _files: Files) -> bool:
        commands = parts(fields, "commands")
        if not isinstance(commands, list):
            raise bad_request("expected an Array of BotCommand")
        if len(commands) > 100:
            raise bad_request("BOT_COMMANDS_TOO_MUCH")
        for command in commands:
            if not isinstance(command, dict):
                raise bad_request("can't parse BotCommand: expected an Object")
            if not re.fullmatch(r"/?[a-z0-9_]{1,32}", str(command.get("command", ""))):
                raise bad_request("BOT_COMMAND_INVALID")
            if not 1 <= len(str(command.get("description", ""))) <= 256:
                raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
        self.commands[_scope(fields)] = commands
        return True

    def _set_text(self, fields: Fields, what: str, most: int) -> bool:
        text = said(fields, what)
        if len(text) > most:
            raise bad_request(f"bot {what.replace('_', ' ')} is too long")
        self.texts[what, said(fields, "language_code")] = text
        return True

    def _text(self, fields: Fields, what: str) -> dict[str, object]:
        own = self.texts.get((what, said(fields, "language_code")))
        return {what: own or self.texts.get((what, ""), "")}


def _scope(fields: Fields) -> tuple[str, str]:
    return said(fields, "scope"), said(fields, "language_code")
