"""The shell of the dashboard: whoever comes is known or sent to the door, and may what they ask for, or is told so.

Rules of the file: every address of a page is asked about here, by its act, before the page is called. A form counts
where it comes from a page of ours, in the same session.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from types import ModuleType

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from handlers import administering, signing_in
from handlers.errors import NotAllowed
from handlers.permissions import Actor, require
from storage.admins import Admin
from web.admin import door
from web.admin.browsers import COOKIE, knock_of
from web.admin.call import HOME, Action, Call, View
from web.admin.pages import pages
from web.forms import read_form, text_of
from web.origin import from_our_page
from web.problems import SaidWhy
from web.site import Administration, Site
from web.templating import language_of
from web.visitors import Visitor, stamped


def routes(site: Site) -> Sequence[BaseRoute]:
    """``/admin`` and everything below it."""
    house = site.administration
    if house is None:
        return ()
    shell = _Shell(site, house)
    found: list[BaseRoute] = list(door.routes(site, house))
    found.append(Route(HOME, shell.home, methods=["GET"]))
    for name, module in shell.pages:
        where = f"{HOME}/{name}"
        found += [Route(where + view.path, shell.viewing(name, view), methods=["GET"]) for view in module.VIEWS]
        found += [Route(where + act.path, shell.acting(name, act), methods=["POST"]) for act in module.ACTIONS]
    return found


class _Shell:
    def __init__(self, site: Site, house: Administration) -> None:
        self._site = site
        self._house = house
        self.pages: Sequence[tuple[str, ModuleType]] = sorted(pages.items(), key=lambda pair: pair[1].PLACE)

    async def home(self, request: Request) -> Response:
        known = await self._known(request)
        if known is None:
            return RedirectResponse(door.SIGN_IN, status_code=303)
        return RedirectResponse(f"{HOME}/{self.pages[0][0]}", status_code=303)

    def viewing(self, name: str, view: View) -> Callable[[Request], Awaitable[Response]]:
        async def answer(request: Request) -> Response:
            known = await self._known(request)
            if known is None:
                return RedirectResponse(door.SIGN_IN, status_code=303)
            call = self._call(request, known, name)
            self._ask(call, view.act)
            return await view.do(call)

        return answer

    def acting(self, name: str, action: Action) -> Callable[[Request], Awaitable[Response]]:
        async def answer(request: Request) -> Response:
            _ = self._site.say(language_of(request, self._site))
            if not from_our_page(request, self._site.public_url):
                raise SaidWhy(403, _("This form was not sent from our page. Please open the dashboard and try again."))
            known = await self._known(request)
            if known is None:
                raise SaidWhy(403, _("Your session is over. Please sign in again."))
            self._ask(self._call(request, known, name), action.act)
            fields = await read_form(request, fields=action.fields)
            try:
                visitor = Visitor(f"admin {known[2].hex()}")
                if not stamped(visitor, text_of(fields, "ticket"), self._site.key):
                    raise SaidWhy(403, _("This page is too old. Please open it again."))
                return await action.do(self._call(request, known, name, fields=fields))
            finally:
                await fields.close()

        return answer

    async def _known(self, request: Request) -> tuple[Admin, Actor, bytes] | None:
        secret = request.cookies.get(COOKIE, "")
        if not secret:
            return None
        house = self._house
        found = await signing_in.present(house.database, house.vault, secret, self._site.clock())
        if found is None:
            return None
        async with house.database.read() as transaction:
            actor = await administering.acting(transaction, found[0], knock_of(request).origin)
        return found[0], actor, found[1].hash

    def _call(self, request: Request, known: tuple[Admin, Actor, bytes], name: str, **more: object) -> Call:
        admin, actor, browser = known
        return Call(
            request=request,
            site=self._site,
            house=self._house,
            admin=admin,
            actor=actor,
            browser=browser,
            here=name,
            pages=self.pages,
            **more,  # type: ignore[arg-type]
        )

    def _ask(self, call: Call, act: str) -> None:
        try:
            require(call.actor, act)
        except NotAllowed as error:
            raise SaidWhy(403, call.say(str(error))) from None
