"""Whether a certificate counts: the page that its QR code leads to.

Rule of the file: it says what is printed on the paper and whether it was withdrawn, and nothing else. Codes are random
and cannot be guessed; one that is none is told so.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from reports.certificate import PATH, verified
from web.site import Site
from web.templating import language_of, page

_CODE = re.compile(r"[A-Za-z0-9_-]{16,64}")


def routes(site: Site) -> Sequence[BaseRoute]:
    """``/sertifikat/CODE``."""
    house = site.administration
    if house is None:
        return ()

    async def show(request: Request) -> Response:
        code, say = request.path_params["code"], site.say(language_of(request, site))
        found = None
        if _CODE.fullmatch(code):
            async with house.database.read() as transaction:
                found = await verified(transaction, house.vault, code, say=say)
        response = page(request, "certificate.html", site=site, status=200 if found else 404, found=found)
        response.headers["X-Robots-Tag"] = "noindex"
        return response

    return (Route(PATH + "{code}", show, methods=["GET"]),)
