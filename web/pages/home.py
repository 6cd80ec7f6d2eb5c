"""The front page: what this is, and the way into the conversation."""

from __future__ import annotations

from collections.abc import Sequence

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from web.site import Site
from web.templating import page


def routes(site: Site) -> Sequence[BaseRoute]:
    """``/``."""

    async def home(request: Request) -> Response:
        return page(request, "home.html", site=site, chat=site.chat is not None, telegram=site.telegram_name())

    return (Route("/", home),)
