"""What a person reads when a request could not be served: one sentence that says what to do next.

Rule of the file: never a trace, an address or a value; those who asked for JSON get the same sentence as JSON.
"""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from storage.errors import StorageError
from web.site import Site, TooBusy
from web.templating import language_of, page


class SaidWhy(HTTPException):
    """Refused, with a sentence of its own in the person's language."""


def wants_json(request: Request) -> bool:
    """Whether a script asks, not a person."""
    return "application/json" in request.headers.get("accept", "")


def answered(request: Request, error: Exception, site: Site) -> Response:
    """The response for what went wrong."""
    status, headers = 500, {}
    match error:
        case HTTPException():
            status, headers = error.status_code, dict(error.headers or {})
        case TooBusy():
            status, headers = 503, {"Retry-After": str(error.retry_after)}
        case StorageError():
            status, headers = 503, {"Retry-After": "5"}
    sentence = error.detail if isinstance(error, SaidWhy) else _sentence(request, status, site)
    response: Response
    if wants_json(request):
        response = JSONResponse({"error": sentence}, status_code=status)
    else:
        response = page(request, "problem.html", site=site, status=status, sentence=sentence)
    response.headers.update(headers)
    return response


def _sentence(request: Request, status: int, site: Site) -> str:
    _ = site.say(language_of(request, site))
    match status:
        case 404:
            return _("There is no page at this address.")
        case 413:
            return _("That is too large. A file may have 10 MB at most.")
        case 429:
            return _("That was very fast. Please wait a moment and try again.")
        case 503:
            return _("We cannot take this just now. Please try again in a moment.")
        case _ if status < 500:
            return _("That could not be understood. Please go back and try again.")
        case _:
            return _("Something went wrong on our side. What you sent before is safe; please try again.")
