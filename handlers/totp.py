"""Six digits that change every half minute: what an authenticator app shows.

Source: RFC 6238 (TOTP) with SHA-1, 30 seconds and six digits, which is what every such app takes; RFC 4226 (HOTP).
Rule of the file: pure; that a code counts once is the caller's business, by its step.
"""

from __future__ import annotations

import base64
import hmac
from datetime import datetime
from urllib.parse import quote

SECONDS = 30
SECRET_BYTES = 20


def code(secret: bytes, step: int) -> str:
    """The digits of one step (``step_of``)."""
    digest = hmac.digest(secret, step.to_bytes(8, "big"), "sha1")
    offset = digest[-1] & 15
    return f"{(int.from_bytes(digest[offset : offset + 4], 'big') & 0x7FFFFFFF) % 1_000_000:06d}"


def step_of(now: datetime) -> int:
    """Half minutes since 1970."""
    return int(now.timestamp()) // SECONDS


def accepted(secret: bytes, typed: str, now: datetime) -> int | None:
    """The step whose digits these are: the present one, or its neighbours, since clocks differ. None: none of them."""
    digits = "".join(typed.split())
    here = step_of(now)
    for step in (here, here - 1, here + 1):
        if hmac.compare_digest(code(secret, step).encode(), digits.encode()):
            return step
    return None


def written(secret: bytes) -> str:
    """The secret as an app takes it, in groups of four."""
    text = base64.b32encode(secret).decode().rstrip("=")
    return " ".join(text[start : start + 4] for start in range(0, len(text), 4))


def address(secret: bytes, *, name: str, office: str) -> str:
    """The link that a phone opens with its app."""
    key = written(secret).replace(" ", "")
    return f"otpauth://totp/{quote(office)}:{quote(name)}?secret={key}&issuer={quote(office)}"
