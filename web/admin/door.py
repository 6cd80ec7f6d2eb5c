"""The door of the dashboard: a link from the bot or from an invitation, a password with an app, and the way out.

Rules of the file: looking at a link changes nothing, only its button does (messengers look at links by themselves).
What is told of a failed try is the same whatever was not right.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from handlers import administering, signing_in
from handlers.signing_in import Entered
from storage import admins
from web.admin.browsers import COOKIE, give, knock_of, take
from web.admin.call import HOME
from web.forms import read_form, text_of
from web.origin import from_our_page, network_of
from web.problems import SaidWhy
from web.site import Administration, Site
from web.templating import language_of, page
from web.visitors import remember, stamped, ticket, visitor_of

SIGN_IN = f"{HOME}/sign-in"


def routes(site: Site, house: Administration) -> Sequence[BaseRoute]:
    """``/admin/sign-in``, ``/admin/enter/CODE`` and ``/admin/sign-out``."""
    door = _Door(site, house)
    return (
        Route(SIGN_IN, door.ask, methods=["GET"]),
        Route(SIGN_IN, door.sign_in, methods=["POST"]),
        Route(HOME + "/enter/{code}", door.offer, methods=["GET"]),
        Route(HOME + "/enter/{code}", door.enter, methods=["POST"]),
        Route(f"{HOME}/sign-out", door.sign_out, methods=["POST"]),
    )


class _Door:
    def __init__(self, site: Site, house: Administration) -> None:
        self._site = site
        self._house = house

    async def ask(self, request: Request) -> Response:
        return self._shown(request, "admin/sign_in.html", notice="", person="")

    async def sign_in(self, request: Request) -> Response:
        site, house = self._site, self._house
        _ = site.say(language_of(request, site))
        self._not_too_fast(request)
        async with self._form(request) as fields:
            name = text_of(fields, "name")[:200]
            entered = await signing_in.sign_in(
                house.database,
                house.vault,
                name=name,
                password=text_of(fields, "password"),
                digits=text_of(fields, "digits"),
                knock=knock_of(request),
                now=site.clock(),
                say=site.say(site.languages[0]),
            )
        if entered is None:
            notice = _(
                "Name, password and digits do not belong together, or too much was tried. Please try again, after "
                "five times in 15 minutes, or type /admin to the bot: it sends you a link."
            )
            return self._shown(request, "admin/sign_in.html", notice=notice, person=name, status=403)
        return self._let_in(entered, "overview")

    async def offer(self, request: Request) -> Response:
        site, house = self._site, self._house
        code = administering.code_in(request.path_params["code"])
        async with house.database.read() as transaction:
            found = await signing_in.offered(transaction, house.vault, code, site.clock())
        if found is None:
            raise self._not_good(request)
        admin, kind = found
        return self._shown(
            request, "admin/enter.html", person=admin.name, role=admin.role, code=code, invited=kind == "invite"
        )

    async def enter(self, request: Request) -> Response:
        site, house = self._site, self._house
        self._not_too_fast(request)
        async with self._form(request):
            code = administering.code_in(request.path_params["code"])
            async with house.database.write() as transaction:
                entered = await signing_in.enter(
                    transaction, house.vault, code, knock=knock_of(request), now=site.clock()
                )
        if entered is None:
            raise self._not_good(request)
        return self._let_in(entered, "overview" if entered.admin.password else "me")

    async def sign_out(self, request: Request) -> Response:
        site, house = self._site, self._house
        _ = site.say(language_of(request, site))
        if not from_our_page(request, site.public_url):
            raise SaidWhy(403, _("This form was not sent from our page. Please open the dashboard and try again."))
        async with house.database.write() as transaction:
            await admins.end(transaction, [admins.hashed(request.cookies.get(COOKIE, ""))])
        response = RedirectResponse(SIGN_IN, status_code=303)
        take(response)
        return response

    def _let_in(self, entered: Entered, where: str) -> Response:
        response = RedirectResponse(f"{HOME}/{where}", status_code=303)
        give(response, entered.secret, secure=self._site.secure)
        return response

    def _not_too_fast(self, request: Request) -> None:
        seconds = self._house.knocks.take(network_of(request))
        if seconds:
            raise HTTPException(429, headers={"Retry-After": str(int(seconds) + 1)})

    def _not_good(self, request: Request) -> SaidWhy:
        _ = self._site.say(language_of(request, self._site))
        words = _(
            "This link was used already, or its time is over. Type /admin to the bot for a new one; on the computer "
            "itself: suara admin invite."
        )
        return SaidWhy(404, words)

    def _shown(self, request: Request, template: str, *, status: int = 200, **values: object) -> Response:
        site = self._site
        visitor = visitor_of(request, site.key)
        response = page(request, template, site=site, status=status, ticket=ticket(visitor, site.key), **values)
        remember(response, visitor, key=site.key, secure=site.secure)
        return response

    @asynccontextmanager
    async def _form(self, request: Request) -> AsyncIterator[FormData]:
        site = self._site
        _ = site.say(language_of(request, site))
        if not from_our_page(request, site.public_url):
            raise SaidWhy(403, _("This form was not sent from our page. Please open the dashboard and try again."))
        fields = await read_form(request)
        try:
            visitor = visitor_of(request, site.key)
            if visitor.new or not stamped(visitor, text_of(fields, "ticket"), site.key):
                raise SaidWhy(403, _("This page is too old, or your browser keeps no cookies. Please open it again."))
            yield fields
        finally:
            await fields.close()
