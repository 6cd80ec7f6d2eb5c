"""Which files a question takes, how large and how long they may be.

Rule of the file: judged by what the message says of the file; nothing is opened here. Limits: 10 MB and 90 seconds
unless the form says otherwise, for slow networks.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import get_args

from surveys.errors import Problem
from surveys.messages import Media, MediaKind
from surveys.questions._replies import Say, decimal_or_none, grouped
from surveys.survey import Question

MEGABYTE = 1024 * 1024
LARGEST_MEGABYTES = "10"
LONGEST_SECONDS = "90"
_WHOLE = frozenset({"max-pixels", "max-files", "chat_probe"})
KINDS: tuple[MediaKind, ...] = get_args(MediaKind)


@dataclass(frozen=True, slots=True)
class Allowance:
    """What a question takes: kinds, bytes, seconds."""

    kinds: tuple[MediaKind, ...]
    size: int
    seconds: int
    megabytes: str


def allowance(question: Question) -> Allowance:
    """By the type and its parameters ``chat_media``, ``max-size`` (MB) and ``max-seconds``."""
    if question.type in KINDS:
        kinds = tuple(kind for kind in KINDS if kind == question.type)
    else:
        wanted = question.parameters.get("chat_media", "").split()
        kinds = tuple(kind for kind in KINDS if kind in wanted)
    megabytes = question.parameters.get("max-size", LARGEST_MEGABYTES)
    size = decimal_or_none(megabytes) or decimal_or_none(LARGEST_MEGABYTES)
    seconds = decimal_or_none(question.parameters.get("max-seconds", LONGEST_SECONDS)) or decimal_or_none(
        LONGEST_SECONDS
    )
    return Allowance(kinds, int((size or 0) * MEGABYTE), int(seconds or 0), format(size or 0, "f"))


def kind_of(media: Media) -> tuple[MediaKind, ...]:
    """What a file may count as: its kind, and for a document the kind that its type tells."""
    for kind in ("image", "audio", "video"):
        if media.kind == "file" and media.mime.startswith(f"{kind}/"):
            return (kind, "file")
    return (media.kind,)


def refusal(media: Media, allowed: Allowance, say: Say) -> str:
    """Why a file of the right kind cannot be taken, "" if it can."""
    _ = say
    if media.size > allowed.size:
        return _("That file is too large. Please send one of up to {most} MB.").format(
            most=grouped(allowed.megabytes, "id")
        )
    if media.kind in {"audio", "video"} and media.seconds > allowed.seconds:
        return _("That recording is too long. Please send one of up to {most} seconds.").format(most=allowed.seconds)
    return ""


def whole(text: str) -> int | None:
    """A parameter that is a whole number from 1 to 99.999; None if it is none."""
    return int(text) if re.fullmatch(r"[1-9][0-9]{0,4}", text, re.ASCII) else None


def kinds_problem(question: Question, say: Say) -> tuple[Problem, ...]:
    """``chat_media`` names kinds of files that do not exist."""
    _ = say
    unknown = [word for word in question.parameters.get("chat_media", "").split() if word not in KINDS]
    if not unknown:
        return ()
    return (
        Problem(
            code="media-kind", sheet="survey", row=question.row,
            what=_('"{kind}" is no kind of file.').format(kind=unknown[0]),
            remedy=_("Write one or more of these into chat_media: {kinds}.").format(kinds=", ".join(KINDS)),
        ),
    )  # fmt: skip


def sizes_problem(question: Question, say: Say) -> tuple[Problem, ...]:
    """``max-size`` and ``max-seconds`` are numbers above zero, the other limits whole ones."""
    _ = say
    found: list[Problem] = []
    for key, example in (
        ("max-size", "5"),
        ("max-seconds", "60"),
        ("max-pixels", "1600"),
        ("max-files", "3"),
        ("chat_probe", "20"),
    ):
        text = question.parameters.get(key)
        value = None if text is None else decimal_or_none(text)
        if text is not None and (value is None or value <= 0 or (key in _WHOLE and whole(text) is None)):
            found.append(
                Problem(
                    code="media-limit", sheet="survey", row=question.row,
                    what=_('"{value}" is no limit for {key}.').format(value=text, key=key),
                    remedy=_("Write a number above zero, for example {key}={example}.").format(
                        key=key, example=example
                    ),
                )
            )  # fmt: skip
    return tuple(found)
