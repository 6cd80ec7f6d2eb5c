"""A story: a whole conversation as text, to be played over every channel.

``> words`` is typed; ``> [Label]`` presses that button; ``> @photo``, ``@voice``, ``@video``, ``@file``, ``@sticker``
and ``> @-10.17,123.58`` send what they say; on Telegram alone ``@contact``, ``@poll``, ``@forward``, ``@album`` (three
photos) and ``@edit words`` (of the message typed last). ``@elsewhere words`` is typed by the same person at the
console, and ``{code}`` stands for the code that was said last. ``< words   [Button] [Button]`` is what must be said in
return, message by message, with exactly these buttons; indented lines go on with it; ``…`` stands for any words. ``@
now 2026-11-24T09:00`` sets the clock at the beginning, ``@ wait P2D`` moves it; ``@ survey form.md`` publishes a form
that lies beside the story; ``@ roster`` fills the list of employees (``tests.handlers.test_identifying``); ``@ only
console webchat`` names the channels where it can be played; a line that
begins with ``#`` is a note.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

WITA = ZoneInfo("Asia/Makassar")
_LABELS = re.compile(r"(?:^|\s{3})((?:\[[^\[\]]*\]\s?)+)$")


@dataclass(frozen=True, slots=True)
class Said:
    """One message: its words, white space made even, and its buttons."""

    words: str
    labels: tuple[str, ...] = ()

    def as_line(self) -> str:
        return f"< {self.words}" + (f"   {' '.join(f'[{label}]' for label in self.labels)}" if self.labels else "")


@dataclass(slots=True)
class Turn:
    """What the person does, and what is said in return."""

    line: int
    done: str
    said: list[Said] = field(default_factory=list)


@dataclass(slots=True)
class Wait:
    """The clock moves on."""

    line: int
    duration: str
    said: list[Said] = field(default_factory=list)


@dataclass(slots=True)
class Story:
    """All of it."""

    name: str
    begins: datetime = datetime(2026, 11, 24, 9, 0, tzinfo=WITA)
    form: Path | None = None
    language: str = "id"
    roster: bool = False
    only: frozenset[str] = frozenset({"console", "webchat", "telegram"})
    turns: list[Turn | Wait] = field(default_factory=list)


def read(path: Path) -> Story:
    """Raises ValueError that names the line."""
    story = Story(path.stem)
    told: list[str] | None = None

    def close() -> None:
        if told is not None:
            story.turns[-1].said.append(_said("\n".join(told)))

    for number, raw in enumerate(path.read_text(encoding="utf-8").split("\n"), start=1):
        line = raw.rstrip()
        if line.startswith("#") or (not line and told is None):
            continue
        if not line or line.startswith("  "):
            if told is not None:
                told.append(line)
            elif story.turns and isinstance(story.turns[-1], Turn):
                story.turns[-1].done += "\n" + line.strip()
            continue
        close()
        told = None
        match line[:2]:
            case "> ":
                story.turns.append(Turn(number, line[2:]))
            case "< " if story.turns:
                told = [line[2:]]
            case "@ ":
                _direct(story, path, number, line[2:])
            case _:
                raise ValueError(f"{path.name}:{number}: a line begins with '> ', '< ', '@ ' or '# ': {line!r}")
    close()
    return story


def _direct(story: Story, path: Path, number: int, words: str) -> None:
    word, _space, value = words.partition(" ")
    match word:
        case "now":
            story.begins = datetime.fromisoformat(value).replace(tzinfo=WITA)
        case "wait":
            story.turns.append(Wait(number, value))
        case "survey":
            story.form = path.parent / value
        case "roster":
            story.roster = True
        case "language":
            story.language = value
        case "only":
            story.only = frozenset(value.split())
        case _:
            raise ValueError(f"{path.name}:{number}: there is no @ {word}")


def _said(told: str) -> Said:
    found = _LABELS.search(told)
    labels = tuple(re.findall(r"\[([^\[\]]*)\]", found[1])) if found else ()
    return Said(even(told[: found.start()] if found else told), labels)


def even(words: str) -> str:
    """White space made even: how lines are broken is the channel's affair."""
    return " ".join(words.split())


def fits(expected: Said, found: Said) -> bool:
    """Whether that was said. ``…`` in the words stands for any."""
    pattern = ".*".join(re.escape(part.strip()) for part in expected.words.split("…"))
    return expected.labels == found.labels and re.fullmatch(pattern, found.words, re.DOTALL) is not None


def told_apart(expected: list[Said], found: list[Said]) -> str:
    """Both sides, line by line, for a person to compare; "" where they agree."""
    if len(expected) == len(found) and all(map(fits, expected, found)):
        return ""
    lines = ["expected:", *(one.as_line() for one in expected), "was said:", *(one.as_line() for one in found)]
    return "\n".join(lines)
