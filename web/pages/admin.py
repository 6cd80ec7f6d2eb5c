"""The dashboard, for those who look after the program: everything below ``/admin``."""

from __future__ import annotations

from collections.abc import Sequence

from starlette.routing import BaseRoute

from web.admin import shell
from web.site import Site


def routes(site: Site) -> Sequence[BaseRoute]:
    """``/admin`` and everything below it."""
    return shell.routes(site)
