"""The live line of the web chat: what changes on a visitor's screen, pushed as it happens or asked for.

Source: server-sent events (https://html.spec.whatwg.org/multipage/server-sent-events.html). A stream says something
at least every fifteen seconds, so that both ends notice a dead connection.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import AsyncIterator, Sequence

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import BaseRoute, Route

from web.forms import number_of
from web.origin import network_of
from web.screen import changes
from web.site import Chat, Site
from web.templating import language_of
from web.visitors import Visitor, visitor_of

PING_SECONDS = 15.0


def routes(site: Site) -> Sequence[BaseRoute]:
    """``/chat/events`` and, where streams do not pass, ``/chat/changes``."""
    chat = site.chat
    if chat is None:
        return ()
    streams: Counter[str] = Counter()
    """Open ones, by network."""

    async def changed(request: Request) -> Response:
        visitor = _known(request, site)
        language = language_of(request, site)
        found = await changes(visitor, language, after=_after(request), site=site, chat=chat)
        return JSONResponse(found, headers={"Cache-Control": "no-store"})

    async def events(request: Request) -> Response:
        visitor = _known(request, site)
        network = network_of(request)
        crowded = streams[network] >= chat.rates.streams_of_network
        if crowded or chat.listeners.count(visitor.id) >= chat.rates.streams:
            raise HTTPException(429, headers={"Retry-After": "10"})

        async def counted() -> AsyncIterator[str]:
            streams[network] += 1
            try:
                async for piece in _stream(visitor, language_of(request, site), _after(request), site=site, chat=chat):
                    yield piece
            finally:
                streams[network] -= 1
                if not streams[network]:
                    del streams[network]

        return StreamingResponse(
            counted(),
            media_type="text/event-stream",
            headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"},
        )

    return (Route("/chat/changes", changed), Route("/chat/events", events))


async def _stream(visitor: Visitor, language: str, after: int, *, site: Site, chat: Chat) -> AsyncIterator[str]:
    with chat.listeners.hear(visitor.id) as ear:
        known = -1
        yield "retry: 3000\n\n"
        while not chat.listeners.closed:
            revision = await chat.transcripts.revision(visitor.id)
            if revision != known:
                known = revision
                found = await changes(visitor, language, after=after, site=site, chat=chat)
                after = int(str(found["revision"]))
                yield f"event: changes\nid: {after}\ndata: {json.dumps(found, ensure_ascii=False)}\n\n"
            if not await ear.wait(PING_SECONDS):
                yield "event: ping\ndata: \n\n"


def _known(request: Request, site: Site) -> Visitor:
    visitor = visitor_of(request, site.key)
    if visitor.new:
        raise HTTPException(403)
    return visitor


def _after(request: Request) -> int:
    return number_of(request.headers.get("last-event-id") or request.query_params.get("after"))
