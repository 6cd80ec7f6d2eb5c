"""Python's search for cycles is spared what stays for good: the program itself, its surveys, its libraries.

Rule of the file: called once, when everything is loaded. What comes and goes is still looked through, only without the
hundreds of thousands of objects beside it, and not after every few messages: a tenth of an answer's processor time.
"""

from __future__ import annotations

import gc

_YOUNG = 20_000
"""New objects after which the young ones are looked through: those of some dozens of messages."""
_OLDER = 20
_OLDEST = 20


def settle() -> None:
    """What is there now stays: it is not looked through again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(_YOUNG, _OLDER, _OLDEST)
