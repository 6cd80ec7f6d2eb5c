"""The published limits of texts, captions and keyboards, with the words they are refused with.

Rule of the file: https://core.telegram.org/bots/api for what is published; the sizes of keyboards are not published
(they are those of telegram.constants and of https://limits.tginfo.me), and refused as the platform refuses them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

import orjson

from tests.fake_telegram.entities import Entity, parse
from tests.fake_telegram.refusals import bad_request

TEXT, CAPTION, DATA, PLACEHOLDER, TOAST = 4096, 1024, 64, 64, 200
INLINE_BUTTONS, INLINE_ROW, REPLY_BUTTONS, REPLY_ROW = 100, 8, 300, 12
MARKUP_BYTES = 10_000
UPLOAD, PHOTO_UPLOAD, DOWNLOAD = 50_000_000, 10_000_000, 20 << 20

Rows = tuple[tuple[Mapping[str, object], ...], ...]
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f\u200e\u200f\u202a-\u202e]")


class Formatted(NamedTuple):
    text: str
    entities: tuple[Entity, ...]


class Markup(NamedTuple):
    kind: str
    """ "inline", "reply", "remove", "force" or "none"."""
    rows: Rows = ()
    placeholder: str = ""
    one_time: bool = False
    persistent: bool = False
    resize: bool = False


NO_MARKUP = Markup("none")


def body(text: str, mode: str) -> Formatted:
    """A message's text. Raises Refusal."""
    if not text:
        raise bad_request("message text is empty")
    shown = _shown(text, mode)
    if not shown.text:
        raise bad_request("text must be non-empty")
    if len(shown.text) > TEXT:
        raise bad_request("message is too long")
    return shown


def caption(text: str, mode: str) -> Formatted:
    """The text under a file. Raises Refusal."""
    shown = _shown(text, mode)
    if len(shown.text) > CAPTION:
        raise bad_request("message caption is too long")
    return shown


def _shown(text: str, mode: str) -> Formatted:
    plain, entities = parse(text, mode)
    if not plain.isprintable():
        plain = _CONTROL.sub("", plain)
    return Formatted(plain.strip(), entities)


def markup(value: object) -> Markup:
    """``reply_markup`` as JSON text or as an object. Raises Refusal."""
    if value is None or value == "":
        return NO_MARKUP
    if isinstance(value, str):
        if len(value.encode("utf-8", "surrogatepass")) > MARKUP_BYTES:
            raise bad_request("reply markup is too long")
        try:
            value = orjson.loads(value)
        except orjson.JSONDecodeError as error:
            raise bad_request("can't parse reply keyboard markup JSON object") from error
    elif len(orjson.dumps(value)) > MARKUP_BYTES:
        raise bad_request("reply markup is too long")
    if not isinstance(value, dict):
        raise bad_request("object expected as reply markup")
    placeholder = str(value.get("input_field_placeholder") or "")
    if len(placeholder) > PLACEHOLDER:
        raise bad_request("reply markup is too long")
    if value.get("keyboard"):
        rows = _rows(value["keyboard"], "keyboard")
        _sized(rows, REPLY_BUTTONS, REPLY_ROW)
        return Markup(
            "reply",
            tuple(tuple(_key(button) for button in row) for row in rows),
            placeholder,
            bool(value.get("one_time_keyboard")),
            bool(value.get("is_persistent")),
            bool(value.get("resize_keyboard")),
        )
    if value.get("inline_keyboard"):
        rows = _rows(value["inline_keyboard"], "inline_keyboard")
        _sized(rows, INLINE_BUTTONS, INLINE_ROW)
        return Markup("inline", tuple(tuple(_inline(button) for button in row) for row in rows if row))
    if value.get("remove_keyboard"):
        return Markup("remove")
    if value.get("force_reply"):
        return Markup("force", (), placeholder)
    return NO_MARKUP


def _rows(value: object, field: str) -> list[list[object]]:
    whole = " of the InlineKeyboardMarkup" if field == "inline_keyboard" else ""
    if not isinstance(value, list) or not all(isinstance(row, list) for row in value):
        raise bad_request(f'field "{field}"{whole} must be an Array of Arrays')
    return value


def _sized(rows: list[list[object]], most: int, a_row: int) -> None:
    if sum(len(row) for row in rows) > most or any(len(row) > a_row for row in rows):
        raise bad_request("reply markup is too long")


def _key(button: object) -> Mapping[str, object]:
    if isinstance(button, str):
        button = {"text": button}
    if not isinstance(button, dict):
        raise bad_request("can't parse keyboard button: KeyboardButton must be a String or an Object")
    if "text" not in button:
        raise bad_request("can't parse keyboard button: Can't find field \"text\"")
    if not str(button["text"]).strip():
        raise bad_request("keyboard button text must be non-empty")
    return button


def _inline(button: object) -> Mapping[str, object]:
    if not isinstance(button, dict):
        raise bad_request("can't parse inline keyboard button: InlineKeyboardButton must be an Object")
    if "text" not in button:
        raise bad_request("can't parse inline keyboard button: Can't find field \"text\"")
    if not str(button["text"]).strip():
        raise bad_request("inline keyboard button text must be non-empty")
    if url := button.get("url"):
        if not re.match(r"(?:(?:https?|tg)://)?[^\s/]+", str(url)) or " " in str(url):
            raise bad_request(f"inline keyboard button URL '{url}' is invalid: Wrong HTTP URL")
        return button
    data = button.get("callback_data")
    if not data:
        raise bad_request("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
    if len(str(data).encode("utf-8", "surrogatepass")) > DATA:
        raise bad_request("BUTTON_DATA_INVALID")
    return button
