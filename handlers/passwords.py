"""Passwords of admins: how long, how they are kept, and whether one is right.

Rule of the file: argon2id with the second set of parameters of RFC 9106 (64 MiB, three passes, four lanes); one at a
time, in a thread of its own, so that guessing costs the guesser and not the office's computer.
"""

from __future__ import annotations

import asyncio
import os
import unicodedata
from functools import cache

from cryptography.exceptions import InvalidKey
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

SHORTEST = 10
LONGEST = 200
_MEMORY_KIB, _PASSES, _LANES = 64 * 1024, 3, 4


@cache
def _turn() -> asyncio.Semaphore:
    return asyncio.Semaphore(1)


async def hashed(password: str) -> str:
    """As it is stored: PHC notation, with a salt of its own."""
    async with _turn():
        return await asyncio.to_thread(_hash, _bytes(password))


async def right(password: str, stored: str) -> bool:
    """Whether this is the password. ``stored`` "": there is none, which takes just as long to say."""
    async with _turn():
        return await asyncio.to_thread(_verify, _bytes(password[: LONGEST + 1]), stored)


def _hash(password: bytes) -> str:
    kdf = Argon2id(salt=os.urandom(16), length=32, iterations=_PASSES, lanes=_LANES, memory_cost=_MEMORY_KIB)
    return kdf.derive_phc_encoded(password)


def _verify(password: bytes, stored: str) -> bool:
    if not stored:
        _hash(password)
        return False
    try:
        Argon2id.verify_phc_encoded(password, stored)
    except (InvalidKey, ValueError):
        return False
    return True


def _bytes(password: str) -> bytes:
    """Two keyboards may write the same letter in two ways."""
    return unicodedata.normalize("NFKC", password).encode("utf-8", "surrogatepass")
