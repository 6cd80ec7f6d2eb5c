"""Text with marks: what remains when the marks are parsed away, and what is refused.

Rule of the file: the three parse modes and the words of every error are Telegram's
(https://core.telegram.org/bots/api#formatting-options); offsets in errors are UTF-8 bytes, in entities UTF-16 units.
"""

from __future__ import annotations

import html
import re
from typing import NamedTuple

from tests.fake_telegram.refusals import Refusal, bad_request

_TAGS = {
    "b": "bold", "strong": "bold", "i": "italic", "em": "italic", "u": "underline", "ins": "underline",
    "s": "strikethrough", "strike": "strikethrough", "del": "strikethrough", "code": "code", "pre": "pre",
    "a": "text_link", "span": "spoiler", "tg-spoiler": "spoiler", "tg-emoji": "custom_emoji",
    "tg-time": "date_time", "blockquote": "blockquote",
}  # fmt: skip
_NAMED = re.compile(r"&(?:(lt|gt|amp|quot);?|#(\d+);?|#[xX]([0-9a-fA-F]+);?)")
_NAMES = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_ATTRIBUTE = re.compile(r"""\s*([^\s=>/"']+)\s*(?:=\s*(?:"([^"]*)"|'([^']*)'|([A-Za-z0-9.\-]*)(?=[\s>])))?""")
_MAX_BYTES = 1 << 15


class Entity(NamedTuple):
    type: str
    offset: int
    length: int
    url: str = ""


def units(text: str) -> int:
    """UTF-16 units."""
    return len(text) + sum(character > "\uffff" for character in text)


def parse(text: str, mode: str) -> tuple[str, tuple[Entity, ...]]:
    """The text people see and its marks. Raises Refusal with Telegram's words."""
    if len(text.encode("utf-8", "surrogatepass")) > _MAX_BYTES:
        raise bad_request("text is too long")
    mode = mode.lower()
    if mode in {"", "none"}:
        return text, ()
    if mode == "html":
        return (text, ()) if "<" not in text and "&" not in text else _html(text)
    if mode == "markdownv2":
        return _markdown_v2(text)
    if mode == "markdown":
        return _markdown(text)
    raise bad_request("unsupported parse_mode")


def _broken(words: str) -> Refusal:
    return bad_request(f"can't parse entities: {words}")


def _at(text: str, index: int) -> int:
    return len(text[:index].encode("utf-8", "surrogatepass"))


def _unescape(text: str) -> str:
    def one(found: re.Match[str]) -> str:
        if found[1]:
            return _NAMES[found[1]]
        code = int(found[2]) if found[2] else int(found[3], 16)
        return chr(code) if 0 < code < 0x110000 else found[0]

    return _NAMED.sub(one, text)


def _html(text: str) -> tuple[str, tuple[Entity, ...]]:
    seen: list[str] = []
    length = 0
    open_tags: list[tuple[str, str, int]] = []
    found: list[Entity] = []
    index = 0
    while index < len(text):
        start = text.find("<", index)
        plain = _unescape(text[index:] if start < 0 else text[index:start])
        seen.append(plain)
        length += units(plain)
        if start < 0:
            break
        if text[start + 1 : start + 2] == "/":
            index = _end_tag(text, start, open_tags, found, length)
        else:
            index = _start_tag(text, start, open_tags, length)
    if open_tags:
        raise _broken(f'Can\'t find end tag corresponding to start tag "{open_tags[-1][0]}"')
    return "".join(seen), tuple(sorted(found, key=lambda entity: (entity.offset, -entity.length)))


def _start_tag(text: str, start: int, open_tags: list[tuple[str, str, int]], length: int) -> int:
    offset = _at(text, start)
    named = re.compile(r"[^\s>]*").match(text, start + 1)
    assert named is not None
    name, index = named[0].lower(), named.end()
    if index >= len(text):
        raise _broken(f"Unclosed start tag at byte offset {offset}")
    if name not in _TAGS:
        raise _broken(f'Unsupported start tag "{name}" at byte offset {offset}')
    argument = ""
    while (index := _past_spaces(text, index)) < len(text) and text[index] != ">":
        attribute = _ATTRIBUTE.match(text, index)
        if attribute is None:
            raise _broken(f'Empty attribute name in the tag "{name}" at byte offset {offset}')
        value = html.unescape(next((group for group in attribute.groups()[1:] if group is not None), ""))
        if (name, attribute[1]) in {("a", "href"), ("code", "class"), ("span", "class"), ("tg-emoji", "emoji-id")}:
            argument = value
        index = attribute.end()
    if index >= len(text):
        raise _broken(f'Unclosed start tag "{name}" at byte offset {offset}')
    if name == "span" and argument != "tg-spoiler":
        raise _broken(f'Tag "span" must have class "tg-spoiler" at byte offset {offset}')
    open_tags.append((name, argument, length))
    return index + 1


def _end_tag(text: str, start: int, open_tags: list[tuple[str, str, int]], found: list[Entity], length: int) -> int:
    offset = _at(text, start)
    if not open_tags:
        raise _broken(f"Unexpected end tag at byte offset {offset}")
    named = re.compile(r"[^\s>]*").match(text, start + 2)
    assert named is not None
    name, index = named[0].lower(), _past_spaces(text, named.end())
    if text[index : index + 1] != ">":
        raise _broken(f"Unclosed end tag at byte offset {offset}")
    expected, argument, begun = open_tags.pop()
    if name not in {"", expected}:
        raise _broken(f'Unmatched end tag at byte offset {offset}, expected "</{expected}>", found "</{name}>"')
    if length > begun and (expected != "a" or argument):
        found.append(Entity(_TAGS[expected], begun, length - begun, argument if expected == "a" else ""))
    return index + 1


def _past_spaces(text: str, index: int) -> int:
    while index < len(text) and text[index].isspace():
        index += 1
    return index


_V2_MARKS = {
    "*": "bold", "_": "italic", "__": "underline", "~": "strikethrough", "||": "spoiler", "`": "code", "```": "pre",
    "[": "text_link",
}  # fmt: skip
_V2_NAMES = {
    "bold": "Bold", "italic": "Italic", "underline": "Underline", "strikethrough": "Strikethrough",
    "spoiler": "Spoiler", "code": "Code", "pre": "Pre", "text_link": "TextUrl",
}  # fmt: skip
_V2_RESERVED = frozenset("_*[]()~`>#+-=|{}.!")


def _markdown_v2(text: str) -> tuple[str, tuple[Entity, ...]]:
    seen: list[str] = []
    length = 0
    nested: list[tuple[str, str, int, int]] = []  # mark, kind, offset in units, index in text
    found: list[Entity] = []
    index = 0
    while index < len(text):
        character = text[index]
        verbatim = bool(nested) and nested[-1][1] in {"code", "pre"}
        if character == "\\" and index + 1 < len(text) and text[index + 1] < "\x7f":
            seen.append(text[index + 1])
            length += 1
            index += 2
            continue
        mark = next((m for m in ("```", "`", "||", "__", "_", "*", "~", "[") if text.startswith(m, index)), "")
        closing = "]" if nested and nested[-1][0] == "[" else nested[-1][0] if nested else ""
        if closing and text.startswith(closing, index):
            _, kind, begun, _ = nested.pop()
            index += len(closing)
            url = ""
            if kind == "text_link" and text[index : index + 1] == "(":
                end = text.find(")", index)
                if end < 0:
                    raise _broken(f"Can't find end of a URL at byte offset {_at(text, index + 1)}")
                url, index = text[index + 1 : end], end + 1
            if length > begun:
                found.append(Entity(kind, begun, length - begun, url))
        elif mark and not verbatim:
            nested.append((mark, _V2_MARKS[mark], length, index))
            index += len(mark)
        elif character in _V2_RESERVED and not verbatim:
            raise _broken(f"Character '{character}' is reserved and must be escaped with the preceding '\\'")
        else:
            seen.append(character)
            length += units(character)
            index += 1
    if nested:
        kind, at = _V2_NAMES[nested[-1][1]], _at(text, nested[-1][3])
        raise _broken(f"Can't find end of {kind} entity at byte offset {at}")
    return "".join(seen), tuple(sorted(found, key=lambda entity: (entity.offset, -entity.length)))


_V1_MARKS = {"*": "bold", "_": "italic", "`": "code", "```": "pre", "[": "text_link"}


def _markdown(text: str) -> tuple[str, tuple[Entity, ...]]:
    seen: list[str] = []
    length = 0
    found: list[Entity] = []
    index = 0
    while index < len(text):
        if text[index] == "\\" and text[index + 1 : index + 2] in {"_", "*", "`", "["}:
            seen.append(text[index + 1])
            length, index = length + 1, index + 2
            continue
        mark = next((m for m in ("```", "`", "_", "*", "[") if text.startswith(m, index)), "")
        if not mark:
            seen.append(text[index])
            length, index = length + units(text[index]), index + 1
            continue
        end = text.find("]" if mark == "[" else mark, index + len(mark))
        if end < 0:
            raise _broken(f"Can't find end of the entity starting at byte offset {_at(text, index)}")
        inside = text[index + len(mark) : end]
        index = end + (1 if mark == "[" else len(mark))
        url = ""
        if mark == "[" and (link := re.compile(r"\(([^)]*)\)").match(text, index)):
            url, index = link[1], link.end()
        seen.append(inside)
        if inside and (mark != "[" or url):
            found.append(Entity(_V1_MARKS[mark], length, units(inside), url))
        length += units(inside)
    return "".join(seen), tuple(found)
