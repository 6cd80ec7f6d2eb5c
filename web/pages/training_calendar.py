"""The calendar file of a training session, by a link that those have who looked at the session in the chat.

Rule of the file: who has the link sees what stands on the session's page; the link cannot be guessed. Calendars that
subscribe to it follow when the session is moved or called off.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from handlers.learning_files import by_link, publisher
from outreach.calendar_file import MIME, PATH, calendar_file
from web.site import Site

_KEY = re.compile(r"[a-z0-9_-]{1,60}")


def routes(site: Site) -> Sequence[BaseRoute]:
    """``/kalender/TOKEN/KEY.ics``."""
    house = site.administration
    if house is None:
        return ()

    async def download(request: Request) -> Response:
        key, token = request.path_params["key"].removesuffix(".ics"), request.path_params["token"]
        offered = None
        if _KEY.fullmatch(key):
            async with house.database.read() as transaction:
                offered = await by_link(transaction, house.vault, key, token)
        if offered is None:
            raise HTTPException(404)
        whose = publisher(site.office, site.public_url, site.timezone)
        content = calendar_file(offered.training, offered.session, whose, now=site.clock())
        headers = {
            "Content-Disposition": f'attachment; filename="{key}.ics"',
            "Cache-Control": "private, max-age=600",
            "X-Robots-Tag": "noindex",
        }
        return Response(content, media_type=MIME, headers=headers)

    return (Route(PATH + "{token}/{key}", download, methods=["GET"]),)
