"""Makes a message fit its channel: long texts are split, labels shortened, buttons laid out.

Rule of the file: pure, and the only reader of ``Capabilities``. Nothing a person can choose is ever lost: a button
that cannot be shown is listed in the text, and labels that had to be shortened can still be told apart.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import replace

from bot.channels.base import Capabilities
from surveys.messages import Button, Outgoing

Rows = tuple[tuple[Button, ...], ...]

_NOTHING = "…"
"""Stands for a text or a label that a platform refuses because it is empty."""
_BUTTON_MARKS = 40
"""Bytes of JSON around one label and its data, never fewer than any platform writes."""
_MOST_BYTES = 12
"""Bytes one character takes at most: two escapes of six."""
_PADDING = 2
"""Characters that the edges of a button take."""
_SENTENCE_END = re.compile(r"[.!?…:;][\"”’')\]]*\s")
_BINDS_LEFT = frozenset("\u200d\ufe0e\ufe0f")


def fit(outgoing: Outgoing, capabilities: Capabilities) -> tuple[Outgoing, ...]:
    """The message as the messages to send, in their order; () if nothing of it can be shown.

    Buttons, tag and placeholder stand on the last of the text; what must happen first (acknowledge, erase) on the
    first. An edited message stays one: when it was sent it was split the same way, and only its last part carries
    what changes.
    """
    return (outgoing,) if _fits(outgoing, capabilities) else _fitted(outgoing, capabilities)


def _fitted(outgoing: Outgoing, capabilities: Capabilities) -> tuple[Outgoing, ...]:
    edits = outgoing.edits if capabilities.edits else ""
    shown, listed = _buttons(outgoing, capabilities)
    text = "\n".join(line for line in (outgoing.text.strip(), *listed) if line)
    groups = list(_groups(_laid_out(_shortened(shown, capabilities.max_label), capabilities), capabilities))
    first, further = (groups[0] if groups else ()), groups[1:]
    if further and not outgoing.inline:  # there is only one reply keyboard: the rest is to be typed
        text = "\n".join((text, *(f"• {button.label}" for rows in further for row in rows for button in row)))
        further = []
    media = () if edits else tuple(item for item in outgoing.media if item[0] in capabilities.media)
    joined = len(media) == 1 and not outgoing.inline and _within(text, capabilities)
    parts = split(text, capabilities.max_text) or ([""] if first or joined or edits else [])
    if edits:
        parts = parts[-1:]
    if first and not edits and not joined:
        parts[-1] = parts[-1] or _NOTHING
    bare = replace(
        outgoing, text="", rows=(), media=(), edits="", acknowledges="", placeholder="", tag="", erases_since=None
    )
    messages = [] if joined else [replace(bare, media=(item,), keyboard="keep") for item in media]
    # Before inline buttons a text may take an old reply keyboard away: the buttons cannot.
    before = outgoing.keyboard if outgoing.inline else "keep"
    messages += [replace(bare, text=part, keyboard=before) for part in parts[:-1]]
    if parts:
        placeholder = outgoing.placeholder if len(outgoing.placeholder) <= capabilities.max_placeholder else ""
        messages.append(
            replace(
                bare,
                text=parts[-1],
                rows=first,
                media=media if joined else (),
                edits=edits,
                placeholder=placeholder,
                tag=outgoing.tag,
            )
        )
    messages += [replace(bare, text=_NOTHING, rows=rows, tag=outgoing.tag) for rows in further]
    if not messages and (outgoing.acknowledges or outgoing.erases_since):
        messages = [bare]
    if messages:
        messages[0] = replace(messages[0], acknowledges=outgoing.acknowledges, erases_since=outgoing.erases_since)
    return tuple(messages)


def _fits(outgoing: Outgoing, capabilities: Capabilities) -> bool:
    """Whether it can be sent as it is. Nearly every message can, so this is what fitting costs."""
    text = outgoing.text
    if not text and not outgoing.rows and not outgoing.media:  # only an acknowledgement, or buttons taken away
        return bool(
            (outgoing.edits or outgoing.acknowledges)
            and (capabilities.edits or not outgoing.edits)
            and not outgoing.placeholder
            and (outgoing.edits or not outgoing.tag)
        )
    if (
        outgoing.media
        or not text
        or len(text) > (capabilities.max_text or len(text))
        or text[0].isspace()
        or text[-1].isspace()
        or (outgoing.edits and not capabilities.edits)
        or len(outgoing.placeholder) > capabilities.max_placeholder
    ):
        return False
    inline, count, size = outgoing.inline, 0, 0
    for row in outgoing.rows:
        widest = 0
        for button in row:
            width = len(button.label)
            widest = max(widest, width)
            size += _BUTTON_MARKS + _MOST_BYTES * (width + len(button.data) + len(button.url))
            if (
                not 0 < width <= (capabilities.max_label or width)
                or " ".join(button.label.split()) != button.label
                or not _can_show(button, capabilities, inline=inline)
            ):
                return False
        if not row or _columns(len(row), widest, capabilities) < len(row):
            return False
        count += len(row)
    return count <= (capabilities.max_buttons or count) and size <= (capabilities.max_keyboard_bytes or size)


def split(text: str, longest: int) -> list[str]:
    """``text`` in parts of at most ``longest`` characters (0 = any length), cut at the end of a paragraph, a line,
    a sentence or a word if one is near. Only white space at the cuts is dropped; [] for an empty text."""
    parts: list[str] = []
    rest = text.strip()
    while longest and len(rest) > longest:
        cut = _cut(rest, longest)
        parts.append(rest[:cut].rstrip())
        rest = rest[cut:].lstrip()
    return [*parts, rest] if rest else parts


def _cut(text: str, longest: int) -> int:
    window = text[: longest + 1]
    least = longest // 3
    for mark in ("\n\n", "\n"):
        found = window.rfind(mark)
        if found > least:
            return found
    ends = [found.end() for found in _SENTENCE_END.finditer(window) if least < found.end() <= longest]
    if ends:
        return ends[-1]
    spaces = [index for index, character in enumerate(window) if character.isspace() and index > 0]
    if spaces:
        return spaces[-1]
    cut = longest
    while cut > 1 and _binds(text[cut]):
        cut -= 1
    return cut if cut > 1 else longest


def _binds(character: str) -> bool:
    """Whether it belongs to the character before it."""
    return character in _BINDS_LEFT or unicodedata.combining(character) > 0


def _within(text: str, capabilities: Capabilities) -> bool:
    """Whether it fits under a picture."""
    return all(not most or len(text) <= most for most in (capabilities.max_caption, capabilities.max_text))


def _buttons(outgoing: Outgoing, capabilities: Capabilities) -> tuple[Rows, list[str]]:
    """The buttons the channel can show, row by row, and a line for each it cannot."""
    rows: list[tuple[Button, ...]] = []
    listed: list[str] = []
    for row in outgoing.rows:
        shown: list[Button] = []
        for button in row:
            label = " ".join(button.label.split()) or _NOTHING
            if _can_show(button, capabilities, inline=outgoing.inline):
                shown.append(replace(button, label=label))
            else:
                listed.append(f"• {label}: {button.url}" if button.url else f"• {label}")
        if shown:
            rows.append(tuple(shown))
    return tuple(rows), listed


def _can_show(button: Button, capabilities: Capabilities, *, inline: bool) -> bool:
    if not inline:
        return capabilities.keyboards
    if not capabilities.inline or not (button.data or button.url):
        return False
    return not capabilities.max_inline_data or len(button.data.encode(errors="replace")) <= capabilities.max_inline_data


def _shortened(rows: Rows, longest: int) -> Rows:
    """The same buttons with labels of at most ``longest`` characters; labels that differed still differ."""
    if not longest or all(len(button.label) <= longest for row in rows for button in row):
        return rows
    taken = {button.label for row in rows for button in row if len(button.label) <= longest}
    short: dict[str, str] = {}
    for label in (button.label for row in rows for button in row):
        if len(label) > longest and label not in short:
            short[label] = next(candidate for candidate in _candidates(label, longest) if candidate not in taken)
            taken.add(short[label])
    return tuple(tuple(replace(button, label=short.get(button.label, button.label)) for button in row) for row in rows)


def _candidates(label: str, longest: int) -> Iterator[str]:
    """Ever less readable, ever more certain to differ: the head, head and tail, the head and a number."""
    yield label[: longest - 1].rstrip() + _NOTHING
    for tail in range(2, longest - 2, 2):
        yield label[: longest - 1 - tail].rstrip() + _NOTHING + label[-tail:]
    number = 2
    while True:
        mark = f"{_NOTHING}{number}"
        yield label[: max(0, longest - len(mark))].rstrip() + mark
        number += 1


def _laid_out(rows: Rows, capabilities: Capabilities) -> Rows:
    """The same buttons in the same order; a row too wide for a small phone becomes several of equal length."""
    laid: list[tuple[Button, ...]] = []
    for row in rows:
        columns = _columns(len(row), max(len(button.label) for button in row), capabilities)
        lines = -(-len(row) // columns)
        columns = -(-len(row) // lines)
        laid += [row[start : start + columns] for start in range(0, len(row), columns)]
    return tuple(laid)


def _columns(buttons: int, widest: int, capabilities: Capabilities) -> int:
    """How many of ``buttons`` stand side by side."""
    if capabilities.row_width:
        buttons = min(buttons, max(1, capabilities.row_width // (widest + _PADDING)))
    return min(buttons, capabilities.max_per_row) if capabilities.max_per_row else buttons


def _groups(rows: Rows, capabilities: Capabilities) -> Iterator[Rows]:
    """Rows that stand together on one message, by the number and the bytes of their buttons."""
    group: list[tuple[Button, ...]] = []
    count = size = 0
    for row in _cut_rows(rows, capabilities.max_buttons):
        weight = sum(map(_weight, row))
        too_many = capabilities.max_buttons and count + len(row) > capabilities.max_buttons
        too_heavy = capabilities.max_keyboard_bytes and size + weight > capabilities.max_keyboard_bytes
        if group and (too_many or too_heavy):
            yield tuple(group)
            group, count, size = [], 0, 0
        group.append(row)
        count, size = count + len(row), size + weight
    if group:
        yield tuple(group)


def _cut_rows(rows: Iterable[tuple[Button, ...]], most: int) -> Iterator[tuple[Button, ...]]:
    for row in rows:
        step = most or len(row)
        yield from (row[start : start + step] for start in range(0, len(row), step))


def _weight(button: Button) -> int:
    text = json.dumps(button.label + button.data + button.url, ensure_ascii=False)
    return _BUTTON_MARKS + len(text.encode(errors="replace"))
