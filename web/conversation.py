"""A conversation as a screen shows it: its bubbles, and the buttons that may still be pressed.

Rule of the file: pure. Only the latest buttons are shown: a prompt's own until another prompt stands, the reply
keyboard as the last message left it. While a reply is on its way there is nothing to press.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from storage.webchat_lines import Gone, Line
from surveys.messages import Button, Location, Media, MediaKind, Outgoing, Text

ON_ITS_WAY = timedelta(seconds=6)
"""A message without a reply for so long gets none (a later photo of an album): the buttons come back."""

Rows = tuple[tuple[Button, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Bubble:
    """One line, ready to be shown."""

    number: int
    revision: int
    theirs: bool
    text: str
    at: datetime
    client_id: str = ""
    rows: Rows = ()
    """Inline buttons that may still be pressed."""
    shows: tuple[tuple[MediaKind, str], ...] = ()
    secret: bool = False
    note: bool = False
    """Stands where something was erased."""


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """The whole screen."""

    bubbles: tuple[Bubble, ...]
    keyboard: Rows
    placeholder: str
    waiting: bool
    """The last word is the visitor's and its reply may still come."""
    newest: int
    """Number of the first bubble said since the visitor spoke, 0 if there is none: where reading goes on."""


def view(lines: Sequence[Line], *, say: Callable[[str], str], now: datetime, titles: Callable[[str], str]) -> View:
    """Lines in order to a screen. ``titles``: a survey's name to its title, "" if there is no such survey."""
    waiting = bool(lines) and lines[-1].theirs and now - lines[-1].at < ON_ITS_WAY
    prompt = _standing_prompt(lines)
    keyboard, placeholder = _keyboard(lines)
    bubbles = tuple(_bubble(line, say=say, titles=titles, pressable=_pressable(line, prompt)) for line in lines)
    return View(
        bubbles=bubbles,
        keyboard=() if waiting else keyboard,
        placeholder=placeholder,
        waiting=waiting,
        newest=_newest(lines),
    )


def _standing_prompt(lines: Sequence[Line]) -> int:
    """Number of the last line that asks for something; 0 if none does."""
    for line in reversed(lines):
        if isinstance(line.said, Outgoing) and (line.said.tag or (line.said.rows and not line.said.inline)):
            return line.number
    return 0


def _pressable(line: Line, prompt: int) -> bool:
    """The buttons of a question go when another prompt stands; those of an announcement stay."""
    return isinstance(line.said, Outgoing) and line.said.inline and (line.number == prompt or not line.said.tag)


def _keyboard(lines: Sequence[Line]) -> tuple[Rows, str]:
    rows: Rows = ()
    placeholder = ""
    for line in lines:
        if not isinstance(line.said, Outgoing):
            continue
        said = line.said
        if said.rows and not said.inline:
            rows, placeholder = said.rows, said.placeholder
        elif said.tag or (not said.rows and said.keyboard == "remove"):
            rows, placeholder = (), said.placeholder
    return rows, placeholder


def _newest(lines: Sequence[Line]) -> int:
    newest = 0
    for line in reversed(lines):
        if line.theirs:
            break
        newest = line.number
    return newest


def _bubble(line: Line, *, say: Callable[[str], str], titles: Callable[[str], str], pressable: bool) -> Bubble:
    _ = say
    said = line.said
    rows: Rows = ()
    shows: tuple[tuple[MediaKind, str], ...] = ()
    match said:
        case Outgoing():
            text = said.text
            rows = said.rows if pressable else ()
            shows = said.media
        case Text():
            text = _typed(said.text, say, titles)
        case Media():
            text = _file(said, say)
        case Location():
            text = _("Location: {latitude}, {longitude}").format(
                latitude=f"{said.latitude:.5f}", longitude=f"{said.longitude:.5f}"
            )
        case Gone("anonymous"):
            text = _("(anonymous answers sent and removed from this page)")
        case Gone():
            text = _("(shown once and removed from this page)")
    return Bubble(
        number=line.number,
        revision=line.revision,
        theirs=line.theirs,
        text=text,
        at=line.at,
        client_id=line.client_id,
        rows=rows,
        shows=shows,
        secret=line.secret,
        note=isinstance(said, Gone),
    )


def _typed(text: str, say: Callable[[str], str], titles: Callable[[str], str]) -> str:
    """What the visitor said; the start button's command in words."""
    _ = say
    command, _space, name = text.partition(" ")
    if command != "/start":
        return text
    if name.startswith("move_"):
        return _("Go on here")
    title = titles(name.strip()) if name else ""
    return _("Start: {title}").format(title=title) if title else _("Start")


def _file(media: Media, say: Callable[[str], str]) -> str:
    _ = say
    kinds = {"image": _("Photo"), "audio": _("Sound"), "video": _("Video"), "file": _("File")}
    parts = [kinds[media.kind], media.file_name, _size(media.size)]
    line = "📎 " + " · ".join(part for part in parts if part)
    return f"{line}\n{media.caption}" if media.caption else line


def _size(size: int) -> str:
    if not size:
        return ""
    return f"{size / 1_048_576:.1f} MB" if size >= 1_048_576 else f"{max(1, size // 1024)} kB"
