"""A file that was made for one visitor, such as the copy of their data: theirs alone, and gone within a day.

Rule of the file: who asks is who their cookie says; another's file is no file.
"""

from __future__ import annotations

from collections.abc import Sequence

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from storage.documents import PREFIX
from web.site import Site
from web.visitors import visitor_of

CHANNEL = "webchat"


def routes(site: Site) -> Sequence[BaseRoute]:
    """``/chat/document/<id>``."""
    chat = site.chat
    if chat is None or chat.documents is None:
        return ()
    documents = chat.documents

    async def download(request: Request) -> Response:
        visitor = visitor_of(request, site.key)
        reference = PREFIX + request.path_params["name"]
        found = None if visitor.new else await documents.read(reference, channel=CHANNEL, external_id=visitor.id)
        if found is None:
            raise HTTPException(404)
        headers = {
            "Content-Disposition": f'attachment; filename="{found.name}"',
            "Cache-Control": "no-store",
        }
        return Response(found.body, media_type=found.mime, headers=headers)

    return (Route("/chat/document/{name}", download, methods=["GET"]),)
