"""The cookie by which an admin's browser is known, and what the list of open browsers calls it.

Rule of the file: the cookie ends with the browser, is sent to the dashboard alone, and no script reads it.
"""

from __future__ import annotations

from ipaddress import IPv4Address, ip_address, ip_network

from starlette.requests import Request
from starlette.responses import Response

from handlers.signing_in import Knock
from web.origin import network_of

COOKIE = "suara_admin"
PATH = "/admin"
_BROWSERS = (("Edg", "Edge"), ("OPR", "Opera"), ("SamsungBrowser", "Samsung"), ("Firefox", "Firefox"),
             ("Chrome", "Chrome"), ("Safari", "Safari"))  # fmt: skip
_SYSTEMS = (("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"),
            ("Mac OS", "macOS"), ("Linux", "Linux"))  # fmt: skip


def give(response: Response, secret: str, *, secure: bool) -> None:
    """Let the browser keep it."""
    response.set_cookie(COOKIE, secret, path=PATH, httponly=True, samesite="lax", secure=secure)


def take(response: Response) -> None:
    """Let the browser forget it."""
    response.delete_cookie(COOKIE, path=PATH)


def knock_of(request: Request) -> Knock:
    """From where somebody comes: "Chrome, Android", and the network without its last part."""
    said = request.headers.get("user-agent", "")
    names = [next((name for mark, name in table if mark in said), "") for table in (_BROWSERS, _SYSTEMS)]
    return Knock(device=", ".join(name for name in names if name), origin=f"web {_neighbourhood(request)}".strip())


def _neighbourhood(request: Request) -> str:
    network = network_of(request)
    try:
        address = ip_address(network)
    except ValueError:
        return network
    return str(ip_network(f"{address}/24", strict=False)) if isinstance(address, IPv4Address) else network
