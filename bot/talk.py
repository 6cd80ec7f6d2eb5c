"""A conversation as text: what a person does is a line ``> …``, what they are told ``< …   [Button] [Button]``.

The same form is shown by ``suara chat``, printed by ``suara survey play`` and kept as a story test. Rule of the file:
pure; what was shown last decides what a typed line means.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from bot.channels.console import kind_of
from surveys.messages import Button, Outgoing

_BRACKETED = re.compile(r"\[(.+)\]")
_LOCATION = re.compile(r"@(-?\d+(?:\.\d+)?),\s*(-?\d+(?:\.\d+)?)")
_TOGGLED = re.compile(r"^\W+\s")
"""What stands before a label that is toggled on."""


@dataclass(slots=True)
class Shown:
    """What stands on a screen: the reply keyboard, and under which message which inline buttons."""

    keyboard: tuple[Button, ...] = ()
    inline: dict[str, tuple[Button, ...]] = field(default_factory=dict)
    """Message id to its buttons; the message said last at the end."""
    _prompt: str = ""
    """The message whose question stands."""

    def say(self, message_id: str, outgoing: Outgoing) -> None:
        """A message was shown, or replaced one (``edits``). The buttons of a question go when another stands."""
        buttons = tuple(button for row in outgoing.rows for button in row)
        if outgoing.edits:
            self.inline[message_id] = buttons
            return
        if outgoing.tag or (buttons and not outgoing.inline):
            self.inline.pop(self._prompt, None)
            self._prompt = message_id if outgoing.tag else ""
        if outgoing.inline:
            self.inline[message_id] = buttons
            if outgoing.tag:
                self.keyboard = ()
        elif buttons or outgoing.keyboard == "remove":
            self.keyboard = buttons

    def meant(self, typed: str) -> dict[str, object]:
        """What a typed line does, as the part of an update that says so.

        ``[Label]`` presses that button; a label alone does too where the button is inline; ``@path`` sends a file,
        ``@-10.17,123.58`` a location. Raises KeyError for ``[Label]`` that is not shown.
        """
        named = _BRACKETED.fullmatch(typed.strip())
        label = named[1] if named else typed
        found = self._inline(label)
        if found is not None:
            return {"press": found[0].data, "under": found[1]}
        if named:
            if any(_same(button.label, label) for button in self.keyboard):
                return {"text": next(button.label for button in self.keyboard if _same(button.label, label))}
            raise KeyError(label)
        location = _LOCATION.fullmatch(typed.strip())
        if location is not None:
            return {"location": (float(location[1]), float(location[2]))}
        if typed.startswith("@") and len(typed) > 1:
            return {"file": typed[1:].strip()}
        return {"text": typed}

    def _inline(self, label: str) -> tuple[Button, str] | None:
        for message_id, buttons in reversed(self.inline.items()):
            for button in buttons:
                if button.data and _same(button.label, label):
                    return button, message_id
        return None


def lines_of(text: str, buttons: Iterable[str]) -> list[str]:
    """What was said, as it is written down."""
    labels = " ".join(f"[{label}]" for label in buttons)
    first, *rest = text.split("\n")
    lines = [f"< {first}".rstrip(), *(f"  {line}".rstrip() for line in rest)]
    if labels:
        lines[-1] = f"{lines[-1]}   {labels}"
    return lines


def done_line(update: Mapping[str, object], typed: str) -> str:
    """What a person did, as it is written down."""
    match update:
        case {"press": _}:
            label = typed.strip()
            return f"> {label}" if _BRACKETED.fullmatch(label) else f"> [{label}]"
        case {"file": str(path)}:
            return f"> @{_sample(path)}"
        case {"text": str(text)}:
            return "> " + "\n  ".join(text.split("\n"))
        case _:
            return f"> {typed.strip()}"


def _sample(path: str) -> str:
    """What a story sends in place of a file of somebody's own."""
    return {"image": "photo", "audio": "voice"}.get(kind_of(path), kind_of(path))


def _same(label: str, typed: str) -> bool:
    wanted = typed.strip().casefold()
    return wanted in {label.strip().casefold(), _TOGGLED.sub("", label).strip().casefold()}
