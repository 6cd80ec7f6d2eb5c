"""The application as a whole: error pages, static files, addresses handed in."""

from __future__ import annotations

from dataclasses import replace

import httpx
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from storage.errors import Full
from tests.web.browser import Browser
from tests.web.house import House
from web.app import build
from web.templating import static_url


async def test_an_unknown_address_has_a_page_of_its_own(home: House) -> None:
    page = await Browser(home.app).open("/tidak-ada")
    assert page.status == 404
    assert "Tidak ada halaman pada alamat ini." in page.text
    assert "content-security-policy" in page.headers


async def test_a_fault_is_told_without_its_reason(home: House) -> None:
    async def broken(request: Request) -> Response:
        raise RuntimeError("rahasia dari dalam")

    async def full(request: Request) -> Response:
        raise Full("/data/suara.sqlite3")

    app = build(home.site, routes=(Route("/broken", broken), Route("/full", full)))
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://alak.test") as client:
        fault = await client.get("/broken")
        assert fault.status_code == 500
        assert "Ada gangguan di pihak kami." in fault.text
        assert "rahasia" not in fault.text
        busy = await client.get("/full", headers={"accept": "application/json"})
        assert (busy.status_code, busy.headers["retry-after"]) == (503, "5")
        assert busy.json() == {"error": "Saat ini kami belum dapat menerimanya. Mohon coba lagi sebentar lagi."}


async def test_addresses_handed_in_come_before_the_pages(home: House) -> None:
    async def mine(request: Request) -> Response:
        return PlainTextResponse("mine")

    page = await Browser(build(home.site, routes=(Route("/", mine),))).open("/")
    assert page.html == "mine"


async def test_files_with_their_content_in_the_address_are_kept_for_a_year(home: House) -> None:
    browser = Browser(home.app)
    kept = await browser.open(static_url("suara.css"))
    assert kept.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert (await browser.open("/static/suara.css")).headers["cache-control"] == "no-cache"
    assert (await browser.open("/static/../app.py")).status == 404


async def test_the_first_page_with_everything_is_smaller_than_30_kb(home: House) -> None:
    browser = Browser(home.app)
    page = await browser.client.get("/chat", headers={"accept-encoding": "identity"})
    addresses = [static_url(name) for name in ("suara.css", "chat.js", "suara.svg")]
    assert all(address in page.text for address in addresses)
    files = [await browser.client.get(address, headers={"accept-encoding": "identity"}) for address in addresses]
    assert sum(len(response.content) for response in (page, *files)) < 30_000


async def test_a_site_of_another_first_language_speaks_it(home: House) -> None:
    app = build(replace(home.site, languages=("en", "id")))
    assert '<html lang="en">' in (await Browser(app).open("/")).html
