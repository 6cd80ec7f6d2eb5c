"""One request to the dashboard: who asks, what they may, and how they are answered.

Rule of the file: values handed to the pages; what a page shows passes the template engine, and after an action the
browser is sent to a page again, so that nothing is done twice by loading it anew.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from types import ModuleType

from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from handlers.errors import HandlerError
from handlers.permissions import Actor, may
from storage.admins import Admin
from web.problems import SaidWhy
from web.site import Administration, Site
from web.templating import language_of, page
from web.visitors import Visitor, ticket

HOME = "/admin"


def later(sentence: str) -> str:
    """Marks a sentence that is translated where it is shown."""
    return sentence


@dataclass(frozen=True, slots=True)
class View:
    """Something to look at: ``path`` below the page's own, "" for itself; ``act`` is what one must be allowed."""

    path: str
    act: str
    do: Callable[[Call], Awaitable[Response]]


@dataclass(frozen=True, slots=True)
class Action:
    """Something that is done, by a form of ours alone; ``fields``: how many it has at most."""

    path: str
    act: str
    do: Callable[[Call], Awaitable[Response]]
    fields: int = 30


@dataclass(frozen=True, slots=True)
class Link:
    """One entry of the navigation."""

    address: str
    title: str
    here: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """``browser`` is the hash of the session's secret; ``fields`` are those of the form, empty for a view."""

    request: Request
    site: Site
    house: Administration
    admin: Admin
    actor: Actor
    browser: bytes
    here: str
    """Name of the page."""
    pages: Sequence[tuple[str, ModuleType]] = ()
    fields: FormData = field(default_factory=FormData)

    @property
    def say(self) -> Callable[[str], str]:
        """Gettext in the admin's language."""
        return self.site.say(self.language)

    @property
    def language(self) -> str:
        """The one they chose, else the office's."""
        return language_of(self.request, self.site)

    def text(self, name: str) -> str:
        """A field of the form, "" if it is missing or a file."""
        value = self.fields.get(name, "")
        return value.strip() if isinstance(value, str) else ""

    def texts(self, name: str) -> list[str]:
        """Every value of a field that may be given several times."""
        return [value for value in self.fields.getlist(name) if isinstance(value, str)]

    def file(self, name: str) -> UploadFile | None:
        """A file of the form, None where none was chosen."""
        value = self.fields.get(name)
        return value if isinstance(value, UploadFile) and value.filename else None

    def asked(self, name: str) -> str:
        """What stands in the address after the question mark."""
        return self.request.query_params.get(name, "")[:200]

    def may(self, act: str) -> bool:
        """Whether to show what leads there."""
        return may(self.actor, act)

    def page(self, template: str, *, status: int = 200, notice: str = "", **values: object) -> Response:
        """A page of the dashboard, its navigation included. ``notice``: one sentence above it."""
        return page(
            self.request,
            f"admin/{template}",
            site=self.site,
            status=status,
            path=f"{HOME}/{self.here}" if self.request.method == "POST" else self.request.url.path,
            nav=self._nav(),
            admin=self.admin,
            ticket=ticket(Visitor(f"admin {self.browser.hex()}"), self.site.key),
            may=self.may,
            notice=notice,
            **values,
        )

    def to(self, address: str) -> Response:
        """Send the browser to a page of the dashboard, after something was done."""
        return RedirectResponse(f"{HOME}/{address}", status_code=303)

    def _nav(self) -> list[Link]:
        _ = self.say
        return [
            Link(f"{HOME}/{name}", _(module.TITLE), name == self.here)
            for name, module in self.pages
            if self.may(module.VIEWS[0].act)
        ]


@contextmanager
def refusing(call: Call) -> Iterator[None]:
    """A use-case's refusal becomes the page's: NotAllowed 403, NotFound 404, Conflict 409, with its sentence."""
    from handlers.errors import NotAllowed, NotFound

    try:
        yield
    except HandlerError as error:
        status = 403 if isinstance(error, NotAllowed) else 404 if isinstance(error, NotFound) else 409
        words = str(error) or (type(error).__doc__ or "").strip()
        raise SaidWhy(status, call.say(words)) from None
