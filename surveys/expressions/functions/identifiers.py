"""Identifiers: fingerprints of texts, Base64, signed texts, and random identifiers."""

from __future__ import annotations

import base64
import binascii
import hashlib
import math
import re
import uuid
from collections.abc import Mapping
from functools import lru_cache
from typing import TYPE_CHECKING

from surveys.expressions.call import Call, Function
from surveys.expressions.code import Code, of_text
from surveys.expressions.scope import Scope

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

ALGORITHMS = frozenset({"md5", "sha1", "sha256", "sha384", "sha512"})
ENCODINGS = frozenset({"base64", "hex"})
MOST_CHARACTERS = 1_000
"""Of uuid(length)."""
_SIGNATURE = 64
_LETTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_NO_BASE64 = re.compile(rb"[^A-Za-z0-9+/]")


def fingerprint(text: str, algorithm: str, encoding: str) -> str:
    """digest(): of the UTF-8 bytes; "" for an algorithm or an encoding that ODK does not have."""
    name = algorithm.lower().replace("-", "")
    if name not in ALGORITHMS or encoding.lower() not in ENCODINGS:
        return ""
    digest = hashlib.new(name, text.encode("utf-8", "replace"), usedforsecurity=False).digest()
    return digest.hex() if encoding.lower() == "hex" else base64.b64encode(digest).decode()


def decoded(text: str) -> bytes:
    """Base64 with or without padding, spaces and line breaks passed over; empty if it is none."""
    body = _NO_BASE64.sub(b"", text.encode("ascii", "ignore").replace(b"-", b"+").replace(b"_", b"/"))
    try:
        return binascii.a2b_base64(body + b"=" * (-len(body) % 4))
    except binascii.Error:
        return b""


def verified(signed: str, public_key: str) -> str:
    """extract-signed(): the message after its Ed25519 signature of 64 bytes, "" if the signature is not the key's."""
    from cryptography.exceptions import InvalidSignature

    contents = decoded(signed)
    try:
        _key(public_key).verify(contents[:_SIGNATURE], contents[_SIGNATURE:])
    except (InvalidSignature, ValueError):
        return ""
    return contents[_SIGNATURE:].decode("utf-8", "replace")


@lru_cache(maxsize=16)
def _key(public_key: str) -> Ed25519PublicKey:
    """Raises ValueError for what is no key. A form has one or two."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    return Ed25519PublicKey.from_public_bytes(decoded(public_key))


def _digest(call: Call) -> Code:
    _ = call.say
    algorithm, encoding = call.literal(1), call.literal(2) if call.count == 3 else None
    if algorithm is not None and algorithm.lower().replace("-", "") not in ALGORITHMS:
        raise call.refuse(_("This algorithm is not known; use MD5, SHA-1, SHA-256, SHA-384 or SHA-512."), 1)
    if encoding is not None and encoding.lower() not in ENCODINGS:
        raise call.refuse(_("This encoding is not known; use base64 or hex."), 2)
    text, by = call.code(0).text, call.code(1).text
    if call.count == 2:
        return of_text(lambda scope: fingerprint(text(scope), by(scope), "base64"))
    to = call.code(2).text
    return of_text(lambda scope: fingerprint(text(scope), by(scope), to(scope)))


def _base64_decode(call: Call) -> Code:
    read = call.code(0).text
    return of_text(lambda scope: decoded(read(scope)).decode("utf-8", "replace"))


def _extract_signed(call: Call) -> Code:
    signed, key = call.code(0).text, call.code(1).text
    return of_text(lambda scope: verified(signed(scope), key(scope)))


def _uuid(call: Call) -> Code:
    if call.count == 0:
        return of_text(lambda scope: str(uuid.UUID(int=scope.rng.getrandbits(128), version=4)))
    length = call.code(0).number

    def read(scope: Scope) -> str:
        wanted = length(scope)
        letters = 0 if math.isnan(wanted) else int(min(max(wanted, 0), MOST_CHARACTERS))
        return "".join(scope.rng.choices(_LETTERS, k=letters))

    return of_text(read)


FUNCTIONS: Mapping[str, Function] = {
    "digest": Function(2, 3, _digest),
    "base64-decode": Function(1, 1, _base64_decode),
    "extract-signed": Function(2, 2, _extract_signed),
    "uuid": Function(0, 1, _uuid, volatile=True),
}
