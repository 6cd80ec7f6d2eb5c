"""Pictures and sounds that belong to a survey's questions, and files of trainings, for the screen of the web chat.

Rule of the file: only files of the survey media folder, only kinds a screen shows; nothing people sent is served.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import anyio
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import BaseRoute, Route

from web.site import Site

KINDS: Mapping[str, str] = {
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".png": "image/png",
    ".webp": "image/webp",
    ".gif": "image/gif",
    ".mp3": "audio/mpeg",
    ".ogg": "audio/ogg",
    ".m4a": "audio/mp4",
    ".mp4": "video/mp4",
    ".webm": "video/webm",
    ".pdf": "application/pdf",
}


def routes(site: Site) -> Sequence[BaseRoute]:
    """``/chat/media/<file>``."""
    chat = site.chat
    if chat is None or chat.media is None:
        return ()
    folder = chat.media

    async def media(request: Request) -> Response:
        path = await _inside(folder, request.path_params["name"])
        if path is None:
            raise HTTPException(404)
        headers = {"Cache-Control": "private, max-age=86400"}
        return FileResponse(path, media_type=KINDS[path.suffix.lower()], headers=headers)

    return (Route("/chat/media/{name:path}", media),)


async def _inside(folder: Path, name: str) -> Path | None:
    """The file, None where it is elsewhere, missing, or of a kind no screen shows."""
    home = await anyio.Path(folder).resolve()
    try:
        path = await (home / name).resolve()
        there = await path.is_file()
    except (OSError, ValueError):
        return None
    good = there and path.is_relative_to(home) and path.suffix.lower() in KINDS
    return Path(path) if good else None
