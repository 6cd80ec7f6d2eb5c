"""An answer given in several messages: which message said what, so that an edit changes that part alone.

Rule of the file: an answer's ``message_id`` is the id of the one message that gave it; of several, their ids in order,
split by spaces, each but the last with the length of its part: "11:23 12:8 15". Where we asked back in between, the
message that was doubted and the one that settled it are split by a stroke: "11|13".
"""

from __future__ import annotations

from dataclasses import dataclass

from surveys.session import Answer

JOINT = "\n"


@dataclass(frozen=True, slots=True)
class Part:
    """What one message said."""

    message_id: str
    words: str


def said_in(answer: Answer, message_id: str) -> bool:
    """Whether this message gave the answer or a part of it."""
    return among(answer.message_id, message_id)


def among(given: str, message_id: str) -> bool:
    """Whether this message is one of those ``given``."""
    return bool(message_id) and (
        given == message_id
        or (" " in given and message_id in {one.partition(":")[0] for one in given.split()})
        or ("|" in given and message_id in given.split("|"))
    )


def both(first: str, last: str) -> str:
    """The ``message_id`` of an answer that one message gave and a later one settled."""
    return f"{first}|{last}" if first and last else first or last


def last_of(answer: Answer) -> str:
    """The message that gave the answer, or the last of several."""
    return answer.message_id.rpartition(" ")[2].rpartition("|")[2]


def parts_of(answer: Answer) -> tuple[Part, ...]:
    """The answer message by message; none where that is no longer known."""
    parts: list[Part] = []
    rest = answer.value
    *before, last = answer.message_id.split() or [""]
    for one in before:
        message_id, _, length = one.partition(":")
        if not length.isdecimal() or rest[int(length) : int(length) + 1] != JOINT:
            return ()
        parts.append(Part(message_id, rest[: int(length)]))
        rest = rest[int(length) + 1 :]
    return (*parts, Part(last, rest))


def joined(parts: tuple[Part, ...]) -> tuple[str, str]:
    """The words of all, and the ``message_id`` for them."""
    *before, last = parts
    ids = [f"{part.message_id}:{len(part.words)}" for part in before]
    return JOINT.join(part.words for part in parts), " ".join((*ids, last.message_id))
