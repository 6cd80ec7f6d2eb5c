"""Who a visitor is: a random name in a signed cookie, and forms that only they can send.

Rule of the file: pure; nothing is looked up. A name nobody signed is no visitor. A form's ticket is new on every page,
so that a page's length tells nothing about it, and it names the form: the same form sent twice is one message.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

COOKIE = "suara_visitor"
COOKIE_SECONDS = 400 * 24 * 3600
"""Browsers keep a cookie 400 days at most; every page renews it."""

_NAME = re.compile(r"[A-Za-z0-9_-]{22}")


@dataclass(frozen=True, slots=True)
class Visitor:
    """``id`` is the external id of their Address. ``new``: the browser showed no cookie of ours."""

    id: str
    new: bool = False


def visitor_of(request: Request, key: bytes) -> Visitor:
    """The visitor the cookie names, else a new one."""
    name, _, seal = request.cookies.get(COOKIE, "").partition(".")
    if _NAME.fullmatch(name) and hmac.compare_digest(seal.encode(), _seal(key, "visitor", name).encode()):
        return Visitor(name)
    return Visitor(secrets.token_urlsafe(16), new=True)


def remember(response: Response, visitor: Visitor, *, key: bytes, secure: bool) -> None:
    """Give (or renew) the cookie."""
    response.set_cookie(
        COOKIE,
        f"{visitor.id}.{_seal(key, 'visitor', visitor.id)}",
        max_age=COOKIE_SECONDS,
        httponly=True,
        samesite="lax",
        secure=secure,
    )


def ticket(visitor: Visitor, key: bytes) -> str:
    """A new ticket for a form on the visitor's page."""
    nonce = secrets.token_urlsafe(12)
    return f"{nonce}.{_seal(key, 'form', visitor.id, nonce)}"


def stamped(visitor: Visitor, value: str, key: bytes) -> str:
    """The nonce of a ticket that was given to this visitor, "" for any other."""
    nonce, _, seal = value.partition(".")
    good = bool(nonce) and hmac.compare_digest(seal.encode(), _seal(key, "form", visitor.id, nonce).encode())
    return nonce if good else ""


def update_id(visitor: Visitor, client_id: str, content: str, key: bytes) -> str:
    """The name of one update: of this visitor, this client id and this content alone, and telling none of them."""
    return _seal(key, "update", visitor.id, client_id, content)


def _seal(key: bytes, purpose: str, *parts: str) -> str:
    text = "\x1f".join((purpose, *parts))
    return hmac.new(key, text.encode("utf-8", "surrogatepass"), hashlib.sha256).hexdigest()[:32]
