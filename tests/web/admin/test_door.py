"""The door of the dashboard: links once and by their button alone, passwords with an app, guesses, the way out."""

from __future__ import annotations

from pathlib import Path

import pytest

from handlers import administering, totp
from tests.web.admin.desk import Dashboard, dashboard, sign_in_form
from tests.web.browser import Browser, Page

WRONG = "Nama, kata sandi, dan angka itu tidak cocok"
USED = "Tautan ini sudah dipakai atau waktunya habis."
PASSWORD = "tiga kata sandi"


async def test_who_is_not_signed_in_is_sent_to_the_door(desk: Dashboard) -> None:
    stranger = Browser(desk.app)
    for path in ("/admin", "/admin/overview", "/admin/audit", "/admin/aspirations/ALK-26-0417-K"):
        page = await stranger.open(path)
        assert (page.status, "Masuk ke dasbor" in page.text) == (200, True), path
    page = await stranger.post("/admin/admins/invite", {"name": "Bu Rina", "role": "owner"})
    assert page.status == 403


async def test_looking_at_a_link_changes_nothing_and_its_button_lets_in_once(desk: Dashboard) -> None:
    code = await desk.invite(name="Bu Rina")
    first, second = Browser(desk.app), Browser(desk.app)
    pages = [await one.open(f"/admin/enter/{code}") for one in (first, second)]
    assert "Bu Rina, Bapak/Ibu diminta ikut mengelola Suara Alak." in pages[1].text
    entered = await first.press(pages[0], "Terima")
    assert "Bapak/Ibu masuk sebagai Bu Rina, Pemilik." in entered.text
    late = await second.press(pages[1], "Terima")
    assert (late.status, USED in late.text) == (404, True)
    assert (await second.open(f"/admin/enter/{code}")).status == 404


async def test_a_link_of_the_bot_is_over_after_ten_minutes(desk: Dashboard) -> None:
    await desk.invite(name="Bu Rina")
    async with desk.database.write() as transaction:
        code = await administering.link(transaction, desk.numbers["Bu Rina"], now=desk.clock())
    browser = Browser(desk.app)
    page = await browser.open(f"/admin/enter/{code}")
    desk.clock.wait(minutes=10)
    assert (await browser.press(page, "Masuk")).status == 404


async def test_the_cookie_is_kept_from_scripts_and_other_pages(desk: Dashboard) -> None:
    browser = Browser(desk.app)
    page = await browser.open(f"/admin/enter/{await desk.invite()}")
    form, fields = page.form("Terima")
    answer = await browser.client.post(
        form.action, data=fields, headers={"origin": "http://alak.test"}, follow_redirects=False
    )
    assert answer.status_code == 303
    [cookie] = [one for one in answer.headers.get_list("set-cookie") if one.startswith("suara_admin=")]
    assert [part.strip().lower() for part in cookie.split(";")[1:]] == ["httponly", "path=/admin", "samesite=lax"]
    assert len(cookie.partition("=")[2].partition(";")[0]) == 43  # 32 bytes


async def test_with_https_the_cookie_travels_by_it_alone(tmp_path: Path) -> None:
    async with dashboard(tmp_path, public_url="https://suara.test") as desk:
        browser = Browser(desk.app, base="https://suara.test")
        page = await browser.open(f"/admin/enter/{await desk.invite()}")
        form, fields = page.form("Terima")
        answer = await browser.client.post(
            form.action, data=fields, headers={"origin": "https://suara.test"}, follow_redirects=False
        )
        [cookie] = [one for one in answer.headers.get_list("set-cookie") if one.startswith("suara_admin=")]
        assert "secure" in cookie.lower()


async def secured(desk: Dashboard, browser: Browser) -> bytes:
    """Give them a password; the secret of the app."""
    import base64

    page = await browser.open("/admin/me")
    form, fields = page.form("Simpan")
    start = page.html.index('class="key">') + len('class="key">')
    secret = base64.b32decode(page.html[start : page.html.index("<", start)].replace(" ", ""))
    digits = totp.code(secret, totp.step_of(desk.clock()))
    done = await browser.post(form.action, {**fields, "digits": digits, "password": PASSWORD})
    assert "Sejak sekarang Bapak/Ibu dapat masuk dengan nama" in done.text
    return secret


async def sign_in(desk: Dashboard, secret: bytes, **wrong: str) -> Page:
    browser = Browser(desk.app)
    fields = sign_in_form(await browser.open("/admin/sign-in?lang=id"))
    digits = totp.code(secret, totp.step_of(desk.clock()))
    return await browser.post(
        "/admin/sign-in", {**fields, "name": "Bu Rina", "password": PASSWORD, "digits": digits, **wrong}
    )


async def test_password_and_app(desk: Dashboard) -> None:
    secret = await secured(desk, await desk.signed_in(name="Bu Rina"))
    desk.clock.wait(minutes=1)
    page = await sign_in(desk, secret)
    assert (page.status, "Ringkasan" in page.text) == (200, True)


@pytest.mark.parametrize("wrong", [{"password": "lain sekali"}, {"digits": "000000"}, {"name": "Bu Rini"}])
async def test_whatever_is_wrong_the_same_is_said(desk: Dashboard, wrong: dict[str, str]) -> None:
    secret = await secured(desk, await desk.signed_in(name="Bu Rina"))
    desk.clock.wait(minutes=1)
    page = await sign_in(desk, secret, **wrong)
    assert (page.status, WRONG in page.text) == (403, True)
    assert PASSWORD not in page.html


async def test_five_wrong_tries_and_the_password_rests(desk: Dashboard) -> None:
    secret = await secured(desk, await desk.signed_in(name="Bu Rina"))
    desk.clock.wait(minutes=1)
    for _ in range(5):
        assert (await sign_in(desk, secret, password="tebakan saja")).status == 403
    assert (await sign_in(desk, secret)).status == 403
    desk.clock.wait(minutes=16)
    assert (await sign_in(desk, secret)).status == 200


async def test_one_network_knocks_so_often_and_no_more(tmp_path: Path) -> None:
    async with dashboard(tmp_path, knocks=2) as desk:
        statuses = [(await sign_in(desk, b"x" * 20)).status for _ in range(3)]
        assert statuses == [403, 403, 429]


async def test_a_form_from_elsewhere_lets_nobody_in(desk: Dashboard) -> None:
    code = await desk.invite()
    browser = Browser(desk.app)
    page = await browser.open(f"/admin/enter/{code}")
    form, fields = page.form("Terima")
    assert (await browser.post(form.action, fields, origin="http://lain.test")).status == 403
    assert (await browser.post(form.action, {})).status == 403
    assert (await Browser(desk.app).post(form.action, fields)).status == 403
    assert (await browser.press(page, "Terima")).status == 200


async def test_signing_out_ends_the_session_itself(desk: Dashboard) -> None:
    browser = await desk.signed_in()
    cookie = browser.client.cookies["suara_admin"]
    page = await browser.press(await browser.open("/admin/overview"), "Keluar")
    assert "Masuk ke dasbor" in page.text
    assert "suara_admin" not in browser.client.cookies
    thief = Browser(desk.app)
    thief.client.cookies.set("suara_admin", cookie, domain="alak.test", path="/admin")
    assert "Masuk ke dasbor" in (await thief.open("/admin/overview")).text


@pytest.mark.parametrize(("minutes", "there"), [(29, True), (30, False)])
async def test_a_session_that_rests_is_over(desk: Dashboard, minutes: int, there: bool) -> None:
    browser = await desk.signed_in()
    desk.clock.wait(minutes=minutes)
    assert ("Responden" in (await browser.open("/admin/overview")).text) == there
