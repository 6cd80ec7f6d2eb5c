"""Every page with every role, forms that come from elsewhere, and what every page of the dashboard has."""

from __future__ import annotations

from pathlib import Path

import pytest

from handlers.permissions import ROLES, Actor, Role, may
from tests.web.admin.desk import Dashboard
from tests.web.browser import Browser
from web.admin.pages import pages

VIEWS = [(name, view) for name, module in pages.items() for view in module.VIEWS]
ACTIONS = [(name, action) for name, module in pages.items() for action in module.ACTIONS]
HERE = Path(__file__).resolve().parents[3]


def path_of(name: str, path: str) -> str:
    """An address of it; what it names need not be there."""
    return f"/admin/{name}{path.replace('{number}', '1').replace('{name}', 'tidak_ada')}"


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("units", [(), ("kel_alak",)])
async def test_every_page_asks_the_table(desk: Dashboard, role: Role, units: tuple[str, ...]) -> None:
    browser = await desk.signed_in(role, *units)
    actor = Actor(name="admin:1", role=role, units=frozenset(units))
    for name, view in VIEWS:
        page = await browser.open(path_of(name, view.path))
        allowed = may(actor, view.act)
        assert page.status in ((200, 404) if allowed else (403,)), (name, view.path)
    for name, action in ACTIONS:
        page = await browser.post(path_of(name, action.path), {})
        too_old = "Halaman ini terlalu lama terbuka." in page.text  # the form had no ticket; it was asked for after
        assert (page.status, too_old) == (403, may(actor, action.act)), (name, action.path)


async def test_the_navigation_shows_what_one_may_open(desk: Dashboard) -> None:
    viewer = await desk.signed_in("viewer", "kel_alak")
    page = await viewer.open("/admin/overview")
    links = {name for name in pages if f'href="/admin/{name}"' in page.html}
    actor = Actor(name="admin:1", role="viewer", units=frozenset({"kel_alak"}))
    assert links == {name for name, module in pages.items() if may(actor, module.VIEWS[0].act)}
    assert not {"audit", "admins", "settings", "aspirations"} & links


@pytest.mark.parametrize(("name", "action"), ACTIONS, ids=[f"{name}{action.path}" for name, action in ACTIONS])
async def test_a_form_counts_from_our_page_in_the_same_session_alone(
    desk: Dashboard, name: str, action: object
) -> None:
    path = path_of(name, action.path)  # type: ignore[attr-defined]
    owner = await desk.signed_in("owner", name="Satu")
    other = await desk.signed_in("owner", name="Dua")
    theirs = (await other.open("/admin/me")).form("Simpan")[1]["ticket"]
    own = (await owner.open("/admin/me")).form("Simpan")[1]["ticket"]
    assert (await owner.post(path, {"ticket": theirs})).status == 403
    assert (await owner.post(path, {"ticket": own}, origin="http://lain.test")).status == 403
    assert (await Browser(desk.app).post(path, {"ticket": own})).status == 403
    assert (await owner.client.get(path)).status_code in {404, 405}


async def test_every_page_is_kept_to_itself(desk: Dashboard) -> None:
    owner = await desk.signed_in()
    for name in pages:
        page = await owner.open(f"/admin/{name}")
        assert page.headers["content-security-policy"] == (
            "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
        )
        assert page.headers["cache-control"] == "no-store"
        assert page.headers["x-content-type-options"] == "nosniff"
        assert "<script" not in page.html
        assert " style=" not in page.html


async def test_every_page_speaks_both_languages(desk: Dashboard) -> None:
    owner = await desk.signed_in()
    for name in pages:
        indonesian, english = [await owner.open(f"/admin/{name}?lang={code}") for code in ("id", "en")]
        assert '<html lang="id">' in indonesian.html
        assert '<html lang="en">' in english.html
        assert ("Keluar" in indonesian.text, "Sign out" in english.text) == (True, True)


async def test_every_page_has_a_test_and_a_line_in_the_guide() -> None:
    guide = (HERE / "docs" / "panduan-dasbor.md").read_text(encoding="utf-8")
    tests = "\n".join(path.read_text(encoding="utf-8") for path in (HERE / "tests" / "web").rglob("test_*.py"))
    assert [name for name in pages if f"`/admin/{name}`" not in guide] == []
    assert [name for name in pages if f"/admin/{name}" not in tests] == []


async def test_a_revoked_admin_is_out_with_the_next_page(desk: Dashboard) -> None:
    owner = await desk.signed_in("owner", name="Satu")
    viewer = await desk.signed_in("viewer", name="Dua")
    page = await owner.open(f"/admin/admins/{desk.numbers['Dua']}")
    done = await owner.press(page, "Cabut")
    assert "Haknya sudah dicabut." in done.text
    assert "Masuk ke dasbor" in (await viewer.open("/admin/overview")).text
