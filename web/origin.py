"""Whether a form was sent from a page of ours, and from which network.

Source: Fetch metadata (https://www.w3.org/TR/fetch-metadata/) and the Origin header (RFC 6454). Browsers that send
neither are told apart by the form's ticket alone.
"""

from __future__ import annotations

from ipaddress import IPv6Address, ip_address, ip_network
from urllib.parse import urlsplit

from starlette.requests import Request


def from_our_page(request: Request, public_url: str) -> bool:
    """False for a request that says it comes from elsewhere. A proxy may have ended https before us, so that the host
    decides, not the scheme."""
    origin = request.headers.get("origin", "")
    if origin:
        ours = {request.headers.get("host", "").lower(), urlsplit(public_url).netloc.lower()} - {""}
        return urlsplit(origin).netloc.lower() in ours
    return request.headers.get("sec-fetch-site", "same-origin") in {"same-origin", "none"}


def network_of(request: Request) -> str:
    """The network a request came from: an IPv4 address, or the /64 that one connection gets with IPv6."""
    host = request.client.host if request.client else ""
    try:
        address = ip_address(host)
    except ValueError:
        return host
    return str(ip_network(f"{address}/64", strict=False)) if isinstance(address, IPv6Address) else host
