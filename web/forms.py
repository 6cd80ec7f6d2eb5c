"""A visitor's form: only from our own page, only from a visitor we know, and never larger than its files may be.

Rule of the file: what cannot be trusted ends here with a sentence that says what to do.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.formparsers import MultiPartException
from starlette.requests import Request
from starlette.types import Message

from web import uploads
from web.origin import from_our_page
from web.problems import SaidWhy
from web.site import Site
from web.templating import language_of
from web.visitors import Visitor, stamped, visitor_of

_WORDS = 64 * 1024
"""Bytes of all that is no file."""


@dataclass(frozen=True, slots=True)
class SignedForm:
    """``nonce`` names this form: it is the same when the form is sent twice."""

    fields: FormData
    visitor: Visitor
    nonce: str


@asynccontextmanager
async def signed_form(request: Request, site: Site, *, files: int = 1) -> AsyncIterator[SignedForm]:
    """The form, its files (so many at most) open for as long as the block lasts. Raises HTTPException with a sentence
    for the visitor."""
    _ = site.say(language_of(request, site))
    if not from_our_page(request, site.public_url):
        raise SaidWhy(403, _("This form was not sent from our page. Please open the chat and try again."))
    fields = await read_form(request, files=files)
    try:
        visitor = visitor_of(request, site.key)
        nonce = stamped(visitor, text_of(fields, "ticket"), site.key)
        if visitor.new or not nonce:
            raise SaidWhy(403, _("This page is too old, or your browser keeps no cookies. Please open the chat again."))
        yield SignedForm(fields, visitor, nonce)
    finally:
        await fields.close()


def text_of(fields: FormData, name: str) -> str:
    """A field as text, "" if it is missing or a file."""
    value = fields.get(name, "")
    return value if isinstance(value, str) else ""


def number_of(text: str | None) -> int:
    """A number that a page sent, 0 if it is none (or more than 15 digits, which no page of ours sends)."""
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) <= 15 else 0


async def read_form(request: Request, *, files: int = 1, fields: int = 30) -> FormData:
    """At most so many fields, together no larger than so many files; how large each of them is, whoever keeps it looks
    at. What is too large is read to its end (within reason), since a browser that is cut off while it sends shows its
    own error instead of our sentence."""
    largest = files * uploads.LARGEST + _WORDS
    declared = number_of(request.headers.get("content-length"))
    if declared > largest:
        taken = 0
        async for piece in request.stream():
            taken += len(piece)
            if taken > 4 * largest:
                break
        raise HTTPException(413)
    taken = 0
    receive = request.receive

    async def limited() -> Message:
        nonlocal taken
        piece = await receive()
        taken += len(piece.get("body", b""))
        if taken > largest:
            raise HTTPException(413)
        return piece

    try:
        return await Request(request.scope, limited).form(max_files=10, max_fields=fields, max_part_size=64 * 1024)
    except MultiPartException:
        raise HTTPException(400) from None
