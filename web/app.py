"""The site as one ASGI application: every page found by its registry, the same headers and error pages for all.

Rule of the file: it only puts together. An address belongs to a page in ``web/pages``, or is handed in by the process
(webhooks, health).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager
from typing import Any

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Mount
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from storage.errors import StorageError
from web.pages import pages
from web.problems import answered
from web.security import SecurityHeaders
from web.site import Site, TooBusy
from web.templating import STATIC

Lifespan = Callable[[Starlette], AbstractAsyncContextManager[None]]


def build(site: Site, *, routes: Sequence[BaseRoute] = (), lifespan: Lifespan | None = None) -> Starlette:
    """The application. ``routes`` come before the pages."""
    found: list[BaseRoute] = list(routes)
    for page in pages.values():
        found.extend(page.routes(site))
    found.append(Mount("/static", _Static(directory=STATIC)))

    async def failed(request: Request, error: Exception) -> Response:
        return answered(request, error, site)

    return Starlette(
        routes=found,
        lifespan=lifespan,
        middleware=[Middleware(SecurityHeaders, secure=site.secure), Middleware(GZipMiddleware, compresslevel=6)],
        exception_handlers={HTTPException: failed, StorageError: failed, TooBusy: failed, Exception: failed},
    )


class _Static(StaticFiles):
    """Files whose address changes with their content may be kept for a year."""

    def file_response(self, *args: Any, **kwargs: Any) -> Response:
        response = super().file_response(*args, **kwargs)
        scope: Scope = args[2] if len(args) > 2 else kwargs["scope"]
        versioned = scope.get("query_string", b"").startswith(b"v=")
        response.headers["Cache-Control"] = "public, max-age=31536000, immutable" if versioned else "no-cache"
        return response
