"""From which network a request came."""

from __future__ import annotations

import pytest
from starlette.requests import Request

from web.origin import network_of


@pytest.mark.parametrize(
    ("host", "network"),
    [
        ("10.0.0.7", "10.0.0.7"),
        ("2001:db8:1:2:aaaa::1", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:bbbb::9", "2001:db8:1:2::/64"),
        ("testclient", "testclient"),
        ("", ""),
    ],
)
def test_networks(host: str, network: str) -> None:
    client = (host, 1) if host else None
    assert network_of(Request({"type": "http", "headers": [], "client": client})) == network
