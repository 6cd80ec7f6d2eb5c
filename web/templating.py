"""How a page is made: a template, a person's language, and a stylesheet's address that changes with its content.

Rule of the file: everything that came from people is escaped by the template engine; nothing here marks text as safe.
"""

from __future__ import annotations

import hashlib
from datetime import datetime
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from web.site import Site

HERE = Path(__file__).parent
STATIC = HERE / "static"
LANGUAGE_COOKIE = "suara_language"
_YEAR = 365 * 24 * 3600

LANGUAGE_NAMES = {"id": "Bahasa Indonesia", "en": "English"}
"""Each in its own language. One that is missing here shows its code."""


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
        auto_reload=False,
    )
    environment.globals["static"] = static_url
    return environment


@cache
def static_url(name: str) -> str:
    """Where a file of ``static/`` is served; another content has another address."""
    digest = hashlib.sha256((STATIC / name).read_bytes()).hexdigest()[:10]
    return f"/static/{name}?v={digest}"


def language_of(request: Request, site: Site) -> str:
    """What the person chose (``?lang=``, then the cookie), else the site's own language."""
    for wish in (request.query_params.get("lang"), request.cookies.get(LANGUAGE_COOKIE)):
        if wish in site.languages:
            return str(wish)
    return site.languages[0]


def rendered(name: str, *, site: Site, language: str, **values: object) -> str:
    """A template as text."""
    return (
        _environment()
        .get_template(name)
        .render(
            _=site.say(language),
            language=language,
            office=site.office,
            time_of=lambda moment: _time_of(moment, site),
            **values,
        )
    )


def page(request: Request, name: str, *, site: Site, status: int = 200, **values: object) -> Response:
    """A whole page. A language asked for in the address is remembered. ``path``: where its links to other languages
    lead, if not to where it is."""
    language = language_of(request, site)
    path = values.pop("path", request.url.path)
    others = [(code, LANGUAGE_NAMES.get(code, code)) for code in site.languages if code != language]
    body = rendered(
        name,
        site=site,
        language=language,
        others=others,
        path=path,
        **values,
    )
    response = HTMLResponse(body, status_code=status, headers={"Cache-Control": "no-store"})
    if request.query_params.get("lang") == language:
        response.set_cookie(LANGUAGE_COOKIE, language, max_age=_YEAR, samesite="lax", secure=site.secure, httponly=True)
    return response


def _time_of(moment: datetime, site: Site) -> tuple[str, str]:
    """(for machines, for people): the office's clock, named; the day too where it is not today."""
    here = moment.astimezone(site.timezone)
    today = site.clock().astimezone(site.timezone).date()
    clock = f"{here:%H.%M} {here.tzname() or ''}".rstrip()
    return here.isoformat(timespec="minutes"), clock if here.date() == today else f"{here.day}/{here.month}, {clock}"
