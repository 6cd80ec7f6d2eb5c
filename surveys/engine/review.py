"""The review: all answers before they are sent, and which one the person wants to change.

Rule of the file: pure reading; ``replies`` acts on it.
"""

from __future__ import annotations

from dataclasses import dataclass

from surveys.engine import walk
from surveys.engine.draft import Draft
from surveys.engine.playbook import Enter, Item
from surveys.session import Place
from surveys.text.normal import normal
from surveys.text.yes_no import yes_no


@dataclass(frozen=True, slots=True)
class Send:
    """Hand it in."""


@dataclass(frozen=True, slots=True)
class Choose:
    """Change an answer; which one is asked next."""


@dataclass(frozen=True, slots=True)
class Back:
    """Change none after all."""


@dataclass(frozen=True, slots=True)
class Jump:
    """Change this answer."""

    place: Place


@dataclass(frozen=True, slots=True)
class Unclear:
    """None of these."""


Wish = Send | Choose | Back | Jump | Unclear
_SEND = frozenset({"kirim", "kirimkan", "kirim saja", "send", "submit", "selesai", "done"})
_CHANGE = frozenset({"ubah", "ganti", "perbaiki", "ralat", "change", "edit", "koreksi", "ubah jawaban"})


def reviewed(draft: Draft) -> tuple[tuple[Place, Item | Enter], ...]:
    """What the review lists, in its order: questions, and repeats that may have another repetition; numbered from 1."""
    return tuple(walk.stops(draft))


def read(draft: Draft, text: str) -> Wish:
    """What ``text`` wishes while the review stands."""
    _ = draft.say
    typed = normal(text)
    if typed == normal(_("Change")) or typed in _CHANGE:
        return Choose()
    jumping = draft.doing == "jumping"
    if typed == normal(_("Send")) or typed in _SEND or (not jumping and yes_no(text) is True):
        return Send()
    if jumping and yes_no(text) is False:
        return Back()
    listed = reviewed(draft)
    words = typed.split()
    if words and words[0] in _CHANGE:
        words = words[1:]
    if len(words) == 1 and words[0].isdigit() and 1 <= int(words[0][:6]) <= len(listed):
        return Jump(listed[int(words[0]) - 1][0])
    wanted = " ".join(words)
    if len(wanted) >= 3:
        matching = [place for place, op in listed if normal(_label(draft, place, op)).startswith(wanted)]
        if len(matching) == 1:
            return Jump(matching[0])
    if not jumping and yes_no(text) is False:
        return Choose()
    return Unclear()


def _label(draft: Draft, place: Place, op: Item | Enter) -> str:
    return draft.section_text(op, place) if isinstance(op, Enter) else draft.text(op, place)
