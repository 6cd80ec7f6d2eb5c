"""Leaving a shared phone: the conversation goes from the page, and the browser is nobody again.

Rule of the file: looking changes nothing; only the button does. What was answered stays with the office, and the page
says so.
"""

from __future__ import annotations

from collections.abc import Sequence

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from web.forms import signed_form
from web.site import Site
from web.templating import page
from web.visitors import COOKIE, ticket, visitor_of


def routes(site: Site) -> Sequence[BaseRoute]:
    """``/chat/forget``."""
    chat = site.chat
    if chat is None:
        return ()

    async def ask(request: Request) -> Response:
        visitor = visitor_of(request, site.key)
        if visitor.new:
            return RedirectResponse("/", status_code=303)
        return page(request, "forget.html", site=site, ticket=ticket(visitor, site.key))

    async def forget(request: Request) -> Response:
        async with signed_form(request, site) as form:
            visitor = form.visitor
        await chat.transcripts.forget(visitor.id, now=site.clock())
        chat.listeners.call(visitor.id)
        response = RedirectResponse("/", status_code=303)
        response.delete_cookie(COOKIE)
        return response

    return (Route("/chat/forget", ask, methods=["GET"]), Route("/chat/forget", forget, methods=["POST"]))
