"""Regular expressions of forms, in an engine whose time grows only in step with the length of the answer.

RE2 does not backtrack, so an author's ``(a+)+$`` cannot stop the office's computer. What RE2 cannot run, or what means
something else in Java, is refused before a survey is published. A match is one of the whole text, as in ODK.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Literal

import re2

MOST_INSTRUCTIONS = 10_000
"""Size of a compiled pattern; ``.{0,1000}`` has 9,000."""
MOST_STEPS = 40_000_000
"""Instructions times characters, about a second at worst; a longer text does not match."""

Trouble = Literal["look-around", "back reference", "possessive", "class", "repetition", "broken"]
Matcher = Callable[[str], bool]

_ESCAPED = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|.)", re.DOTALL)
_TROUBLES: tuple[tuple[re.Pattern[bytes], Trouble], ...] = (
    (re.compile(rb"\(\?<?[=!]"), "look-around"),
    (re.compile(rb"escape sequence: \\[1-9k]"), "back reference"),
    (re.compile(rb"repetition operator|\(\?>"), "possessive"),
    (re.compile(rb"repetition size|too large"), "repetition"),
)
"""What RE2 says of a pattern it cannot run."""


class PatternError(Exception):
    """The pattern cannot be run; ``trouble`` says why."""

    def __init__(self, trouble: Trouble) -> None:
        self.trouble = trouble
        super().__init__(trouble)


@lru_cache(maxsize=256)
def matcher(pattern: str) -> Matcher:
    """Whether a whole text matches ``pattern``. Raises PatternError."""
    options = re2.Options()
    options.log_errors = False
    options.never_capture = True
    try:
        compiled = re2.compile(_in_re2(pattern), options)
    except re2.error as error:
        raise PatternError(_trouble(error.args[0])) from error
    except UnicodeEncodeError as error:
        raise PatternError("broken") from error
    size = compiled.programsize
    if size > MOST_INSTRUCTIONS:
        raise PatternError("repetition")
    if _class_in_class(pattern):
        raise PatternError("class")
    longest = MOST_STEPS // max(size, 1)
    fullmatch = compiled.fullmatch

    def matches(text: str) -> bool:
        if len(text) > longest:
            return False
        return fullmatch(text.encode("utf-8", "replace")) is not None

    return matches


def matches(text: str, pattern: str) -> bool:
    """As ``matcher``, for a pattern that is known only when it is evaluated; one that cannot be run matches nothing."""
    try:
        return matcher(pattern)(text)
    except PatternError:
        return False


def _in_re2(pattern: str) -> str:
    r"""Java's \uXXXX in RE2's spelling."""
    return _ESCAPED.sub(lambda found: rf"\x{{{found[1]}}}" if found[1] else found[0], pattern)


def _trouble(said: bytes) -> Trouble:
    return next((trouble for sign, trouble in _TROUBLES if sign.search(said)), "broken")


def _class_in_class(pattern: str) -> bool:
    """Whether Java would see [a-z&&[^b]] or [a[b]], which RE2 reads as plain characters."""
    within = False
    at = 0
    while at < len(pattern):
        if pattern[at] == "\\":
            at += 1
        elif not within:
            within = pattern[at] == "["
            # A closing bracket that comes first is a character.
            at += len(re.match(r"\^?\]?", pattern[at + 1 :])[0]) if within else 0  # type: ignore[index]
        elif pattern.startswith("[:", at) and (end := pattern.find(":]", at)) > 0:
            at = end + 1
        elif pattern[at] == "[" or pattern.startswith("&&", at):
            return True
        else:
            within = pattern[at] != "]"
        at += 1
    return False
